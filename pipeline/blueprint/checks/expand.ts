import type { Architecture, RpcPort } from '../../../schemas/generated/architecture.ts'
import { expansionOf } from '../expansions.ts'
import { accountModelOf, own, pluralOf, refOf } from '../names.ts'
import { crudOpsOf } from '../operations.ts'
import type { Path, Report } from './report.ts'

/** What can be embedded: references and children, of models that somebody can be allowed to see. */
export const checkExpand = (architecture: Architecture, report: Report): void => {
  for (const [component, { ports }] of Object.entries(architecture.components))
    for (const [portName, port] of Object.entries(ports)) {
      if (port.kind !== 'rpc') continue
      for (const [index, name] of ((port as RpcPort).expand ?? []).entries()) {
        const path: Path = ['components', component, 'ports', portName, 'expand', index]
        checkName(architecture, port as RpcPort, name, path, report)
      }
    }
}

const checkName = (architecture: Architecture, port: RpcPort, name: string, path: Path, report: Report): void => {
  const expansion = expansionOf(architecture, port, name)
  const model = own(architecture.models, port.crud ?? '')
  if (!expansion) {
    report('expand-name', path, `'${name}' is neither a reference nor children of ${port.crud ?? 'a model'}`, {
      word: name,
      names: namesFor(architecture, port),
    })
    return
  }
  if (own(model?.fields, name) ?? own(model?.computed, name))
    report('expand-name', path, `${port.crud} has a field '${name}' already`)
  if (expansion.model !== accountModelOf(architecture) && !isOffered(architecture, expansion.model))
    report('expand-name', path, `no port says who may see ${expansion.model}`)
}

/** Whether a port offers to read or list the rows, so that grants say to whom. */
const isOffered = (architecture: Architecture, model: string): boolean =>
  Object.values(architecture.components).some(({ ports }) =>
    Object.values(ports).some(
      (port) =>
        port.kind === 'rpc' &&
        port.dir === 'in' &&
        (port as RpcPort).crud === model &&
        crudOpsOf(port as RpcPort).some((op) => op === 'read' || op === 'list'),
    ),
  )

const namesFor = (architecture: Architecture, { crud }: RpcPort): string[] => [
  ...Object.entries(own(architecture.models, crud ?? '')?.fields ?? {}).flatMap(([field, { type }]) =>
    refOf(type) ? [field.replace(/_id$/, '')] : [],
  ),
  ...Object.entries(architecture.models).flatMap(([child, model]) =>
    Object.values(model.fields).some(({ type }) => refOf(type)?.model === crud) ? [pluralOf(child, model)] : [],
  ),
]
