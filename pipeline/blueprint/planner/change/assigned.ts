import { splitGrant } from '../../names.ts'
import { plural, sentence } from '../language/words.ts'
import { allOperations, isReading, type Operation } from '../lexicon/verbs.ts'
import { namesOf, signUpRoles } from './accounts.ts'
import { type Draft, note } from './draft.ts'
import { insertField, words } from './fields.ts'
import { rightsOf, writeRights } from './grants.ts'
import type { Entry } from './view.ts'

/** The reference that says who of a role a row is assigned to; undefined where a thing has none. */
const assigneeOf = (entry: Entry, role: string): string | undefined =>
  Object.entries(entry.model.fields).find(
    ([name, field]) =>
      field.type === 'ref(User.id)' &&
      (name === `${role}_id` || /assign|responsible/.test(name)) &&
      name !== 'owner_id',
  )?.[0]

/**
 * Whether "their own" of somebody means what they are assigned to: where a thing says who that is, and for who looks
 * after what others make, if it is said what they see at most (`only`).
 */
export const isAssignedOwn = (draft: Draft, entry: Entry, role: string, only: boolean): boolean => {
  const joining = signUpRoles(draft)
  if (role === 'admin') return false
  if (joining.includes(role)) {
    // What pupils do not make is theirs where it names them.
    const makes = rightsOf(draft.architecture, role, `${entry.component}.api`).has('create')
    return !makes && entry.model.fields[`${role}_id`]?.type === 'ref(User.id)'
  }
  if (assigneeOf(entry, role) !== undefined) return true
  if (!only) return false
  const endpoint = `${entry.component}.api`
  return joining.some((one) => rightsOf(draft.architecture, one, endpoint).get('create')?.has('own'))
}

/**
 * Gives a role the rows that are assigned to it; where `only` is said of what it sees, whatever it held of all rows
 * it then has of those.
 * A thing that says of nobody who looks after it says so from then on; rows that are there are assigned to nobody.
 */
export const allowAssigned = (
  draft: Draft,
  entry: Entry,
  role: string,
  ops: readonly Operation[],
  only: boolean,
): boolean => {
  const { architecture } = draft
  const endpoint = `${entry.component}.api`
  const before = JSON.stringify(architecture.policies.roles[role])
  const field = assigneeOf(entry, role) ?? makeAssignee(draft, entry, role)
  const rights = rightsOf(architecture, role, endpoint)
  const held = only && ops.some(isReading) ? allOperations.filter((op) => op !== 'create' && rights.has(op)) : []
  for (const op of new Set([...ops, ...held])) {
    const scopes = rights.get(op) ?? new Set<string>()
    if (!only && scopes.has('')) continue
    // Whoever adds a row is not yet who it is assigned to.
    if (op === 'create') rights.set(op, scopes.size > 0 ? scopes : new Set(['']))
    else rights.set(op, new Set([...[...scopes].filter((one) => one !== ''), field]))
  }
  writeRights(architecture, role, endpoint, rights)
  if (held.length > 0) narrowSteps(draft, entry, role, field)
  return before !== JSON.stringify(architecture.policies.roles[role])
}

/** Steps go no further than what is seen, since they answer with the row; what makes a row theirs reaches all. */
const narrowSteps = ({ architecture }: Draft, entry: Entry, role: string, field: string): void => {
  const endpoint = `${entry.component}.api`
  const { transitions = {} } = entry.model.states ?? {}
  const takes = (op: string): boolean =>
    transitions[op]?.do?.some(({ set }) => set?.of === 'this' && Object.hasOwn(set.values, field)) === true
  architecture.policies.roles[role] = architecture.policies.roles[role]!.map((line) => {
    const grant = splitGrant(line)
    if (grant.endpoint !== endpoint || !Object.hasOwn(transitions, grant.op) || takes(grant.op)) return line
    if (grant.scope === undefined) return `${line}@${field}`
    const where = /^where (.+)$/s.exec(grant.scope)?.[1]
    return where ? `${endpoint}:${grant.op} where (${where}) && this.${field} == me.id` : line
  })
}

const makeAssignee = (draft: Draft, entry: Entry, role: string): string => {
  const field = role === 'user' ? 'assignee_id' : `${role}_id`
  insertField(entry, field, { type: 'ref(User.id)', index: true, optional: true, onDelete: 'set-null' })
  draft.last = { model: entry.name, field }
  note(draft, `${sentence(namesOf(entry))} say which ${words(role)} they are assigned to.`)
  draft.assumptions.push(
    `Whoever may change a ${entry.words} may also say which ${words(role)} it is assigned to; those there are now are assigned to nobody, so ${plural(words(role))} see none of them at first.`,
  )
  return field
}
