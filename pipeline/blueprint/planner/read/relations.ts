import { splitItems } from './items.ts'
import { type Noun, nounOf } from './noun.ts'
import { meet, type Reader } from './reader.ts'
import { isThing } from './thing-list.ts'

const several =
  /^(?:one or more|zero or more|many|several|multiple|some|any number of|lots of|a number of|different|various)\s+/i
const optional = /\b(?:optionally|may|can|might|could|optional|or none|zero or one|at most one)\b/i
const belongs =
  /^(.{2,50}?)\s+(?:(?:can|may|must|should|might|could|always|also|optionally|each|has to|have to|needs to|will)\s+)*(?:belongs?|belong) to\s+(?:exactly |only |just |always )?(.+)$/i
const tied =
  /^(.{2,50}?)\s+(?:(?:can|may|must|should|might|could|always|also|optionally|each|has to|will)\s+)*(?:is|are|be|gets?)\s+(?:always |usually |optionally |either )?(written|made(?! (?:up )?of\b)|created|posted|owned|assigned|linked|attached|tied|connected|related|associated|part|placed|filed|grouped|organized|organised|filled|taught|led|run|given|published|inside|under|contained|stored|kept|held|placed|recorded|sorted|categorized|categorised|located|for|about|on|planned|hosted|performed|issued|scheduled|tagged)\b\s*(?:by|to|with|of|in|into|at|under|inside|for each|for every|for|on|per)?\s+(?:exactly |only |just )?(.+)$/i
const inMany =
  /^(.{2,50}?)\s+(?:can|may|could)\s+(?:also\s+)?(?:be (?:in|on|part of|under|assigned to|tagged with|linked to|added to|put (?:in|on)|used in)|appear (?:in|on)|belong to|have)\s+((?:many|several|multiple|more than one)\s+.+)$/i
const refers =
  /^(.{2,50}?)\s+(?:references?|refers? to|points? to|lives? in|lives? on|sits? in|sits? on|hangs? on|goes into|comes? from|goes? to|relates? to|falls? under|concerns?|works? (?:at|for|in))\s+(.+)$/i
const between = /\bmany[- ]to[- ]many\b.*?\bbetween\s+(.+?)\s+and\s+([^,.;]+)/i
const mutual =
  /^(.{2,50}?)\s+(?:can |may )?have (?:many|several|multiple)\s+(.{2,40}?)\s+and (?:vice versa|the other way (?:a)?round|each .{2,30} (?:can )?(?:have|has) (?:many|several|multiple) .+|.{2,30} (?:can )?(?:have|has|belong to) (?:many|several|multiple) .+)$/i
const nested =
  /^(.{2,50}?)\s+(?:can|may|could)?\s*(?:be nested|be nested .*|(?:optionally )?have (?:an? )?(?:optional )?(?:parent|sub-?|child(?:ren)?|super)[ -]?(?:\S+)?|have sub[- ]?\S+|contain other .+|contain sub\S+|be inside (?:other|another) .+|nest)$/i

/** Reads how two things belong together. Returns true where the clause says so. */
export const readRelation = (said: string, reader: Reader): boolean => {
  const listed = /^([^:(]{8,90}?)\s*(?::|\s-)\s+(.+)$/s.exec(said)
  if (listed && /\s(?:belongs?|is|are|lives?|per)\s/i.test(listed[1]!)) {
    const before = reader.facts.length
    if (readRelation(listed[1]!, reader)) {
      const child = reader.facts.slice(before).find((fact) => fact.kind === 'parent')
      if (child?.kind === 'parent') {
        reader.facts.push({ kind: 'fields', of: child.child, items: splitItems(listed[2]!), extends: false })
        reader.last = child.child
      }
      return true
    }
  }
  const clause = said
  const text = clause
    .replace(/\((?:[^()]|\([^()]*\))*\)/g, ' ')
    .replace(/\s+,/g, ',')
    .replace(/\s+/g, ' ')
    .trim()
  const pair = between.exec(text)
  if (pair) return many(pair[1]!, pair[2]!, reader)
  const both = mutual.exec(text)
  if (both) return many(both[1]!, both[2]!, reader)
  const inner = nested.exec(text)
  if (inner) {
    const noun = subject(inner[1]!, reader)
    if (noun && isThing(noun)) {
      meet(reader, noun, 'named')
      reader.facts.push({ kind: 'nested', of: noun, field: `parent_${noun.words.join('_')}` })
      return true
    }
  }
  const often = inMany.exec(text)
  if (often && !/\bhave\s+(?:many|several|multiple|more)/i.test(text))
    return many(often[1]!, often[2]!.replace(/^more than one\s+/i, ''), reader)
  const link =
    /^(.{2,40}?)\s+(?:links?|connects?|joins?|ties?)\s+(?:an?|one|the|each)\s+([\p{L}-]+(?: [\p{L}-]+)?)\s+(?:to|with|and)\s+(?:an?|one|the)\s+([\p{L}-]+(?: (?!and\b|has\b|have\b|with\b|to\b)[\p{L}-]+)?)\s*(?:,?\s*(?:and\s+)?(?:has|have|with)\s+(.+))?/iu.exec(
      text,
    )
  if (link) {
    const child = subject(link[1]!, reader)
    const sides = [nounOf(link[2]!), nounOf(link[3]!)]
    if (child && isThing(child) && sides.every((side) => side && isThing(side))) {
      meet(reader, child, 'named')
      for (const side of sides) reader.facts.push({ kind: 'parent', child, parent: side!, optional: false, sure: true })
      const items = link[4] ? splitItems(link[4]).map((item) => bracketed(clause, item)) : []
      if (items.length > 0) reader.facts.push({ kind: 'fields', of: child, items, extends: false })
      return true
    }
  }
  const among =
    /^(.{2,40}?)\s+(?:is|are|takes? place)\s+between\s+((?:an?|one)\s+.+?)\s+and\s+((?:an?|one)\s+.+?)$/i.exec(text)
  const contest = among ? subject(among[1]!, reader) : undefined
  if (among && contest && isThing(contest)) {
    meet(reader, contest, 'named')
    reader.facts.push({ kind: 'fields', of: contest, items: [among[2]!, among[3]!], extends: false })
    return true
  }
  const inside =
    /^(.{2,40}?)\s+(?:is|are)\s+(?:always\s+)?(?:in|for|on|at|under|inside|within|about|of|from)\s+(?:exactly\s+)?(an?|one|the|each)\s+([\p{L}-]+(?: [\p{L}-]+)?)\s*(?:,\s*(?:with\s+)?(.*))?$/iu.exec(
      text,
    )
  if (inside) {
    const child = subject(inside[1]!, reader)
    const parent = nounOf(inside[3]!)
    if (child && parent && isThing(child) && isThing(parent)) {
      meet(reader, child, 'named')
      reader.facts.push({ kind: 'parent', child, parent, optional: false, sure: true })
      describe(clause, reader)
      if (inside[4])
        reader.facts.push({
          kind: 'fields',
          of: child,
          items: splitItems(inside[4].replace(/^with\s+/i, '')),
          extends: true,
        })
      return true
    }
  }
  for (const pattern of [belongs, tied, refers]) {
    const found = pattern.exec(text)
    if (!found) continue
    const child = subject(found[1]!, reader)
    if (!child || !isThing(child)) continue
    const verb = pattern === tied ? found[2]!.toLowerCase() : ''
    const target = pattern === tied ? found[3]! : found[2]!
    let done = false
    const [heads = target, ...tails] = target.split(/,?\s+(?:and\s+)?(?:with|has|have)\s+/i)
    const rest: string[] = tails.flatMap((tail) => splitItems(tail)).map((item) => bracketed(clause, item))
    const raw = clause
    for (const item of splitItems(heads)) {
      const gapped = /^([\p{L}-]+s)\s+to\s+(?:an?|one|the)\s+([\p{L}-]+(?: [\p{L}-]+)?)$/iu.exec(item)
      const [from, to] = gapped ? [nounOf(gapped[1]!), nounOf(gapped[2]!)] : []
      if (from && to && done) {
        reader.facts.push({ kind: 'parent', child: from, parent: to, optional: false, sure: true })
        continue
      }
      if (done && !/^(?:an?|one|exactly|the|their|its|many|several|multiple)\s/i.test(item)) {
        rest.push(bracketed(raw, item))
        continue
      }
      const plain = item.replace(/^(?:exactly|only|just|either)\s+/i, '')
      const person =
        /^(?:an?|the|one|another|some|their|its|each|exactly one|one or more|several|many|multiple)?\s*(?:users?|person|people|somebody|someone)$/i.test(
          plain,
        )
      const parent = nounOf(
        plain
          .replace(several, '')
          .replace(/^(?:one|exactly one|a single)\s+/i, '')
          .replace(/\s+(?:it|they|that|which|who|so|when|if|at|via|and only)\b.*$/i, ''),
      )
      if (!parent || !isThing({ ...parent, words: person ? ['member'] : parent.words })) continue
      if (several.test(plain) || (parent.plural && /^(?:can|may)\b/i.test(text.slice(found[1]!.length).trim())))
        many(child.words.join(' '), parent.words.join(' '), reader)
      else {
        meet(reader, child, 'named')
        if (!person) reader.facts.push({ kind: 'thing', noun: parent, how: 'acted' })
        const field =
          verb === 'assigned' && (person || /member|employee|person|user/.test(parent.words.at(-1)!)) && person
            ? 'assignee'
            : undefined
        reader.facts.push(
          field || person
            ? {
                kind: 'fields',
                of: child,
                items: [
                  `${optional.test(text) || verb === 'assigned' ? 'optional ' : ''}@person ${field ?? (pattern === belongs || /written|made|created|posted|owned/.test(verb) ? 'owner' : 'user')}`,
                ],
                extends: true,
              }
            : { kind: 'parent', child, parent, optional: optional.test(text.slice(found[1]!.length)), sure: true },
        )
        reader.last = child
      }
      done = true
    }
    if (done) {
      const parts = rest.filter((item) => /\p{L}/u.test(item))
      if (parts.length > 0) reader.facts.push({ kind: 'fields', of: child, items: parts, extends: false })
      describe(clause, reader)
      return true
    }
  }
  return false
}

/** An item as it stands in the clause, with its brackets. */
const bracketed = (clause: string, item: string): string => {
  const at = clause.indexOf(item)
  const found = at < 0 ? null : /^\s*\([^)]*\)/.exec(clause.slice(at + item.length))
  return found ? `${item}${found[0]}` : item
}

/** "is for a client (name, email)", "Subcontractors (name, trade) are assigned to defects": brackets name the fields of what stands before them. */
const describe = (clause: string, reader: Reader): void => {
  for (const found of clause.matchAll(/([\p{L}-]+(?: [\p{L}-]+)?)\s*\(([^)]*,[^)]*)\)/gu)) {
    const noun = nounOf(found[1]!.replace(/^.*\b(?:an?|the|to|for|of|by|one)\s+/i, ''))
    if (
      noun &&
      isThing(noun) &&
      reader.facts.some(
        (fact) =>
          fact.kind === 'parent' && [fact.child, fact.parent].some((one) => one.words.join() === noun.words.join()),
      )
    )
      reader.facts.push({ kind: 'fields', of: noun, items: splitItems(found[2]!), extends: false })
  }
}

const subject = (text: string, reader: Reader): Noun | undefined => {
  const plain = text.replace(/^(?:and|but|so|then|also|where|while|plus|that)\s+/i, '')
  return /^(?:it|they|each|each one|each of them|one|these|those|every one)$/i.test(plain) ? reader.last : nounOf(plain)
}

const many = (from: string, to: string, reader: Reader): boolean => {
  const a = subject(from, reader)
  const b = nounOf(to.replace(several, ''))
  if (!a || !b || !isThing(a) || !isThing(b)) return false
  meet(reader, b, 'named')
  meet(reader, a, 'named')
  reader.facts.push({ kind: 'many', from: a, to: b })
  return true
}
