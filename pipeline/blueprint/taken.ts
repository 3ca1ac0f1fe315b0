import type { Architecture, EachStep, Step, TakeStep } from '../../schemas/generated/architecture.ts'
import { allOf } from '../expressions/conjunction.ts'
import { own } from './names.ts'

/** Names of rows -> their models. */
export type Rows = { readonly [name: string]: string }

/** A place at which steps stand, and the rows that they know at its beginning. */
type Place = { at: { do?: Step[] }; rows: Rows }

/** Returns all places of a blueprint at which steps may stand: hooks, transitions, handlers, events and timers. */
export const placesOfSteps = ({ models, components }: Architecture): Place[] => [
  ...Object.entries(models).flatMap(([model, { on, states }]) =>
    [...Object.values(on ?? {}), ...Object.values(states?.transitions ?? {})].map((at) => ({
      at,
      rows: { this: model },
    })),
  ),
  ...Object.values(components).flatMap(({ ports }) =>
    Object.values(ports).flatMap((port): Place[] => {
      const handlers = port.kind === 'rpc' ? Object.values(port.ops ?? {}) : port.kind === 'store' ? [] : [port]
      return handlers.map((at) => ({
        at,
        rows: Object.fromEntries(Object.entries(at.find ?? {}).map(([name, { model }]) => [name, model])),
      }))
    }),
  ),
]

/** Returns the transitions through which steps take rows, as `Model:transition`. */
export const takenIn = (architecture: Architecture): ReadonlySet<string> =>
  new Set(placesOfSteps(architecture).flatMap(({ at, rows }) => takenBy(at.do ?? [], rows)))

const takenBy = (steps: readonly Step[], rows: Rows): string[] => {
  let inner = rows
  return steps.flatMap(({ take, create, each }) => {
    if (create?.as) inner = { ...inner, [create.as]: create.model }
    return [
      ...(take && inner[take.of] ? [`${inner[take.of]}:${take.transition}`] : []),
      ...(each ? takenBy(each.do, { ...inner, [each.as]: each.model }) : []),
    ]
  })
}

/**
 * Returns for which rows of an `each` its steps are done: those that its `where` names and that can go through the transition
 * that it takes each of them through, where that is optional. Undefined: for all.
 */
export const rowsOfEach = ({ models }: Architecture, each: EachStep): string | undefined => {
  const asked = each.do.flatMap((step) => (isOfAll(each, step) ? askedOf(models, each.model, step.take!) : []))
  return allOf([...(each.where === undefined ? [] : [each.where]), ...asked]) || undefined
}

/** Returns the steps of an `each` as they are done for its rows: what the query has asked of them is not asked again. */
export const stepsOfEach = (each: EachStep): Step[] =>
  each.do.map((step) => {
    if (!isOfAll(each, step)) return step
    const { of, transition } = step.take!
    return { take: { of, transition } }
  })

const isOfAll = ({ as }: EachStep, { take, when }: Step): boolean =>
  take?.optional === true && take.of === as && when === undefined

/** Returns when a step is done; undefined: always. What takes a row (of this model) optionally is done where that can go on. */
export const whenOf = ({ models }: Architecture, { when, take }: Step, model: string | undefined): string | undefined =>
  allOf([
    ...(when === undefined ? [] : [when]),
    ...(take?.optional && model !== undefined ? askedOf(models, model, take) : []),
  ]) || undefined

/** What a transition asks of the row that is taken through it. */
const askedOf = (models: Architecture['models'], model: string, { of, transition: name }: TakeStep): string[] => {
  const states = own(models, model)?.states
  const transition = own(states?.transitions, name)
  if (!states || !transition) return []
  const from = `${of}.${states.field} in [${transition.from.map((state) => `"${state}"`).join(', ')}]`
  return [from, ...(transition.require ?? []).map(({ check }) => check.replace(/\bthis\b/g, of))]
}
