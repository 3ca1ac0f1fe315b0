import type { Architecture, RpcPort } from '../../schemas/generated/architecture.ts'
import { own, pluralOf, refOf, toSnake } from './names.ts'

/** What ?expand= can embed: what a reference names, or the rows of another model whose reference names the row. */
export type Expansion = { name: string; kind: 'one' | 'many'; model: string; field: string }

/** Returns what a port's `expand` stands for; undefined under a name that stands for nothing. */
export const expansionOf = (architecture: Architecture, port: RpcPort, name: string): Expansion | undefined => {
  const model = own(architecture.models, port.crud ?? '')
  const reference = own(model?.fields, `${name}_id`)
  const target = reference && refOf(reference.type)?.model
  if (target) return { name, kind: 'one', model: target, field: `${name}_id` }
  for (const [child, definition] of Object.entries(architecture.models)) {
    if (pluralOf(child, definition) !== name) continue
    const refs = Object.entries(definition.fields).filter(([, { type }]) => refOf(type)?.model === port.crud)
    const usual = refs.find(([field]) => field === `${toSnake(port.crud!)}_id`)
    const found = usual ?? (refs.length === 1 ? refs[0] : undefined)
    if (found) return { name, kind: 'many', model: child, field: found[0] }
  }
  return undefined
}
