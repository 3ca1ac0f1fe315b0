import { isPlural } from '../language/words.ts'
import { functionWords } from '../lexicon/function-words.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import { baseVerb } from '../lexicon/verbs.ts'
import { splitItems } from './items.ts'
import { contentOf, type Noun, nounOf } from './noun.ts'
import { meet, type Reader } from './reader.ts'

const withParts =
  /\s+(?:with|having|including|containing|each with|that (?:has|have|contains?|includes?)|which (?:has|have|contains?|includes?)|who have|and (?:its|their)|by their|by its)\s+/i
const under =
  /\s+(?:on|for|in|of|under|per|inside|within|to|from|about|into|at|by|belonging to|attached to|linked to|assigned to|across|between)\s+(?:(?:an?|the|each|every|our|my|their|any|all|these|those|different|various|multiple|several)\s+)*/i
const notThings =
  /^(?:everything|anything|something|things?|stuff|data|info|information|it|them|they|one|ones|this|that|these|those|profile|password|login|system|app|api|database|work|time|way|people|user|everyone|content|details|own|others?|record|features?|support|ability|access|status|(?:mon|tues|wednes|thurs|fri|satur|sun)day)$/

/** True where a noun can be something that is stored. */
export const isThing = (noun: Noun): boolean =>
  !/^(?:something|anything|nothing|stuff|things?|some|any)$/.test(noun.words[0] ?? '') &&
  !notThings.test(noun.words.join(' ')) &&
  noun.words.every((word) => !functionWords.has(word)) &&
  noun.words.length <= 4 &&
  !isDeed(noun.words)

/** "Conductor schedules rehearsals" is what somebody does. */
const isDeed = ([who = '', verb = '', ...what]: readonly string[]): boolean =>
  /^everythings?$/.test(what.at(-1) ?? '') ||
  (what.length > 0 &&
    (isPersonNoun(who) || /^(?:staff|board|office|desk|team)$/.test(who)) &&
    (baseVerb(verb) !== verb || /^(?:calls|puts|gets|sees|makes)$/.test(verb)) &&
    /[^s]s$/.test(verb))

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
  const strong = splitStrong(text)
  if (strong.length > 1) return strong.flatMap((part) => readThingList(part.replace(/^and\s+/i, ''), reader, how, by))
  const colon = /^([^:(]{2,60}?)\s*:\s*(.+)$/s.exec(text)
  if (colon) {
    const inside =
      /^[\p{L}-]+(?: [\p{L}-]+)?s?\s*\([^)]*,[^)]*\)\s*(?:,|;|and\b)\s*(?:and\s+)?[\p{L}-]+(?: [\p{L}-]+)?\s*\(/iu.test(
        colon[2]!,
      )
    const title = inside ? nounOf(colon[1]!) : undefined
    if (inside && title && !title.plural) {
      reader.facts.push({ kind: 'thing', noun: title, how: 'headline' })
      return readThingList(colon[2]!, reader, how, by)
    }
    const head = readThingList(colon[1]!, reader, how, by)
    if (head.length === 1)
      reader.facts.push({ kind: 'fields', of: head[0]!, items: splitItems(colon[2]!), extends: false })
    else if (head.length === 0) return readThingList(colon[2]!, reader, how, by)
    return head
  }
  const chain = readChain(text, reader, how, by)
  if (chain) return chain
  const parts = withParts.exec(text.replace(/\((?:[^()]|\([^()]*\))*\)/g, (inner) => '('.padEnd(inner.length, '_')))
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

/** "artists with a name and country, albums with a title, leases connecting a plot with a tenant": each head begins anew. */
const readChain = (
  text: string,
  reader: Reader,
  how: 'named' | 'tracked' | 'acted' | 'headline',
  by?: string,
): Noun[] | undefined => {
  const items = splitItems(text)
  const head = /^((?:[\p{L}-]+ ){0,2}[\p{L}-]+s)\s+(?:with|having|that have|which have)\s+(.+)$/iu
  const heads = items.filter(
    (item) => head.test(item) || joinsTwo.test(item) || /^[\p{L}-]+s(?: [\p{L}-]+s)?\s*\(/u.test(item),
  )
  if (heads.length < 2 || !items.some((item) => head.test(item) || joinsTwo.test(item)) || heads[0] !== items[0])
    return undefined
  const met: Noun[] = []
  let current: Noun | undefined
  let parts: string[] = []
  const flush = (): void => {
    if (current && parts.length > 0) reader.facts.push({ kind: 'fields', of: current, items: parts, extends: false })
    parts = []
  }
  for (const item of items) {
    const begun = head.exec(item)
    if (begun || heads.includes(item)) {
      flush()
      const joint = joinsTwo.exec(item)
      const nouns = readThingList(joint ? joint[1]! : begun ? begun[1]! : item, reader, how, by)
      current = nouns.at(-1)
      met.push(...nouns)
      if (joint && current) {
        for (const side of [joint[2]!, joint[3]!]) {
          const parent = nounOf(side)
          if (parent && isThing(parent))
            reader.facts.push({ kind: 'parent', child: current, parent, optional: false, sure: true })
        }
        const span = /\bfrom\s+(an?\s+.+?)\s+(?:to|till|until)\s+(an?\s+.+)$/i.exec(joint[4] ?? '')
        if (span) parts.push(span[1]!, span[2]!)
        else if (joint[4]) parts.push(joint[4].replace(/^\s*(?:with|and)\s+/i, ''))
      } else if (begun) parts.push(begun[2]!)
    } else parts.push(item)
  }
  flush()
  return met
}
const joinsTwo =
  /^(.{2,40}?)\s+(?:linking|connecting|joining|tying)\s+((?:an?|the)\s+[\p{L}-]+(?: [\p{L}-]+)?)\s+(?:to|with)\s+((?:an?|the)\s+[\p{L}-]+)((?:\s+(?:with|from)\s+.+)?)$/iu

/** Parts a text at semicolons outside brackets. */
const splitStrong = (text: string): string[] => {
  const masked = text.replace(/\((?:[^()]|\([^()]*\))*\)/g, (inner) => '_'.repeat(inner.length))
  const parts: string[] = []
  let start = 0
  for (let i = 0; i <= masked.length; i += 1)
    if (i === masked.length || masked[i] === ';') {
      parts.push(text.slice(start, i).trim())
      start = i + 1
    }
  return parts.filter(Boolean)
}

const joining =
  /^(.+?)\s+(?:linking|connecting|joining|tying|relating|between|that links?|which links?|that connects?)\s+(.+?)\s+(?:to|and|with)\s+(.+)$/i

const readThing = (
  text: string,
  reader: Reader,
  how: 'named' | 'tracked' | 'acted' | 'headline',
  by?: string,
): Noun | undefined => {
  if (/^(?:what|how|why|when|where)\s+(?:i|we|my|our|they|he|she|it|people|the)\b/i.test(text)) return undefined
  const plain = text
    .replace(/^(?:(?:which|what|who|all|about|for|of)\s+)+/i, '')
    .replace(
      /\b(?:they|i|we|it|he|she|you|that|which|who|when|where|because|so|as|if|while|until|after|before)\b.*$/i,
      '',
    )
    .trim()
  const relative =
    /^(.+?)\s+(?:that\s+|which\s+)?(?:we|they|i|people|users)\s+[\p{L}]+\s+(?:on|in|for|at|to|with)\s+(?:each|every|an?|the)\s+(.+)$/iu.exec(
      text,
    )
  if (relative) {
    const child = nounOf(relative[1]!)
    const parent = nounOf(relative[2]!)
    if (child && parent && isThing(child) && isThing(parent)) {
      meet(reader, child, how, by)
      reader.facts.push({ kind: 'parent', child, parent, optional: false, sure: false })
      return child
    }
  }
  const joined = joining.exec(plain)
  if (joined) {
    const child = nounOf(joined[1]!)
    if (child && isThing(child)) {
      meet(reader, child, how, by)
      for (const side of [joined[2]!, joined[3]!]) {
        const parent = nounOf(side)
        if (parent && isThing(parent)) reader.facts.push({ kind: 'parent', child, parent, optional: false, sure: true })
      }
      return child
    }
  }
  const spoken =
    nounOf(plain) ??
    nounOf(plain.replace(/\s+to\s+(?:be\s+)?[\p{L}]+(?:\s+(?:later|again|next|it|them))?[\s,]*$/iu, ''))
  const direct = spoken
    ? { ...spoken, words: how === 'acted' && spoken.words.length > 1 ? spoken.words : contentOf(spoken.words) }
    : undefined
  if (direct && isThing(direct)) {
    meet(reader, direct, how, by)
    return direct
  }
  const split = under.exec(plain)
  if (!split) return undefined
  const child = nounOf(plain.slice(0, split.index))
  if (!child || !isThing(child)) return undefined
  const rest = plain.slice(split.index + split[0].length)
  const [first = rest, second] = rest.replace(under, '\0').split('\0')
  const parent = nounOf(first)
  const other = second ? nounOf(second) : undefined
  meet(reader, child, how, by)
  if (other && isThing(other) && /\b(?:of|for|to|by)\b/i.test(rest))
    reader.facts.push({ kind: 'parent', child, parent: other, optional: false, sure: false })
  if (parent && isThing(parent) && !/\b(?:by|at|from|between)\b/i.test(split[0]))
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
