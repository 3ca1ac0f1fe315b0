import type { Architecture, Field, Model } from '../../schemas/generated/architecture.ts'
import { hidingModels } from '../blueprint/hiding.ts'
import { columnOf, HIDDEN_AT, type Physical, physicalOf, type Table, tableOf, toColumn } from './migrations-physical.ts'
import { compatible } from './migrations-plan.ts'

/**
 * Returns the architecture with `column` written where a field cannot have the column of its name: one of another type
 * stands there (hidden, or until now the field's own), or another field was renamed onto it. Such a field gets
 * `<name>_2`, `<name>_3`, ...; the old column and its values stay. The same object where nothing clashes.
 */
export const resolveColumns = (previous: Physical | undefined, architecture: Architecture): Architecture => {
  let changed = false
  const hiding = hidingModels(architecture)
  const models: Record<string, Model> = {}
  for (const [name, model] of Object.entries(architecture.models)) {
    const fields = resolveFields(architecture, previous?.tables[tableOf(name, model)], model, hiding.has(name))
    changed ||= fields !== model.fields
    models[name] = fields === model.fields ? model : { ...model, fields }
  }
  return changed ? { ...architecture, models } : architecture
}

/**
 * Returns the schema that an architecture wants on top of an earlier one. A column that a field gets in place of one of
 * another type knows from where its values come.
 */
export const wantedSchema = (previous: Physical | undefined, architecture: Architecture): Physical => {
  const resolved = resolveColumns(previous, architecture)
  const wanted = physicalOf(resolved)
  if (resolved === architecture) return wanted
  for (const [name, model] of Object.entries(architecture.models))
    for (const [fieldName, field] of Object.entries(model.fields)) {
      const table = tableOf(name, model)
      const [before, after] = [
        columnOf(fieldName, field),
        columnOf(fieldName, resolved.models[name]!.fields[fieldName]!),
      ]
      // Where another field has the old column now, its values are that field's.
      if (before !== after && !wanted.tables[table]!.columns[before])
        wanted.tables[table]!.columns[after]!.carry = before
    }
  return wanted
}

const resolveFields = (
  architecture: Architecture,
  before: Table | undefined,
  model: Model,
  hides: boolean,
): Record<string, Field> => {
  const taken = new Set([...(model.concurrency === 'version' ? ['version'] : []), ...(hides ? [HIDDEN_AT] : [])])
  const names = new Map<string, string>()
  const claim = (name: string, field: Field) => {
    const base = columnOf(name, field)
    const column = toColumn(architecture, field)
    let candidate = base
    for (let number = 2; ; number++) {
      const there = before?.columns[candidate]
      if (!taken.has(candidate) && (!there || compatible(there, column))) break
      candidate = `${base}_${number}`
    }
    taken.add(candidate)
    names.set(name, candidate)
  }
  // A column that is named stays with the field that names it.
  const entries = Object.entries(model.fields)
  for (const [name, field] of entries) if (field.column) claim(name, field)
  for (const [name, field] of entries) if (!field.column) claim(name, field)
  if (entries.every(([name, field]) => names.get(name) === columnOf(name, field))) return model.fields
  return Object.fromEntries(
    entries.map(([name, field]) => [
      name,
      names.get(name) === columnOf(name, field) ? field : { ...field, column: names.get(name)! },
    ]),
  )
}
