/** Makes up rows that break no rule: a value for each field such that checks and what is asked of new rows hold. */
import type { Architecture, Field, Model, Rule } from '../../schemas/generated/architecture.ts'
import { typeExpression } from '../expressions/check.ts'
import { constantsOf, evaluate } from '../expressions/evaluate.ts'
import type { Typed } from '../expressions/typed.ts'
import { isNumbered, isSystems } from './field-kinds.ts'
import { moreValues } from './fitting-values.ts'
import { givenLater } from './given-later.ts'
import { own, refOf } from './names.ts'
import { firstNumber } from './numbers.ts'
import { isRelative, resolved } from './relative-time.ts'
import { askedOfRow } from './scopes.ts'
import { searchValues } from './search.ts'

/** What was found for a model. */
export type Fit = {
  /** Field that a rule looks at -> values that go with the others' first ones; its own first is that of the row. */
  values: ReadonlyMap<string, readonly unknown[]>
  /** False where no row was found, or where it cannot be told whether one may be made. */
  found: boolean
  /** False where the row cannot be deleted as it was made, or where that cannot be told. */
  deletable: boolean
}

/** What is sent at least, and all that can be sent: rules must hold for both. */
export type Mode = 'least' | 'all'

/** Moments at which a row must be fine: a rule about the present is not to fail because time went on. */
const MOMENTS = ['2025-01-01T12:00:00Z', '2045-01-02T13:30:00Z'].map((text) => Date.parse(text))
const MOST_VALUES = 14

/** A condition on rows of a model. */
type Condition = {
  model: string
  typed: Typed
  reads: Set<string>
  /** It must be true: unknown does not do, as for what is required of new rows. */
  strict: boolean
}

type Chosen = Map<string, unknown>

const keyOf = (model: string, field: string): string => `${model}.${field}`

/** Returns what was found for each model that has rules. `candidates` gives the values that a field would have without any. */
export const fitModels = (
  architecture: Architecture,
  candidates: (name: string, field: Field) => readonly unknown[],
): Map<string, Fit> => {
  const chosen: Chosen = new Map()
  const conditions = new Map(
    Object.entries(architecture.models).map(([name, model]) => [name, conditionsOf(architecture, name, model)]),
  )
  const deletions = new Map(
    Object.entries(architecture.models).map(([name, model]) => [name, deletionsOf(architecture, name, model)]),
  )
  const all = [...conditions.values(), ...deletions.values()].flat()
  const constants = [...new Set(all.flatMap(({ typed }) => constantsOf(typed)))]
  const valuesFor = (key: string): unknown[] => {
    const [model = '', field = ''] = key.split('.')
    const definition = architecture.models[model]!.fields[field]!
    const plain = [...candidates(field, definition)]
    const more = [...plain, ...moreValues(definition, constants)]
    return unique(definition.optional ? [...more, null] : more).slice(0, MOST_VALUES * 4)
  }
  const holds = (condition: Condition, values: ReadonlyMap<string, unknown>): boolean | undefined =>
    judge(architecture, condition, values, candidates)
  /** Chooses values of a model, and of what it refers to where those have to be otherwise. */
  const choose = (name: string, mine: readonly Condition[]): boolean => {
    if (solve(mine, new Set([name]), chosen, holds, valuesFor)) return true
    const wider = new Set(mine.flatMap(({ reads }) => [...reads].map((key) => key.split('.')[0]!)))
    const theirs = [...wider].flatMap((each) => conditions.get(each) ?? [])
    return solve([...mine, ...theirs], new Set([name, ...wider]), chosen, holds, valuesFor)
  }
  const failed = new Set<string>()
  for (const name of inOrder(architecture)) {
    const made = conditions.get(name)!
    const gone = deletions.get(name)!
    // A row that can be made is worth more than one that could be deleted.
    if (gone.length > 0 && choose(name, [...made, ...gone])) conditions.set(name, [...made, ...gone])
    else if (!choose(name, made)) failed.add(name)
  }
  const every = [...conditions.values()].flat()
  return new Map(
    [...conditions].flatMap(([name, mine]): [string, Fit][] => {
      const gone = deletions.get(name)!
      // Also what others ask of the rows that they refer to: a car that is reserved has enough battery.
      const keys = [...chosen.keys()].filter((key) => key.startsWith(`${name}.`))
      if (mine.length + gone.length + keys.length === 0) return []
      const deletable = gone.every((condition) => holds(condition, chosen) === true)
      const found = !failed.has(name) && mine.every((condition) => holds(condition, chosen) === true)
      const values = new Map<string, unknown[]>()
      for (const key of keys) {
        const fitting = valuesFor(key).filter((value) => {
          const changed = new Map([...chosen, [key, value]])
          return every.every((condition) => !condition.reads.has(key) || holds(condition, changed) === true)
        })
        values.set(key.slice(name.length + 1), unique([chosen.get(key), ...fitting]))
      }
      return [[name, { values, found, deletable }]]
    }),
  )
}

const unique = (values: readonly unknown[]): unknown[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
]

/** Models so that each comes after those it refers to. */
const inOrder = (architecture: Architecture): string[] => {
  const order: string[] = []
  const seen = new Set<string>()
  const visit = (name: string) => {
    if (seen.has(name)) return
    seen.add(name)
    for (const { type } of Object.values(own(architecture.models, name)?.fields ?? {})) {
      const target = refOf(type)?.model
      if (target) visit(target)
    }
    order.push(name)
  }
  for (const name of Object.keys(architecture.models)) visit(name)
  return order
}

/** What must hold of a row that is to be deleted. */
const deletionsOf = (architecture: Architecture, name: string, model: Model): Condition[] =>
  (model.on?.delete?.require ?? []).map(({ check }) => ({ ...conditionOf(architecture, name, check), strict: true }))

const conditionsOf = (architecture: Architecture, name: string, model: Model): Condition[] => [
  ...(model.rules ?? []).flatMap(aloneIn).map((text) => conditionOf(architecture, name, text)),
  ...[...(model.on?.create?.require ?? []), ...(model.on?.update?.require ?? [])].map(({ check }) => ({
    ...conditionOf(architecture, name, askedOfRow(check, givenLater(model))),
    strict: true,
  })),
]

/** What a rule means for a row that is alone: its check; a limit must not be too low for even one. */
export const aloneIn = ({ check, limit }: Rule): string[] => {
  if (check) return [check]
  if (!limit) return []
  if (limit.sum) return [`this.${limit.sum} <= (${limit.max})`]
  return /^\d+$/.test(limit.max.trim()) ? [] : [`(${limit.max}) >= 1`]
}

/** Returns a condition on rows of a model, `this`. */
export const conditionOf = (architecture: Architecture, name: string, text: string): Condition => {
  const scope = { this: { kind: 'row' as const, model: name }, me: { kind: 'caller' as const } }
  const { typed } = typeExpression(text, scope, architecture, ['bool'])
  return { model: name, typed, reads: readsOf(architecture, typed), strict: false }
}

/** `Model.field` of what an expression reads of `this` and of what that refers to, where clients give the value. */
export const readsOf = (architecture: Architecture, typed: Typed): Set<string> => {
  const found = new Set<string>()
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) for (const each of part) visit(each)
    else if (part !== null && typeof part === 'object') {
      const { kind, row, field } = part as Partial<Extract<Typed, { kind: 'field' }>>
      if (kind === 'field' && row && field && row.variable.name === 'this') {
        const model = architecture.models[row.model]!
        const isParents = row.path.length > 0
        if (isGiven(model, field) && !(isParents && !isNeeded(model.fields[field]!))) found.add(keyOf(row.model, field))
      }
      for (const [key, each] of Object.entries(part)) if (key !== 'variable' && key !== 'row') visit(each)
    }
  }
  visit(typed)
  return found
}

const isGiven = (model: Model, name: string): boolean => {
  const field = model.fields[name]
  return (
    field !== undefined &&
    !isSystems(field) &&
    !refOf(field.type) &&
    name !== model.states?.field &&
    !givenLater(model).has(name)
  )
}

const isNeeded = (field: Field): boolean => !field.optional && field.default === undefined

/** Whether a condition holds at all moments, for the least and for all that can be sent; undefined where that cannot be told. */
const judge = (
  architecture: Architecture,
  { model, typed, strict }: Condition,
  chosen: ReadonlyMap<string, unknown>,
  candidates: (name: string, field: Field) => readonly unknown[],
): boolean | undefined => {
  for (const now of MOMENTS)
    for (const mode of ['least', 'all'] as const) {
      const row = exampleRow(architecture, model, mode, now, (key, field) =>
        chosen.has(key) ? chosen.get(key) : (candidates(key.split('.')[1]!, field)[0] ?? null),
      )
      const outcome = evaluate(typed, { rows: { this: row }, now, empty: () => true })
      if (outcome === undefined) return undefined
      if (outcome === false || (strict && outcome === null)) return false
    }
  return true
}

/** Returns a row as it is after it was made, with rows that it refers to as they are made by default. */
export const exampleRow = (
  architecture: Architecture,
  name: string,
  mode: Mode,
  now: number,
  value: (key: string, field: Field) => unknown,
  depth = 0,
): { [name: string]: unknown } => {
  const model = architecture.models[name]!
  const later = givenLater(model)
  const row: { [name: string]: unknown } = {}
  for (const [fieldName, field] of Object.entries(model.fields)) {
    const ref = refOf(field.type)
    if (isNumbered(field)) row[fieldName] = firstNumber(field, new Date(now))
    else if (field.set) row[fieldName] = new Date(now).toISOString()
    else if (field.key) row[fieldName] = `${name}.${fieldName}.${depth}`
    else if (ref) {
      const missing = field.optional === true
      row[fieldName] = missing ? null : `${name}.${fieldName}.${depth}`
      const followed = fieldName.replace(/_id$/, '')
      if (missing) row[followed] = null
      else if (depth < 3) row[followed] = exampleRow(architecture, ref.model, 'least', now, value, depth + 1)
    } else if (fieldName === model.states?.field || later.has(fieldName)) row[fieldName] = field.default ?? null
    else if (mode === 'least' && field.default !== undefined) row[fieldName] = field.default
    else if (mode === 'least' && field.optional) row[fieldName] = null
    else {
      const given = value(keyOf(name, fieldName), field)
      row[fieldName] = isRelative(given) ? resolved(given, now) : given
    }
  }
  return row
}

/** Chooses values, field by field, so that no condition is broken; false where that does not come to an end. */
const solve = (
  conditions: readonly Condition[],
  models: ReadonlySet<string>,
  chosen: Chosen,
  holds: (condition: Condition, values: ReadonlyMap<string, unknown>) => boolean | undefined,
  valuesFor: (key: string) => unknown[],
): boolean => {
  const keys = [...new Set(conditions.flatMap(({ reads }) => [...reads]))].filter((key) =>
    models.has(key.split('.')[0]!),
  )
  const domains = new Map(keys.map((key) => [key, valuesFor(key)]))
  const wishes = conditions.map((condition) => ({
    reads: condition.reads,
    holds: (values: ReadonlyMap<string, unknown>) => holds(condition, values),
  }))
  const solution = searchValues(keys, (key) => domains.get(key)!, wishes, chosen)
  if (!solution) return false
  for (const key of keys) chosen.set(key, solution.get(key))
  return conditions.every((condition) => holds(condition, chosen) !== false)
}
