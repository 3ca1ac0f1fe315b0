import { booleanWords } from '../lexicon/field-types.ts'
import { places } from '../lexicon/system-words.ts'
import { isKnown } from '../resolve/defaults.ts'
import { readAccess } from './access.ts'
import { accounts, withAccounts } from './account-words.ts'
import type { Fact } from './facts.ts'
import { readField } from './field.ts'
import { readWish } from './follow-ups.ts'
import { haves, readHave } from './have.ts'
import { colonHead, dashHead, parenHead, readColon } from './headed.ts'
import { beginsHeadline, readTracking } from './headline.ts'
import { splitItems } from './items.ts'
import { joinPattern, readJoin } from './joins.ts'
import { linking, readComposite, readVerb } from './link-verbs.ts'
import { keyOf, nounOf } from './noun.ts'
import { pushFields } from './parts.ts'
import { readWho } from './people.ts'
import { splitPredicates } from './predicates.ts'
import { meet, type Reader } from './reader.ts'
import { readRelation } from './relations.ts'
import { isPlainRight } from './rights/signs.ts'
import { isActive } from './rights/subjects.ts'
import { readRule, readValues } from './single-fields.ts'
import { isThing, readThingList } from './thing-list.ts'
import { allThings, listsThings } from './things-or-fields.ts'

const forEach =
  /^(?:for|about|of|on|per|with)\s+(?:each|every|an?|the|all|any)\s+(.{2,50}?)(?:,\s*|\s+(?=(?:i|we|you|they|it|please|users?|store|record|keep|save|the (?:api|system|app))\b))(?:(?:i|we|you|they|it|users?|please|should|would|the (?:api|system|app))\s+)*(?:(?:want|need|like|have|would|should|must|also|will)\s+)*(?:to\s+)?(?:store|record|know|keep|track|save|remember|note|have|see|list|log|need|want|care about|a)?(?: of| down| track of)?\s*(.+)$/i

/** "We repair bikes with a brand": what somebody works on and describes is kept. */
const worksOn =
  /^we (?:also |usually |mostly )?(?:handle|process|repair|service|restore|maintain|look after|deal with|take care of|treat|offer|teach|host|make|bake|brew|build|breed|deliver|ship|produce|organi[sz]e) ((?:[\p{L}-]+ )?[\p{L}-]+s with (?:an?|the|their) )/iu

/** Reads one clause that is none of the rest: what things are, what they have, how they hang together. `wish`: it is the object of "build me". */
export const readPlain = (clause: string, reader: Reader, wish: boolean): void => {
  let text = clause.replace(/\s+-\s+(?:nobody|no one) else$/i, '')
  if (withAccounts.test(text) && accounts.test(text)) {
    reader.facts.push({ kind: 'accounts', on: true })
    return
  }
  if (accounts.test(text) && !/\b(?:check-in|bank account)/i.test(text))
    reader.facts.push({ kind: 'accounts', on: true })
  if (isPlainRight(text) && readAccess(text, reader)) return
  const joins = joinPattern.exec(text)
  const joiner = joins ? readWho(joins[1]!) : undefined
  if (joins && joiner && !joiner.names.includes('everyone')) {
    readJoin(joins, joiner.names, reader)
    return
  }
  const marked =
    /^(?:(?:each|every|all|an?|the)\s+)?([\p{L}-]+(?: [\p{L}-]+)?)\s+(?:can|may|could|should)\s+(?:also\s+|optionally\s+)?be\s+(?:marked\s+(?:as\s+)?|flagged\s+(?:as\s+)?|set\s+(?:as|to)\s+)?([\p{L}-]+)(?:\s+(?:or\s+(?:not|un\S+)))?$/iu.exec(
      text,
    )
  const markedNoun = marked ? (/^(?:it|they|them)$/i.test(marked[1]!) ? reader.last : nounOf(marked[1]!)) : undefined
  if (
    marked &&
    markedNoun &&
    isThing(markedNoun) &&
    (booleanWords.has(marked[2]!.toLowerCase()) || /ed$/i.test(marked[2]!)) &&
    !/^(?:edited|deleted|created|updated|added|viewed|removed|filtered|sorted|searched|listed|nested|assigned|shared|changed|used)$/i.test(
      marked[2]!,
    )
  ) {
    reader.facts.push(
      { kind: 'thing', noun: markedNoun, how: 'acted' },
      { kind: 'rule', subject: `@mark ${marked[2]!.toLowerCase()}`, note: '', of: markedNoun },
    )
    return
  }
  const people =
    /^(?:an?\s+)?(?:(?:user|member|customer)s?\s+)?accounts?\s+(?:with|that have|having|:)\s*(.+)$|^(?:(?:each|every|all|an?|the)\s+)?users?\s+(?:has|have|with|should have|must have|also have|should also have|must also have|also need|need|can have|get|sign up with|register with|can sign up with)\s+(.+)$/i.exec(
      text,
    )
  if (people && (people[1] || !/\bmany\b/i.test(people[2]!)) && !/\b(?:roles?|access)\b/i.test(text)) {
    reader.facts.push({ kind: 'accounts', on: true })
    const profile = (people[1] ?? people[2]!).replace(
      /\b(?:an?\s+)?(?:own\s+)?profile\s+(?:with|which has|that has|containing)\s+/i,
      '',
    )
    reader.facts.push({
      kind: 'fields',
      of: { words: ['user'], plural: false, several: false, article: '' },
      items: splitItems(profile).filter(
        (item) => !/\b(?:email|password|id|role)\b(?! (?:optional|alerts))/i.test(item),
      ),
      extends: false,
    })
    return
  }
  const following =
    /^(?:users?|people|members?|they)\s+(?:can|may|should be able to)\s+(follow|like|block|befriend)\s+(?:each other|one another|other (?:users?|people|members?)|(?:users?|people))$/i.exec(
      text,
    )
  if (following) {
    const noun = {
      words: [following[1]!.toLowerCase() === 'befriend' ? 'friendship' : following[1]!.toLowerCase()],
      plural: false,
      several: false,
      article: '',
    }
    reader.facts.push(
      { kind: 'accounts', on: true },
      { kind: 'thing', noun, how: 'acted' },
      { kind: 'fields', of: noun, items: ['@person user', '@person owner'], extends: false },
    )
    return
  }
  if (wish && /^(?:an?\s+|my own\s+|own\s+)?(?:user\s+)?accounts?$/i.test(text)) {
    reader.facts.push({ kind: 'accounts', on: true })
    return
  }
  if (wish) {
    readWish(text, reader)
    return
  }
  text = text.replace(
    /^(?:there (?:is|are|will be|should be|must be)|we (?:have|got|run|own)|i (?:have|run|own|got)|it is|this is|it (?:should|must|will|needs to|has to|would))\s+(?:also\s+)?/i,
    (lead) => {
      if (/^(?:we|i)\b/i.test(lead)) reader.facts.push({ kind: /^we/i.test(lead) ? 'shared' : 'mine' } satisfies Fact)
      return ''
    },
  )
  text = text.replace(/^((?:[\p{L}'-]+\s+){1,5}?)-\s+(?=[^,]+(?:,|\swith\s|\sand\s|\())/u, '$1: ').replace(/\s+:/, ':')
  if (
    reader.last &&
    /^(?:(?:can |must |also |always )*(?:belongs? to|is (?:assigned|linked|written|owned|made|tied) (?:to|by)|lives? in|refers? to|references))\s/i.test(
      text,
    )
  )
    text = `each ${reader.last.words.join(' ')} ${text}`
  text = text.replace(
    /^(?:i|we)\s+(?:also\s+|usually\s+|often\s+)?(?=(?:collect|keep|track|store|manage|record|log|organi[sz]e|sell|catalog(?:ue)?)\s)/i,
    '',
  )
  text = text.replace(worksOn, '$1')
  const predicates = splitPredicates(text)
  if (predicates) {
    for (const one of predicates) reader.read(one, false)
    return
  }
  if (beginsHeadline(text) && !readWho(text.split(/\s+(?:with|for|to|can)\s/)[0]!) && !isActive(text)) {
    readWish(text, reader)
    return
  }
  const each = forEach.exec(text)
  if (each) {
    const noun = nounOf(each[1]!)
    if (noun && isThing(noun)) {
      meet(reader, noun, 'named')
      const listed = /^([\p{L}-]+s|[\p{L}-]+ [\p{L}-]+s)\s*:\s+(.+)$/isu.exec(each[2]!)
      const part = listed ? nounOf(listed[1]!) : undefined
      if (listed && part?.plural) {
        meet(reader, part, 'named')
        reader.facts.push({ kind: 'parent', child: part, parent: noun, optional: false, sure: true })
        pushFields(reader, part, splitItems(listed[2]!), false)
        return
      }
      if (listsThings(each[2]!)) {
        for (const child of readThingList(each[2]!, reader, 'named'))
          reader.facts.push({ kind: 'parent', child, parent: noun, optional: false, sure: true })
        return
      }
      pushFields(reader, noun, splitItems(each[2]!), false)
      return
    }
  }
  if (/\b(?:many[- ]to[- ]many|vice versa|the other way)\b/i.test(text) && readRelation(text, reader)) return
  const haveMatch = haves.exec(text)
  const strongHave = haveMatch && !/[:(]/.test(haveMatch[1]!) ? haveMatch : null
  if (strongHave && isAccessHave(text)) {
    if (readAccess(text, reader)) return
  }
  if (readComposite(text, reader)) return
  if (readRelation(text, reader)) return
  if (linking.test(text) && readVerb(text, reader)) return
  if (readAccess(text, reader)) return
  if (readRule(text, reader)) return
  if (strongHave && readHave(strongHave, reader)) return
  if (readValues(text, reader)) return
  const gives =
    /^(?:the |our |each )?([\p{L}-]+(?: [\p{L}-]+)?)\s*\(([^()]*,[^()]*)\)\s+(?:can\s+|may\s+)?(?!with\b|and\b|for\b|in\b|of\b|have\b|has\b|are\b|is\b|to\b|on\b|or\b|plus\b|belongs?\b)([\p{L}]+)(?:\s+(?:up|in|for|out))?\s+([\p{L}-]+s)\b\s*(.*)$/isu.exec(
      text,
    )
  if (gives) {
    const giver = nounOf(gives[1]!)
    const given = nounOf(gives[4]!)
    if (giver && given && isThing(giver) && isThing(given)) {
      meet(reader, giver, 'named')
      pushFields(reader, giver, splitItems(gives[2]!), false)
      meet(reader, given, 'named')
      reader.facts.push({ kind: 'parent', child: given, parent: giver, optional: false, sure: true })
      const parts = /^(?::|with\b|\()\s*(.+?)\)?$/is.exec(gives[5]!)
      if (parts) pushFields(reader, given, splitItems(parts[1]!), false)
      return
    }
  }
  const colon = colonHead.exec(text)
  if (colon && readColon(colon, reader)) return
  if (
    /^(?:track|manage|store|keep|record|log|organi[sz]e|save|collect|catalog(?:ue)?)\s/i.test(text) &&
    readTracking(text, reader)
  )
    return
  const paren = parenHead.exec(text)
  if (paren) {
    readThingList(text, reader, 'named')
    return
  }
  const dash = dashHead.exec(text)
  if (dash && readColon(dash, reader)) return
  if (readVerb(text, reader)) return
  if (readTracking(text, reader)) return
  if (readBareList(text, reader)) return
  readWish(text, reader, false)
}

/** A sentence that is only a list: fields of what was spoken of ("artist, album title, year"), else the name of a thing. */
const readBareList = (text: string, reader: Reader): boolean => {
  const items = splitItems(text)
  const short = items.every((item) => item.replace(/\((?:[^()]|\([^()]*\))*\)/g, '').split(/\s+/).length <= 9)
  if (items.length >= 2 && allThings(text)) return readThingList(text, reader, 'named').length > 0
  if (items.length >= 2 && short && reader.last && items.every((item) => readField(item) !== undefined)) {
    reader.facts.push({ kind: 'fields', of: reader.last, items, extends: false })
    return true
  }
  const noun = items.length === 1 ? nounOf(text) : undefined
  if (!noun || !isThing(noun) || !(noun.plural || isKnown(keyOf(noun))) || noun.words.length > 3 || talk.test(text))
    return false
  meet(reader, noun, places.has(noun.words.at(-1)!) ? 'place' : 'headline')
  return true
}

const talk =
  /^(?:thanks?|thank you|hello|hi|hey|yes|no|ok|okay|cheers|regards|best|greetings|news|user stor(?:y|ies)|stories|mvp|scope|overview|background|context|goals?)\b/i

const isAccessHave = (text: string): boolean =>
  /\b(?:access|full control|rights?|permissions?)\b/i.test(text) || /^[^,]{1,40}\bcan(?:not)?\b/i.test(text)
