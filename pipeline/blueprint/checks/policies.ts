import type { Architecture, RpcPort } from '../../../schemas/generated/architecture.ts'
import { ANYONE, accountModelOf, conditionOf, own, refOf, splitGrant } from '../names.ts'
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
  else if (Object.keys(roles).some((role) => role !== ANYONE))
    report('authn-missing', ['policies', 'roles'], 'there are roles and no sign-in')
  const targets = linkTargets(architecture)
  for (const [role, grants] of Object.entries(roles))
    for (const [index, grant] of grants.entries()) {
      const path: Path = ['policies', 'roles', role, index]
      checkGrant(architecture, grant, path, report)
      if (splitGrant(grant).scope === 'parent') checkParentGrant(architecture, targets, role, grant, path, report)
    }
  checkAccess(architecture, report)
}

const checkGrant = (architecture: Architecture, text: string, path: Path, report: Report): void => {
  const grant = splitGrant(text)
  const port = findPort(architecture, grant.endpoint, path, report) as RpcPort | undefined
  if (!port) return
  const ops = grantable(architecture, port)
  if (grant.op !== '*' && !ops.includes(grant.op))
    report('grant-operation', path, `${grant.endpoint} has no operation '${grant.op}'`, { word: grant.op, names: ops })
  if (grant.scope === undefined || grant.scope === 'parent' || conditionOf(grant.scope) !== undefined) return
  if (grant.scope === 'own') {
    if (!port.owner) report('grant-scope', path, `'${text}' says @own and ${grant.endpoint} has no owner`)
    return
  }
  const field = own(own(architecture.models, port.crud ?? '')?.fields, grant.scope)
  if (!field || refOf(field.type)?.model !== accountModelOf(architecture))
    report('grant-scope', path, `'${text}' names the field '${grant.scope}', which does not refer to an account`)
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
