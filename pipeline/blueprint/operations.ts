import type { Architecture, CrudOp, RpcPort } from '../../schemas/generated/architecture.ts'
import { own, splitEndpoint, splitGrant, toKebab } from './names.ts'

/** One thing a caller can ask an exposed port for. CRUD, accounts and nested children are expanded here and nowhere else. */
export type Operation = {
  component: string
  port: string
  /** Name of the operation: create, list, read, update, delete, register, ... */
  op: string
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** With parameters in braces: /v1/todos/{id}. */
  path: string
  /** The model of a standard operation. */
  model: string | undefined
  /** The name of a type, for operations that are named one by one. */
  input: string | undefined
  output: string | undefined
  /** public: no sign-in; signed-in: whoever is; granted: a role must allow it. */
  access: 'public' | 'signed-in' | 'granted'
  /** Role -> the scopes its grants have: undefined without a limit, `own`, `parent` or a field of the model. */
  grants: Map<string, (string | undefined)[]>
  /** The ref field, where this is the operation as found under the parent: /v1/projects/{project_id}/tasks. */
  nestedUnder: string | undefined
  /** The ref field whose target `@parent` asks about. */
  parent: string | undefined
}

const crudOps: readonly CrudOp[] = ['list', 'create', 'read', 'update', 'delete']
const crudMethods = { list: 'GET', create: 'POST', read: 'GET', update: 'PATCH', delete: 'DELETE' } as const

/** The standard operations that a port offers, in the order of documentation. */
export const crudOpsOf = (port: RpcPort): CrudOp[] =>
  port.crud ? crudOps.filter((op) => port.only?.includes(op) ?? true) : []

/** Where an issuer's operation is found: /me is read and changed in place, the others are POSTed to. */
const accountRoute = (op: string): { method: Operation['method']; path: string } => {
  if (op === 'me') return { method: 'GET', path: '/me' }
  if (op === 'update_me') return { method: 'PATCH', path: '/me' }
  return { method: 'POST', path: `/${toKebab(op)}` }
}

/** Returns every operation of every exposed port, in the order of `expose`. */
export const operationsOf = (architecture: Architecture): Operation[] => {
  const issuer = architecture.policies.authn?.issuer
  const grants = indexGrants(architecture)
  const paths = new Map(architecture.expose.map((exposure) => [exposure.port, exposure.path]))
  const targets = linkTargets(architecture)
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
        method: crudMethods[op],
        path: isItem ? `${path}/{id}` : path,
        model: rpc.crud,
        input: undefined,
        output: undefined,
        access: rpc.public?.includes(op) ? 'public' : 'granted',
        grants: grantsOf(grants.get(endpoint), op),
        nestedUnder: undefined,
        parent: rpc.parent,
      }
      found.push(operation)
      const parent = isItem ? undefined : paths.get(parentOf(architecture, targets, endpoint)?.target ?? '')
      if (parent && rpc.parent)
        found.push({
          ...operation,
          path: `${parent}/{${rpc.parent}}${path.slice(path.lastIndexOf('/'))}`,
          nestedUnder: rpc.parent,
        })
    }
    for (const [op, shape] of Object.entries(rpc.ops ?? {})) {
      const route = endpoint === issuer ? accountRoute(op) : { method: 'POST' as const, path: `/{id}/${toKebab(op)}` }
      found.push({
        ...base,
        op,
        method: route.method,
        path: `${path}${route.path}`,
        model: rpc.crud,
        input: shape.in,
        output: shape.out,
        access: shape.public ? 'public' : shape.signedIn ? 'signed-in' : 'granted',
        grants: grantsOf(grants.get(endpoint), op),
        nestedUnder: undefined,
        parent: undefined,
      })
    }
  }
  return found
}

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
