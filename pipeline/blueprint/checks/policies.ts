import type { Architecture, RpcPort } from '../../../schemas/generated/architecture.ts'
import { ANYONE, accountModelOf, conditionOf, keyModelOf, own, refOf, splitGrant } from '../names.ts'
import { grantable, linkTargets, operationsOf } from '../operations.ts'
import { findPort } from './components.ts'
import { checkParentGrant } from './parents.ts'
import type { Path, Report } from './report.ts'

const systemPaths = ['/livez', '/readyz', '/openapi.json', '/docs', '/metrics']

/** What is exposed, under which path, to whom. */
export const checkPolicies = (architecture: Architecture, report: Report): void => {
  const paths = new Map<string, string>()
  for (const [index, exposure] of architecture.expose.entries()) {
    const at: Path = ['expose', index]
    const port = findPort(architecture, exposure.port, at, report)
    if (port && (port.kind !== 'rpc' || port.dir !== 'in'))
      report('exposed-kind', at, `${exposure.port} is ${port.kind} ${port.dir}`)
    const other = paths.get(exposure.path)
    if (other || systemPaths.includes(exposure.path))
      report('path-clash', at, `${exposure.path} is used by ${other ?? 'the system itself'}`)
    paths.set(exposure.path, exposure.port)
  }
  const { authn, roles } = architecture.policies
  if (authn) findPort(architecture, authn.issuer, ['policies', 'authn', 'issuer'], report)
  else if (Object.keys(roles).some((role) => role !== ANYONE && !keyModelOf(architecture, role)))
    report('authn-missing', ['policies', 'roles'], 'there are roles and no sign-in')
  const targets = linkTargets(architecture)
  for (const [role, grants] of Object.entries(roles))
    for (const [index, grant] of grants.entries()) {
      const path: Path = ['policies', 'roles', role, index]
      checkGrant(architecture, role, grant, path, report)
      if (splitGrant(grant).scope === 'parent') checkParentGrant(architecture, targets, role, grant, path, report)
    }
  checkKeys(architecture, report)
  checkAccess(architecture, report)
}

/** API keys have a role of their own: neither that of people nor that of another model's keys. */
const checkKeys = (architecture: Architecture, report: Report): void => {
  for (const [name, { keys }] of Object.entries(architecture.models)) {
    if (!keys) continue
    const path: Path = ['models', name, 'keys']
    const problem =
      name === accountModelOf(architecture)
        ? 'people sign in with a password'
        : keys.role === ANYONE || !own(architecture.policies.roles, keys.role)
          ? `there is no role '${keys.role}' in policies.roles`
          : keyModelOf(architecture, keys.role) !== name
            ? `${keyModelOf(architecture, keys.role)} has keys in the role '${keys.role}' already`
            : undefined
    if (problem) report('keys-role', path, `${name} has API keys, and ${problem}`)
  }
}

const checkGrant = (architecture: Architecture, role: string, text: string, path: Path, report: Report): void => {
  const grant = splitGrant(text)
  const port = findPort(architecture, grant.endpoint, path, report) as RpcPort | undefined
  if (!port) return
  const ops = grantable(architecture, port)
  if (grant.op !== '*' && !ops.includes(grant.op))
    report('grant-operation', path, `${grant.endpoint} has no operation '${grant.op}'`, { word: grant.op, names: ops })
  if (conditionOf(grant.scope) !== undefined && !port.crud)
    report('grant-scope', path, `'${text}' has a condition, and ${grant.endpoint} is about no rows`)
  if (grant.scope === undefined || grant.scope === 'parent' || conditionOf(grant.scope) !== undefined) return
  const device = keyModelOf(architecture, role)
  if (grant.scope === 'own') {
    if (!port.owner || device)
      report(
        'grant-scope',
        path,
        `'${text}' says @own and ${device ? `a ${role} owns nothing` : `${grant.endpoint} has no owner`}`,
      )
    return
  }
  const field = own(own(architecture.models, port.crud ?? '')?.fields, grant.scope)
  const itself = field?.key && device !== undefined && device === port.crud
  if (!field || (!itself && refOf(field.type)?.model !== (device ?? accountModelOf(architecture))))
    report(
      'grant-scope',
      path,
      `'${text}' names the field '${grant.scope}', which does not refer to ${device ? `a ${role}` : 'an account'}`,
    )
}

/** Every exposed operation can be used by somebody; a hole in the policy is an error, not a locked door found in production. */
const checkAccess = (architecture: Architecture, report: Report): void => {
  for (const operation of operationsOf(architecture)) {
    if (operation.nestedUnder) continue
    const path: Path = ['components', operation.component, 'ports', operation.port]
    const name = `${operation.component}.${operation.port}:${operation.op}`
    if (operation.access === 'granted' && operation.grants.size === 0)
      report('no-access', path, `nobody may call ${name}`)
    if (operation.access === 'signed-in' && !architecture.policies.authn)
      report('authn-missing', path, `${name} needs a signed-in caller`)
  }
}
