import type { Architecture } from '../../schemas/generated/architecture.ts'
import type { Node } from './parse.ts'
import type { Row, Typed, Variable } from './typed.ts'

/** What a name stands for while an expression is checked. `this` of a computed field is a row that was followed to. */
export type Named = Variable | Row

/** What holds at one place of an expression. */
export type Env = {
  names: ReadonlyMap<string, Named>
  /** Keys of values that are known not to be null here: see `keyOf`. */
  facts: ReadonlySet<string>
  /** Whether parts are evaluated one after another, so that the first make sure of something. A database has no order. */
  inOrder: boolean
  /** Computed fields that are being looked into, so that none comes back to itself. */
  inside: readonly string[]
}

/** What was seen on the way. */
export type Seen = {
  names: Set<string>
  follows: Map<string, string[]>
  models: Set<string>
  fields: Map<string, { name: string; field: string }>
  /** Every field of a row that is looked at, by its model. */
  reads: Map<string, { model: string; field: string }>
  callsNow: boolean
}

export type Checking = {
  architecture: Architecture
  text: string
  seen: Seen
  /** Types a part of the expression. */
  type: (node: Node, env: Env) => Typed
  /** Types another expression, such as that of a computed field, in an environment of its own. */
  typeText: (text: string, env: Env) => Typed
  identity: Map<Variable, number>
}

export const isRow = (named: Named): named is Row => 'path' in named

const idOf = (checking: Checking, variable: Variable): number => {
  const known = checking.identity.get(variable)
  if (known !== undefined) return known
  checking.identity.set(variable, checking.identity.size)
  return checking.identity.size - 1
}

export const rowKey = (checking: Checking, row: Row): string =>
  [idOf(checking, row.variable), ...row.path.map(({ name }) => name)].join('.')

/** Returns the key under which it is remembered that a value is not null; undefined for values that are computed. */
export const keyOf = (checking: Checking, typed: Typed): string | undefined => {
  switch (typed.kind) {
    case 'field':
      return `${rowKey(checking, typed.row)}:${typed.field}`
    case 'row':
      return rowKey(checking, typed.row)
    case 'variable':
      return `${idOf(checking, typed.variable)}`
    case 'input':
      return `${idOf(checking, typed.variable)}:${typed.path.join('.')}`
    case 'caller':
      return `me:${typed.part}`
    default:
      return undefined
  }
}
