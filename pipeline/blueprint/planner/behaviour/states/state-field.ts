import type { Found } from '../find.ts'

const names = /^(?:status|state|stage|phase)$/

/** Returns the field that says in which state a thing is, by its usual names, and its values. */
export const stateFieldOf = ({ model }: Found): { name: string; values: readonly string[] } | undefined => {
  const found = Object.entries(model.fields).find(([name, { type }]) => type === 'enum' && names.test(name))
  return found && { name: found[0], values: found[1].values ?? [] }
}
