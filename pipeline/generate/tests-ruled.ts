/** What rules mean for the rows and bodies that tests make up. */
import type { Architecture, Field, Model } from '../../schemas/generated/architecture.ts'
import { isSystems } from '../blueprint/field-kinds.ts'
import { aloneIn, exampleRow, type Fit, fitModels, readsOf } from '../blueprint/fitting.ts'
import { moreValues } from '../blueprint/fitting-values.ts'
import { givenLater } from '../blueprint/given-later.ts'
import { refOf } from '../blueprint/names.ts'
import { isRelative, resolved } from '../blueprint/relative-time.ts'
import { askedOfRow } from '../blueprint/scopes.ts'
import { typeExpression } from '../expressions/check.ts'
import { constantsOf, evaluate } from '../expressions/evaluate.ts'
import type { Scope } from '../expressions/scope.ts'
import type { Typed } from '../expressions/typed.ts'
import { fitTo, sample, samples } from './tests-values.ts'

/** The models of which no row can be made up that breaks no rule, and those whose made-up rows cannot be deleted. */
export type Unfit = { unmade: ReadonlySet<string>; undeletable: ReadonlySet<string> }

/** Gives fields the values that rules leave them. */
export const fitSamples = (architecture: Architecture): Unfit => {
  const fits: Map<string, Fit> = fitModels(architecture, samples)
  for (const [name, { values }] of fits)
    for (const [field, fitting] of values) fitTo(architecture.models[name]!.fields[field]!, fitting)
  return {
    unmade: new Set([...fits].flatMap(([name, { found }]) => (found ? [] : [name]))),
    undeletable: new Set([...fits].flatMap(([name, { deletable }]) => (deletable ? [] : [name]))),
  }
}

/** The fields of a model that any of its rules looks at, or what goes along with making and changing it. */
export const ruledFields = (architecture: Architecture, name: string, model: Model): ReadonlySet<string> => {
  const scope = { this: { kind: 'row' as const, model: name }, me: { kind: 'caller' as const } }
  const read = (text: string | undefined): string[] =>
    text === undefined
      ? []
      : [...readsOf(architecture, typeExpression(text, scope, architecture).typed)].flatMap((key) =>
          key.startsWith(`${name}.`) ? [key.slice(name.length + 1)] : [],
        )
  const later = givenLater(model)
  const hooks = [...(model.on?.create?.require ?? []), ...(model.on?.update?.require ?? [])]
  // What goes along with making a row may break a rule of another: an order of more than there is in stock.
  const along = JSON.stringify([model.on?.create?.do ?? [], model.on?.update?.do ?? []])
  return new Set([
    ...[...along.matchAll(/\b(?:this|was)\.(\w+)/g)].map(([, field]) => field!),
    ...hooks.flatMap(({ check }) => read(askedOfRow(check, later))),
    ...(model.rules ?? []).flatMap(({ check, unique, exclude, limit, where }) => [
      ...read(check),
      ...read(where),
      ...(unique ?? []),
      ...(exclude ? [...exclude.same, exclude.start, String(exclude.end), String(exclude.minutes)] : []),
      ...(limit ? [...limit.per, ...read(limit.max), String(limit.sum), String(limit.within?.field)] : []),
    ]),
  ])
}

/** What is asked of a new row about others of its model: for each, the fields in which it is compared with those that are the same. */
export const rivalries = (name: string, model: Model): string[][] =>
  (model.on?.create?.require ?? []).flatMap(({ check }) =>
    new RegExp(`\\b${name}\\.\\w+\\(`).test(check)
      ? [[...check.matchAll(/\b\w+\.(\w+) == this\.\1\b/g)].map(([, field]) => field!)]
      : [],
  )

/** Whether rows of a model can be in each other's way. */
export const crowds = (name: string, model: Model): boolean =>
  (model.rules ?? []).some(({ unique, exclude, limit }) => unique ?? exclude ?? limit) ||
  rivalries(name, model).length > 0

/** Values that an example row has instead of its usual ones; `tool.copies` is one of a row that it refers to. */
export type Changes = { readonly [path: string]: unknown }

const MOMENTS = ['2025-01-01T12:00:00Z', '2045-01-02T13:30:00Z'].map((text) => Date.parse(text))

/**
 * Returns what an expression about a row (`this`) comes to where a test makes it with the least that it needs, and with
 * these changes: null where it is unknown, undefined where that cannot be told.
 */
export const outcomeOf = (
  architecture: Architecture,
  model: string,
  text: string,
  changes: Changes = {},
  values: { readonly [name: string]: unknown } = {},
  scope: Scope = {},
): unknown => {
  const names: Scope = { this: { kind: 'row', model }, me: { kind: 'caller' }, ...scope }
  const { typed } = typeExpression(text, names, architecture)
  const outcomes = MOMENTS.map((now) =>
    evaluate(typed, { rows: { this: rowAt(architecture, model, changes, now) }, values, now, empty: () => true }),
  )
  return outcomes[0] === outcomes[1] ? outcomes[0] : undefined
}

/** Returns the row that a test makes, as it is at a moment. */
const rowAt = (architecture: Architecture, model: string, changes: Changes, now: number) => {
  const row = exampleRow(architecture, model, 'least', now, (key, field) => sample(key.split('.')[1]!, field))
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.split('.')
    const last = steps.pop()!
    const place = steps.reduce<{ [name: string]: unknown } | null>(
      (at, step) => (at?.[step] ?? null) as { [name: string]: unknown } | null,
      row,
    )
    if (place) place[last] = isRelative(value) ? resolved(value, now) : value
  }
  return row
}

/** All conditions on one row of a model: its checks, and what is asked when it is made. */
export const conditionsOn = (model: Model): string[] => [
  ...(model.rules ?? []).flatMap(aloneIn),
  ...(model.on?.create?.require ?? []).map(({ check }) => check),
]

/** `field` and `reference.field` of what an expression reads of a row and of what that refers to. */
export const pathsOf = (architecture: Architecture, model: string, text: string): string[] => {
  const names: Scope = { this: { kind: 'row', model }, me: { kind: 'caller' } }
  const found = new Set<string>()
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) for (const each of part) visit(each)
    else if (part !== null && typeof part === 'object') {
      const { kind, row, field } = part as Partial<Extract<Typed, { kind: 'field' }>>
      if (kind === 'field' && row?.variable.name === 'this')
        found.add([...row.path.map(({ name }) => name), field].join('.'))
      for (const [key, each] of Object.entries(part)) if (key !== 'variable' && key !== 'row') visit(each)
    }
  }
  visit(typeExpression(text, names, architecture).typed)
  return [...found]
}

/**
 * Returns changes with which an expression comes to `wanted` while the others still hold, as few as it can find; undefined
 * where it finds none. `among` says what may be changed.
 */
export const changesFor = (
  architecture: Architecture,
  model: string,
  text: string,
  wanted: boolean,
  others: readonly string[],
  among: (path: string) => boolean,
  given: Changes = {},
): Changes | undefined => {
  const fits = (changes: Changes): boolean =>
    outcomeOf(architecture, model, text, { ...given, ...changes }) === wanted &&
    others.every((each) => {
      const outcome = outcomeOf(architecture, model, each, { ...given, ...changes })
      return outcome === true || outcome === null
    })
  if (fits({})) return {}
  const { typed } = typeExpression(text, { this: { kind: 'row', model }, me: { kind: 'caller' } }, architecture)
  const constants = constantsOf(typed)
  const values = pathsOf(architecture, model, text)
    .filter(among)
    .flatMap((path): [string, unknown[]][] => {
      const found = fieldAt(architecture, model, path)
      if (!found) return []
      const [name, field] = found
      const more = [...samples(name, field), ...moreValues(field, constants), ...(field.optional ? [null] : [])]
      return [[path, more.filter((value) => value !== undefined)]]
    })
  for (const [path, some] of values) for (const value of some) if (fits({ [path]: value })) return { [path]: value }
  for (const [at, [path, some]] of values.entries())
    for (const [other, more] of values.slice(at + 1))
      for (const value of some)
        for (const second of more)
          if (fits({ [path]: value, [other]: second })) return { [path]: value, [other]: second }
  return undefined
}

/** Returns the field at the end of a path of references, where clients give its value. */
export const fieldAt = (architecture: Architecture, model: string, path: string): [string, Field] | undefined => {
  const steps = path.split('.')
  const last = steps.pop()!
  let at = architecture.models[model]
  for (const step of steps) {
    const target = refOf(at?.fields[`${step}_id`]?.type ?? '')?.model
    at = target === undefined ? undefined : architecture.models[target]
  }
  const field = at?.fields[last]
  if (!at || !field || isSystems(field) || refOf(field.type) || givenLater(at).has(last)) return undefined
  return [last, field]
}
