import type { Architecture, Hook, Model } from '../../../../schemas/generated/architecture.ts'
import { behaviourOf } from '../../behaviour-words.ts'
import { pluralOf, toWords } from '../../names.ts'
import { freeToMove } from '../behaviour/moved.ts'
import { dropRequired, type RowOp } from '../behaviour/rules.ts'

/** A rule that can be taken away: what it says, the words by which people may mean it, and what takes it away. */
export type RuleThere = { text: string; words: string; remove: () => void }

const overlaps = 'overlap overlapping double booking booked twice clash same time'
const deeds = { create: 'create make add', update: 'update change edit', delete: 'delete remove cancel' } as const

/** Returns the rules of an architecture in the blueprint's order. `remove` changes the architecture itself. */
export const rulesThere = (architecture: Architecture): RuleThere[] => {
  const texts = new Map(behaviourOf(architecture).map(({ pointer, text }) => [pointer, text]))
  const found: RuleThere[] = []
  for (const [name, model] of Object.entries(architecture.models)) {
    const things = `${toWords(name)} ${toWords(pluralOf(name, model))}`
    for (const [at, rule] of (model.rules ?? []).entries()) {
      const text = texts.get(`/models/${name}/rules/${at}`) ?? rule.message
      found.push({
        text,
        words: `${text} ${rule.message} ${rule.name.replaceAll('_', ' ')} ${things} ${rule.exclude ? overlaps : rule.limit ? 'limit maximum most' : ''}`,
        remove: () => {
          const left = model.rules!.filter((one) => one !== rule)
          if (left.length > 0) model.rules = left as typeof model.rules
          else delete model.rules
        },
      })
    }
    for (const [text, ops] of requiredBy(model))
      found.push({
        text,
        words: `${text} ${things} ${ops.map((op) => deeds[op]).join(' ')}`,
        remove: () => {
          for (const op of ops) dropRequired(model, op, ({ message }) => message === text)
          freeToMove(model)
        },
      })
    for (const [step, transition] of Object.entries(model.states?.transitions ?? {}))
      for (const required of transition.require ?? [])
        found.push({
          text: required.message,
          words: `${required.message} ${things} ${toWords(step)}`,
          remove: () => {
            drop(transition, required)
            freeToMove(model)
          },
        })
  }
  for (const [name, { ports }] of Object.entries(architecture.components))
    for (const [portName, port] of Object.entries(ports)) {
      const text = texts.get(`/components/${name}/ports/${portName}`)
      if (port.kind === 'timer' && text)
        found.push({ text, words: `${text} ${toWords(portName)} timer`, remove: () => void delete ports[portName] })
    }
  return found
}

/** What is required of rows in the words for it -> when: a rule of what is made may be one of what is changed too. */
const requiredBy = (model: Model): Map<string, RowOp[]> => {
  const found = new Map<string, RowOp[]>()
  for (const [op, hook] of Object.entries(model.on ?? {}) as [RowOp, Hook][])
    for (const { message } of hook.require ?? []) found.set(message, [...(found.get(message) ?? []), op])
  return found
}

const drop = <T>(holder: { require?: T[] }, gone: T): void => {
  const left = (holder.require ?? []).filter((one) => one !== gone)
  if (left.length > 0) holder.require = left
  else delete holder.require
}
