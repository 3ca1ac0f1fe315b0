import { toSnake } from '../../../names.ts'
import { pluralName } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'

/** Gives a component the rows of a model, through a port of its own, unless it has them. */
export const needRows = (draft: BehaviourDraft, component: string, model: string): void => {
  const { architecture } = draft
  const { ports } = architecture.components[component]!
  if (
    Object.values(ports).some(
      (port) => port.kind === 'store' && port.dir === 'out' && 'model' in port && port.model === model,
    )
  )
    return
  const store = Object.entries(architecture.components).flatMap(([name, { ports: offered }]) =>
    Object.entries(offered).flatMap(([portName, port]) =>
      port.kind === 'store' && port.dir === 'in' && 'model' in port && port.model === model
        ? [`${name}.${portName}`]
        : [],
    ),
  )[0]
  if (!store) throw new Error(`nothing keeps ${model}`)
  const wanted = pluralName(toSnake(model))
  let name = wanted
  for (let number = 2; Object.hasOwn(ports, name); number += 1) name = `${wanted}${number}`
  ports[name] = { dir: 'out', kind: 'store', model }
  architecture.links.push({ from: `${component}.${name}`, to: store, onFailure: 'hard' })
}
