import { places } from '../lexicon/system-words.ts'
import { isKnown } from '../resolve/defaults.ts'
import { withAccounts } from './account-words.ts'
import { beginsClause, clausesOf } from './clauses.ts'
import { readHeadline, readTracking } from './headline.ts'
import { splitItems } from './items.ts'
import { keyOf, type Noun, nounOf } from './noun.ts'
import { readWho, roleOf } from './people.ts'
import { meet, type Reader } from './reader.ts'
import { readThingList } from './thing-list.ts'
import { allThings, listsThings } from './things-or-fields.ts'

export const readWish = (text: string, reader: Reader, wish = true): void => {
  if (
    /^(?:to\s+|a way to\s+|something (?:to|that|for)\s+|somewhere to\s+)/i.test(text) ||
    (wish &&
      /^(?:track|manage|store|keep|record|log|organi[sz]e|catalog)/i.test(text) &&
      !/^(?:track|log|store|record)\s*(?:er|ing)?\s+(?:api|app)/i.test(text))
  ) {
    const { parts, tail } = cutClauses(text)
    if (readTracking(parts, reader)) {
      if (tail) for (const one of clausesOf(tail)) reader.read(one, false)
      return
    }
  }
  const followUps = readHeadline(text, reader, wish)
  for (const rest of followUps) readFollowUp(rest, reader)
}

const cutClauses = (text: string): { parts: string; tail: string } => {
  const at =
    /\s+(?:where|so that|in which|because|since|but)\s+|,\s*(?:where|so that|so|in which|because|but)\s+/i.exec(text)
  return at ? { parts: text.slice(0, at.index), tail: text.slice(at.index + at[0].length) } : { parts: text, tail: '' }
}

/** What follows the name of the system: "with ...", "for ...", "where ...", "that lets ...", ": ...", "(...)". */
const readFollowUp = (rest: string, reader: Reader): void => {
  const headline = lastHeadline(reader)
  const lead =
    /^(with|containing|including|having|where|in which|so that|so|for|to|that|which|who|of|on|about|and|using|based on|in|at|from|by|as|like|such|[:(,;-])\s*/i.exec(
      rest,
    )
  const word = lead?.[1]?.toLowerCase() ?? ''
  const body = rest.slice(lead?.[0].length ?? 0).trim()
  if (!body) return
  if (word === ':' && beginsClause(body)) {
    for (const one of clausesOf(body)) reader.read(one, false)
    return
  }
  if (/^(?:with|containing|including|having|:|\(|and|-|,|;)$/.test(word)) {
    const list = word === '(' ? body.replace(/\)\s*$/, '') : body
    const { parts, tail } = cutClauses(list)
    readWithList(parts, headline, reader, word)
    if (tail) for (const one of clausesOf(tail)) reader.read(one, false)
    return
  }
  if (/^(?:where|in which|so that|so)$/.test(word)) {
    for (const one of clausesOf(body)) reader.read(one, false)
    return
  }
  if (/^(?:that|which|who|to)$/.test(word)) {
    const lets =
      /^(?:(?:can|will|should|would|also)\s+)*(?:lets?|allows?|enables?|helps?|allowing|letting|permits?)\s+(.+?)\s+(?:to\s+)?(?=(?:\S+)\s+)(.+)$/i.exec(
        body,
      )
    if (lets && readWho(lets[1]!) && !/^(?:me|us)$/i.test(lets[1]!)) {
      for (const one of clausesOf(`${lets[1]} can ${lets[2]}`)) reader.read(one, false)
      return
    }
    const { parts, tail } = cutClauses(body)
    const has = /^(?:has|have|contains?|includes?|supports?|offers?|provides?|comes with)\s+(.+)$/i.exec(parts)
    if (has) readWithList(has[1]!, headline, reader, word)
    else if (!readTracking(parts.replace(/^(?:(?:can|will|should|would|also)\s+)+/i, ''), reader))
      reader.read(
        `users can ${parts.replace(/^(?:(?:can|will|should|would|also|lets?|allows?|helps?|enables?)\s+(?:me|us|you|people|users)?\s*(?:to\s+)?)+/i, '')}`,
        false,
      )
    if (tail) for (const one of clausesOf(tail)) reader.read(one, false)
    return
  }
  if (word === 'for' || word === 'of' || word === 'about' || word === 'on') {
    readPurpose(body, reader, headline)
    return
  }
  const next = /\s(with|where|for|to|that|which)\s/i.exec(rest)
  if (next) readFollowUp(rest.slice(next.index + 1), reader)
}

const lastHeadline = (reader: Reader): Noun | undefined => {
  for (let i = reader.facts.length - 1; i >= 0; i -= 1) {
    const fact = reader.facts[i]!
    if (fact.kind === 'thing' && fact.how === 'headline') return fact.noun
  }
  return undefined
}

const readWithList = (list: string, headline: Noun | undefined, reader: Reader, lead: string): void => {
  const entities =
    /^(?:(?:the|these|two|three|four|five|six|\d+)\s+)*(?:entities|models|resources|tables|collections|data models?)\s*(?:are)?\s*:\s*(.+)$/is.exec(
      list,
    )
  if (entities) {
    readThingList(entities[1]!, reader, 'named')
    return
  }
  const items: string[] = []
  for (const item of splitItems(list)) {
    if (
      withAccounts.test(item) ||
      /^(?:an? )?(?:user |users )?(?:authentication|accounts?|log-?ins?|users)\b/i.test(item)
    )
      reader.facts.push({ kind: 'accounts', on: true })
    else items.push(item)
  }
  const things = items.filter(
    (item) =>
      /^[\p{L}-]+s(?: [\p{L}-]+s)?\s*\([^)]*,[^)]*\)\s*$/u.test(item) &&
      isKnown(keyOf(nounOf(item) ?? { words: [], plural: false, several: false, article: '' })),
  )
  for (const item of things) readThingList(item, reader, 'named')
  for (const item of things) items.splice(items.indexOf(item), 1)
  if (items.length === 0) return
  const plain = items.join(list.includes(';') ? '; ' : ', ')
  if (lead === ':' && listsThings(plain)) {
    readThingList(plain, reader, 'named')
    return
  }
  if (headline && lead !== ':' && allThings(plain) && !isKnown(keyOf(headline))) {
    readThingList(plain, reader, 'named')
    return
  }
  if (headline && lead !== '(') {
    reader.facts.push({ kind: 'fields', of: headline, items, extends: lead !== ':' })
    return
  }
  if (headline) {
    reader.facts.push({ kind: 'fields', of: headline, items, extends: false })
    return
  }
  readThingList(plain, reader, 'named')
}

const readPurpose = (body: string, reader: Reader, headline: Noun | undefined): void => {
  const { parts, tail } = cutClauses(body)
  if (/\bmy\b/i.test(parts.slice(0, 24))) reader.facts.push({ kind: 'mine' })
  else if (/\bour\b/i.test(parts.slice(0, 24))) reader.facts.push({ kind: 'shared' })
  if (!/^[\p{L}-]+ing\b/iu.test(parts) || !readTracking(parts, reader)) {
    const match = /^(.+?)(?:\s+(with|that|which|to|who|where|for)\s+|\s*[:]\s*|\s+(?=\())(.+)$/is.exec(parts)
    const head = (match ? match[1]! : parts).replace(
      /^(?:(?:an?|the|our|my|small|big|local|little|tiny|medium-sized|busy|new|non-?profit)\s+)+/i,
      '',
    )
    if (
      match &&
      match[2] === undefined &&
      nounOf(head)?.plural === false &&
      (listsThings(match[3]!) || allThings(match[3]!))
    ) {
      readThingList(match[3]!, reader, 'named')
      if (tail) for (const one of clausesOf(tail)) reader.read(one, false)
      return
    }
    if (
      headline &&
      !match &&
      /^(?:our|my|the|a|an)\s/i.test(parts) &&
      nounOf(head)?.plural === false &&
      !isKnown(keyOf(nounOf(head)!))
    ) {
      if (tail) for (const one of clausesOf(tail)) reader.read(one, false)
      return
    }
    const group =
      /^(?:team|group|club|company|office|department|family|bunch|network|community|association)\s+(?:of|for)\s/i.test(
        head,
      )
    if (group) {
      if (match) readFollowUp(parts.slice(match[1]!.length).trim(), reader)
      if (tail) for (const one of clausesOf(tail)) reader.read(one, false)
      return
    }
    const whose = nounOf(head.replace(/,.*$/, ''))
    const things = reader.glossary?.things
    if (
      whose &&
      !whose.plural &&
      !match &&
      things &&
      things.size > 0 &&
      !things.has(keyOf(whose)) &&
      /^(?:an?|our|my|the|this)\s/i.test(parts)
    ) {
      meet(reader, whose, 'place')
      if (tail) for (const one of clausesOf(tail)) reader.read(one, false)
      return
    }
    const noun = nounOf(head) ?? nounOf(head.replace(/\s+of\s+.*$/i, ''))
    const word = noun?.words.at(-1)
    if (noun && word && (places.has(word) || roleOf(head) !== undefined) && !noun.plural) {
      if (places.has(word)) meet(reader, noun, 'place')
      if (match) readFollowUp(parts.slice(match[1]!.length).trim(), reader)
    } else if (noun && roleOf(head) !== undefined && match && /^(?:to|that|which|who)$/i.test(match[2] ?? '')) {
      reader.read(`${head} can ${match[3]!.replace(/^(?:can|could|may)\s+/i, '')}`, false)
    } else if (noun && roleOf(head) !== undefined && headline) reader.facts.push({ kind: 'shared' })
    else readThingList(parts, reader, 'named')
  }
  if (tail) for (const one of clausesOf(tail)) reader.read(one, false)
}
