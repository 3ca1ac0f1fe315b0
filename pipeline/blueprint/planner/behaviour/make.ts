import type { Architecture, Field, Model, RpcPort } from '../../../../schemas/generated/architecture.ts'
import { basePath } from '../assemble/base-path.ts'
import { listingOf } from '../assemble/listing.ts'
import { namesOf, ownerField } from '../assemble/thing.ts'
import { bearable, insertField } from '../change/fields.ts'
import { grantNew } from '../change/grant-new.ts'
import { allOperations } from '../lexicon/verbs.ts'
import type { Finder, Found } from './find.ts'

/** How a model that is added hangs together with the others. */
export type NewModel = {
  /** Rows belong to the account that makes them. */
  owned?: boolean
  refs?: { to: Found; field?: string; optional?: boolean; onDelete?: 'cascade' | 'restrict' | 'set-null' }[]
  /** The reference under whose model it is also listed. */
  parent?: string
  /** Standard operations that it offers; all five where absent. */
  only?: RpcPort['only']
  /** Usual rights; without them nobody may anything until it is granted. */
  ungranted?: boolean
  order?: string
  unique?: Model['unique']
}

/** Adds a field to the model and its lists. */
export const addFieldTo = (model: Found, name: string, field: Field, changing: boolean): string => {
  if (!Object.hasOwn(model.model.fields, name)) insertField(model, name, changing ? bearable(field) : field)
  return name
}

/** Adds a reference with its field and the port that reads what it refers to. Returns the field's name. */
export const addReferenceTo = (
  architecture: Architecture,
  model: Found,
  to: Found,
  options: { field?: string; optional?: boolean; changing: boolean },
): string => {
  const field = options.field ?? `${to.key}_id`
  if (Object.hasOwn(model.model.fields, field)) return field
  const optional = options.optional === true || options.changing
  insertField(model, field, {
    type: `ref(${to.name}.id)`,
    index: true,
    ...(optional ? { optional: true, onDelete: 'set-null' } : { onDelete: 'restrict' }),
  })
  linkReference(architecture, model.component, field, to, model.name)
  return field
}

/** Links the port through which a component reads what its rows refer to; accounts and the model itself need none. */
const linkReference = (architecture: Architecture, component: string, field: string, to: Found, own: string): void => {
  if (to.endpoint.endsWith('.users') || to.name === own) return
  const shape = architecture.components[component]!
  const base = field.replace(/_id$/, '')
  const port = Object.hasOwn(shape.ports, base) ? `${base}_ref` : base
  const { data, ...others } = shape.ports
  shape.ports = {
    ...others,
    [port]: { dir: 'out', kind: 'rpc', crud: to.name, only: ['read'], field },
    ...(data ? { data } : {}),
  }
  architecture.links.push({ from: `${component}.${port}`, to: to.endpoint, onFailure: 'hard' })
}

/** Adds a model with its component, store, links, path and rights. */
export const addModelTo = (
  architecture: Architecture,
  key: string,
  fields: { [name: string]: Field },
  options: NewModel,
  finder: Finder,
): void => {
  const names = namesOf(key, new Set(Object.keys(architecture.components)), basePath(architecture))
  const refs = options.refs ?? []
  const model: Model = {
    plural: names.plural,
    fields: {
      id: { type: 'uuid', key: true },
      ...(options.owned ? { owner_id: ownerField() } : {}),
      ...Object.fromEntries(
        refs.map(({ to, field, optional, onDelete }) => [
          field ?? `${to.key}_id`,
          {
            type: `ref(${to.name}.id)`,
            index: true,
            ...(optional ? { optional: true } : {}),
            onDelete: onDelete ?? (optional ? 'set-null' : 'cascade'),
          } satisfies Field,
        ]),
      ),
      ...fields,
      created_at: { type: 'datetime', set: 'created' },
      updated_at: { type: 'datetime', set: 'updated' },
    },
    ...(options.unique ? { unique: options.unique } : {}),
    concurrency: 'version',
  }
  const api: RpcPort = {
    dir: 'in',
    kind: 'rpc',
    crud: names.model,
    ...(options.only ? { only: options.only } : {}),
    list: listingOf(Object.entries(model.fields), options.order),
    ...(options.only && !options.only.includes('create') ? {} : { idempotency: ['create'] }),
    ...(options.owned ? { owner: 'owner_id' } : {}),
    ...(options.parent ? { parent: options.parent } : {}),
  }
  architecture.models[names.model] = model
  architecture.components[names.component] = {
    ports: { api, data: { dir: 'out', kind: 'store', model: names.model } },
  }
  architecture.components[names.store] = { ports: { sql: { dir: 'in', kind: 'store', model: names.model } } }
  architecture.links.push({ from: `${names.component}.data`, to: `${names.store}.sql`, onFailure: 'hard' })
  architecture.expose.push({ port: `${names.component}.api`, path: names.path })
  for (const { to, field } of refs)
    linkReference(architecture, names.component, field ?? `${to.key}_id`, to, names.model)
  if (options.ungranted) return
  if (!architecture.policies.authn) api.public = allOperations.filter((op) => options.only?.includes(op) ?? true)
  else grantNew({ architecture }, finder.exactModel(key)!, options.owned === true)
}
