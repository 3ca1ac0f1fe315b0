import { toName } from '../../language/words.ts'
import { readField } from '../../read/field.ts'
import { splitItems } from '../../read/items.ts'
import { nounOf } from '../../read/noun.ts'
import { addField, words } from '../fields.ts'
import { findAnyField, findEntry, findField, unknownThing } from '../view.ts'
import { type Command, problem } from './command.ts'

/** "split the member name into first and last name": the parts are added, and what is there stays until it is removed. */
export const split: Command = (clause, draft, preferred) => {
  const found =
    /^(?:split|break|divide|separate)\s+(?:up\s+)?(?:the\s+)?(.+?)\s+(?:up\s+)?(?:in|into|to)\s+(.+)$/i.exec(clause)
  if (!found) return false
  const [, said = '', into = ''] = found
  const of = /^(.+?)\s+(?:of|in|on|for)\s+(?:the\s+|each\s+|all\s+)?(.+)$/i.exec(said)
  const pair = /^(.+?)(?:'s|s')?\s+(\S+)$/i.exec(said)
  const entry = findEntry(draft.architecture, of?.[2] ?? pair?.[1] ?? '')
  const inside = entry ? findField(entry, of?.[1] ?? pair?.[2] ?? said) : undefined
  const [target] = entry && inside ? [{ entry, field: inside }] : findAnyField(draft.architecture, said, preferred)
  if (!target) return problem(draft, unknownThing(draft.architecture, said))
  const parts = partsOf(into)
  if (parts.length < 2) return false
  for (const part of parts) {
    const field = readField(part)
    if (field) addField(draft, target.entry, field)
  }
  draft.assumptions.push(
    `${words(target.field)} stays, because what is stored there cannot be parted without somebody to look at it; say "remove ${words(target.field)}" when it is no longer needed.`,
  )
  const shape = target.entry.model.fields[target.field]!
  if (shape.default === undefined) shape.optional = true
  return true
}

/** "first and last name" -> "first name", "last name". */
const partsOf = (into: string): string[] => {
  const parts = splitItems(into.replace(/^(?:an?|two|the|separate|fields?)\s+/gi, ''))
  const last = nounOf(parts.at(-1) ?? '')?.words ?? []
  const tail = last.length > 1 ? last.at(-1)! : ''
  return parts.map((part) => {
    const plain = part.replace(/^(?:an?|the)\s+/i, '')
    return tail && toName(plain.split(/\s+/)) && !plain.includes(' ') ? `${plain} ${tail}` : plain
  })
}
