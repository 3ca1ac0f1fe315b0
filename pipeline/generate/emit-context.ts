import type { Architecture, Field, Model, Port, RpcPort, StorePort } from '../../schemas/generated/architecture.ts'
import { isSystems } from '../blueprint/field-kinds.ts'
import { ANYONE, accountModelOf, own, splitGrant } from '../blueprint/names.ts'
import { rowClass } from './emit-names.ts'

/** What emitters look up, prepared once for an architecture so that a thousand components cost a thousand steps. */
export type Context = {
  architecture: Architecture
  /** `component.port` of a need -> of what it is linked to. */
  links: ReadonlyMap<string, string>
  /** `component.port` -> the path where it is exposed. */
  paths: ReadonlyMap<string, string>
  /** The classes of all rows. */
  rows: ReadonlySet<string>
  accountModel: string | undefined
  issuer: string | undefined
  roles: readonly string[]
  /** Model -> the role in which its rows sign in with API keys. */
  keyRoles: ReadonlyMap<string, string>
  /** The roles of the first administrator. */
  adminRoles: readonly string[]
}

/** The roles that accounts can have: neither that of everybody nor those of API keys. */
export const peopleRolesOf = (architecture: Architecture): string[] => {
  const devices = new Set(Object.values(architecture.models).map(({ keys }) => keys?.role))
  return Object.keys(architecture.policies.roles).filter((role) => role !== ANYONE && !devices.has(role))
}

/** Model -> the role in which its rows sign in with API keys. */
export const keyRolesOf = (architecture: Architecture): Map<string, string> =>
  new Map(Object.entries(architecture.models).flatMap(([name, { keys }]) => (keys ? [[name, keys.role] as const] : [])))

const contexts = new WeakMap<Architecture, Context>()

/** Returns the context of an architecture; the same object gives the same context. */
export const contextOf = (architecture: Architecture): Context => {
  const known = contexts.get(architecture)
  if (known) return known
  const context: Context = {
    architecture,
    links: new Map(architecture.links.map((link) => [link.from, link.to])),
    paths: new Map(architecture.expose.map((exposure) => [exposure.port, exposure.path])),
    rows: new Set(Object.keys(architecture.models).map(rowClass)),
    accountModel: accountModelOf(architecture),
    issuer: architecture.policies.authn?.issuer,
    roles: peopleRolesOf(architecture),
    keyRoles: keyRolesOf(architecture),
    adminRoles: adminRolesOf(architecture),
  }
  contexts.set(architecture, context)
  return context
}

/** The roles that may change every account; without such a role, all roles: somebody must be able to do everything. */
const adminRolesOf = (architecture: Architecture): string[] => {
  const users = usersPortOf(architecture)
  const people = new Set(peopleRolesOf(architecture))
  const roles = Object.entries(architecture.policies.roles).filter(([role]) => people.has(role))
  const admins = roles.filter(([, grants]) =>
    grants.some((text) => {
      const grant = splitGrant(text)
      return grant.endpoint === users && grant.scope === undefined && (grant.op === '*' || grant.op === 'update')
    }),
  )
  return (admins.length ? admins : roles).map(([role]) => role)
}

/** Returns `component.port` of the port with the standard operations on accounts. */
const usersPortOf = (architecture: Architecture): string | undefined => {
  const issuer = architecture.policies.authn?.issuer.split('.')[0]
  const model = accountModelOf(architecture)
  if (!issuer || !model) return undefined
  const ports = Object.entries(own(architecture.components, issuer)?.ports ?? {})
  const found = ports.find(([, port]) => isRpc(port) && port.dir === 'in' && port.crud === model)
  return found && `${issuer}.${found[0]}`
}

export const isRpc = (port: Port): port is RpcPort => port.kind === 'rpc'
export const isStore = (port: Port): port is StorePort => port.kind === 'store'

/** Returns a model that must exist. */
export const modelOf = (context: Context, name: string): Model => {
  const model = own(context.architecture.models, name)
  if (!model) throw new Error(`unknown model ${name}`)
  return model
}

/** Fields of accounts that the runtime fills in by itself, not from what people send. */
export const isAccountField = (context: Context, model: string, name: string): boolean =>
  model === context.accountModel && (name === 'password_hash' || name === 'roles')

/** Whether the system writes the field, never a client. */
export const isSet = (field: Field): boolean => isSystems(field)
