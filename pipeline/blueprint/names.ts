import pluralize from 'pluralize'
import type { Architecture, Field, Model, StorePort, TypeShape } from '../../schemas/generated/architecture.ts'

/** Returns the value under an own key; blueprints may hold names such as `constructor`. */
export const own = <T>(record: { [key: string]: T } | undefined, key: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined

/** `PrintJob` -> `print_job`. */
export const toSnake = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()

/** `print_job` -> `PrintJob`. */
export const toPascal = (name: string): string =>
  name
    .split(/[_-]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')

/** `print_jobs` -> `print-jobs`. */
export const toKebab = (name: string): string => name.replaceAll('_', '-')

/** `due_at` -> `due at`, for sentences. */
export const toWords = (name: string): string => toSnake(name).replaceAll('_', ' ')

/** `due_at` -> `due at`, `machine_id` -> `machine`: what people call a field, of a reference the thing. */
export const wordsOfField = (name: string): string => toWords(name).replace(/ id$/, '')

/** The snake_case plural of a model: what it says, or English. */
export const pluralOf = (name: string, model: Model): string => model.plural ?? pluralize(toSnake(name))

/** `PrintJob` -> `print jobs`, for sentences. */
export const pluralWords = (name: string, model: Model): string => toWords(pluralOf(name, model))

/** The model and field that a `ref(Model.field)` type names, or undefined for other types. */
export const refOf = (type: string): { model: string; field: string } | undefined => {
  const match = /^ref\((\w+)\.(\w+)\)$/.exec(type)
  return match ? { model: match[1]!, field: match[2]! } : undefined
}

/** The element type of `list(T)` of a plain type, or undefined for other types. */
export const listOf = (type: string): string | undefined => /^list\(([a-z]\w*)\)$/.exec(type)?.[1]

/** `a.b` -> its component and port. */
export const splitEndpoint = (endpoint: string): { component: string; port: string } => {
  const [component = '', port = ''] = endpoint.split('.')
  return { component, port }
}

/**
 * `component.port:op@scope` -> its parts; scope is `own`, `parent`, a field, or `where <expression>` (see conditionOf),
 * undefined for no limit.
 */
export const splitGrant = (grant: string): { endpoint: string; op: string; scope: string | undefined } => {
  const match = /^([^:]*):([^@\s]*)(?:@(.+)| (where .+))?$/s.exec(grant)
  return { endpoint: match?.[1] ?? '', op: match?.[2] ?? '', scope: match?.[3] ?? match?.[4] }
}

/** The expression of a scope `where <expression>`; undefined for other scopes. */
export const conditionOf = (scope: string | undefined): string | undefined =>
  scope?.startsWith('where ') ? scope.slice(6) : undefined

/** The role of whoever calls, signed in or not. */
export const ANYONE = 'anyone'

/** The model whose rows sign in with API keys in this role, or undefined for a role of people. */
export const keyModelOf = (architecture: Architecture, role: string): string | undefined =>
  Object.entries(architecture.models).find(([, { keys }]) => keys?.role === role)?.[0]

/** `object(T)` or `list(T)` of a shape from `types` -> T, or undefined for other types. */
export const shapeOf = (type: string): string | undefined => /^(?:object|list)\(([A-Z]\w*)\)$/.exec(type)?.[1]

/** The model that holds the accounts: what the issuer's component stores. Undefined in a system without accounts. */
export const accountModelOf = (architecture: Architecture): string | undefined => {
  const issuer = architecture.policies.authn?.issuer
  if (!issuer) return undefined
  const ports = own(architecture.components, splitEndpoint(issuer).component)?.ports ?? {}
  for (const port of Object.values(ports))
    if (port.kind === 'store' && port.dir === 'out') return (port as StorePort).model
  return undefined
}

/** The field of an account that holds its roles. */
export const rolesFieldOf = (architecture: Architecture): Field | undefined => {
  const account = accountModelOf(architecture)
  const fields = account === undefined ? undefined : own(architecture.models, account)?.fields
  return Object.values(fields ?? {}).find(({ type }) => type === 'roles')
}

/** What somebody sends who signs up; undefined where nobody does. */
export const registrationOf = (architecture: Architecture): TypeShape | undefined => {
  const { component, port: name } = splitEndpoint(architecture.policies.authn?.issuer ?? '')
  const port = own(own(architecture.components, component)?.ports, name)
  const shape = port?.kind === 'rpc' ? port.ops?.register?.in : undefined
  return shape === undefined ? undefined : own(architecture.types, shape)
}

/** Short addresses that stand beside those of things, such as /r of /r/{code}: they say nothing of what addresses begin with. */
export const standsAside = ({ port }: Architecture['expose'][number]): boolean => port.endsWith('.codes')
