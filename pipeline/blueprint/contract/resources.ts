import type { OpenAPIV3 } from 'openapi-types'
import pluralize from 'pluralize'
import { toPascal } from '../names.ts'
import type { Contract, Reference, Schema } from './document.ts'

export type Call = { method: string; path: string; operation: OpenAPIV3.OperationObject }

/** What a contract lets one do with things of one kind: a collection, and the items in it. */
export type Resource = {
  /** PascalCase, singular: Pet. */
  name: string
  /** Of the collection, with the server's path before it: /v1/pets. */
  path: string
  list?: Call
  create?: Call
  read?: Call
  /** PUT or PATCH, or both. */
  updates: Call[]
  delete?: Call
  /** As answered, and as sent to make one. */
  shown: Schema
  sent: Schema | undefined
  /** How the list is answered: bare, or the key under which the items stand, and the one that counts all there are. */
  listed: { bare: true } | { key: string; others: string[]; total?: string } | undefined
  /** The key under which one of them is answered: {"data": {...}}. */
  rootKey?: string
  /** The path of the collection in whose items it is listed and made: /buses, for /buses/{id}/trips. */
  parent?: string
  /** Listing and making them there, where they are listed or made by themselves too. */
  nested?: Call[]
}

export type Found = { resources: Resource[]; others: Call[] }

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

/** Returns the collections of a contract and the calls that belong to none, in the file's order. */
export const resourcesOf = (contract: Contract): Found => {
  const { document } = contract
  const base = basePath(document)
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => ({
    path: path.replace(/\/$/, ''),
    item: item!,
  }))
  const calls = (path: string): Call[] => {
    const item = paths.find((each) => each.path === path)?.item
    return METHODS.flatMap((method) => {
      const operation = item?.[method]
      return operation ? [{ method: method.toUpperCase(), path: `${base}${path}`, operation }] : []
    })
  }
  const resources: Resource[] = []
  const taken = new Set<OpenAPIV3.OperationObject>()
  for (const { path } of paths) {
    if (!/^(?:\/[A-Za-z0-9._-]+)+$/.test(path)) continue
    const item = paths.find(
      (each) => each.path.startsWith(`${path}/`) && /^\/\{[^/]+\}$/.test(each.path.slice(path.length)),
    )
    const resource = collection(contract, `${base}${path}`, calls(path), item ? calls(item.path) : [])
    if (!resource) continue
    resources.push(resource)
    for (const call of callsOf(resource)) taken.add(call.operation)
  }
  for (const { path } of paths) {
    const [, above = '', last = ''] = nestedIn.exec(path) ?? []
    const parent = resources.find((each) => each.path === `${base}${above}` && each.read !== undefined)
    if (!parent) continue
    const inside = calls(path).filter(({ method }) => method === 'GET' || method === 'POST')
    const known = resources.find((each) => each.path === `${base}/${last}`)
    if (known) {
      // One thing is listed in one other.
      if (known.parent !== undefined) continue
      Object.assign(known, { parent: parent.path, nested: inside })
      for (const { operation } of inside) taken.add(operation)
      continue
    }
    const item = paths.find((each) => new RegExp(`^/${last}/\\{[^/]+\\}$`).test(each.path))
    const resource = collection(contract, `${base}/${last}`, inside, item ? calls(item.path) : [])
    if (!resource) continue
    resources.push({ ...resource, parent: parent.path })
    for (const call of callsOf(resource)) taken.add(call.operation)
  }
  const others = paths.flatMap(({ path }) => calls(path)).filter(({ operation }) => !taken.has(operation))
  return { resources: named(resources), others }
}

/** "/buses/{id}/trips": the collection, and what its items have. */
const nestedIn = /^((?:\/[A-Za-z0-9._-]+)+)\/\{[^/]+\}\/([A-Za-z0-9_-]+)$/

/** Returns the calls of a resource that are served. */
export const callsOf = ({ list, create, read, updates, delete: remove, nested = [] }: Resource): Call[] =>
  [list, create, read, ...updates, remove, ...nested].filter((call) => call !== undefined)

/** The path of the first server: `https://example.com/v1/` -> `/v1`. */
const basePath = (document: OpenAPIV3.Document): string => {
  const url = document.servers?.[0]?.url ?? ''
  const path = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/\/$/, '')
  return /^(?:\/[A-Za-z0-9._-]+)*$/.test(path) ? path : ''
}

/** Two resources of one name are told apart by a number. */
const named = (resources: Resource[]): Resource[] => {
  const seen = new Map<string, number>()
  return resources.map((resource) => {
    const count = (seen.get(resource.name) ?? 0) + 1
    seen.set(resource.name, count)
    return count === 1 ? resource : { ...resource, name: `${resource.name}${count}` }
  })
}

const collection = (contract: Contract, path: string, onAll: Call[], onOne: Call[]): Resource | undefined => {
  const one = (list: Call[], ...methods: string[]) => list.find(({ method }) => methods.includes(method))
  const list = one(onAll, 'GET')
  const items = list && listOf(contract, answerOf(contract, list))
  const create = one(onAll, 'POST')
  const read = one(onOne, 'GET')
  const updates = onOne.filter(({ method }) => method === 'PUT' || method === 'PATCH')
  if (!(items || (create && (read || onOne.length)))) return undefined
  const sent = create && bodyOf(contract, create)
  const single = read ?? create
  const whole = single && answerOf(contract, single)
  const under = whole && underKey(contract, whole)
  const answered = [under?.value ?? whole, items?.item, create && answerOf(contract, create), sent]
  const shown = answered.find((schema) => schema && isObject(merged(contract, schema)))
  if (!shown) return undefined
  const last = path.slice(path.lastIndexOf('/') + 1)
  const name = toPascal(pluralize.singular((contract.nameOf(shown) ?? last).replaceAll(/[^A-Za-z0-9]+/g, '_')))
  return {
    name: /^[A-Z][A-Za-z0-9]*$/.test(name) ? name : `Resource${name.replaceAll(/[^A-Za-z0-9]/g, '')}`,
    path,
    ...(list && items ? { list } : {}),
    ...(create && sent ? { create } : {}),
    ...(read ? { read } : {}),
    updates,
    ...(one(onOne, 'DELETE') ? { delete: one(onOne, 'DELETE')! } : {}),
    shown: merged(contract, shown),
    sent: sent && merged(contract, sent),
    listed: items?.listed,
    ...(under ? { rootKey: under.key } : {}),
  }
}

/** An object that stands alone under a key, as in {"data": {...}}. */
const underKey = (
  contract: Contract,
  value: Schema | Reference,
): { key: string; value: Schema | Reference } | undefined => {
  const entries = Object.entries(merged(contract, value).properties ?? {})
  const [[key, inner] = []] = entries
  return entries.length === 1 && key && inner && isObject(merged(contract, inner)) ? { key, value: inner } : undefined
}

const isObject = (schema: Schema): boolean =>
  schema.properties !== undefined && Object.keys(schema.properties).length > 0

/** Returns an object's schema with everything that `allOf` adds. */
export const merged = (contract: Contract, value: Schema | Reference): Schema => {
  const schema = contract.follow(value)
  if (!schema.allOf) return schema
  const parts = schema.allOf.map((part) => merged(contract, part))
  const { allOf: _parts, ...own } = schema
  return {
    ...own,
    type: 'object',
    properties: Object.assign({}, ...parts.map(({ properties }) => properties), own.properties),
    required: [...new Set([...parts.flatMap(({ required }) => required ?? []), ...(own.required ?? [])])],
  }
}

const jsonOf = (content: { [type: string]: OpenAPIV3.MediaTypeObject } | undefined): Schema | Reference | undefined =>
  Object.entries(content ?? {}).find(([type]) => /^application\/(?:[\w.+-]*\+)?json/.test(type))?.[1].schema

/** Returns the schema of a call's first good answer, with its name where it has one. */
export const answerOf = (contract: Contract, { operation }: Call): Schema | Reference | undefined => {
  const good = Object.entries(operation.responses ?? {}).find(([status]) => /^2/.test(status))
  return good && jsonOf(contract.follow(good[1]).content)
}

export const bodyOf = (contract: Contract, { operation }: Call): Schema | Reference | undefined =>
  operation.requestBody && jsonOf(contract.follow(operation.requestBody).content)

type Listed = { item: Schema | Reference; listed: NonNullable<Resource['listed']> }

/** What a list holds: an array, or an object with one array of objects in it. */
const listOf = (contract: Contract, value: Schema | Reference | undefined): Listed | undefined => {
  if (!value) return undefined
  const schema = merged(contract, value)
  if (schema.type === 'array') return { item: schema.items, listed: { bare: true } }
  const arrays = Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const inner = merged(contract, property)
    return inner.type === 'array' && isObject(merged(contract, inner.items)) ? [{ key, item: inner.items }] : []
  })
  if (arrays.length !== 1) return undefined
  const [{ key, item }] = arrays as [{ key: string; item: Schema | Reference }]
  const total = Object.entries(schema.properties ?? {}).find(
    ([name, property]) =>
      /^(?:total|count)|(?:total|count)$/i.test(name) && contract.follow(property).type === 'integer',
  )?.[0]
  const others = (schema.required ?? []).filter((name) => name !== key && name !== total)
  return { item, listed: { key, others, ...(total ? { total } : {}) } }
}
