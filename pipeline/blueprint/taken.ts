import type { Architecture, EachStep, Step } from '../../schemas/generated/architecture.ts'
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
 * that it takes them through, if it does. Undefined: for all.
 */
export const rowsOfEach = ({ models }: Architecture, { as, model, where, do: steps }: EachStep): string | undefined => {
  const states = own(models, model)?.states
  const parts = steps.flatMap(({ take, when }) => {
    const transition = take?.of === as && when === undefined ? own(states?.transitions, take.transition) : undefined
    if (!states || !transition) return []
    const from = `${as}.${states.field} in [${transition.from.map((state) => `"${state}"`).join(', ')}]`
    return [from, ...(transition.require ?? []).map(({ check }) => check.replace(/\bthis\b/g, as))]
  })
  const all = [...(where === undefined ? [] : [where]), ...parts]
  if (all.length === 0) return undefined
  return all.map((part) => (all.length > 1 && /\|\||\?/.test(part) ? `(${part})` : part)).join(' && ')
}
