import type { Field, Listing } from '../../../../schemas/generated/architecture.ts'
import { isNumbered } from '../../field-kinds.ts'
import { refOf } from '../../names.ts'
import { numbersInWords } from '../../numbers.ts'
import { toField } from '../assemble/field.ts'
import { listingOf } from '../assemble/listing.ts'
import type { FieldSpec } from '../read/field-spec.ts'
import { type Draft, note } from './draft.ts'
import { type Entry, findField } from './view.ts'

/** A field on a model that has rows must let them be: it is optional or has a default. */
export const bearable = (field: Field): Field => {
  if (field.default !== undefined || field.optional || isNumbered(field)) return field
  if (field.type === 'bool') return { ...field, default: false }
  if (field.type.startsWith('list(')) return { ...field, default: [] }
  const { min, ...rest } = field
  return { ...rest, ...(min !== undefined && !(field.type === 'string' && min === 1) ? { min } : {}), optional: true }
}

/** Adds a field before the times at the end, and to the lists. Returns false where it is there already. */
export const addField = (draft: Draft, entry: Entry, spec: FieldSpec): boolean => {
  if (findField(entry, spec.name.replaceAll('_', ' '))) return false
  const asked = toField(spec)
  const field = bearable(asked)
  insertField(entry, spec.name, field)
  draft.last = { model: entry.name, field: spec.name }
  if (isNumbered(field)) {
    note(draft, `${numbersInWords(entry.name, entry.model, spec.name)} Those that are there already are numbered too.`)
    return true
  }
  note(
    draft,
    `Adds ${words(spec.name)} to ${entry.words}${field.values ? ` (${field.values.join(', ')})` : ''}${field.optional ? ', optional' : field.default !== undefined && field.type !== 'bool' ? `, ${JSON.stringify(field.default)} where nothing is given` : ''}.`,
  )
  if (spec.said === 'required' && field.optional)
    draft.assumptions.push(
      `${words(spec.name)} stays optional, because ${entry.words} entries that exist already have none.`,
    )
  return true
}

export const words = (name: string): string => name.replaceAll('_', ' ')

/** Puts a field behind the last one that people fill in. */
export const insertField = (entry: Entry, name: string, field: Field): void => {
  const fields = Object.entries(entry.model.fields)
  const at = fields.findIndex(([, one]) => one.set === 'created' || one.set === 'updated')
  fields.splice(at < 0 ? fields.length : at, 0, [name, field])
  entry.model.fields = Object.fromEntries(fields)
  if (entry.api.list) extendListing(entry.api.list, name, field)
}

const extendListing = (list: Listing, name: string, field: Field): void => {
  const alone = listingOf([[name, field]], undefined)
  for (const key of ['filter', 'sort', 'search'] as const) {
    const before = list[key]
    const at = key === 'sort' ? before.findIndex((one) => one === 'created_at' || one === 'updated_at') : -1
    for (const one of alone[key]) if (!before.includes(one)) before.splice(at < 0 ? before.length : at, 0, one)
  }
  if (alone.range) list.range = [...(list.range ?? []), ...alone.range.filter((one) => !list.range?.includes(one))]
}

/** Takes a field out of the model and every place that names it. Its column and rows stay, so a roll back finds them. */
export const removeField = (draft: Draft, entry: Entry, name: string): void => {
  const ref = refOf(entry.model.fields[name]?.type ?? '')
  draft.last = { model: entry.name }
  delete entry.model.fields[name]
  changeReaders(entry, (each) => (each === `@${name}` ? [] : [each]))
  const { list } = entry.api
  if (list) {
    for (const key of ['filter', 'sort', 'search'] as const) list[key] = list[key].filter((one) => one !== name)
    if (list.range) list.range = list.range.filter((one) => one !== name)
    if (list.range?.length === 0) delete list.range
    if (list.order.replace(/^-/, '') === name) list.order = '-created_at'
  }
  if (entry.model.unique) {
    entry.model.unique = entry.model.unique.filter((group) => !(group as string[]).includes(name))
    if (entry.model.unique.length === 0) delete entry.model.unique
  }
  if (entry.api.parent === name) {
    delete entry.api.parent
    withoutParent(draft, entry)
  }
  if (ref) dropPorts(draft, entry, name)
  note(
    draft,
    `Removes ${words(name)} from ${entry.words}. What is stored there is kept out of sight, and a roll back brings it back.`,
    'major',
  )
}

/** Exchanges who sees which field; where nobody is left, administrators do. */
const changeReaders = (entry: Entry, change: (reader: string) => string[]): void => {
  for (const field of Object.values(entry.model.fields)) {
    if (!field.readers) continue
    const [first = 'admin', ...others] = field.readers.flatMap(change)
    field.readers = [first, ...others]
  }
}

/** Rights by way of a parent that is gone become rights over one's own rows, where rows have an owner. */
const withoutParent = (draft: Draft, entry: Entry): void => {
  const { roles } = draft.architecture.policies
  for (const [role, grants] of Object.entries(roles))
    roles[role] = grants.flatMap((grant) =>
      !grant.startsWith(`${entry.component}.api:`) || !grant.endsWith('@parent')
        ? [grant]
        : entry.api.owner
          ? [grant.replace(/@parent$/, '@own')]
          : [],
    )
}

const dropPorts = (draft: Draft, entry: Entry, name: string): void => {
  const { ports } = draft.architecture.components[entry.component]!
  for (const [port, shape] of Object.entries(ports))
    if (shape.kind === 'rpc' && shape.dir === 'out' && shape.field === name) {
      delete ports[port]
      draft.architecture.links = draft.architecture.links.filter((link) => link.from !== `${entry.component}.${port}`)
    }
  for (const [role, grants] of Object.entries(draft.architecture.policies.roles))
    draft.architecture.policies.roles[role] = grants.filter(
      (grant) => !(grant.startsWith(`${entry.component}.api:`) && grant.endsWith(`@${name}`)),
    )
}

/** Renames a field everywhere; its column keeps the old name, and so its rows. */
export const renameField = (draft: Draft, entry: Entry, from: string, to: string): void => {
  const column = entry.model.fields[from]!.column ?? from
  draft.last = { model: entry.name, field: to }
  entry.model.fields = Object.fromEntries(
    Object.entries(entry.model.fields).map(([name, field]) => {
      if (name !== from) return [name, field]
      const { column: _old, ...rest } = field
      return [to, column === to ? rest : { ...rest, column }]
    }),
  )
  changeReaders(entry, (each) => [each === `@${from}` ? `@${to}` : each])
  const swap = (names: string[]): string[] => names.map((name) => (name === from ? to : name))
  const { list } = entry.api
  if (list) {
    for (const key of ['filter', 'sort', 'search'] as const) list[key] = swap(list[key])
    if (list.range) list.range = swap(list.range)
    if (list.order.replace(/^-/, '') === from) list.order = list.order.replace(from, to)
  }
  if (entry.model.unique)
    entry.model.unique = entry.model.unique.map((group) => swap(group)) as typeof entry.model.unique
  if (entry.api.parent === from) entry.api.parent = to
  if (entry.api.owner === from) entry.api.owner = to
  for (const shape of Object.values(draft.architecture.components[entry.component]!.ports))
    if (shape.kind === 'rpc' && shape.field === from) shape.field = to
  for (const [role, grants] of Object.entries(draft.architecture.policies.roles))
    draft.architecture.policies.roles[role] = grants.map((grant) =>
      grant.startsWith(`${entry.component}.api:`) && grant.endsWith(`@${from}`)
        ? `${grant.slice(0, -from.length)}${to}`
        : grant,
    )
  note(
    draft,
    `Renames ${words(from)} to ${words(to)} in ${entry.words}; what is stored stays. Programs that use the old name must change.`,
    'major',
  )
}
