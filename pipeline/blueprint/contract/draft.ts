import type { OpenAPIV3 } from 'openapi-types'
import pluralize from 'pluralize'
import type {
  Architecture,
  Component,
  CrudOp,
  Field,
  Http,
  Model,
  RpcPort,
  TypeShape,
} from '../../../schemas/generated/architecture.ts'
import { toSnake, toWords } from '../names.ts'
import { accountsComponent, accountTypes, userModel } from '../planner/assemble/accounts.ts'
import type { PlanResult } from '../planner/result.ts'
import { joinWords } from '../words.ts'
import type { Contract } from './document.ts'
import { fieldNameOf, fieldOf, type Shapes } from './fields.ts'
import { type Call, callsOf, type Resource, resourcesOf } from './resources.ts'

/** A system that serves a contract, and what of the contract it does not serve. */
type Drafting = {
  contract: Contract
  camel: boolean
  shapes: Shapes
  assumptions: string[]
  notCarried: string[]
}

/** Returns the blueprint of a system that serves an OpenAPI file, or why there is none. */
export const draftContract = (contract: Contract, text: string): PlanResult => {
  const { resources, others } = resourcesOf(contract)
  if (resources.length === 0)
    return {
      kind: 'refusal',
      text: 'I did not find anything in this file that a system could keep: no collection that is listed and no items that are made.',
      help: 'A path such as /pets with GET (a list) or POST (a new one), and /pets/{petId} for one of them, is what I build from.',
    }
  const drafting: Drafting = {
    contract,
    camel: isCamel(resources),
    shapes: {},
    assumptions: [],
    notCarried: others.map(
      ({ method, path, operation }) =>
        `${method} ${path}${operation.summary ? ` (${operation.summary.replace(/\.$/, '')})` : ''}: it is about no collection that I know how to keep.`,
    ),
  }
  const guarded = needsSignIn(contract, resources)
  const { info } = contract.document
  const models: Architecture['models'] = {}
  const components: Architecture['components'] = {}
  const links: Architecture['links'] = []
  const expose: Architecture['expose'] = []
  const accounts = guarded ? accountTypes({}, new Set(resources.map(({ name }) => name))) : undefined
  if (accounts) {
    models.User = userModel({}, ['user'])
    components.accounts = accountsComponent(accounts.nameOf, {})
    components.user_store = { ports: { sql: { dir: 'in', kind: 'store', model: 'User' } } }
    links.push({ from: 'accounts.data', to: 'user_store.sql', onFailure: 'hard' })
    expose.push({ port: 'accounts.auth', path: '/v1/auth' }, { port: 'accounts.users', path: '/v1/users' })
    drafting.assumptions.push(
      'Whoever signs up at /v1/auth may use all of it; the contract says only that a token is needed.',
    )
  }
  const endpoints: string[] = []
  const nameOf = ({ name }: Resource): string => (guarded && name === 'User' ? 'Person' : name)
  for (const resource of resources) {
    const name = nameOf(resource)
    const above = resources.find(({ path }) => path === resource.parent)
    const parent = above && parentIn(drafting, resource, nameOf(above))
    const component = toSnake(pluralize(name))
    models[name] = modelOf(drafting, resource, name, parent)
    components[component] = componentOf(drafting, resource, name, models[name], guarded, parent)
    components[`${toSnake(name)}_store`] = { ports: { sql: { dir: 'in', kind: 'store', model: name } } }
    links.push({ from: `${component}.data`, to: `${toSnake(name)}_store.sql`, onFailure: 'hard' })
    if (parent)
      links.push({
        from: `${component}.${parent.port}`,
        to: `${toSnake(pluralize(parent.name))}.api`,
        onFailure: 'hard',
      })
    expose.push({ port: `${component}.api`, path: resource.path })
    endpoints.push(`${component}.api`)
  }
  const served = resources.flatMap(callsOf).map(({ method, path }) => `${method} ${path}`)
  const types: { [name: string]: TypeShape } = { ...accounts?.types, ...drafting.shapes }
  const everything = endpoints.map((endpoint) => `${endpoint}:*`)
  const title = info.title.replace(/\s+/g, ' ').trim().slice(0, 80) || 'API'
  const architecture: Architecture = {
    apiVersion: 'autocoder/v1',
    system: {
      name: slugOf(title),
      title,
      version: '1.0.0',
      description: (info.description ?? title).replace(/\s+/g, ' ').trim().slice(0, 2000),
    },
    ...(Object.keys(types).length ? { types } : {}),
    models,
    components,
    links,
    expose,
    contract: {
      text,
      operations: served as [string, ...string[]],
    },
    http: shapeOf(drafting, resources),
    policies: guarded
      ? {
          authn: { scheme: 'jwt', issuer: 'accounts.auth', accessMinutes: 15, refreshDays: 30 },
          roles: { user: everything, admin: [...everything, 'accounts.users:*'] },
        }
      : { roles: {} },
  }
  return {
    kind: 'draft',
    architecture,
    understood: [`Serves ${served.length} operations of ${title}: ${joinWords(resources.map(({ path }) => path))}.`],
    assumptions: [...new Set(drafting.assumptions)],
    notCarried: [...new Set(drafting.notCarried)],
  }
}

const slugOf = (title: string): string => {
  const slug = title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
  return /^[a-z]/.test(slug) ? slug : `api-${slug}`.replace(/-+$/, '').slice(0, 40)
}

/** Whether names are spelled in camelCase: where any has a capital and none an underscore. */
const isCamel = (resources: Resource[]): boolean => {
  const names = resources.flatMap(({ shown, sent }) => Object.keys({ ...shown.properties, ...sent?.properties }))
  return names.some((name) => /^[a-z]+[A-Z]/.test(name)) && !names.some((name) => name.includes('_'))
}

/** Whether most calls of the resources need somebody who is known. */
const needsSignIn = ({ document }: Contract, resources: Resource[]): boolean => {
  const guarded = (operation: OpenAPIV3.OperationObject) => {
    const security = operation.security ?? document.security ?? []
    return security.length > 0 && !security.some((each) => Object.keys(each).length === 0)
  }
  const calls = resources.flatMap(callsOf)
  return calls.filter(({ operation }) => guarded(operation)).length * 2 > calls.length
}

const ID = /^(?:id|_id|uuid)$/

/** In what things are listed: its model, the field that refers to it, and the port that reads it. */
type Parent = { name: string; field: string; port: string }

const parentIn = ({ camel }: Drafting, { shown }: Resource, name: string): Parent => {
  const port = toSnake(name)
  const keys = Object.keys(shown.properties ?? {}).map((property) => fieldNameOf(property, camel))
  return { name, field: keys.find((key) => key === `${port}_id` || key === port) ?? `${port}_id`, port: `of_${port}` }
}

const modelOf = (drafting: Drafting, resource: Resource, name: string, parent?: Parent): Model => {
  const { contract, camel, shapes } = drafting
  const fields: { [name: string]: Field } = { id: { type: 'uuid', key: true } }
  const sent = resource.sent ?? resource.shown
  const properties = { ...resource.shown.properties, ...sent.properties }
  const required = new Set(sent.required ?? [])
  const shownAlways = new Set(resource.shown.required ?? [])
  for (const [property, schema] of Object.entries(properties)) {
    if (ID.test(property)) continue
    const key = fieldNameOf(property, camel)
    if (!key) {
      drafting.notCarried.push(
        `The property ${property} of ${name}: names are lower-case words with underscores, or camelCase.`,
      )
      continue
    }
    if (key === parent?.field) {
      fields[key] = { type: `ref(${parent.name}.id)`, index: true, onDelete: 'cascade' }
      continue
    }
    const { field, lost } = fieldOf(contract, schema, { model: name, name: key }, camel, shapes)
    if (lost) drafting.assumptions.push(`${property} of ${name} ${lost}.`)
    const readOnly = !(property in (sent.properties ?? {})) || contract.follow(schema).readOnly === true
    if (readOnly && field.type === 'datetime' && /creat|regist|added/i.test(property))
      fields[key] = { type: 'datetime', set: 'created' }
    else if (readOnly && field.type === 'datetime' && /updat|modif|chang/i.test(property))
      fields[key] = { type: 'datetime', set: 'updated' }
    else if (required.has(property)) fields[key] = field
    else if (shownAlways.has(property)) {
      const value = emptyOf(field)
      fields[key] = value === undefined ? { ...field, optional: true } : { ...field, default: value }
      drafting.assumptions.push(`${property} of ${name} is ${JSON.stringify(value ?? null)} until it is sent.`)
    } else fields[key] = { ...field, optional: true }
    if (fields[key]!.type === 'enum' && fields[key]!.optional) delete fields[key]!.default
  }
  // Where answers do not say to which it belongs, they stay without.
  if (parent && !fields[parent.field])
    fields[parent.field] = { type: `ref(${parent.name}.id)`, index: true, onDelete: 'cascade', never: ['response'] }
  if (!Object.values(fields).some(({ set }) => set === 'created'))
    fields.created_at = { type: 'datetime', set: 'created', never: ['response'] }
  return {
    ...(resource.shown.description
      ? { description: resource.shown.description.replace(/\s+/g, ' ').trim().slice(0, 500) }
      : {}),
    plural: toSnake(pluralize(name)),
    fields,
    concurrency: 'version',
  }
}

/** What a field holds before anybody said so. */
const emptyOf = (field: Field): Field['default'] => {
  if (field.type === 'enum') return field.values![0]!
  if (field.type === 'bool') return false
  if (field.type.startsWith('list('))
    return field.type.includes('(int)') || /\((string|float|date)\)/.test(field.type) ? [] : undefined
  if (field.type === 'int' || field.type === 'float') return typeof field.min === 'number' ? field.min : 0
  if (field.type === 'string' || field.type === 'text') return field.min ? undefined : ''
  return undefined
}

const componentOf = (
  drafting: Drafting,
  resource: Resource,
  name: string,
  model: Model,
  guarded: boolean,
  parent?: Parent,
): Component => {
  const only: CrudOp[] = []
  if (resource.list) only.push('list')
  if (resource.create) only.push('create')
  if (resource.read) only.push('read')
  if (resource.updates.length) only.push('update')
  if (resource.delete) only.push('delete')
  const shown = Object.entries(model.fields).filter(([, field]) => !field.never?.includes('response'))
  const sortable = shown
    .filter(([, { type }]) => /^(string|int|float|date|datetime|bool|enum|uuid|email|url)$/.test(type))
    .map(([field]) => field)
  const created = Object.entries(model.fields).find(([, { set }]) => set === 'created')![0]
  const hidden = model.fields[created]!.never !== undefined
  const api: RpcPort = {
    dir: 'in',
    kind: 'rpc',
    crud: name,
    ...(only.length === 5 ? {} : { only: only as [CrudOp, ...CrudOp[]] }),
    list: {
      maxPage: 100,
      filter: resource.list ? filtersOf(drafting, resource, name, model) : [],
      sort: sortable,
      search: [],
      order: hidden ? 'id' : `-${created}`,
    },
    ...(guarded ? {} : { public: only }),
    ...(parent ? { parent: parent.field } : {}),
  }
  if (!api.list!.sort.includes('id')) api.list!.sort = ['id', ...api.list!.sort.filter((field) => field !== 'id')]
  return {
    description: `${toWords(pluralize(name))} as the contract has them`,
    ports: {
      api,
      ...(parent
        ? { [parent.port]: { dir: 'out', kind: 'rpc', crud: parent.name, only: ['read'], field: parent.field } }
        : {}),
      data: { dir: 'out', kind: 'store', model: name },
    },
  }
}

/** The query parameters of a list that are fields; others are taken and not looked at. */
const filtersOf = (drafting: Drafting, resource: Resource, name: string, model: Model): string[] => {
  const fields: string[] = []
  for (const each of resource.list!.operation.parameters ?? []) {
    const parameter = drafting.contract.follow(each)
    if (parameter.in !== 'query') continue
    const key = fieldNameOf(parameter.name, drafting.camel)
    const field = key === undefined ? undefined : model.fields[key]
    if (key && field && !/^(json|object\(|list\([A-Z])/.test(field.type)) fields.push(key)
    else if (!['limit', 'cursor', 'sort'].includes(parameter.name))
      drafting.notCarried.push(
        `The parameter ${parameter.name} of the list of ${toWords(pluralize(name))}: it is taken and changes nothing.`,
      )
  }
  return [...new Set(fields)]
}

/** How answers look, where the contract wants them otherwise than usual. */
const shapeOf = (drafting: Drafting, resources: Resource[]): Http => {
  const { contract, camel } = drafting
  const lists = resources.flatMap(({ listed }) => listed ?? [])
  const bare = lists.filter((listed) => 'bare' in listed).length
  const keys = lists.flatMap((listed) => ('key' in listed ? [listed.key] : []))
  const keyed = mostOf(keys)
  const total = mostOf(lists.flatMap((listed) => ('key' in listed && listed.total ? [listed.total] : [])))
  if (keyed !== undefined && bare > 0)
    drafting.notCarried.push('Some lists are bare arrays and others stand in an object: all are answered in one way.')
  for (const listed of lists)
    if ('others' in listed && listed.others.length)
      drafting.notCarried.push(`The values ${joinWords(listed.others)} beside a list.`)
  const roots = [...new Set(resources.map(({ rootKey }) => rootKey))]
  const [root] = roots.length === 1 ? roots : []
  if (roots.length > 1) drafting.notCarried.push('Some objects stand under a key and others do not: none does.')
  const created = mostOf(
    resources.flatMap(({ create }) => statusesOf(create).filter((status) => status === 200 || status === 201)),
  )
  const deleted = mostOf(
    resources.flatMap((resource) => statusesOf(resource.delete).filter((status) => status === 200 || status === 204)),
  )
  const updates = new Set(resources.flatMap((resource) => resource.updates.map(({ method }) => method)))
  const statuses = resources.flatMap(callsOf).flatMap(({ operation }) => Object.keys(operation.responses ?? {}))
  return {
    ...(camel ? { casing: 'camel' as const } : {}),
    ...(bare > 0 && (keyed === undefined || bare >= keys.length) ? { list: 'bare' as const } : {}),
    ...(keyed !== undefined && keyed !== 'items' && bare < keys.length && fieldNameOf(keyed, camel)
      ? { itemsKey: fieldNameOf(keyed, camel)! }
      : {}),
    ...(total !== undefined && bare < keys.length && fieldNameOf(total, camel)
      ? { totalKey: fieldNameOf(total, camel)! }
      : {}),
    ...(root !== undefined && fieldNameOf(root, camel) ? { rootKey: fieldNameOf(root, camel)! } : {}),
    ...(created === 200 ? { created: 200 as const } : {}),
    ...(deleted === 200 ? { deleted: 200 as const } : {}),
    ...(updates.has('PUT') ? { update: updates.has('PATCH') ? ('both' as const) : ('PUT' as const) } : {}),
    ...(hasNumbers(contract, resources) ? { ids: 'int' as const } : {}),
    nulls: 'omit',
    unknown: 'ignore',
    ...(statuses.includes('422') || !statuses.includes('400') ? {} : { invalid: 400 as const }),
    ...errorsOf(contract, resources),
  }
}

const mostOf = <T>(values: T[]): T | undefined => {
  const counts = new Map<T, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0]
}

const statusesOf = (call: Call | undefined): number[] =>
  Object.keys(call?.operation.responses ?? {})
    .map(Number)
    .filter((status) => status >= 200 && status < 300)

/** Whether ids are numbers. */
const hasNumbers = (contract: Contract, resources: Resource[]): boolean =>
  resources.some(({ shown }) => {
    const id = Object.entries(shown.properties ?? {}).find(([name]) => ID.test(name))?.[1]
    return id !== undefined && contract.follow(id).type === 'integer'
  })

/** The shape of errors: what the contract's error answers have in common with one that is known. */
const errorsOf = (contract: Contract, resources: Resource[]): Pick<Http, 'errors'> => {
  const bodies = resources.flatMap(callsOf).flatMap(({ operation }) =>
    Object.entries(operation.responses ?? {}).flatMap(([status, answer]) => {
      const schema = /^(?:4..|4XX|default)$/.test(status)
        ? contract.follow(answer).content?.['application/json']?.schema
        : undefined
      return schema ? [contract.follow(schema)] : []
    }),
  )
  const has = (...names: string[]) => bodies.some(({ properties }) => names.every((name) => properties?.[name]))
  if (has('code', 'message')) return { errors: 'message' }
  const coded = bodies.some(({ properties = {} }) => {
    const { properties: inner = {} } = properties.error ? contract.follow(properties.error) : {}
    return inner.code !== undefined && inner.message !== undefined && contract.follow(inner.code).type === 'string'
  })
  if (coded) return { errors: 'coded' }
  if (has('error')) return { errors: 'error' }
  if (has('errors')) return { errors: 'errors' }
  return has('message') ? { errors: 'message' } : {}
}
