import { isPlural } from '../language/words.ts'
import { functionWords } from '../lexicon/function-words.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import { splitItems } from './items.ts'
import { type Noun, nounOf } from './noun.ts'
import { meet, type Reader } from './reader.ts'

const withParts =
  /\s+(?:with|having|including|containing|each with|that (?:has|have|contains?|includes?)|which (?:has|have|contains?|includes?)|who have|and (?:its|their)|by their|by its)\s+/i
const under =
  /\s+(?:on|for|in|of|under|per|inside|within|to|from|about|into|at|by|belonging to|attached to|linked to|assigned to|across|between)\s+(?:(?:an?|the|each|every|our|my|their|any|all|these|those|different|various|multiple|several)\s+)*/i
const notThings =
  /^(?:everything|anything|something|things?|stuff|data|info|information|it|them|they|one|ones|this|that|these|those|account|profile|password|login|system|application|app|api|database|work|time|way|people|user|everyone|track|content|details|own|others?|record|features?|support|ability|access|status)$/

/** True where a noun can be something that is stored. */
export const isThing = (noun: Noun): boolean =>
  !notThings.test(noun.words.join(' ')) &&
  noun.words.every((word) => !functionWords.has(word)) &&
  noun.words.length <= 4

/**
 * Reads a list of things that a system stores: "books (title, author) and members with a name", "comments on posts".
 * Returns the nouns met, in their order.
 */
export const readThingList = (
  text: string,
  reader: Reader,
  how: 'named' | 'tracked' | 'acted' | 'headline',
  by?: string,
): Noun[] => {
  const met: Noun[] = []
  const colon = /^([^:(]{2,60}?)\s*:\s*(.+)$/s.exec(text)
  if (colon) {
    const head = readThingList(colon[1]!, reader, how, by)
    if (head.length === 1)
      reader.facts.push({ kind: 'fields', of: head[0]!, items: splitItems(colon[2]!), extends: false })
    else if (head.length === 0) return readThingList(colon[2]!, reader, how, by)
    return head
  }
  const parts = withParts.exec(text.replace(/\([^)]*\)/g, (inner) => '('.padEnd(inner.length, '_')))
  if (parts) {
    const left = readThingList(text.slice(0, parts.index), reader, how, by)
    const right = text.slice(parts.index + parts[0].length)
    const target = left.at(-1) ?? reader.last
    if (target) reader.facts.push({ kind: 'fields', of: target, items: splitItems(right), extends: false })
    return left
  }
  for (const item of splitItems(text)) {
    const inner = /^([^(]*)\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*(.*)$/s.exec(item)
    const noun = readThing(inner ? `${inner[1]} ${inner[3]}` : item, reader, how, by)
    if (!noun) continue
    met.push(noun)
    if (inner && !/^\s*(?:eg|ie|like)\b/i.test(inner[2]!))
      reader.facts.push({ kind: 'fields', of: noun, items: splitItems(inner[2]!), extends: false })
  }
  return met
}

const readThing = (
  text: string,
  reader: Reader,
  how: 'named' | 'tracked' | 'acted' | 'headline',
  by?: string,
): Noun | undefined => {
  const plain = text
    .replace(/^(?:(?:which|what|who|all|about|for|of)\s+)+/i, '')
    .replace(
      /\b(?:they|i|we|it|he|she|you|that|which|who|when|where|because|so|as|if|while|until|after|before)\b.*$/i,
      '',
    )
    .trim()
  const direct = nounOf(plain)
  if (direct && isThing(direct)) {
    meet(reader, direct, how, by)
    return direct
  }
  const split = under.exec(plain)
  if (!split) return undefined
  const child = nounOf(plain.slice(0, split.index))
  if (!child || !isThing(child)) return undefined
  const rest = plain.slice(split.index + split[0].length)
  const parent = nounOf(rest.replace(under, '\0').split('\0')[0] ?? rest)
  meet(reader, child, how, by)
  if (parent && isThing(parent) && !/\b(?:by|at|from|between|about)\b/i.test(split[0]))
    reader.facts.push({
      kind: 'parent',
      child,
      parent,
      optional: false,
      sure: /\b(?:on|of|per|under|inside|belonging|attached|linked)\b/i.test(split[0]) && !isCrowd(parent),
    })
  return child
}

const isCrowd = (noun: Noun): boolean =>
  noun.words.length === 1 && isPersonNoun(noun.words[0]!) && isPlural(noun.words[0]!)
