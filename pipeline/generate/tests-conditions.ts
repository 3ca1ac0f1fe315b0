/**
 * What makes a condition true, or not true: values of the row, and rows of other models. It does not find everything;
 * what it does not find is not tested.
 */
import type { Architecture, Field } from '../../schemas/generated/architecture.ts'
import { accountModelOf, own, refOf } from '../blueprint/names.ts'
import type { Comparison, Reference, Row, Typed, Variable } from '../expressions/typed.ts'
import { choicesOf, compares, literalOf } from './tests-choices.ts'

export type Value =
  /** What stands in JSON, as a Python literal. */
  | { kind: 'literal'; code: string }
  /** The id of whoever calls. */
  | { kind: 'me' }
  /** The id of a row that is made for it. */
  | { kind: 'new'; model: string }
  /** A value of the row that the condition is about, or of what that refers to. */
  | { kind: 'field'; path: readonly Reference[]; field: string }

/** Field -> its value; `committee.founder_id` for one of the row that `committee_id` refers to. */
export type Values = ReadonlyMap<string, Value>
export type Plan = {
  values: Values
  /** Rows of other models, made after the row. */
  rows: readonly { model: string; values: Values }[]
  /** Fields of the account that calls. */
  account: Values
}

export type Question = {
  architecture: Architecture
  model: string
  /** Whether somebody is signed in. */
  signedIn: boolean
  /** Whether the row is there already, so that it counts among the rows of its model. */
  stored: boolean
}

/** Which row of a plan a variable stands for: the row itself, or a row that is made for a condition. */
type Places = ReadonlyMap<Variable, 'this' | { model: string }>

const NOTHING: Plan = { values: new Map(), rows: [], account: new Map() }
const MOST = 40

/** Returns ways to make a condition true (or, with `holds` false, not true), those with the least to do first. */
export const plansFor = (question: Question, typed: Typed, self: Variable, holds: boolean): Plan[] =>
  solve({ ...question, places: new Map([[self, 'this']]) }, typed, holds).sort((a, b) => cost(a) - cost(b))

const cost = ({ values, rows, account }: Plan): number =>
  values.size + 3 * rows.length + rows.reduce((sum, row) => sum + row.values.size, 0) + 5 * account.size

type Task = Question & { places: Places }

const solve = (task: Task, typed: Typed, holds: boolean): Plan[] => {
  switch (typed.kind) {
    case 'literal':
      return typed.value === holds ? [NOTHING] : []
    case 'not':
      return solve(task, typed.operand, !holds)
    case 'and':
    case 'or':
      return (typed.kind === 'and') === holds
        ? typed.parts.reduce<Plan[]>((plans, part) => together(plans, solve(task, part, holds)), [NOTHING])
        : typed.parts.flatMap((part) => solve(task, part, holds)).slice(0, MOST)
    case 'field':
      return typed.type === 'bool' ? assigned(task, typed.row, typed.field, literal(holds)) : []
    case 'compare':
      return compared(task, typed.left, holds ? typed.op : DENIED[typed.op], typed.right)
    case 'among':
      return amongAll(task, typed, holds)
    case 'aggregate':
      if (typed.take === 'exists') return existing(task, typed, typed.where, holds)
      if (typed.take === 'all' && typed.where)
        return existing(task, typed, { ...typed.where, kind: 'not', operand: typed.where }, !holds)
      return []
    default:
      return []
  }
}

const DENIED = { '==': '!=', '!=': '==', '<': '>=', '<=': '>', '>': '<=', '>=': '<' } as const
const TURNED = { '==': '==', '!=': '!=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const

/** Returns every pair of plans that do not contradict each other, as one. */
const together = (left: readonly Plan[], right: readonly Plan[]): Plan[] => {
  const found: Plan[] = []
  for (const one of left)
    for (const other of right) {
      const values = merged(one.values, other.values)
      const account = merged(one.account, other.account)
      if (values && account) found.push({ values, account, rows: [...one.rows, ...other.rows] })
      if (found.length === MOST) return found
    }
  return found
}

const merged = (one: Values, other: Values): Values | undefined => {
  for (const [key, value] of other) if (one.has(key) && !isSame(one.get(key)!, value)) return undefined
  return new Map([...one, ...other])
}

const isSame = (one: Value, other: Value): boolean => JSON.stringify(one) === JSON.stringify(other)

const literal = (value: unknown): Value => ({ kind: 'literal', code: literalOf(value) })

const fieldOf = (task: Task, model: string, name: string): Field | undefined =>
  own(own(task.architecture.models, model)?.fields, name)

/** Returns the plan in which a field has a value: of the row, or of one that is made for a condition. */
const assigned = (task: Task, row: Row, field: string, value: Value): Plan[] => {
  const definition = fieldOf(task, row.model, field)
  if (!definition || definition.key || (definition.set && !task.stored)) return []
  const key = [...row.path.map(({ name }) => name), field].join('.')
  return [{ ...NOTHING, values: new Map([[keyIn(task, row, key), value]]) }]
}

/** Values of rows that are made for a condition are kept apart by a mark until the row is complete. */
const keyIn = (task: Task, { variable }: Row, key: string): string =>
  task.places.get(variable) === 'this' ? key : `${MARK}${key}`
const MARK = '>'

const isThis = (task: Task, { variable }: Row): boolean => task.places.get(variable) === 'this'
const isAccount = ({ variable }: Row): boolean => variable.binding.kind === 'caller'

const compared = (task: Task, left: Typed, op: Comparison, right: Typed): Plan[] => {
  if (left.kind === 'caller' || right.kind === 'caller') return comparedToMe(task, left, op, right)
  if (left.kind === 'aggregate') return counted(task, left, op, right)
  if (right.kind === 'aggregate') return counted(task, right, TURNED[op], left)
  if (left.kind === 'field' && right.kind === 'field') return bothFields(task, left, op, right)
  if (right.kind === 'field') return compared(task, right, TURNED[op], left)
  if (left.kind !== 'field' || isAccount(left.row)) return []
  const definition = fieldOf(task, left.row.model, left.field)
  if (!definition) return []
  if (right.kind === 'literal' && right.value === null) return comparedToNull(task, left.row, left.field, op)
  return choicesOf(left.field, definition, op, right).flatMap((value) =>
    assigned(task, left.row, left.field, literal(value)),
  )
}

const comparedToNull = (task: Task, row: Row, field: string, op: Comparison): Plan[] => {
  const definition = fieldOf(task, row.model, field)!
  if (op === '==') return definition.optional ? assigned(task, row, field, literal(null)) : []
  if (!definition.optional) return [NOTHING]
  const ref = refOf(definition.type)
  if (ref) return assigned(task, row, field, { kind: 'new', model: ref.model })
  return choicesOf(field, definition, '!=', undefined).flatMap((value) => assigned(task, row, field, literal(value)))
}

const comparedToMe = (task: Task, left: Typed, op: Comparison, right: Typed): Plan[] => {
  const other = left.kind === 'caller' ? right : left
  const me = left.kind === 'caller' ? left : right
  if (me.kind !== 'caller' || me.part !== 'id' || (op !== '==' && op !== '!=')) return []
  if (other.kind === 'literal') return (other.value === null && !task.signedIn) === (op === '==') ? [NOTHING] : []
  if (other.kind !== 'field' || isAccount(other.row)) return []
  // Rows that nothing is said about are somebody else's.
  if (op === '!=') return fieldOf(task, other.row.model, other.field)?.key ? [] : [NOTHING]
  return task.signedIn ? assigned(task, other.row, other.field, { kind: 'me' }) : []
}

const bothFields = (
  task: Task,
  left: Extract<Typed, { kind: 'field' }>,
  op: Comparison,
  right: Extract<Typed, { kind: 'field' }>,
): Plan[] => {
  if (op !== '==') return []
  if (isAccount(left.row) || isAccount(right.row)) return comparedToAccount(task, left, right)
  if (isThis(task, left.row) === isThis(task, right.row)) {
    const same = left.field === right.field && left.row.path.length === 0 && right.row.path.length === 0
    return same && isThis(task, left.row) ? [NOTHING] : []
  }
  const [made, given] = isThis(task, left.row) ? [right, left] : [left, right]
  const value: Value = { kind: 'field', path: given.row.path, field: given.field }
  return together(thereFor(task, given.row, given.field), assigned(task, made.row, made.field, value))
}

const comparedToAccount = (
  task: Task,
  left: Extract<Typed, { kind: 'field' }>,
  right: Extract<Typed, { kind: 'field' }>,
): Plan[] => {
  const [account, given] = isAccount(left.row) ? [left, right] : [right, left]
  if (!task.signedIn || account.row.path.length > 0 || isAccount(given.row) || !isThis(task, given.row)) return []
  if (fieldOf(task, accountModelOf(task.architecture) ?? '', account.field)?.unique) return []
  const value: Value = { kind: 'field', path: given.row.path, field: given.field }
  return together(thereFor(task, given.row, given.field), [{ ...NOTHING, account: new Map([[account.field, value]]) }])
}

/** Returns the plan in which a value that others take over is there: optional references and fields are filled in. */
const thereFor = (task: Task, row: Row, field: string): Plan[] => {
  let plans: Plan[] = [NOTHING]
  let model = row.base
  const names: string[] = []
  for (const name of [...row.path.map((reference) => reference.field), field]) {
    const definition = fieldOf(task, model, name)
    if (!definition) return []
    const key = [...names, name].join('.')
    const ref = refOf(definition.type)
    if (definition.optional && names.length === 0)
      plans = together(
        plans,
        (ref
          ? [{ kind: 'new', model: ref.model } as Value]
          : choicesOf(name, definition, '!=', undefined).map(literal)
        ).map((value) => ({ ...NOTHING, values: new Map([[key, value]]) })),
      )
    else if (definition.optional) return []
    if (ref) {
      model = ref.model
      names.push(name.replace(/_id$/, ''))
    }
  }
  return plans
}

const amongAll = (task: Task, typed: Extract<Typed, { kind: 'among' }>, holds: boolean): Plan[] => {
  const each = typed.items.map((item) => compared(task, typed.item, holds ? '==' : '!=', item))
  return holds ? each.flat() : each.reduce<Plan[]>((plans, more) => together(plans, more), [NOTHING])
}

type Aggregate = Extract<Typed, { kind: 'aggregate' }>

/** Whether a condition is true for nobody but whoever a row names: then it differs from person to person. */
export const namesCaller = (typed: Typed): boolean => {
  switch (typed.kind) {
    case 'and':
      return typed.parts.some(namesCaller)
    case 'or':
      return typed.parts.every(namesCaller)
    case 'aggregate':
      return typed.take === 'exists' && typed.where !== undefined && namesCaller(typed.where)
    case 'compare': {
      const [me, other] = typed.left.kind === 'caller' ? [typed.left, typed.right] : [typed.right, typed.left]
      return typed.op === '==' && me.kind === 'caller' && me.part === 'id' && other.kind === 'field'
    }
    default:
      return false
  }
}

/** A row for which a condition is true is made; that there is none is so where it would be about the row or the caller. */
const existing = (task: Task, { variable, model }: Aggregate, where: Typed | undefined, holds: boolean): Plan[] => {
  const condition: Typed = where ?? { ...TRUE, value: true }
  const inner: Task = { ...task, places: new Map([...task.places, [variable, { model }]]) }
  const made = [...task.places.values()].some((place) => place !== 'this')
    ? []
    : solve(inner, condition, true).map((plan) => completed(plan, model))
  if (!holds)
    return made.length > 0 && made.every((plan) => plan.rows.some((row) => isAbout(task, row))) ? [NOTHING] : []
  if (!task.stored || model !== task.model) return made
  const itself: Task = { ...task, places: new Map([...task.places, [variable, 'this']]) }
  return [...solve(itself, condition, true), ...made]
}

const TRUE = { kind: 'literal', type: 'bool', nullable: false, partial: false, at: 0 } as const

/** Whether a row is tied to the one that is asked about, and is not there unless a test makes it. */
const isAbout = (task: Task, { values }: Plan['rows'][number]): boolean => {
  const all = [...values.values()]
  const ties = all.flatMap((value) => (value.kind === 'field' ? [value] : []))
  if (ties.some(({ path, field }) => path.length === 0 && field === 'id')) return true
  const refers = ({ path, field }: (typeof ties)[number]): boolean => {
    const model = path.at(-1)?.model ?? task.model
    return refOf(fieldOf(task, model, field)?.type ?? '') !== undefined
  }
  return all.some(({ kind }) => kind === 'me') && ties.some(refers)
}

/** Takes the values that are marked as those of a row that is made. */
const completed = (plan: Plan, model: string): Plan => {
  const own = [...plan.values].filter(([key]) => key.startsWith(MARK))
  return {
    ...plan,
    values: new Map([...plan.values].filter(([key]) => !key.startsWith(MARK))),
    rows: [...plan.rows, { model, values: new Map(own.map(([key, value]) => [key.slice(MARK.length), value])) }],
  }
}

/** A count that is compared with a number: none and one are tried. */
const counted = (task: Task, aggregate: Aggregate, op: Comparison, right: Typed): Plan[] => {
  if (aggregate.take !== 'count' || right.kind !== 'literal' || typeof right.value !== 'bigint') return []
  const number = Number(right.value)
  return [
    ...(compares(1, op, number) ? existing(task, aggregate, aggregate.where, true) : []),
    ...(compares(0, op, number) ? existing(task, aggregate, aggregate.where, false) : []),
  ]
}
