import type { Architecture } from '../../../../schemas/generated/architecture.ts'
import { allOperations, type Operation } from '../lexicon/verbs.ts'

/** What one role may do at one port: operation -> scopes, '' for no limit. */
export type Rights = Map<Operation, Set<string>>

export const rightsOf = (architecture: Architecture, role: string, endpoint: string): Rights => {
  const rights: Rights = new Map()
  for (const grant of architecture.policies.roles[role] ?? []) {
    if (!grant.startsWith(`${endpoint}:`)) continue
    const [op = '', scope = ''] = grant.slice(endpoint.length + 1).split('@')
    for (const one of op === '*' ? allOperations : [op as Operation])
      rights.set(one, (rights.get(one) ?? new Set()).add(scope))
  }
  return rights
}

/** Writes the rights of a role at a port where they stood, or at the end; nothing else is touched. */
export const writeRights = (architecture: Architecture, role: string, endpoint: string, rights: Rights): void => {
  const before = architecture.policies.roles[role] ?? []
  const at = before.findIndex((grant) => grant.startsWith(`${endpoint}:`))
  const others = before.filter((grant) => !grant.startsWith(`${endpoint}:`))
  const written = toGrants(endpoint, rights)
  const place = at < 0 ? others.length : before.slice(0, at).filter((grant) => !grant.startsWith(`${endpoint}:`)).length
  architecture.policies.roles[role] = [...others.slice(0, place), ...written, ...others.slice(place)]
}

const toGrants = (endpoint: string, rights: Rights): string[] => {
  const scopes = new Set([...rights.values()].flatMap((one) => [...one]))
  return [...scopes].flatMap((scope) => {
    const ops = allOperations.filter((op) => rights.get(op)?.has(scope) && (scope === '' || !rights.get(op)?.has('')))
    const suffix = scope ? `@${scope}` : ''
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
