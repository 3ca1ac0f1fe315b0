import type { Architecture, Step } from '../../../../schemas/generated/architecture.ts'

/** A field of a model's rows that steps write: of an operation (`endpoint` is component.port), or of the hooks of another model. */
export type Written = { field: string; value: string; by: { endpoint: string; op: string } | { hooksOf: string } }

/** Returns what operations, and what happens when rows of other models are written, set in the rows of a model. */
export const writtenBySteps = ({ components, models }: Architecture, name: string): Written[] => {
  const sets = (steps: readonly Step[], rows: Rows, by: Written['by']): Written[] =>
    setsIn(steps, rows).flatMap(({ model, field, value }) => (model === name ? [{ field, value, by }] : []))
  const ofHooks = Object.entries(models).flatMap(([other, { on = {}, states }]) => {
    if (other === name) return []
    const steps = [...Object.values(on), ...Object.values(states?.transitions ?? {})].flatMap((each) => each.do ?? [])
    return sets(steps, new Map([['this', other]]), { hooksOf: other })
  })
  const ofOps = Object.entries(components).flatMap(([component, { ports }]) =>
    Object.entries(ports).flatMap(([port, shape]) =>
      shape.kind !== 'rpc'
        ? []
        : Object.entries(shape.ops ?? {}).flatMap(([op, { find = {}, do: steps = [] }]) =>
            sets(steps, new Map(Object.entries(find).map(([row, { model }]) => [row, model])), {
              endpoint: `${component}.${port}`,
              op,
            }),
          ),
    ),
  )
  return [...ofHooks, ...ofOps]
}

/** Model -> its fields that timers set to true, rows by rows. */
export type Timed = ReadonlyMap<string, ReadonlySet<string>>

/** Returns the yes-or-no fields that timers set. */
export const setByTimers = ({ components }: Architecture): Timed => {
  const found = new Map<string, Set<string>>()
  for (const port of Object.values(components).flatMap(({ ports }) => Object.values(ports)))
    for (const { model, field, value } of port.kind === 'timer' ? setsIn(port.do ?? [], new Map()) : [])
      if (value === 'true') found.set(model, (found.get(model) ?? new Set()).add(field))
  return found
}

/** The names by which steps know rows -> their models. */
type Rows = ReadonlyMap<string, string>

/** What steps set in rows, those of each row that they go through too. */
const setsIn = (steps: readonly Step[], rows: Rows): { model: string; field: string; value: string }[] =>
  steps.flatMap(({ set, each }) => {
    const model = set && rows.get(set.of)
    return [
      ...(model ? Object.entries(set.values).map(([field, value]) => ({ model, field, value })) : []),
      ...(each ? setsIn(each.do, new Map([...rows, [each.as, each.model]])) : []),
    ]
  })
