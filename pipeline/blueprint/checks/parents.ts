import type { Architecture, RpcPort } from '../../../schemas/generated/architecture.ts'
import { ANYONE, accountModelOf, own, refOf, splitEndpoint, splitGrant } from '../names.ts'
import { crudOpsOf, parentOf } from '../operations.ts'
import type { Path, Report } from './report.ts'

/** A grant with `@parent`: there is a parent, a linked port reads it as the caller, and the role may read it. */
export const checkParentGrant = (
  architecture: Architecture,
  targets: ReadonlyMap<string, string>,
  role: string,
  text: string,
  path: Path,
  report: Report,
): void => {
  const { endpoint, op } = splitGrant(text)
  const port = portAt(architecture, endpoint)
  if (!port) return
  const wrong = (message: string): void => report('grant-parent', path, `'${text}': ${message}`)
  const others = Object.keys(port.ops ?? {}).filter((other) => op === '*' || op === other)
  if (others.length > 0) wrong(`${others.join(', ')} is about no object that has a parent`)
  const clash = own(own(architecture.models, port.crud ?? '')?.fields, 'parent')
  if (clash && refOf(clash.type)?.model === accountModelOf(architecture))
    wrong(`${port.crud} has a field 'parent', which could be meant too; give the field another name`)
  if (!port.parent) return wrong(`${endpoint} has no parent`)
  const parent = parentOf(architecture, targets, endpoint)
  if (!parent)
    return wrong(`${endpoint} has the parent ${port.parent}, and no linked out port with that field reads it`)
  const through = portAt(architecture, parent.through)
  if (!through || !crudOpsOf(through).includes('read')) wrong(`${parent.through} does not ask for read`)
  if (comesBack(architecture, targets, endpoint)) wrong(`${endpoint} would be seen through itself`)
  const open = portAt(architecture, parent.target)?.public?.includes('read')
  if (!open && !mayRead(architecture, role, parent.target))
    wrong(`${role} may not read ${parent.target}, so there is no parent that they see`)
}

const portAt = (architecture: Architecture, endpoint: string): RpcPort | undefined => {
  const { component, port } = splitEndpoint(endpoint)
  const found = own(own(architecture.components, component)?.ports, port)
  return found?.kind === 'rpc' ? (found as RpcPort) : undefined
}

const mayRead = (architecture: Architecture, role: string, endpoint: string): boolean =>
  [role, ANYONE]
    .flatMap((each) => own(architecture.policies.roles, each) ?? [])
    .some((text) => {
      const grant = splitGrant(text)
      return grant.endpoint === endpoint && (grant.op === '*' || grant.op === 'read')
    })

/** Whether the way from parent to parent leads to where it has been. */
const comesBack = (architecture: Architecture, targets: ReadonlyMap<string, string>, endpoint: string): boolean => {
  const seen = new Set<string>()
  for (let at: string | undefined = endpoint; at; at = parentOf(architecture, targets, at)?.target) {
    if (seen.has(at)) return true
    seen.add(at)
  }
  return false
}
