import type { Permission, Sketch, Thing } from '../sketch.ts'

export type Above = { parent: Thing; above: readonly Permission[] }

/** The thing that this one hangs on, with who may do what with it. */
export const aboveOf = (sketch: Sketch, thing: Thing): Above | undefined => {
  const key = thing.parent ? thing.refs.find((ref) => ref.field === thing.parent)?.to : undefined
  const parent = key && key !== 'user' && key !== thing.key ? sketch.things.get(key) : undefined
  const above = parent ? sketch.permissions.get(parent.key) : undefined
  return parent && above ? { parent, above } : undefined
}

/**
 * True where a thing's rows must be reached by way of its parent: some see only their own parents and others see all of
 * them, so that what the one writes below is the other's to read.
 */
export const reachesParent = (sketch: Sketch, thing: Thing, { above }: Above): boolean => {
  if (thing.fields.some((field) => field.name === 'parent')) return false
  const own = above.some((one) => one.scope !== 'all' && one.ops.includes('read') && one.who !== '@public')
  const all = above.filter((one) => one.scope === 'all' && one.ops.includes('read')).map((one) => one.who)
  return own && all.some((who) => sketch.grantedRoles.includes(who))
}
