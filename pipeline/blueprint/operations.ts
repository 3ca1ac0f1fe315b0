import type { Architecture, CrudOp, Model, RpcPort } from '../../schemas/generated/architecture.ts'
import { madeOfJson } from './field-kinds.ts'
import { ANYONE, own, splitEndpoint, splitGrant, toKebab } from './names.ts'
import { subjectModels } from './subjects.ts'
import { updateMethods } from './wire-names.ts'

/**
 * What stands behind an operation. Those from `bulk` on come with a standard operation and are allowed to whom that is
 * allowed: they bear its name.
 */
export type OperationKind =
  | 'crud'
  | 'account'
  | 'transition'
  | 'toggle'
  | 'members'
  | 'view'
  | 'handler'
  | 'bulk'
  | 'history'
  | 'deliveries'
  | 'restore'
  | 'keys'
  | 'file'

/** One thing a caller can ask an exposed port for. Everything that stands for operations is expanded here and nowhere else. */
export type Operation = {
  component: string
  port: string
  /** Name of the operation, as grants have it: create, list, read, update, delete, register, approve, ... */
  op: string
  kind: OperationKind
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** With parameters in braces: /v1/todos/{id}. */
  path: string
  /** The model of a standard operation. */
  model: string | undefined
  /** The name of a type, for operations that are named one by one. */
  input: string | undefined
  output: string | undefined
  /** public: no sign-in; signed-in: whoever is; granted: a role must allow it. */
  access: 'public' | 'signed-in' | 'granted'
  /** Role -> the scopes its grants have: undefined without a limit, else as splitGrant has them. */
  grants: Map<string, (string | undefined)[]>
  /** The ref field, where this is the operation as found under the parent: /v1/projects/{project_id}/tasks. */
  nestedUnder: string | undefined
  /** The ref field whose target `@parent` asks about. */
  parent: string | undefined
  /** The ref field to the account that `@own` asks about. */
  owner: string | undefined
}

const crudOps: readonly CrudOp[] = ['list', 'create', 'read', 'update', 'delete']
const crudMethods = { list: 'GET', create: 'POST', read: 'GET', delete: 'DELETE' } as const

/** The standard operations that a port offers, in the order of documentation. */
export const crudOpsOf = (port: RpcPort): CrudOp[] =>
  port.crud ? crudOps.filter((op) => port.only?.includes(op) ?? true) : []

/** Where an issuer's operation is found: /me is read and changed in place, the others are POSTed to. */
const accountRoute = (op: string, update: 'PATCH' | 'PUT'): { method: Operation['method']; path: string } => {
  if (op === 'me') return { method: 'GET', path: '/me' }
  if (op === 'update_me') return { method: update, path: '/me' }
  return { method: 'POST', path: `/${toKebab(op)}` }
}

/** Returns every operation of every exposed port, in the order of `expose`. */
export const operationsOf = (architecture: Architecture): Operation[] => {
  const issuer = architecture.policies.authn?.issuer
  const updates = updateMethods(architecture)
  const grants = indexGrants(architecture)
  const paths = new Map(architecture.expose.map((exposure) => [exposure.port, exposure.path]))
  const targets = linkTargets(architecture)
  const subjects = subjectModels(architecture)
  const found: Operation[] = []
  for (const { port: endpoint, path } of architecture.expose) {
    const { component, port: portName } = splitEndpoint(endpoint)
    const port = own(own(architecture.components, component)?.ports, portName)
    if (port?.kind !== 'rpc') continue
    const rpc = port as RpcPort
    const base = { component, port: portName }
    for (const op of crudOpsOf(rpc)) {
      const isItem = op !== 'list' && op !== 'create'
      const operation: Operation = {
        ...base,
        op,
        kind: 'crud',
        method: op === 'update' ? updates[0]! : crudMethods[op],
        path: isItem ? `${path}/{id}` : path,
        model: rpc.crud,
        input: undefined,
        output: undefined,
        access: rpc.public?.includes(op) ? 'public' : 'granted',
        grants: grantsOf(grants.get(endpoint), op),
        nestedUnder: undefined,
        parent: rpc.parent,
        owner: rpc.owner,
      }
      found.push(operation)
      if (op === 'update') for (const method of updates.slice(1)) found.push({ ...operation, method })
      const parent = isItem ? undefined : paths.get(parentOf(architecture, targets, endpoint)?.target ?? '')
      if (parent && rpc.parent)
        found.push({
          ...operation,
          path: `${parent}/{${rpc.parent}}${path.slice(path.lastIndexOf('/'))}`,
          nestedUnder: rpc.parent,
        })
    }
    for (const [op, shape] of Object.entries(rpc.ops ?? {})) {
      const account = endpoint === issuer || !isHandler(shape)
      const route = endpoint === issuer ? accountRoute(op, updates[0]!) : handlerRoute(rpc, op)
      for (const method of op === 'update_me' && endpoint === issuer ? updates : [route.method])
        found.push({
          ...base,
          op,
          kind: account ? 'account' : 'handler',
          method,
          path: `${path}${route.path}`,
          model: rpc.crud,
          input: shape.in,
          output: shape.out,
          access: shape.public ? 'public' : shape.signedIn ? 'signed-in' : 'granted',
          grants: grantsOf(grants.get(endpoint), op),
          nestedUnder: undefined,
          parent: undefined,
          owner: undefined,
        })
    }
    const model = rpc.crud === undefined ? undefined : own(architecture.models, rpc.crud)
    const asks = rpc.crud !== undefined && subjects.has(rpc.crud)
    for (const [op, kind, method, below, input, access] of behaviourOf(rpc, model, asks))
      found.push({
        ...base,
        op,
        kind,
        method,
        path: `${path}${below}`,
        model: rpc.crud,
        input,
        output: undefined,
        access: access ?? 'granted',
        grants: grantsOf(grants.get(endpoint), op),
        nestedUnder: undefined,
        parent: rpc.parent,
        owner: rpc.owner,
      })
  }
  return found
}

/** Whether an operation that is named says what it does. */
export const isHandler = (shape: Described): boolean =>
  ['find', 'require', 'do', 'answer', 'webhook', 'method', 'path'].some((key) => key in shape)

type Described = NonNullable<RpcPort['ops']>[string]

/** Where a handler is found: as it says, else below an object of the port's model. */
export const handlerRoute = (port: RpcPort, op: string): { method: Operation['method']; path: string } => {
  const shape = port.ops![op]!
  return {
    method: shape.method ?? 'POST',
    path: shape.path ?? (port.crud ? `/{id}/${toKebab(op)}` : `/${toKebab(op)}`),
  }
}

type Route = [string, OperationKind, Operation['method'], string, string?, Operation['access']?]

/** What a port offers beyond standard operations and handlers: name, kind, method, path below the port's, type of the body. */
const behaviourOf = (port: RpcPort, model: Model | undefined, asksForCalls = false): Route[] => {
  if (port.dir !== 'in') return []
  const routes: Route[] = []
  for (const name of Object.keys(port.views ?? {})) routes.push([name, 'view', 'GET', `/${toKebab(name)}`])
  if (!model) return routes
  const offered = crudOpsOf(port)
  const open = (op: CrudOp): Operation['access'] => (port.public?.includes(op) ? 'public' : 'granted')
  for (const [name, { in: input }] of Object.entries(model.states?.transitions ?? {}))
    routes.push([name, 'transition', 'POST', `/{id}/${toKebab(name)}`, input])
  for (const [name, { off, members }] of Object.entries(port.toggles ?? {})) {
    routes.push([name, 'toggle', 'PUT', `/{id}/${toKebab(name)}`])
    routes.push([off, 'toggle', 'DELETE', `/{id}/${toKebab(name)}`])
    routes.push([members, 'members', 'GET', `/{id}/${toKebab(members)}`])
  }
  for (const [name, method] of [
    ['create', 'POST'],
    ['update', 'PATCH'],
  ] as const)
    if (port.bulk && offered.includes(name) && (name === 'update' || madeOfJson(model)))
      routes.push([name, 'bulk', method, '/bulk', undefined, open(name)])
  if (model.history && offered.includes('read'))
    routes.push(['read', 'history', 'GET', '/{id}/history', undefined, open('read')])
  if (asksForCalls && offered.includes('read'))
    routes.push(['read', 'deliveries', 'GET', '/{id}/deliveries', undefined, open('read')])
  if (model.softDelete && offered.includes('delete'))
    routes.push(['delete', 'restore', 'POST', '/{id}/restore', undefined, open('delete')])
  if (model.keys && offered.includes('update'))
    for (const method of ['POST', 'DELETE'] as const)
      routes.push(['update', 'keys', method, '/{id}/keys', undefined, open('update')])
  for (const [field, { type, optional }] of Object.entries(model.fields))
    if (type === 'file')
      for (const [op, method] of [
        ['read', 'GET'],
        ['update', 'PUT'],
        ['update', 'DELETE'],
      ] as const)
        if (offered.includes(op) && (method !== 'DELETE' || optional))
          routes.push([op, 'file', method, `/{id}/${toKebab(field)}`, undefined, open(op)])
  return routes
}

/** The names of operations that grants may name: those of the port's kinds, each once. */
export const grantable = (architecture: Architecture, port: RpcPort): string[] => {
  const model = port.crud === undefined ? undefined : own(architecture.models, port.crud)
  const names = [...crudOpsOf(port), ...Object.keys(port.ops ?? {}), ...behaviourOf(port, model).map(([op]) => op)]
  return [...new Set<string>(names)]
}

/** Whether whoever calls, signed in or not, may use an operation, at least on some objects. */
export const isOpen = ({ access, grants }: Operation): boolean => access === 'public' || grants.has(ANYONE)

type RoleGrant = { role: string; op: string; scope: string | undefined }

/** Endpoint -> what every role may do there. One pass, for systems with thousands of grants. */
const indexGrants = (architecture: Architecture): Map<string, RoleGrant[]> => {
  const index = new Map<string, RoleGrant[]>()
  for (const [role, list] of Object.entries(architecture.policies.roles))
    for (const text of list) {
      const { endpoint, op, scope } = splitGrant(text)
      const known = index.get(endpoint)
      if (known) known.push({ role, op, scope })
      else index.set(endpoint, [{ role, op, scope }])
    }
  return index
}

const grantsOf = (list: RoleGrant[] = [], op: string): Operation['grants'] => {
  const grants: Operation['grants'] = new Map()
  for (const grant of list)
    if (grant.op === op || grant.op === '*') grants.set(grant.role, [...(grants.get(grant.role) ?? []), grant.scope])
  return grants
}

/** Out port -> the in port it is linked to. */
export const linkTargets = (architecture: Architecture): Map<string, string> =>
  new Map(architecture.links.map((link) => [link.from, link.to]))

/** How the objects of an in port hang on their parents: the ref field, the out port that reads it, and where that leads. */
export const parentOf = (
  architecture: Architecture,
  targets: ReadonlyMap<string, string>,
  endpoint: string,
): { field: string; through: string; target: string } | undefined => {
  const { component, port } = splitEndpoint(endpoint)
  const ports = own(architecture.components, component)?.ports
  const field = (own(ports, port) as RpcPort | undefined)?.parent
  const through = Object.entries(ports ?? {}).find(
    ([, each]) => each.kind === 'rpc' && each.dir === 'out' && field && (each as RpcPort).field === field,
  )?.[0]
  const target = targets.get(`${component}.${through}`)
  return field && through && target ? { field, through: `${component}.${through}`, target } : undefined
}
