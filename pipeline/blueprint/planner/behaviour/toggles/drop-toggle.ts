import { splitGrant } from '../../../names.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'

/** Takes a toggle from a model, with its rows, its store, what is counted by it, and who may use it. */
export const dropToggle = ({ architecture }: BehaviourDraft, target: Found, on: string): void => {
  const toggle = target.api.toggles?.[on]
  if (!toggle) return
  const { [on]: _, ...others } = target.api.toggles!
  if (Object.keys(others).length > 0) target.api.toggles = others
  else delete target.api.toggles
  for (const [name, { over }] of Object.entries(target.model.computed ?? {})) {
    if (over?.from.split('.')[0] !== toggle.model) continue
    delete target.model.computed![name]
    const { list } = target.api
    if (list) for (const key of ['filter', 'sort'] as const) list[key] = list[key].filter((one) => one !== name)
  }
  const stores = Object.entries(architecture.components).flatMap(([component, { ports }]) =>
    Object.entries(ports).flatMap(([port, shape]) =>
      shape.kind === 'store' && shape.model === toggle.model ? [{ component, port, dir: shape.dir }] : [],
    ),
  )
  const ends = stores.map(({ component, port }) => `${component}.${port}`)
  architecture.links = architecture.links.filter(({ from, to }) => !ends.includes(from) && !ends.includes(to))
  for (const { component, port, dir } of stores)
    if (dir === 'in') delete architecture.components[component]
    else delete architecture.components[component]!.ports[port]
  delete architecture.models[toggle.model]
  for (const [role, lines] of Object.entries(architecture.policies.roles))
    architecture.policies.roles[role] = lines.filter((line) => {
      const { endpoint, op } = splitGrant(line)
      return endpoint !== target.endpoint || ![on, toggle.off, toggle.members].includes(op)
    })
}
