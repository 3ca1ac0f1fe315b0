import type { Operation } from '../lexicon/verbs.ts'
import type { FieldSpec } from '../read/field-spec.ts'

/** A reference from one thing to another, or to an account (`User`). */
export type Ref = {
  field: string
  to: string
  optional: boolean
  onDelete: 'cascade' | 'restrict' | 'set-null'
  nested: boolean
}

/** A thing that becomes a model with its component. */
export type Thing = {
  /** snake_case singular: `print_job`. */
  key: string
  /** As people say it: "print job". */
  words: string
  fields: FieldSpec[]
  refs: Ref[]
  /** The ref under whose model it is also listed: `project_id`. */
  parent?: string
  /** The parent is only named among its fields: whoever is said to have such things comes before it. */
  parentOfField?: boolean
  /** It was said to go from a start to an end, which its rows cannot do without. */
  spans?: boolean
  /** Its fields were named, so that it gets no usual ones. */
  exact?: boolean
  unique: string[][]
  order?: string
  owned: boolean
}

/** Who may do what: role -> operations with their scope; `@public` needs no sign-in, `@signed` is every role. */
export type Scope = 'all' | 'own' | `@${string}`
export type Permission = { who: string; ops: readonly Operation[]; scope: Scope }

export type Sketch = {
  title: string
  things: Map<string, Thing>
  accounts: boolean
  /** Fields of the account beyond email and password. */
  userFields: FieldSpec[]
  /** Roles in the order of their mention; those who sign up, and those an administrator grants. */
  signUpRoles: string[]
  /** Administrators were mentioned, so that rights left open are theirs. */
  adminNamed: boolean
  grantedRoles: string[]
  permissions: Map<string, Permission[]>
  /** What not even administrators may do with a thing. */
  barred: Map<string, readonly Operation[]>
  /** Rights over the accounts themselves beyond the administrator's: role -> operations. */
  userPermissions: Permission[]
  /** Things of which each side was said to have several of the other, or one side of the other: resolved together. */
  many: [string, string, boolean][]
  /** Things that a verb of people left behind ("members borrow books": loan), with the role of those people. */
  linkRoles: Map<string, string[]>
  assumptions: string[]
  notCarried: string[]
}
