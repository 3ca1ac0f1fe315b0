/** Whose wish a call to the world outside is: the row whose field holds the address. */
import type { Architecture, Find, Operation, Step } from '../../schemas/generated/architecture.ts'

type Names = { [name: string]: string }

const DIRECT = /^\s*(\w+)\.\w+\s*$/

const found = (find: { [name: string]: Find } | undefined): Names =>
  Object.fromEntries(Object.entries(find ?? {}).map(([name, { model }]) => [name, model]))

const inSteps = (steps: readonly Step[] = [], before: Names): string[] => {
  const names = { ...before }
  return steps.flatMap((step): string[] => {
    if (step.create?.as) names[step.create.as] = step.create.model
    if (step.each) return inSteps(step.each.do, { ...names, [step.each.as]: step.each.model })
    const name = step.call && DIRECT.exec(step.call.url)?.[1]
    return name && names[name] ? [names[name]] : []
  })
}

/** Returns the models whose rows name an address that the system calls, such as a subscription. */
export const subjectModels = (architecture: Architecture): Set<string> => {
  const models = new Set<string>()
  const add = (steps: readonly Step[] | undefined, names: Names) => {
    for (const model of inSteps(steps, names)) models.add(model)
  }
  for (const { ports } of Object.values(architecture.components))
    for (const port of Object.values(ports)) {
      if ('do' in port) add(port.do, found(port.find))
      const ops: { [name: string]: Operation } = 'ops' in port ? (port.ops ?? {}) : {}
      for (const shape of Object.values(ops)) add(shape.do, found(shape.find))
    }
  for (const [model, { states, on }] of Object.entries(architecture.models)) {
    for (const transition of Object.values(states?.transitions ?? {})) add(transition.do, { this: model })
    for (const hook of Object.values(on ?? {})) add(hook?.do, { this: model })
  }
  return models
}
