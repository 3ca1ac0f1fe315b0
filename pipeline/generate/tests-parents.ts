/** What becomes true of a body because its person must see the parents that it refers to. */
import type { Architecture, Field } from '../../schemas/generated/architecture.ts'
import { accountModelOf, own, refOf } from '../blueprint/names.ts'
import type { Reference } from '../expressions/typed.ts'
import { nameIn } from './tests-arguments.ts'
import type { Cast, Surface } from './tests-cast.ts'
import type { Plan, Value, Values } from './tests-conditions.ts'
import type { Fit } from './tests-fits.ts'
import { type Limit, limitsOf } from './tests-limits.ts'
import { literal } from './tests-values.ts'

const NOTHING: Plan = { values: new Map(), rows: [], account: new Map() }

/**
 * Whether a condition may be true of a body that says no more than `beyond`, for what lets its person see a parent can
 * make it true; or whether the body names a parent that its person may not see.
 */
export const mayFit = (cast: Cast, surface: Surface, role: string, fit: Fit, beyond: readonly string[]): boolean => {
  const limited = surface.parents.flatMap(({ field, definition, target }) => {
    const above = cast.byAddress.get(target)
    const read = above?.operations.get('read')
    const limits = above && read && read.access !== 'public' && limitsOf(cast.byAddress, above, read, role)
    return above && limits ? [{ field, definition, model: above.modelName, limit: limits[0] }] : []
  })
  const said = new Set(beyond.map(nameIn))
  if (limited.some(({ field }) => said.has(field))) return true
  const made = limited
    .filter(({ definition }) => !definition.optional)
    .map(({ field, model, limit }) => below(field, model, planOf(limit)))
  const { owner } = surface.rpc
  if (owner && !said.has(owner)) made.push({ ...NOTHING, values: new Map([[owner, { kind: 'me' }]]) })
  const isSaid = (key: string): boolean => said.has(key) || said.has(key.split('.')[0]!) || said.has(referenceIn(key))
  return fit.ways.some((way) => ![...way.values.keys()].some(isSaid) && isDone(cast.architecture, surface, way, made))
}

/** What is made so that somebody is within a limit. */
const planOf = (limit: Limit | undefined): Plan => {
  if (!limit) return NOTHING
  if (limit.fit) return limit.fit.made ?? NOTHING
  if (limit.parent) return below(limit.field, limit.parent.modelName, planOf(limit.parent.limits?.[0]))
  return { ...NOTHING, values: new Map([[limit.field, { kind: 'me' }]]) }
}

/** What is made for a parent, as a row that refers to it sees it. */
const below = (field: string, model: string, { values, rows, account }: Plan): Plan => {
  const name = field.replace(/_id$/, '')
  const step: Reference = { name, field, model, nullable: false }
  const seen = (value: Value): Value => {
    if (value.kind !== 'field') return value
    if (value.path.length === 0 && value.field === 'id') return { ...value, field }
    return { ...value, path: [step, ...value.path] }
  }
  const all = (some: Values): Values => new Map([...some].map(([key, value]) => [key, seen(value)]))
  return {
    values: new Map([...all(values)].map(([key, value]) => [`${name}.${key}`, value])),
    rows: rows.map((row) => ({ ...row, values: all(row.values) })),
    account: all(account),
  }
}

/** Whether others, where they were carried out, did part of a plan, and left nothing to do as far as is known. */
const isDone = (architecture: Architecture, { modelName }: Surface, way: Plan, made: readonly Plan[]): boolean => {
  const values = new Map(made.flatMap((plan) => [...plan.values]))
  const account = new Map(made.flatMap((plan) => [...plan.account]))
  const rows = made.flatMap((plan) => plan.rows)
  return (
    (way.rows.length > 0 || [...way.values.keys()].some((key) => values.has(key))) &&
    areSo(architecture, modelName, way.values, values) &&
    areSo(architecture, accountModelOf(architecture) ?? '', way.account, account) &&
    way.rows.every(({ model, values }) =>
      rows.some((row) => row.model === model && areSo(architecture, model, values, row.values)),
    )
  )
}

/** Whether values can be what is wanted: those that were given, or what a row has of itself. */
const areSo = (architecture: Architecture, model: string, wanted: Values, given: Values): boolean =>
  [...wanted].every(([key, value]) => {
    const known = given.get(key)
    if (known) return keyOf(known) === keyOf(value)
    if (value.kind !== 'literal') return value.kind === 'new'
    const standard = fieldAt(architecture, model, key)?.default
    return standard === undefined || literal(standard) === value.code
  })

const keyOf = (value: Value): string =>
  value.kind === 'field' ? [...value.path.map(({ name }) => name), value.field].join('.') : JSON.stringify(value)

/** The field of the reference that a value is behind: `task_id` of `task.title`. */
const referenceIn = (key: string): string => `${key.split('.')[0]}_id`

const fieldAt = (architecture: Architecture, model: string, key: string): Field | undefined => {
  const fields = own(architecture.models, model)?.fields ?? {}
  const [name = '', ...rest] = key.split('.')
  if (rest.length === 0) return own(fields, name)
  const target = refOf((own(fields, referenceIn(key)) ?? own(fields, name))?.type ?? '')
  return target && fieldAt(architecture, target.model, rest.join('.'))
}
