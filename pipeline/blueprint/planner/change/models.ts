import type { Architecture } from '../../../../schemas/generated/architecture.ts'
import { pluralOf, refOf } from '../../names.ts'
import { basePath } from '../assemble/base-path.ts'
import { type Names, namesOf, toModelShape, toParts } from '../assemble/thing.ts'
import { isMark } from '../behaviour/reminders/marks.ts'
import { pluralName, sentence, toModel } from '../language/words.ts'
import type { Thing } from '../resolve/sketch.ts'
import { type Draft, note } from './draft.ts'
import { type Entry, entriesOf } from './view.ts'

const namesOfEntry = (entry: Entry): Names => ({
  model: entry.name,
  plural: pluralOf(entry.name, entry.model),
  component: entry.component,
  store: '',
  path: entry.path,
})

/** Adds a thing with its component, store, links and path behind what is there. */
export const addModel = (draft: Draft, thing: Thing): Entry => {
  const { architecture } = draft
  const names = namesOf(thing.key, new Set(Object.keys(architecture.components)), basePath(architecture))
  const byKey = (key: string): Names => {
    const entry = entriesOf(architecture).find((one) => one.key === key)
    return entry ? namesOfEntry(entry) : names
  }
  const modelOf = (key: string): string =>
    key === 'user' ? 'User' : key === thing.key ? names.model : byKey(key).model
  const model = toModelShape(thing, names, modelOf)
  const parts = toParts(thing, names, model, (key) => (key === thing.key ? names : byKey(key)))
  architecture.models[names.model] = model
  architecture.components[names.component] = parts.component
  architecture.components[names.store] = parts.store
  architecture.links.push(...parts.links)
  architecture.expose.push(parts.exposure)
  const api = parts.component.ports.api
  if (!architecture.policies.authn && api?.kind === 'rpc') api.public = ['create', 'list', 'read', 'update', 'delete']
  note(draft, `Adds ${names.plural.replaceAll('_', ' ')} at ${names.path}.`)
  return entriesOf(architecture).find((one) => one.name === names.model)!
}

/** Takes back a model that this same change added, so that it can be added with the fields that were then named. */
export const forgetModel = (draft: Draft, entry: Entry): void => {
  const { understood, effect } = draft
  const told = [...understood]
  removeModel(draft, entry)
  draft.understood = told.filter((text) => !text.includes(` at ${entry.path}.`))
  const usual = `${sentence(pluralOf(entry.name, entry.model).replaceAll('_', ' '))} get the usual fields`
  draft.assumptions = draft.assumptions.filter((text) => !text.startsWith(usual))
  draft.effect = effect
  draft.bare.delete(entry.name)
}

/** Takes a model out with its component and whatever refers to it. Its table stays. */
export const removeModel = (draft: Draft, entry: Entry): void => {
  takeOut(draft.architecture, entry)
  note(
    draft,
    `Removes ${pluralOf(entry.name, entry.model).replaceAll('_', ' ')}. The rows are kept out of sight, and a roll back brings them back.`,
    'major',
  )
}

const takeOut = (architecture: Architecture, entry: Entry): void => {
  const stores = architecture.links
    .filter((link) => link.from === `${entry.component}.data`)
    .map((link) => link.to.split('.')[0]!)
  for (const other of entriesOf(architecture)) {
    if (other.name === entry.name) continue
    const refs = Object.keys(other.model.fields).filter(
      (field) => refOf(other.model.fields[field]!.type)?.model === entry.name,
    )
    // Of what somebody was reminded is nothing without it.
    if (refs.length > 0 && isMark(other)) takeOut(architecture, other)
    else for (const field of refs) dropReference(architecture, other, field)
  }
  delete architecture.models[entry.name]
  for (const component of [entry.component, ...stores]) delete architecture.components[component]
  const gone = new Set([entry.component, ...stores])
  architecture.links = architecture.links.filter(
    (link) => !gone.has(link.from.split('.')[0]!) && !gone.has(link.to.split('.')[0]!),
  )
  architecture.expose = architecture.expose.filter((one) => !gone.has(one.port.split('.')[0]!))
  for (const [role, grants] of Object.entries(architecture.policies.roles))
    architecture.policies.roles[role] = grants.filter((grant) => !gone.has(grant.split('.')[0]!))
}

const dropReference = (architecture: Architecture, entry: Entry, field: string): void => {
  delete entry.model.fields[field]
  const { list } = entry.api
  if (list) {
    for (const key of ['filter', 'sort', 'search'] as const) list[key] = list[key].filter((one) => one !== field)
    if (list.range) list.range = list.range.filter((one) => one !== field)
    if (list.order.replace(/^-/, '') === field) list.order = '-created_at'
  }
  if (entry.model.unique) {
    entry.model.unique = entry.model.unique.filter((group) => !(group as string[]).includes(field))
    if (entry.model.unique.length === 0) delete entry.model.unique
  }
  if (entry.api.parent === field) delete entry.api.parent
  const { ports } = architecture.components[entry.component]!
  for (const [port, shape] of Object.entries(ports))
    if (shape.kind === 'rpc' && shape.dir === 'out' && shape.field === field) delete ports[port]
}

/** Renames a model: its path and name change, its table and rows stay. */
export const renameModel = (draft: Draft, entry: Entry, key: string): void => {
  const { architecture } = draft
  const oldPlural = pluralOf(entry.name, entry.model)
  const plural = pluralName(key)
  const name = toModel(key)
  const oldStore = architecture.links.find((link) => link.from === `${entry.component}.data`)?.to.split('.')[0]
  const component = Object.hasOwn(architecture.components, plural) ? `${plural}_data` : plural
  const store =
    oldStore === `${entry.key}_store` && !Object.hasOwn(architecture.components, `${key}_store`)
      ? `${key}_store`
      : oldStore
  const components = new Map([
    [entry.component, component],
    ...(oldStore && store ? ([[oldStore, store]] as const) : []),
  ])
  const endpoint = (text: string): string => {
    const at = text.search(/[.]/)
    const head = text.slice(0, at)
    return `${components.get(head) ?? head}${text.slice(at)}`
  }
  const { table: oldTable, ...shape } = entry.model
  const table = oldTable ?? oldPlural
  const renamed = {
    ...(shape.description ? { description: shape.description } : {}),
    ...shape,
    plural,
    ...(table === plural ? {} : { table }),
  }
  const swapType = (type: string): string =>
    refOf(type)?.model === entry.name ? type.replace(`ref(${entry.name}.`, `ref(${name}.`) : type
  architecture.models = Object.fromEntries(
    Object.entries(architecture.models).map(([one, model]) => {
      const source = one === entry.name ? renamed : model
      const fields = Object.fromEntries(
        Object.entries(source.fields).map(([field, value]) => [
          field,
          value.type === swapType(value.type) ? value : { ...value, type: swapType(value.type) },
        ]),
      )
      return [one === entry.name ? name : one, { ...source, fields }]
    }),
  )
  architecture.components = Object.fromEntries(
    Object.entries(architecture.components).map(([one, value]) => {
      for (const port of Object.values(value.ports)) {
        if (port.kind === 'rpc' && port.crud === entry.name) port.crud = name
        if (port.kind === 'store' && port.model === entry.name) port.model = name
      }
      return [components.get(one) ?? one, value]
    }),
  )
  architecture.links = architecture.links.map((link) => ({ ...link, from: endpoint(link.from), to: endpoint(link.to) }))
  const base = basePath(architecture)
  architecture.expose = architecture.expose.map((one) =>
    one.port === `${entry.component}.api`
      ? { port: `${component}.api`, path: `${base}/${plural.replaceAll('_', '-')}` }
      : one,
  )
  for (const [role, grants] of Object.entries(architecture.policies.roles))
    architecture.policies.roles[role] = grants.map(endpoint)
  note(
    draft,
    `Renames ${oldPlural.replaceAll('_', ' ')} to ${plural.replaceAll('_', ' ')}; what is stored stays. The path becomes /v1/${plural.replaceAll('_', '-')}, so programs that use the old one must change.`,
    'major',
  )
}
