import type { Architecture, Component, Find, Step, StorePort } from '../../../../schemas/generated/architecture.ts'
import { pluralOf } from '../../names.ts'

type Handling = { find?: { [name: string]: Find }; do?: readonly Step[] }

/** Gives every component the stores of the models whose rows its handlers, timers and hooks look for and write. */
export const linkStores = (architecture: Architecture): void => {
  for (const [name, component] of Object.entries(architecture.components)) {
    const wanted = new Set<string>()
    const add = (handling: Handling | undefined): void => {
      for (const { model } of Object.values(handling?.find ?? {})) wanted.add(model)
      for (const step of handling?.do ?? []) addStep(step, wanted)
    }
    for (const port of Object.values(component.ports)) {
      if (port.kind === 'timer' || port.kind === 'event') add(port)
      if (port.kind !== 'rpc' || port.dir !== 'in') continue
      for (const shape of Object.values(port.ops ?? {})) add(shape)
      const model = port.crud ? architecture.models[port.crud] : undefined
      for (const transition of Object.values(model?.states?.transitions ?? {})) add(transition)
      for (const hook of Object.values(model?.on ?? {})) add(hook)
    }
    for (const model of wanted) linkStore(architecture, name, component, model)
  }
}

const addStep = (step: Step, wanted: Set<string>): void => {
  if (step.create) wanted.add(step.create.model)
  if (!step.each) return
  wanted.add(step.each.model)
  for (const inner of step.each.do) addStep(inner, wanted)
}

const linkStore = (architecture: Architecture, name: string, component: Component, model: string): void => {
  const { ports } = component
  const holds = (dir: 'in' | 'out', all: Component['ports']): string | undefined =>
    Object.entries(all).find(
      ([, port]) => port.kind === 'store' && port.dir === dir && (port as StorePort).model === model,
    )?.[0]
  if (holds('out', ports)) return
  for (const [store, shape] of Object.entries(architecture.components)) {
    const offer = holds('in', shape.ports)
    if (!offer || !architecture.models[model]) continue
    const base = `${pluralOf(model, architecture.models[model])}_data`
    let port = base
    for (let i = 2; Object.hasOwn(ports, port); i += 1) port = `${base}${i}`
    ports[port] = { dir: 'out', kind: 'store', model }
    architecture.links.push({ from: `${name}.${port}`, to: `${store}.${offer}`, onFailure: 'hard' })
    return
  }
}
