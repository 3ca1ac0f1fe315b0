import type { Architecture, RpcPort } from '../../../../schemas/generated/architecture.ts'
import { ANYONE, splitGrant } from '../../names.ts'
import { grantable } from '../../operations.ts'
import type { Found } from './find.ts'

const written = (endpoint: string, op: string, scope: string | undefined): string =>
  scope === undefined
    ? `${endpoint}:${op}`
    : scope.startsWith('where ')
      ? `${endpoint}:${op} ${scope}`
      : `${endpoint}:${op}@${scope}`

/** Adds one grant behind those of the same port, unless the role may do it already. */
export const grantLine = (
  architecture: Architecture,
  role: string,
  endpoint: string,
  op: string,
  scope: string | undefined,
): void => {
  const lines = architecture.policies.roles[role] ?? []
  const held = lines.some((line) => {
    const grant = splitGrant(line)
    return (
      grant.endpoint === endpoint &&
      (grant.op === op || grant.op === '*') &&
      (grant.scope === undefined || grant.scope === scope)
    )
  })
  if (held) return
  const last = lines.findLastIndex((line) => line.startsWith(`${endpoint}:`))
  const line = written(endpoint, op, scope)
  architecture.policies.roles[role] =
    last < 0 ? [...lines, line] : [...lines.slice(0, last + 1), line, ...lines.slice(last + 1)]
}

/** Lets some use an operation and takes it from the others: a `*` of theirs is written out without it. */
export const allowOnly = (
  architecture: Architecture,
  model: Found,
  op: string,
  who: readonly { role: string; scope?: string }[],
  notAdmin: boolean,
): void => {
  const { endpoint } = model
  if (!architecture.policies.authn) {
    grantLine(architecture, ANYONE, endpoint, op, undefined)
    return
  }
  for (const role of Object.keys(architecture.policies.roles)) {
    if (role === 'admin' && !notAdmin) grantLine(architecture, role, endpoint, op, undefined)
    else architecture.policies.roles[role] = without(architecture, model, role, op)
  }
  for (const { role, scope } of who) grantLine(architecture, role, endpoint, op, scope)
}

const without = (architecture: Architecture, model: Found, role: string, op: string): string[] =>
  architecture.policies.roles[role]!.flatMap((line) => {
    const grant = splitGrant(line)
    if (grant.endpoint !== model.endpoint || (grant.op !== op && grant.op !== '*')) return [line]
    return grant.op === op ? [] : allBut(architecture, model, op, grant.scope)
  })

/** Takes an operation from a role that has it only by a `*` within limits, such as on what is their own. */
export const withhold = (architecture: Architecture, model: Found, role: string, op: string): void => {
  architecture.policies.roles[role] = architecture.policies.roles[role]!.flatMap((line) => {
    const { endpoint, op: held, scope } = splitGrant(line)
    return endpoint === model.endpoint && held === '*' && scope !== undefined
      ? allBut(architecture, model, op, scope)
      : [line]
  })
}

const allBut = (architecture: Architecture, model: Found, op: string, scope: string | undefined): string[] =>
  grantable(architecture, model.api as RpcPort)
    .filter((one) => one !== op)
    .map((one) => written(model.endpoint, one, scope))
