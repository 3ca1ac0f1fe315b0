import { places } from '../lexicon/system-words.ts'
import { beginsClause, clausesOf } from './clauses.ts'
import { splitItems } from './items.ts'
import { contentOf, nounOf } from './noun.ts'
import { pushFields } from './parts.ts'
import { readWho, roleOf } from './people.ts'
import { meet, type Reader } from './reader.ts'
import { isThing, readThingList } from './thing-list.ts'
import { allThings, listsThings } from './things-or-fields.ts'

export const colonHead =
  /^((?:an?|the|each|every|my|our)?\s*[\p{L}][\p{L}\d' -]{1,60}?)\s*(?:\([^)]*\)\s*)?:\s*(.+)$/isu

export const dashHead = /^([\p{L}][\p{L} ]{1,40}?)\s+-\s+(.+)$/isu

export const parenHead =
  /^((?:(?:and|with|an?|the|each|every|for|my|our)\s+)*[\p{L}][\p{L}\d' -]{1,60}?)\s*\((.+)\)\s*(.*)$/isu

export const readColon = (found: RegExpExecArray, reader: Reader): boolean => {
  const head = found[1]!.trim().replace(/\s+(?:for|of|in|at)\s+(?:our|my|the|us|me)\b.*$/i, '')
  if (beginsClause(found[2]!) || /^(?:i|we)\s+\w+\s/i.test(found[2]!)) {
    for (const one of clausesOf(found[2]!)) reader.read(one, false)
    return true
  }
  if (/^(?:fields?|attributes?|properties|columns|data)$/i.test(head) && reader.last) {
    reader.facts.push({ kind: 'fields', of: reader.last, items: splitItems(found[2]!), extends: false })
    return true
  }
  if (
    /^(?:entities|models|resources|things|data models?|objects|endpoints|we have|features|the following|collections)\b/i.test(
      head,
    )
  )
    return readThingList(found[2]!, reader, 'named').length > 0
  if (
    /^(?:roles?|users? roles?|users?|people|user types?)$/i.test(head) &&
    splitItems(found[2]!).every((one) => roleOf(one.replace(/\(.*$/, '')))
  ) {
    reader.facts.push({ kind: 'accounts', on: true })
    for (const one of splitItems(found[2]!)) {
      const role = roleOf(one.replace(/\(.*$/, ''))
      if (role) reader.facts.push({ kind: 'role', name: role })
      const may = /\(([^)]*)\)/.exec(one)
      if (may) reader.read(`${one.replace(/\(.*$/, '')} can ${may[1]!.replace(/^can\s+/i, '')}`, false)
    }
    return true
  }
  const who = readWho(head)
  if (
    who &&
    /^(?:can\b|may\b|full (?:access|control|rights)|read(?:[- ]only)?(?: access)?\s*(?:$|,|to\b)|manage\b|create\b|edit\b|view\b|see\b|only\b|all (?:rights|access|of)|everything\b|add\b|delete\b|no access)/i.test(
      found[2]!,
    )
  ) {
    const body = found[2]!
      .replace(/^(?:full access|everything|all)$/i, 'manage everything')
      .replace(/^(?:read[- ]only(?: access)?|read access)$/i, 'view everything')
    reader.read(`${head} ${/^(?:can|may)\b/i.test(body) ? '' : 'can '}${body}`, false)
    return true
  }
  if (
    /^(?:an?\s+)?[\p{L}-]+(?: [\p{L}-]+)?\s*\([^)]*,[^)]*\)\s*(?:,|;|and\b)\s*(?:and\s+)?[\p{L}-]+(?: [\p{L}-]+)?\s*\(/iu.test(
      found[2]!,
    )
  )
    return readThingList(found[2]!, reader, 'named').length > 0
  const spoken = nounOf(head.replace(/^(?:track|manage|store|record|save|keep|log)\s+/i, ''))
  if (!spoken || !isThing(spoken)) return false
  if (listsThings(found[2]!)) {
    if (places.has(spoken.words.at(-1)!)) meet(reader, spoken, 'place')
    return readThingList(found[2]!, reader, 'named').length > 0
  }
  if (allThings(found[2]!)) {
    meet(reader, spoken, places.has(spoken.words.at(-1)!) ? 'place' : 'named')
    return readThingList(found[2]!, reader, 'named').length > 0
  }
  const noun = { ...spoken, words: contentOf(spoken.words) }
  meet(reader, noun, 'named')
  pushFields(reader, noun, splitItems(found[2]!), false)
  return true
}
