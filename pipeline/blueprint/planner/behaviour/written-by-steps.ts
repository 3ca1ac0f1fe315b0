import type { Architecture, Step } from '../../../../schemas/generated/architecture.ts'

/** A field of a model's rows that steps write: of an operation (`component.port:op`), or of the hooks of another model. */
export type Written = { field: string; value: string; by: { op: string } | { hooksOf: string } }

/** Returns what operations, and what happens when rows of other models are written, set in the rows of a model. */
export const writtenBySteps = ({ components, models }: Architecture, name: string): Written[] => {
  const sets = (steps: readonly Step[], rows: ReadonlyMap<string, string>, by: Written['by']): Written[] =>
    steps.flatMap(({ set, each }) => [
      ...(set && rows.get(set.of) === name
        ? Object.entries(set.values).map(([field, value]) => ({ field, value, by }))
        : []),
      ...(each ? sets(each.do, new Map([...rows, [each.as, each.model]]), by) : []),
    ])
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
              op: `${component}.${port}:${op}`,
            }),
          ),
    ),
  )
  return [...ofHooks, ...ofOps]
}
