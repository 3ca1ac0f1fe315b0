import type { Component, Exposure, Field, Link, Model, RpcPort } from '../../../../schemas/generated/architecture.ts'
import { pluralName, toModel } from '../language/words.ts'
import type { Thing } from '../resolve/sketch.ts'
import { toField } from './field.ts'
import { listingOf } from './listing.ts'

/** The names that one thing goes by in a blueprint. */
export type Names = { model: string; plural: string; component: string; store: string; path: string }

/**
 * Returns free names for a thing; `taken` holds the component names in use and is added to; `base` is
 * what paths begin with.
 */
export const namesOf = (key: string, taken: Set<string>, base = '/v1'): Names => {
  const plural = pluralName(key)
  let component = plural
  for (let i = 0; taken.has(component); i += 1)
    component = i === 0 ? `${plural.slice(0, 40)}_data` : `${plural.slice(0, 40)}_data${i + 1}`
  taken.add(component)
  let store = `${key.slice(0, 42)}_store`
  for (let i = 2; taken.has(store); i += 1) store = `${key.slice(0, 40)}_store${i}`
  taken.add(store)
  return { model: toModel(key), plural, component, store, path: `${base}/${plural.replaceAll('_', '-')}` }
}

export const ownerField = (): Field => ({ type: 'ref(User.id)', index: true, onDelete: 'cascade' })

/** Returns the model of a thing. `modelOf` gives the model's name of another thing's key. */
export const toModelShape = (thing: Thing, names: Names, modelOf: (key: string) => string): Model => {
  const fields: { [name: string]: Field } = { id: { type: 'uuid', key: true } }
  if (thing.owned) fields.owner_id = ownerField()
  for (const ref of thing.refs)
    fields[ref.field] = {
      type: `ref(${modelOf(ref.to)}.id)`,
      index: true,
      ...(ref.optional ? { optional: true } : {}),
      onDelete: ref.onDelete,
    }
  for (const spec of thing.fields) if (!Object.hasOwn(fields, spec.name)) fields[spec.name] = toField(spec)
  fields.created_at = { type: 'datetime', set: 'created' }
  fields.updated_at = { type: 'datetime', set: 'updated' }
  const unique = thing.unique.filter((group) => group.every((name) => Object.hasOwn(fields, name)))
  return {
    plural: names.plural,
    fields,
    ...(unique.length > 0 ? { unique: unique as Model['unique'] & object } : {}),
    concurrency: 'version',
  }
}

/** Returns the component, store, links and path of a thing. */
export const toParts = (
  thing: Thing,
  names: Names,
  model: Model,
  namesOfKey: (key: string) => Names,
): { component: Component; store: Component; links: Link[]; exposure: Exposure } => {
  const fields = Object.entries(model.fields)
  const api: RpcPort = {
    dir: 'in',
    kind: 'rpc',
    crud: names.model,
    list: listingOf(fields, thing.order),
    idempotency: ['create'],
  }
  if (thing.owned) api.owner = 'owner_id'
  if (thing.parent && Object.hasOwn(model.fields, thing.parent)) api.parent = thing.parent
  const links: Link[] = [{ from: `${names.component}.data`, to: `${names.store}.sql`, onFailure: 'hard' }]
  const ports: Component['ports'] = { api }
  for (const ref of thing.refs) {
    if (ref.to === 'user' || ref.to === thing.key) continue
    const target = namesOfKey(ref.to)
    const port = portName(ref.field, ports)
    ports[port] = { dir: 'out', kind: 'rpc', crud: target.model, only: ['read'], field: ref.field }
    links.push({ from: `${names.component}.${port}`, to: `${target.component}.api`, onFailure: 'hard' })
  }
  ports.data = { dir: 'out', kind: 'store', model: names.model }
  return {
    component: { ports },
    store: { ports: { sql: { dir: 'in', kind: 'store', model: names.model } } },
    links,
    exposure: { port: `${names.component}.api`, path: names.path },
  }
}

const portName = (field: string, ports: Component['ports']): string => {
  const base = field.replace(/_id$/, '')
  return base === 'api' || base === 'data' || Object.hasOwn(ports, base) ? `${base}_ref` : base
}
