/** Situations: rows, a body and what is known of them, made up so that what is required holds or, for one part, does not. */
import type { Architecture, Field } from '../../schemas/generated/architecture.ts'
import { isSystems } from '../blueprint/field-kinds.ts'
import { exampleRow } from '../blueprint/fitting.ts'
import { moreValues } from '../blueprint/fitting-values.ts'
import { refOf } from '../blueprint/names.ts'
import { isRelative, resolved } from '../blueprint/relative-time.ts'
import { searchValues, type Wish } from '../blueprint/search.ts'
import { typeExpression } from '../expressions/check.ts'
import { constantsOf, type ExampleRow, evaluate } from '../expressions/evaluate.ts'
import type { Scope } from '../expressions/scope.ts'
import type { Typed } from '../expressions/typed.ts'
import { sample, samples } from './tests-values.ts'

/** What there is: rows by name, some of which others refer to, and the fields of a body. */
export type Stage = {
  architecture: Architecture
  scope: Scope
  rows: { readonly [name: string]: { model: string; refers: { readonly [field: string]: string }; fixed: ExampleRow } }
  input: { readonly [name: string]: Field }
  /** Who does it. */
  me?: { readonly id: string; readonly roles: readonly string[] }
  /** Names that stand for nothing: rows that are not there. */
  missing?: readonly string[]
}

/** Values that differ from the usual ones: `loan.returned_at`, `input.price`. */
export type Values = ReadonlyMap<string, unknown>

/** What is wanted of an expression; `after` are values that hold once the work is done. */
export type Demand = { text: string; wanted: boolean; after?: ExampleRow; of?: string }

const MOMENTS = ['2025-01-01T12:00:00Z', '2045-01-02T13:30:00Z'].map((text) => Date.parse(text))

const scopeOf = (stage: Stage, demand: Demand): Scope =>
  demand.of ? { ...stage.scope, this: stage.scope[demand.of]! } : stage.scope

/** Returns what an expression comes to on a stage with these values, at every moment; undefined where that differs or is not told. */
export const onStage = (stage: Stage, text: string, values: Values, demand: Partial<Demand> = {}): unknown => {
  const { typed } = typeExpression(text, scopeOf(stage, { text, wanted: true, ...demand }), stage.architecture)
  const outcomes = MOMENTS.map((now) => {
    const rows = rowsAt(stage, values, now)
    const changed = demand.of ?? 'this'
    const own = rows[changed]
    if (demand.after && own) rows[changed] = { ...own, ...demand.after }
    if (demand.of) rows.this = rows[demand.of]!
    const { me } = stage
    return evaluate(typed, { rows, values: { input: inputAt(stage, values, now) }, me, now, empty: () => true })
  })
  return outcomes[0] === outcomes[1] ? outcomes[0] : undefined
}

const rowsAt = (stage: Stage, values: Values, now: number): { [name: string]: ExampleRow | null } => {
  const made: { [name: string]: ExampleRow | null } = {}
  const make = (name: string): ExampleRow => {
    const known = made[name]
    if (known) return known
    const { model, refers, fixed } = stage.rows[name]!
    const row = exampleRow(stage.architecture, model, 'least', now, (key, field) => sample(key.split('.')[1]!, field))
    row.id = `id of ${name}`
    Object.assign(row, fixed)
    for (const [key, value] of values) {
      const [owner, field = ''] = key.split('.')
      if (owner === name) row[field] = isRelative(value) ? resolved(value, now) : value
    }
    made[name] = row
    for (const [field, other] of Object.entries(refers)) {
      const target = make(other)
      row[field] = target.id
      row[field.replace(/_id$/, '')] = target
    }
    return row
  }
  for (const name of Object.keys(stage.rows)) make(name)
  for (const name of stage.missing ?? []) made[name] = null
  return made
}

const inputAt = (stage: Stage, values: Values, now: number): ExampleRow =>
  Object.fromEntries(
    Object.keys(stage.input).map((name) => {
      const value = inputValue(stage, values, name)
      return [name, isRelative(value) ? resolved(value, now) : value]
    }),
  )

/** What a body says in a field: a reference's row has its id there. */
export const inputValue = (stage: Stage, values: Values, name: string): unknown =>
  values.has(`input.${name}`)
    ? values.get(`input.${name}`)
    : refOf(stage.input[name]!.type)
      ? `id of ${name}`
      : (sample(name, stage.input[name]!) ?? null)

/** Returns values with which all demands are met; undefined where none are found, or where one cannot be told. */
export const meet = (stage: Stage, demands: readonly Demand[]): Values | undefined => {
  const met = (values: Values): boolean =>
    demands.every((demand) => {
      const outcome = onStage(stage, demand.text, values, demand)
      return demand.of ? outcome !== false && outcome !== undefined : outcome === demand.wanted
    })
  const none: Values = new Map()
  if (met(none)) return none
  const wishes = demands.map((demand): Wish => {
    const typed = typeExpression(demand.text, scopeOf(stage, demand), stage.architecture).typed
    return {
      reads: new Set(readsOf(stage, typed, demand)),
      holds: (values) => {
        const outcome = onStage(stage, demand.text, values, demand)
        if (outcome === undefined) return undefined
        return demand.of ? outcome !== false : (outcome ?? false) === demand.wanted
      },
    }
  })
  const keys = [...new Set(wishes.flatMap(({ reads }) => [...reads]))]
  const constants = demands.flatMap((demand) =>
    constantsOf(typeExpression(demand.text, scopeOf(stage, demand), stage.architecture).typed),
  )
  const found = searchValues(keys, (key) => domainOf(stage, key, constants), wishes)
  return found && met(found) ? found : undefined
}

/** The keys that an expression reads and a test can set. */
const readsOf = (stage: Stage, typed: Typed, demand: Demand): string[] => {
  const found = new Set<string>()
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) for (const each of part) visit(each)
    else if (part !== null && typeof part === 'object') {
      const { kind, row, field } = part as Partial<Extract<Typed, { kind: 'field' }>>
      if (kind === 'field' && row && field) {
        const name = placeOf(stage, row.variable.name === 'this' && demand.of ? demand.of : row.variable.name, row.path)
        if (name && isFree(stage, name, field)) found.add(`${name}.${field}`)
      }
      if (kind === ('input' as string)) {
        const [first] = (part as Extract<Typed, { kind: 'input' }>).path
        if (first && stage.input[first] && !refOf(stage.input[first].type)) found.add(`input.${first}`)
      }
      for (const [key, each] of Object.entries(part)) if (key !== 'variable' && key !== 'row') visit(each)
    }
  }
  visit(typed)
  return [...found]
}

/** The row that references lead to from another, where it is one of the stage's own. */
const placeOf = (stage: Stage, name: string, path: readonly { field: string }[]): string | undefined =>
  path.reduce<string | undefined>((at, { field }) => (at === undefined ? at : stage.rows[at]?.refers[field]), name)

const isFree = (stage: Stage, name: string, field: string): boolean => {
  const row = stage.rows[name]
  const definition = row && stage.architecture.models[row.model]!.fields[field]
  if (!row || !definition || field in row.fixed || definition.key || definition.set || refOf(definition.type))
    return false
  return !isSystems(definition)
}

const domainOf = (stage: Stage, key: string, constants: readonly unknown[]): unknown[] => {
  const [owner = '', name = ''] = key.split('.')
  const field =
    owner === 'input' ? stage.input[name]! : stage.architecture.models[stage.rows[owner]!.model]!.fields[name]!
  const usual = owner === 'input' ? sample(name, field) : field.optional ? null : (field.default ?? sample(name, field))
  const all = [usual, ...samples(name, field), ...moreValues(field, constants), ...(field.optional ? [null] : [])]
  return [...new Map(all.filter((each) => each !== undefined).map((each) => [JSON.stringify(each), each])).values()]
}
