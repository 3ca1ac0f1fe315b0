import type { Architecture } from '../../../schemas/generated/architecture.ts'
import type { Deployment } from '../../../schemas/generated/deployment.ts'
import { canonicalArchitecture } from '../canonical.ts'
import { own, refOf } from '../names.ts'
import { roleOf } from '../roles.ts'
import type { Report } from './report.ts'

/** Whether the deployment fits the architecture: placed once, bound, of this digest. */
export const checkEnvironment = (architecture: Architecture, deployment: Deployment, report: Report): void => {
  if (deployment.architecture.digest !== canonicalArchitecture(architecture).digest)
    report('digest-mismatch', ['architecture', 'digest'], 'the digest is not that of architecture.yaml')
  const names = Object.keys(architecture.components)
  const placed = Object.entries(deployment.services).flatMap(([service, { place }]) =>
    place.map((component) => ({ service, component })),
  )
  for (const { service, component } of placed)
    if (!own(architecture.components, component))
      report('unknown-component', ['services', service, 'place'], `${service} runs '${component}'`, {
        word: component,
        names,
      })
  for (const name of names) {
    const count = placed.filter((entry) => entry.component === name).length
    if (count !== 1) report('placement', ['services'], `${name} is placed ${count} times`)
  }
  checkBindings(architecture, deployment, report)
}

const checkBindings = (architecture: Architecture, deployment: Deployment, report: Report): void => {
  const databases = new Map<string, string>()
  for (const [name, component] of Object.entries(architecture.components)) {
    const binding = own(deployment.bindings, name)
    const isStore = roleOf(component) === 'store'
    if (isStore !== (binding !== undefined))
      report(
        'binding',
        ['bindings', ...(binding ? [name] : [])],
        isStore ? `${name} is not bound` : `${name} is not a store`,
      )
    if (binding?.engine === 'postgres' && !binding.secret)
      report('binding', ['bindings', name], `${name} names no secret`)
    if (binding)
      for (const port of Object.values(component.ports))
        if (port.kind === 'store' && port.dir === 'in')
          databases.set(String(port.model), `${binding.engine} ${binding.secret ?? ''}`)
  }
  for (const name of Object.keys(deployment.bindings))
    if (!own(architecture.components, name))
      report('unknown-component', ['bindings', name], `'${name}' is bound and not there`)
  for (const [name, model] of Object.entries(architecture.models))
    for (const field of Object.values(model.fields)) {
      const target = refOf(field.type)?.model
      if (target && databases.has(name) && databases.has(target) && databases.get(name) !== databases.get(target))
        report('binding-split', ['bindings'], `${name} refers to ${target} in another database`)
    }
}
