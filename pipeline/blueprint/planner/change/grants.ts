import type { Architecture, RpcPort } from '../../../../schemas/generated/architecture.ts'
import { splitEndpoint, splitGrant } from '../../names.ts'
import { grantable } from '../../operations.ts'
import { allOperations, type Operation } from '../lexicon/verbs.ts'

/** What one role may do at one port by the standard operations: operation -> scopes, '' for no limit. */
export type Rights = Map<Operation, Set<string>>

const isStandard = (op: string): op is Operation => allOperations.some((one) => one === op)

export const rightsOf = (architecture: Architecture, role: string, endpoint: string): Rights => {
  const rights: Rights = new Map()
  for (const line of architecture.policies.roles[role] ?? []) {
    const grant = splitGrant(line)
    if (grant.endpoint !== endpoint) continue
    for (const one of grant.op === '*' ? allOperations : [grant.op])
      if (isStandard(one)) rights.set(one, (rights.get(one) ?? new Set()).add(grant.scope ?? ''))
  }
  return rights
}

/** Writes the rights of a role at a port where they stood, or at the end; nothing else is touched. */
export const writeRights = (architecture: Architecture, role: string, endpoint: string, rights: Rights): void => {
  const before = architecture.policies.roles[role] ?? []
  const at = before.findIndex((grant) => grant.startsWith(`${endpoint}:`))
  const others = before.filter((grant) => !grant.startsWith(`${endpoint}:`))
  const written = toGrants(endpoint, rights)
  const more = beyond(architecture, endpoint, before).filter((line) => !isHeld(written, line))
  const place = at < 0 ? others.length : before.slice(0, at).filter((grant) => !grant.startsWith(`${endpoint}:`)).length
  architecture.policies.roles[role] = [...others.slice(0, place), ...written, ...more, ...others.slice(place)]
}

/** The grants of operations that are not standard, such as transitions; those of a `*` are written out. */
const beyond = (architecture: Architecture, endpoint: string, lines: readonly string[]): string[] => {
  const { component, port: name } = splitEndpoint(endpoint)
  const port = architecture.components[component]?.ports[name]
  const named = port?.kind === 'rpc' ? grantable(architecture, port as RpcPort).filter((op) => !isStandard(op)) : []
  return lines.flatMap((line) => {
    const { endpoint: at, op, scope = '' } = splitGrant(line)
    if (at !== endpoint || isStandard(op)) return []
    return (op === '*' ? named : [op]).map((one) => `${endpoint}:${one}${suffixOf(scope)}`)
  })
}

const isHeld = (lines: readonly string[], line: string): boolean => {
  const wanted = splitGrant(line)
  return lines.some((one) => {
    const { op, scope } = splitGrant(one)
    return (op === '*' || op === wanted.op) && (scope === undefined || scope === wanted.scope)
  })
}

const suffixOf = (scope: string): string => (scope === '' ? '' : scope.startsWith('where ') ? ` ${scope}` : `@${scope}`)

const toGrants = (endpoint: string, rights: Rights): string[] => {
  const scopes = new Set([...rights.values()].flatMap((one) => [...one]))
  return [...scopes].flatMap((scope) => {
    const ops = allOperations.filter((op) => rights.get(op)?.has(scope) && (scope === '' || !rights.get(op)?.has('')))
    const suffix = suffixOf(scope)
    return ops.length === allOperations.length
      ? [`${endpoint}:*${suffix}`]
      : ops.map((op) => `${endpoint}:${op}${suffix}`)
  })
}

export const allow = (
  architecture: Architecture,
  role: string,
  endpoint: string,
  ops: readonly Operation[],
  scope: string,
): boolean => {
  const rights = rightsOf(architecture, role, endpoint)
  let changed = false
  for (const op of ops) {
    const scopes = rights.get(op) ?? new Set<string>()
    if (scopes.has('') || scopes.has(scope)) continue
    changed = true
    rights.set(op, scope === '' ? new Set(['']) : scopes.add(scope))
  }
  if (changed) writeRights(architecture, role, endpoint, rights)
  return changed
}

export const forbid = (
  architecture: Architecture,
  role: string,
  endpoint: string,
  ops: readonly Operation[],
): boolean => {
  const rights = rightsOf(architecture, role, endpoint)
  const had = ops.some((op) => rights.has(op))
  for (const op of ops) rights.delete(op)
  if (had) writeRights(architecture, role, endpoint, rights)
  return had
}
