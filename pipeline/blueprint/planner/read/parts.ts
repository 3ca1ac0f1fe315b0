import { listWords } from '../lexicon/sharing.ts'
import { isKnown } from '../resolve/defaults.ts'
import { keyOf, type Noun, nounOf } from './noun.ts'
import type { Reader } from './reader.ts'
import { readRelation } from './relations.ts'
import { isThing } from './thing-list.ts'

/** Parts of things that are sentences of their own, such as "belongs to a contact" in brackets, are read as such. */
export const expandParts = (reader: Reader): void => {
  for (const fact of reader.facts)
    if (fact.kind === 'fields')
      fact.items = fact.items.map((item) => (ability.test(item) ? `whether it ${item.replace(/^and\s+/i, '')}` : item))
  for (const fact of [...reader.facts]) {
    if (
      fact.kind !== 'fields' ||
      fact.extends ||
      !fact.items.some((item) => predicateItem.test(item) || personalRule.test(item))
    )
      continue
    reader.facts.splice(reader.facts.indexOf(fact), 1)
    for (const rule of fact.items.filter((item) => personalRule.test(item))) reader.read(rule, false)
    pushFields(
      reader,
      fact.of,
      fact.items.filter((item) => !personalRule.test(item)),
      false,
    )
  }
}

/** "can drive trucks", "has a piano or not": a question, not a clause. */
const ability = /^(?:and\s+)?(?:can\s+(?!be\b|have\b|belong|contain|only|not\b)\S+|(?:has|needs?|is|are)\s.+\sor not$)/i

const personalRule =
  /^(?:all |strictly |kept )?(?:private|confidential)(?: (?:per|to each|for each|for every|to the|by) \w+)?$/i

const predicateItem =
  /^(?:and\s+|also\s+)*(?:belongs?|lives?|is|are|can|may|must|should|has|have|refers?|references?|works? (?:at|for|in)|sits?|comes? from|goes (?:to|into)|points? to|contains?|consists?)\s+\S+\s+\S/i

/** Adds the parts of a thing; a part that has a verb of its own ("belongs to an author") is read as a clause. */
export const pushFields = (reader: Reader, noun: Noun, items: readonly string[], extend: boolean): void => {
  const parts: string[] = []
  const clauses: string[] = []
  const at = items.findIndex(
    (item) =>
      /^(?:(?:many|several|multiple|one or more)\s+)?[\p{L}-]+s(?: [\p{L}-]+s)?\s+(?:with|which have|that have|each with)\s+(?:an?\s|the\s|their\s|its\s|[\p{L}]+)/iu.test(
        item,
      ) && nounOf(item.replace(/\s+(?:with|which|that|each)\s.*$/i, ''))?.plural,
  )
  if (at >= 0) {
    const head = nounOf(
      items[at]!.replace(/^(?:many|several|multiple|one or more)\s+/i, '').replace(
        /\s+(?:with|which|that|each)\s.*$/i,
        '',
      ),
    )!
    if (isThing(head) && !listWords.has(`${head.words.at(-1)} name`)) {
      reader.facts.push(
        { kind: 'thing', noun: head, how: 'named' },
        { kind: 'parent', child: head, parent: noun, optional: false, sure: true },
      )
      const lead = items[at]!.replace(/^.*?\s(?:with|have)\s+/i, '')
      const rest = items.slice(at + 1)
      const end = rest.findIndex((item) => /^(?:an?\s+|the\s+|its\s+)?(?:status|state|stage)\b/i.test(item))
      const mine = end < 0 ? rest : rest.slice(0, end)
      const inner = [lead, ...mine]
      const titled = inner.some((item) => /\b(?:name|title|text|description|question|content|label)\b/i.test(item))
      reader.facts.push({
        kind: 'fields',
        of: head,
        items: titled ? inner : [isKnown(keyOf(head)) ? 'name' : 'optional name', ...inner],
        extends: false,
      })
      const others = [...items.slice(0, at), ...rest.slice(mine.length)]
      if (others.length > 0) pushFields(reader, noun, others, extend)
      reader.last = noun
      return
    }
  }
  for (const item of items)
    (!/^(?:and\s+)?(?:is|are)\s+\S+(?:\s+\S+)?\s+or\s+(?:not|un\S+)$/i.test(item) &&
    predicateItem.test(item) &&
    !/^(?:is|are|has|can)_/i.test(item)
      ? clauses
      : parts
    ).push(item)
  if (parts.length > 0) reader.facts.push({ kind: 'fields', of: noun, items: parts, extends: extend })
  for (const clause of clauses) {
    const before = reader.facts.length
    readRelation(`${noun.words.join(' ')} ${clause.replace(/^(?:and\s+|also\s+)+/i, '')}`, reader)
    if (reader.facts.length === before) reader.read(`each ${noun.words.join(' ')} ${clause}`, false)
    reader.last = noun
  }
}
