import type { Architecture } from '../../schemas/generated/architecture.ts'
import { refOf } from './names.ts'

const known = new WeakMap<Architecture, ReadonlySet<string>>()

/**
 * Returns the models whose rows are hidden rather than deleted: those with softDelete, and those whose rows go with
 * them, for they come back with them too.
 */
export const hidingModels = (architecture: Architecture): ReadonlySet<string> => {
  const done = known.get(architecture)
  if (done) return done
  const models = Object.entries(architecture.models)
  const found = new Set(models.filter(([, { softDelete }]) => softDelete).map(([name]) => name))
  const goesAlong = (name: string) =>
    Object.values(architecture.models[name]!.fields).some(
      (field) => field.onDelete === 'cascade' && found.has(refOf(field.type)?.model ?? ''),
    )
  let before = -1
  while (found.size > 0 && before !== found.size) {
    before = found.size
    for (const [name] of models) if (!found.has(name) && goesAlong(name)) found.add(name)
  }
  known.set(architecture, found)
  return found
}
