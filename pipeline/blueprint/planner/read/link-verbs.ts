import { splitItems } from './items.ts'
import { type Noun, nounOf } from './noun.ts'
import { roleOf } from './people.ts'
import { meet, type Reader } from './reader.ts'
import { isThing } from './thing-list.ts'

/** "A showing is a film on a screen at a time with a ticket price": a thing made of two others and what it has besides. */
export const readComposite = (text: string, reader: Reader): boolean => {
  const found =
    /^(?:an?|each|every)\s+([\p{L}-]+(?: [\p{L}-]+)?)\s+is\s+an?\s+([\p{L}-]+(?: [\p{L}-]+)?)\s+(?:on|in|at|of|for|by|with)\s+an?\s+([\p{L}-]+(?: [\p{L}-]+)?)((?:\s+(?:at|on)\s+an?\s+(?:time|date|day|place))?)\s*(?:,?\s*(?:with|and)\s+(.+))?$/iu.exec(
      text,
    )
  if (!found) return false
  const nouns = found.slice(1, 4).map((one) => nounOf(one!))
  if (!nouns.every((noun) => noun && isThing(noun))) return false
  const [child, ...parents] = nouns as Noun[]
  meet(reader, child!, 'named')
  for (const parent of parents)
    reader.facts.push({ kind: 'parent', child: child!, parent, optional: false, sure: false })
  const items = [
    ...(found[4] ? [found[4].replace(/^\s*(?:at|on)\s+an?\s+/i, '')] : []),
    ...(found[5] ? splitItems(found[5]) : []),
  ]
  if (items.length > 0) reader.facts.push({ kind: 'fields', of: child!, items, extends: false })
  return true
}

/** Verbs that tell how two things belong together rather than what somebody may do. */
export const linking =
  /^(?:(?:an?|the|each|every|all|many|several)\s+)?[\p{L}-]+(?: [\p{L}-]+)?\s+(?:enrol+s?|attends?|borrows?|rents?|joins?|subscribes?|registers?(?! (?:and|to|with|as|themselves|first)\b)|participates?|plays?|performs?|teach(?:es)?|sponsors?|adopts?|hires?|leases?|volunteers?|prescribes?)\s/iu

/** "Students enroll in courses", "shelters list pets with a name": subject, verb, object. */
export const readVerb = (text: string, reader: Reader): boolean => {
  const who =
    /^((?:(?:an?|the|each|every|all|many|several|our)\s+)?[\p{L}-]+(?: [\p{L}-]+)?)\s+(enrol+s?|attends?|books?|borrows?|rents?|joins?|reserves?|orders?|buys?|subscribes?|registers?(?! (?:and|to|with|as|themselves|first)\b)|signs? up|appl(?:y|ies)|rates?|reviews?|votes?|likes?|follows?|donates?|bids?|participates?|plays?|performs?|teach(?:es)?|sponsors?|adopts?|hires?|leases?|volunteers?|purchases?|prescribes?)\s+(?:(?:in|for|to|at|on|with|up for)\s+)?(.+)$/iu.exec(
      text,
    )
  if (!who) return false
  if (roleOf(who[1]!) === 'user' || roleOf(who[1]!) === 'everyone') return false
  const from = nounOf(who[1]!)
  const to = nounOf(who[3]!.replace(/\s+(?:with|and|from|where|for|on|at)\s+.*$/i, ''))
  if (!from || !to || !isThing(from) || !isThing(to)) return false
  reader.facts.push({
    kind: 'many',
    from,
    to,
    via: `${who[2]!.toLowerCase()}|${who[3]!.slice(to.words.join(' ').length)}`,
  })
  reader.last = to
  return true
}
