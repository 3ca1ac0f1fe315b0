import type { Found } from '../find.ts'

const reached =
  /^(?:sent|paid|confirmed|approved|accepted|packed|printed|shipped|delivered|collected|completed?|finished|done|received|invoiced|checked|signed|published|started)$/
const further =
  /^(?:sent|paid|packed|printed|shipped|in_transit|delivered|collected|picked_up|handed_over|received|completed?|finished|done|closed|archived|returned|invoiced|settled)$/

/**
 * Returns a state and all that lie behind it: what is shipped was paid before. Behind it is what no step reaches but by way
 * of it; where nothing says which steps there are, what is named after it and goes on from it by its name.
 */
export const stateAndBehind = ({ model }: Found, field: string, value: string): string[] => {
  const shape = model.fields[field]
  const values: readonly string[] = shape?.values ?? []
  if (model.states?.field === field) {
    const first = shape?.default
    if (typeof first !== 'string' || first === value) return [value]
    const before = new Set<string>([first])
    const steps = Object.values(model.states.transitions)
    for (const _ of steps)
      for (const { from, to } of steps) if (to !== value && from.some((one) => before.has(one))) before.add(to)
    const come = new Set<string>(steps.map(({ to }) => to))
    return [value, ...values.filter((one) => one !== value && come.has(one) && !before.has(one))]
  }
  const at = values.indexOf(value)
  if (at < 1 || !/(?:^|_)(?:status|state|stage)$/.test(field) || !reached.test(value)) return [value]
  return [value, ...values.slice(at + 1).filter((one) => further.test(one))]
}
