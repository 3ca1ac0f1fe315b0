/** Rows and bodies for which the condition of a grant is true, as functions of tests/factories.py. */
import type { Architecture, Field, Model } from '../../schemas/generated/architecture.ts'
import { isRequired } from '../blueprint/field-kinds.ts'
import { givenLater } from '../blueprint/given-later.ts'
import { accountModelOf, own, refOf, toSnake } from '../blueprint/names.ts'
import { typeExpression } from '../expressions/check.ts'
import { columnOf, tableOf } from './migrations-physical.ts'
import { argument } from './tests-arguments.ts'
import { choicesOf } from './tests-choices.ts'
import { namesCaller, type Plan, plansFor, type Question, type Value, type Values } from './tests-conditions.ts'
import { literal } from './tests-values.ts'

export type Fit = {
  /** Told apart from the other conditions of the model: 1, 2, ... */
  number: number
  /** Fields that the condition looks at: tests leave them as they are. */
  fields: ReadonlySet<string>
  /** Fields that are filled in for it: in bodies, in any way. */
  chosen: { body: ReadonlySet<string>; any: ReadonlySet<string> }
  /** Whether it is true for some people and not for others. */
  personal: boolean
  /** Whether a row, or a body, for which it is true needs other rows of its model, which a list would show too. */
  crowded: boolean
  crowdsBodies: boolean
  /** References with which rows must stay that refer to the row: it cannot be deleted then. */
  held: boolean
  /** The functions that there are: a stored row, and a body to send. */
  stored: string | undefined
  body: string | undefined
  /** Arguments of a row, and of a body, for which it is not true for a person. */
  beyond: ((person: string) => string[]) | undefined
  bodyBeyond: ((person: string) => string[]) | undefined
  /** What `stored` makes, and all ways in which a body comes to fit. */
  made: Plan | undefined
  ways: readonly Plan[]
  /** Name -> source of the functions. */
  functions: ReadonlyMap<string, string>
}

type Place = { architecture: Architecture; modelName: string; owner: string | undefined }

/** Returns how rows come to fit a condition, and not to fit it, for somebody who is signed in or for nobody. */
export const fitOf = (place: Place, expression: string, number: number, signedIn: boolean): Fit => {
  const { architecture, modelName } = place
  const model = own(architecture.models, modelName)!
  const { typed, seen, variables } = typeExpression(
    expression,
    { this: { kind: 'row', model: modelName }, me: { kind: 'caller' } },
    architecture,
    ['bool'],
  )
  const self = variables.find(({ name }) => name === 'this')!
  const plans = (stored: boolean, holds: boolean): Plan[] => {
    const question: Question = { architecture, model: modelName, signedIn, stored }
    return plansFor(question, typed, self, holds).filter((plan) => isMakeable(architecture, plan))
  }
  const isPlain = ({ rows, account }: Plan): boolean => rows.length === 0 && account.size === 0
  const stored = plans(true, true)[0]
  const body = plans(false, true).find((plan) => canBeSent(place, model, plan))
  const beyond = plans(true, false).find(isPlain)
  const bodyBeyond = plans(false, false).find((plan) => isPlain(plan) && canBeSent(place, model, plan))
  const words = toSnake(modelName)
  const suffix = `${number}${signedIn ? '' : '_for_anyone'}`
  const functions = new Map<string, string>()
  const define = (name: string, source: string): string => {
    functions.set(name, source)
    return name
  }
  const write = (name: string, base: string, said: string, plan: Plan | undefined): string | undefined =>
    plan && define(name, functionOf(place, name, base, `${said}: ${expression}.`, plan))
  return {
    number,
    fields: new Set([...seen.fields.values()].filter(({ name }) => name === 'this').map(({ field }) => field)),
    chosen: {
      body: chosenIn(model, body),
      any: new Set([stored, body, beyond, bodyBeyond].flatMap((plan) => [...chosenIn(model, plan)])),
    },
    personal: namesCaller(typed),
    crowded: stored?.rows.some((row) => row.model === modelName) ?? false,
    crowdsBodies: body?.rows.some((row) => row.model === modelName) ?? false,
    held: stored?.rows.some((row) => holds(architecture, row)) ?? false,
    stored: write(`fitting_${words}_${suffix}`, `make_${words}`, 'Store one for which it is true', stored),
    body: write(`fitting_${words}_body_${suffix}`, `${words}_body`, 'Return a body for which it is true', body),
    beyond: beyond && argumentsOf(place, beyond, undefined),
    bodyBeyond: bodyBeyond && argumentsOf(place, bodyBeyond, place.owner),
    made: stored,
    ways: plansFor({ architecture, model: modelName, signedIn, stored: false }, typed, self, true),
    functions,
  }
}

/** Whether values are of rows that the tests can make: of no account, whose people are made by signing up. */
const isMakeable = (architecture: Architecture, { rows }: Plan): boolean =>
  rows.every(
    ({ model, values }) =>
      model !== accountModelOf(architecture) && [...values.keys()].every((key) => !key.includes('.')),
  )

const chosenIn = (model: Model, plan: Plan | undefined): Set<string> =>
  new Set(
    [...(plan?.values.keys() ?? [])].map((key) =>
      key.includes('.') ? referenceOf(model, key.slice(0, key.indexOf('.'))) : key,
    ),
  )

const referenceOf = (model: Model, name: string): string => (own(model.fields, `${name}_id`) ? `${name}_id` : name)

const canBeSent = ({ owner }: Place, model: Model, { values, rows }: Plan): boolean => {
  const later = givenLater(model)
  const isSent = (key: string, value: Value): boolean => {
    if (key.includes('.')) return true
    const field = own(model.fields, key)!
    if (key === owner) return value.kind === 'me'
    if (key === model.states?.field) return value.kind === 'literal' && value.code === literal(field.default)
    return !field.set && field.type !== 'code' && !later.has(key)
  }
  // Nothing refers to what is not there yet.
  const needsItself = rows.some((row) => [...row.values.values()].some(isItself))
  return !needsItself && [...values].every(([key, value]) => isSent(key, value))
}

/** Whether a value is the id of the row that the condition is about. */
const isItself = (value: Value): boolean => value.kind === 'field' && value.path.length === 0 && value.field === 'id'

/** Whether a row refers to the one that the condition is about, and holds it. */
const holds = (architecture: Architecture, { model, values }: Plan['rows'][number]): boolean =>
  [...values].some(([key, value]) => {
    const field = own(own(architecture.models, model)?.fields, key)
    return isItself(value) && (field?.onDelete ?? (field?.optional ? 'set-null' : 'restrict')) === 'restrict'
  })

const argumentsOf =
  ({ architecture, modelName }: Place, { values }: Plan, owner: string | undefined) =>
  (person: string): string[] =>
    entriesOf(architecture, own(architecture.models, modelName)!, values, owner).map(([name, code]) =>
      argument(name, code.replaceAll('person.id', `${person}.id`)),
    )

const functionOf = (place: Place, name: string, base: string, words: string, plan: Plan): string => {
  const { architecture, modelName } = place
  const model = own(architecture.models, modelName)!
  const isBody = base.endsWith('_body')
  const values = new Map([...filledIn(place, model, plan, isBody), ...plan.values])
  const given = itemsOf(architecture, model, values, isBody ? place.owner : undefined)
  const made = `${base}(${isBody ? '' : 'world, '}**values)`
  const row = (value: Value): string => codeOf(place, model, value, isBody)
  const rows = plan.rows.map((each) => rowOf(architecture, each, row))
  const account = accountModelOf(architecture)
  const people = account ? tableOf(account, architecture.models[account]!) : ''
  const accounts = [...plan.account].map(
    ([field, value]) =>
      `    world.change(${literal(people)}, person.id, ${literal(columnOf(field, architecture.models[account!]!.fields[field]!))}, ${row(value)})\n`,
  )
  return `def ${name}(world: World, person: Person, **values: Any) -> dict[str, Any]:
    """${words.replaceAll('\\', '\\\\').replaceAll('"', "'")}"""
${given.length ? `    values = {${given.join(', ')}, **values}\n` : ''}${
  rows.length + accounts.length
    ? `    row = ${made}
${rows.map((line) => `    ${line}\n`).join('')}${accounts.join('')}    return row`
    : `    return ${made}`
}
`
}

/** What other rows take over from a body must stand in it, also where it could be left out. */
const filledIn = ({ owner }: Place, model: Model, plan: Plan, isBody: boolean): [string, Value][] => {
  if (!isBody) return []
  const used = [...plan.rows.flatMap(({ values }) => [...values.values()]), ...plan.account.values()].flatMap(
    (value) => (value.kind === 'field' ? [value.path[0]?.field ?? value.field] : []),
  )
  return used.flatMap((name): [string, Value][] => {
    const field = own(model.fields, name)
    if (!field || field.key || name === owner || (isRequired(field) && refOf(field.type))) return []
    const ref = refOf(field.type)
    if (ref) return [[name, { kind: 'new', model: ref.model }]]
    return choicesOf(name, field, '!=', undefined).map((value) => [name, { kind: 'literal', code: literal(value) }])
  })
}

/** Returns field and code of each value; those of a row that is referred to become that row. */
const entriesOf = (
  architecture: Architecture,
  model: Model,
  values: Values,
  owner: string | undefined,
): [string, string][] => {
  const here = [...values].filter(([key]) => !key.includes('.') && key !== owner)
  const below = Map.groupBy(
    [...values].filter(([key]) => key.includes('.')),
    ([key]) => key.slice(0, key.indexOf('.')),
  )
  const plain = here.map(([key, value]): [string, string] => [key, plainCode(value)])
  const nested = [...below].map(([name, entries]): [string, string] => {
    const reference = referenceOf(model, name)
    const target = refOf(own(model.fields, reference)!.type)!.model
    const inner = new Map(entries.map(([key, value]) => [key.slice(name.length + 1), value]))
    const given = entriesOf(architecture, own(architecture.models, target)!, inner, undefined)
    const made = ['world', ...given.map(([key, code]) => argument(key, code))]
    return [reference, `make_${toSnake(target)}(${made.join(', ')})["id"]`]
  })
  return [...plain, ...nested]
}

const itemsOf = (...of: Parameters<typeof entriesOf>): string[] =>
  entriesOf(...of).map(([key, code]) => `${literal(key)}: ${code}`)

const plainCode = (value: Value): string => {
  if (value.kind === 'literal') return value.code
  if (value.kind === 'new') return `make_${toSnake(value.model)}(world)["id"]`
  if (value.kind === 'me') return 'person.id'
  throw new Error('a value of the row itself has no place in it')
}

/** Returns the code of a value that a row of another model has: what `row` says, or what that refers to. */
const codeOf = ({ architecture, owner }: Place, model: Model, value: Value, isBody: boolean): string => {
  if (value.kind !== 'field') return plainCode(value)
  const [first, ...rest] = [...value.path.map(({ field }) => field), value.field]
  let code = isBody && first === owner ? 'person.id' : `row[${literal(first!)}]`
  let at: Field = own(model.fields, first!)!
  for (const name of rest) {
    const target = refOf(at.type)!.model
    const found = own(architecture.models, target)!
    at = own(found.fields, name)!
    code = `world.value(${literal(tableOf(target, found))}, ${code}, ${literal(columnOf(name, at))})`
  }
  return code
}

const rowOf = (
  architecture: Architecture,
  { model: name, values }: Plan['rows'][number],
  code: (value: Value) => string,
): string => {
  const model = own(architecture.models, name)!
  const given = [...values].map(([key, value]) => argument(key, code(value)))
  const same = (model.unique ?? []).find((group) => group.every((field) => values.has(field)))
  const make = `make_${toSnake(name)}`
  if (!same || [...values.keys()].some((key) => columnOf(key, own(model.fields, key)!) !== key))
    return `${make}(${['world', ...given].join(', ')})`
  return `world.have(${[make, literal(tableOf(name, model)), literal(same), ...given].join(', ')})`
}
