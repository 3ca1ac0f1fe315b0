import { booleanWords } from '../lexicon/field-types.ts'
import { gaps } from '../lexicon/gaps.ts'
import { childThings, listWords } from '../lexicon/sharing.ts'
import { places } from '../lexicon/system-words.ts'
import { knownThings } from '../lexicon/things.ts'
import { isKnown } from '../resolve/defaults.ts'
import { readAccess } from './access.ts'
import { beginsClause, clausesOf } from './clauses.ts'
import type { Fact } from './facts.ts'
import { readField } from './field.ts'
import { beginsHeadline, readHeadline, readTracking } from './headline.ts'
import { bracketChoices, splitItems } from './items.ts'
import { takeLimits } from './limits.ts'
import { takeListing } from './listing.ts'
import { contentOf, keyOf, type Noun, nounOf } from './noun.ts'
import { readWho, roleOf } from './people.ts'
import { meet, type Reader } from './reader.ts'
import { readRelation } from './relations.ts'
import { isThing, readThingList } from './thing-list.ts'
import { takeWish } from './wish.ts'

const noAccounts =
  /\b(?:no|without(?: any)?|not need(?: any)?|not (?:require|want|have)(?: any)?|skip(?: the)?|do not need(?: any)?|needs? no|leave out(?: the)?|free of)\s+(?:user\s+)?(?:authentication|authorization|auth|log[ -]?ins?|sign[ -]?ins?|sign[ -]?ups?|registration|accounts?|users?(?: accounts?)?|passwords?|security|logging in|signing in)\b|\b(?:open|unauthenticated) (?:api|to everyone|to all|for everyone|access)\b|\bno need (?:to|for) (?:log|sign|authentic|login|auth)\w*|\b(?:anyone|everyone|everybody) (?:can|may|should be able to) (?:do|access|change|edit) (?:everything|anything|it all)\b|\ball public\b|\bsingle user\b/i
const accounts =
  /\b(?:(?:user|account|member|customer|admin|staff)s? (?:authentication|accounts?|login|log-?ins?|sign-?ups?|registration|management|roles)|authentication|authorization|log-?in|log in|sign-?in|sign in|signed-in|logged-in|sign-?up|sign up|user registration|user accounts?|multi-?user|multiple users|multi user|jwt|password protected|passwords|role-based|roles|permissions|protected by|rbac)\b/i
const withAccounts =
  /^(?:(?:basic|simple|jwt|token|secure|proper|full|email(?: and password)?|password|role-based|user|users|account|accounts|login|log-?in|sign-?up|registration|authentication|authorization|auth|access control|permissions|roles|and|with|sign-?in|management|token-based|protected|support|for)\s*)+$/i
const haves =
  /^(.{1,70}?)\s+(?:(?:should|must|will|can|may|also|each|always|would|could|all|usually|only|typically|needs? to|optionally|just)\s+)*(has|have|having|contains?|consists? of|includes?|comprises?|comes? with|carr(?:y|ies)|is made (?:up )?of|are made (?:up )?of|is described by|are described by|is defined by|needs?|requires?|keeps?|stores?|gets?|with|shows?|is identified by|record|want to (?:store|record|know|keep)|holds?|tracks?|gives?|provides?|fills? in|specif(?:y|ies)|states?)\s*(?:(?:the following|following|these|some)(?: (?:fields|attributes|properties|information|details|data))?|fields?|attributes?|properties)?\s*:?\s+(.+)$/is
const forEach =
  /^(?:for|about|of|on|per|with)\s+(?:each|every|an?|the|all|any)\s+(.{2,50}?)(?:,\s*|\s+(?=(?:i|we|you|they|it|please|users?|store|record|keep|save|the (?:api|system|app))\b))(?:(?:i|we|you|they|it|users?|please|should|would|the (?:api|system|app))\s+)*(?:(?:want|need|like|have|would|should|must|also|will)\s+)*(?:to\s+)?(?:store|record|know|keep|track|save|remember|note|have|see|list|log|need|want|care about|a)?(?: of| down| track of)?\s*(.+)$/i
const colonHead = /^((?:an?|the|each|every|my|our)?\s*[\p{L}][\p{L}\d' -]{1,60}?)\s*(?:\([^)]*\)\s*)?:\s*(.+)$/isu
const dashHead = /^([\p{L}][\p{L} ]{1,40}?)\s+-\s+(.+)$/isu
const parenHead =
  /^((?:(?:and|with|an?|the|each|every|for|my|our)\s+)*[\p{L}][\p{L}\d' -]{1,60}?)\s*\((.+)\)\s*(.*)$/isu
const ruleShape =
  /^(?:the |an? |every |each |all |its |their )?(.{2,60}?)\s+(?:(?:is|are|be|must|should|has to|have to|can|may|could|will|needs? to|cannot)\s+(?:always\s+|only\s+|also\s+|not\s+)?(?:be\s+)?)(.+)$/i
const named =
  /\b(?:call (?:it|this|the (?:system|api|app|service|project))|(?:it is|name is|is)? ?(?:called|named|titled)|name it|(?:system|api|app|project|service) name:?)\s+(?:"([^"]{2,60})"|'([^']{2,60})'|([\p{Lu}\d][\p{L}\d-]*(?: [\p{Lu}\d][\p{L}\d-]*){0,4}))/u
const story =
  /^as an? (.{2,40}?),?\s+(?:i|we)\s+(?:(?:would|also|just|really)\s+)*(?:want|need|like|can|should|must|wish|may)(?:\s+to)?(?:\s+be able to)?\s+(.+?)(?:,?\s+(?:so that|so i|so we|in order to|because|to make sure)\s+.*)?$/i

/** Reads one sentence: its clauses one after the other, each adding what it says to the reader's facts. */
export const readSentence = (sentence: string, reader: Reader): void => {
  const told = named.exec(sentence)
  const title = told?.[1] ?? told?.[2] ?? told?.[3]
  let text = sentence
  if (told && title && !/^(?:a|an|the)$/i.test(title)) {
    reader.facts.push({ kind: 'title', title: title.trim() })
    text = `${text.slice(0, told.index)} ${text.slice(told.index + told[0].length)}`
  }
  text = text.replace(
    /^(?:(?:please|also|and|it should|the (?:api|system|app) should|should)\s+)*(?:lets?|allows?|enables?|permits?)\s+((?:(?:only|all|any|the|our|registered|logged-in|signed-in)\s+)*[\p{L}-]+)\s+(?:to\s+)?(?=(?:also\s+|only\s+)?(?:save|store|create|add|post|write|see|view|browse|read|edit|update|delete|remove|manage|track|rate|review|book|reserve|borrow|submit|list|keep|share|comment|upload|register|sign|log|order|buy|search|find|record|organi[sz]e|vote|join|plan|follow|like|publish|enter|set|mark|assign|schedule|rsvp|attend|rent|donate|adopt|propose|suggest|apply|ask|answer)\b)/iu,
    (found, who: string) => (/^(?:me|us|you)$/i.test(who) ? found : `${who} can `),
  )
  const tale = story.exec(text)
  if (tale) {
    const role = roleOf(tale[1]!)
    if (role && !['everyone', 'we', 'nobody', 'owner'].includes(role))
      reader.facts.push({ kind: 'role', name: role }, { kind: 'accounts', on: true })
    if (/^(?:an?|the|some)\s/i.test(tale[2]!)) {
      clausesOf(tale[2]!).forEach((clause, i) => {
        readClause(clause.replace(/^(?:i|we)\s+can\b/i, 'users can'), reader, i === 0)
      })
      return
    }
    reader.person = tale[1]!
    readClause(
      `${role === undefined ? 'users' : tale[1]!.replace(/^(?:logged|signed)[- ]in /i, '')} can ${tale[2]!.replace(/\bmy\b/gi, 'their').replace(/\bi\b/gi, 'they')}`,
      reader,
      false,
    )
    return
  }
  text = text.replace(/^([^,:(]{3,90}?)\s+-\s+(?=[^,]+(?:,|\swith\s|\())/, '$1: ')
  const { text: wished, wish } = takeWish(text)
  if (/^(?:(?:sign|log)(?:ging)?[ -]?(?:in|up)|register)\b\s*(?:,|and\b|to\b)/i.test(wished)) {
    for (const one of clausesOf(`users can ${wished}`)) readClause(one, reader, false)
    return
  }
  clausesOf(bracketChoices(wished)).forEach((clause, i) => {
    readClause(clause, reader, wish && i === 0)
  })
}

/** Parts of things that are sentences of their own, such as "belongs to a contact" in brackets, are read as such. */
export const expandParts = (reader: Reader): void => {
  for (const fact of [...reader.facts]) {
    if (
      fact.kind !== 'fields' ||
      fact.extends ||
      !fact.items.some((item) => predicateItem.test(item) || personalRule.test(item))
    )
      continue
    reader.facts.splice(reader.facts.indexOf(fact), 1)
    for (const rule of fact.items.filter((item) => personalRule.test(item))) readClause(rule, reader, false)
    pushFields(
      reader,
      fact.of,
      fact.items.filter((item) => !personalRule.test(item)),
      false,
    )
  }
}

const personalRule =
  /^(?:all |strictly |kept )?(?:private|confidential)(?: (?:per|to each|for each|for every|to the|by) \w+)?$/i
const predicateItem =
  /^(?:and\s+|also\s+)*(?:belongs?|lives?|is|are|can|may|must|should|has|have|refers?|references?|works? (?:at|for|in)|sits?|comes? from|goes (?:to|into)|points? to|contains?|consists?)\s+\S+\s+\S/i

/** Reads one clause. `wish`: it is the object of "build me". */
export const readClause = (source: string, reader: Reader, wish: boolean): void => {
  if (reader.depth >= maxDepth || reader.clauses >= maxClauses) return
  reader.depth += 1
  reader.clauses += 1
  readOne(source, reader, wish)
  reader.depth -= 1
}

/** No sentence of a person comes near these. */
const maxDepth = 8
const maxClauses = 1500

const readOne = (source: string, reader: Reader, wish: boolean): void => {
  let clause = source
    .replace(
      /^(?:(?:and|but|so|then|also|where|while|plus|that|additionally|in addition|there(?!\s+(?:is|are|will|should|must)),?|here,?|ideally|of course|by the way|which|in which|on which)\b,?\s*)+/i,
      '',
    )
    .replace(/[\s,;:.]+$/, '')
    .trim()
  if (!clause) return
  if (
    /^(?:but )?(?:nothing|none of (?:it|this|that)) (?:is|should be|may be) public$|^no public access$/i.test(clause)
  ) {
    reader.facts.push({ kind: 'accounts', on: true })
    return
  }
  const visitors =
    /\b(?:visitors?|guests?|anyone|everyone|everybody|anybody|public|people|strangers?)\b.*\b(?:browse|see|view|read|look|list|search|find|open)\b/i.test(
      clause,
    )
  if (
    /^(?!we\b|i\b|it\b|users\b|this\b|you\b)[\p{L}]+s\s+(?:do|does) not (?:need|require|have)(?: an?| any)? (?:account|log-?in|to log in|to sign in|to sign up|accounts)/iu.test(
      clause,
    )
  )
    return
  if (noAccounts.test(clause) && !visitors) {
    reader.facts.push({ kind: 'accounts', on: false })
    clause = clause
      .replace(new RegExp(noAccounts.source, 'gi'), ' ')
      .replace(/\b(?:required|needed|necessary|with|it|and|please|we|i|do|does)\s*$/i, '')
      .trim()
    if (clause.split(/\s+/).length < 2) return
  }
  if (/\b(?:just|only) for me\b|\bfor myself\b|\bpersonal\b/i.test(clause)) reader.facts.push({ kind: 'mine' })
  if (
    /^(?:each|every|all|everyone|everybody)(?: (?:users?|person|people|member|customer|one)s?)? (?:has|have|gets?|should have|manages?|keeps?) (?:their|his|her|its) own\b|\b(?:per user|each user's|user-specific|only visible to (?:me|the owner|their owner|its owner))\b/i.test(
      clause,
    )
  )
    reader.facts.push(
      {
        kind: 'access',
        who: ['owner'],
        only: true,
        not: false,
        ops: ['create', 'list', 'read', 'update', 'delete'],
        object: 'everything',
        scope: 'own',
      },
      { kind: 'accounts', on: true },
    )
  clause = noteGaps(clause, reader)
  if (!clause) return
  const { rest, hints } = takeListing(clause)
  const before = reader.facts.length
  if (hints.length > 0) {
    const only = rest
      .replace(
        /\b(?:i|we|you|they|users?|people|everyone|anyone|it|should|must|can|could|be|able|to|want|need|would|like|the|a|list|lists|results?|and|also|by|default|is|are|them|of|all|come|shown|returned|support|allow|let|me|us|with|make|sure|possible|have|possibility|option|ability|endpoint|items?|entries|listing|show|display|give|return|sort|order)\b/gi,
        '',
      )
      .replace(/[^\p{L}]+/gu, '')
    if (rest !== '' && only !== '') readPlain(rest, reader, wish)
    const last = reader.last
    const seeker =
      /^(.{2,40}?)\s+(?:can|may|should be able to|could)\s+(?:also\s+)?(?:search|find|filter|browse|look|see|list|view|sort)\b/i.exec(
        clause,
      )
    const who = seeker ? readWho(seeker[1]!) : undefined
    const sought = hints.find((hint) => hint.of)?.of ?? last
    if (who && sought && !who.names.includes('we'))
      reader.facts.push({
        kind: 'access',
        who: who.names,
        only: who.only,
        not: false,
        ops: ['list', 'read'],
        object: sought.words.join(' '),
        noun: sought,
        scope: 'all',
      })
    for (const hint of hints)
      reader.facts.push({ kind: 'listing', hint: { ...hint, of: hint.of ?? subjectOf(rest) ?? last } })
    return
  }
  readPlain(clause, reader, wish)
  if (reader.facts.length === before) reader.facts.push({ kind: 'unread', text: source.trim() })
}

const subjectOf = (text: string): Noun | undefined => {
  const noun = nounOf(
    text.replace(/^(?:the|all|list(?:ing)? of)\s+/i, '').replace(/\s+(?:are|is|should|must|can|come|be)\b.*$/i, ''),
  )
  return noun &&
    isThing(noun) &&
    !/^(?:result|list|order|user|default|we|it)$/.test(noun.words.join(' ')) &&
    noun.plural
    ? noun
    : undefined
}

/** Notes what cannot be built. Returns the clause, or '' where nothing else can be in it. */
const noteGaps = (clause: string, reader: Reader): string => {
  let rest = clause
  for (const gap of gaps) {
    const found = gap.pattern.exec(rest)
    if (!found) continue
    if (!reader.gaps.has(gap.topic)) reader.gaps.set(gap.topic, clause)
    reader.facts.push({ kind: 'gap', topic: gap.topic })
    if (!gap.whole) {
      if (gap.topic !== 'files') rest = withoutSegment(rest, found.index)
      continue
    }
    const cut = rest
      .slice(0, found.index)
      .replace(
        /(?:[,;]|\b(?:and|so|that|to|with|which|will|should|also|can|be|it|we|they|i|want|like|would|need|is|are|the|a|able|system|get|gets|please|must|then|where|when|who|as well as|plus|me|us|users?|people|everyone|staff|customers?|members?|managers?|admins?)\b|\s)+$/i,
        '',
      )
    rest = cut.split(/\s+/).length >= 3 ? cut : ''
    if (!rest) return ''
  }
  return rest
}

const joinPattern =
  /^(.{2,40}?)\s+(?:can |may |should |must |have to |need to |could )?(?:be able to )?(?:sign(?:s)? up|register(?:s)?(?= *(?:$|,|and\b|to\b|with\b|w\/|by\b|themselves\b))|sign(?:s)? in|log(?:s)? in|creates? (?:an? |their (?:own )?)?accounts?)(?:\s+(?:too|as well|first|themselves))?(?:\s+(?:with|using|by)\s+((?:(?!\s+(?:and|to|then)\s+(?:can\b|[\p{L}]+\s+(?:an?|the|their|[\p{L}]+s)\b)).)*))?(?:\s*,\s*(?:and\s+|then\s+)?|\s+(?:and|to|then)\s+|$)(.*)$/isu

/** "customers sign up with name and email and open tickets": accounts, a role, fields of the account, and what they do. */
const readJoin = (found: RegExpExecArray, names: readonly string[], reader: Reader): void => {
  reader.facts.push({ kind: 'accounts', on: true })
  for (const name of names)
    if (!/^(?:user|signed|we|owner|nobody)$/.test(name)) reader.facts.push({ kind: 'role', name })
  const items = splitItems(found[2] ?? '').filter(
    (item) => !/\b(?:e-?mails?|passwords?|accounts?|google|facebook)\b/i.test(item),
  )
  if (items.length > 0)
    reader.facts.push({
      kind: 'fields',
      of: { words: ['user'], plural: false, several: false, article: '' },
      items,
      extends: false,
    })
  const rest = (found[3] ?? '').trim()
  if (rest.length > 2) readClause(`${found[1]!} can ${rest.replace(/^(?:can|may)\s+/i, '')}`, reader, false)
}

/** Takes the part between commas or "and" around a place out of a clause, where other parts are left. */
const withoutSegment = (clause: string, at: number): string => {
  const joint = /\s*,\s*(?:and\s+)?|\s+(?:and|plus|with)\s+/gi
  let start = 0
  let end = clause.length
  for (const match of clause.matchAll(joint)) {
    if (
      /\bwith\b/i.test(match[0]) &&
      /\b(?:pay|in|up|login|checkout|integrate|sync)$/i.test(clause.slice(0, match.index))
    )
      continue
    if (match.index + match[0].length <= at) start = match.index
    else if (match.index > at) {
      end = match.index
      break
    }
  }
  return start === 0
    ? end < clause.length &&
      /^[^:(]*$/.test(clause.slice(0, end)) &&
      !/\b(?:api|app|system|service)\b/i.test(clause.slice(0, end))
      ? clause.slice(end).replace(/^\s*(?:,|and|plus|with)\s*/i, '')
      : clause
    : `${clause.slice(0, start)}${clause.slice(end)}`
}

const readPlain = (clause: string, reader: Reader, wish: boolean): void => {
  let text = clause.replace(/\s+-\s+(?:nobody|no one) else$/i, '')
  if (withAccounts.test(text) && accounts.test(text)) {
    reader.facts.push({ kind: 'accounts', on: true })
    return
  }
  if (accounts.test(text) && !/\b(?:check-in|bank account)/i.test(text))
    reader.facts.push({ kind: 'accounts', on: true })
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
  const predicates = splitPredicates(text)
  if (predicates) {
    for (const one of predicates) readClause(one, reader, false)
    return
  }
  if (beginsHeadline(text) && !readWho(text.split(/\s+(?:with|for|to|can)\s/)[0]!)) {
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

const nextPredicate =
  /(?:,\s*(?:and\s+)?|\s+and\s+)(?=(?:also\s+|each\s+)?(?:belongs?|has|have|lives?|contains?|consists? of|refers? to|references|(?:is|are) (?:assigned|linked|written|part|owned|made|located|stored|tied|attached|connected|created|placed) (?:to|by|of|in|at|with))\s)/i

/** "harvests belong to a field and have a crop": two clauses with one subject. */
const splitPredicates = (text: string): string[] | undefined => {
  const masked = text.replace(/\((?:[^()]|\([^()]*\))*\)/g, (inner) => '_'.repeat(inner.length))
  const found = nextPredicate.exec(masked)
  const subject =
    /^(.{2,50}?)\s+(?:also\s+|each\s+|can\s+|must\s+|should\s+)?(?:belongs?|has|have|lives?|contains?|consists?|is|are|refers?|references)\s/i.exec(
      masked,
    )?.[1]
  if (
    !found ||
    !subject ||
    found.index <= subject.length ||
    /\b(?:whether|when|if|how|who|where|which|that)\b[^,]*$/i.test(masked.slice(0, found.index))
  )
    return undefined
  if (!/^(?:it|they|each|these)$/i.test(subject) && !nounOf(subject)) return undefined
  return [text.slice(0, found.index), `${subject} ${text.slice(found.index + found[0].length)}`]
}

/** "Status (draft, approved)" after a thing was spoken of: the values of its field. */
const readValues = (text: string, reader: Reader): boolean => {
  const found =
    /^(?:the |its |their )?((?:[\p{L}]+ )?(?:status|state|stage|phase|priority|type|kind|category|level|severity))\s*\(([^()]+)\)$/iu.exec(
      text,
    )
  const states = /^(?:(?:an?|the|each|every|all)\s+)?([\p{L}-]+(?: [\p{L}-]+)?)\s*\(([^()]*\bor\b[^()]*)\)$/iu.exec(
    text,
  )
  const noun = states ? nounOf(states[1]!) : undefined
  if (
    !found &&
    states &&
    noun &&
    reader.facts.some((fact) => fact.kind === 'fields' && keyOf(fact.of) === keyOf(noun))
  ) {
    reader.facts.push({ kind: 'rule', subject: 'status', note: `(${states[2]!})`, of: noun })
    return true
  }
  if (!found || !reader.last) return false
  reader.facts.push({ kind: 'rule', subject: found[1]!, note: `(${found[2]!})`, of: reader.last })
  return true
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

const readWish = (text: string, reader: Reader, wish = true): void => {
  if (
    /^(?:to\s+|a way to\s+|something (?:to|that|for)\s+|somewhere to\s+)/i.test(text) ||
    (wish &&
      /^(?:track|manage|store|keep|record|log|organi[sz]e|catalog)/i.test(text) &&
      !/^(?:track|log|store|record)\s*(?:er|ing)?\s+(?:api|app)/i.test(text))
  ) {
    const { parts, tail } = cutClauses(text)
    if (readTracking(parts, reader)) {
      if (tail) for (const one of clausesOf(tail)) readClause(one, reader, false)
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
    for (const one of clausesOf(body)) readClause(one, reader, false)
    return
  }
  if (/^(?:with|containing|including|having|:|\(|and|-|,|;)$/.test(word)) {
    const list = word === '(' ? body.replace(/\)\s*$/, '') : body
    const { parts, tail } = cutClauses(list)
    readWithList(parts, headline, reader, word)
    if (tail) for (const one of clausesOf(tail)) readClause(one, reader, false)
    return
  }
  if (/^(?:where|in which|so that|so)$/.test(word)) {
    for (const one of clausesOf(body)) readClause(one, reader, false)
    return
  }
  if (/^(?:that|which|who|to)$/.test(word)) {
    const lets =
      /^(?:(?:can|will|should|would|also)\s+)*(?:lets?|allows?|enables?|helps?|allowing|letting|permits?)\s+(.+?)\s+(?:to\s+)?(?=(?:\S+)\s+)(.+)$/i.exec(
        body,
      )
    if (lets && readWho(lets[1]!) && !/^(?:me|us)$/i.test(lets[1]!)) {
      for (const one of clausesOf(`${lets[1]} can ${lets[2]}`)) readClause(one, reader, false)
      return
    }
    const { parts, tail } = cutClauses(body)
    const has = /^(?:has|have|contains?|includes?|supports?|offers?|provides?|comes with)\s+(.+)$/i.exec(parts)
    if (has) readWithList(has[1]!, headline, reader, word)
    else if (!readTracking(parts.replace(/^(?:(?:can|will|should|would|also)\s+)+/i, ''), reader))
      readClause(
        `users can ${parts.replace(/^(?:(?:can|will|should|would|also|lets?|allows?|helps?|enables?)\s+(?:me|us|you|people|users)?\s*(?:to\s+)?)+/i, '')}`,
        reader,
        false,
      )
    if (tail) for (const one of clausesOf(tail)) readClause(one, reader, false)
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
      if (tail) for (const one of clausesOf(tail)) readClause(one, reader, false)
      return
    }
    if (
      headline &&
      !match &&
      /^(?:our|my|the|a|an)\s/i.test(parts) &&
      nounOf(head)?.plural === false &&
      !isKnown(keyOf(nounOf(head)!))
    ) {
      if (tail) for (const one of clausesOf(tail)) readClause(one, reader, false)
      return
    }
    const group =
      /^(?:team|group|club|company|office|department|family|bunch|network|community|association)\s+(?:of|for)\s/i.test(
        head,
      )
    if (group) {
      if (match) readFollowUp(parts.slice(match[1]!.length).trim(), reader)
      if (tail) for (const one of clausesOf(tail)) readClause(one, reader, false)
      return
    }
    const noun = nounOf(head) ?? nounOf(head.replace(/\s+of\s+.*$/i, ''))
    const word = noun?.words.at(-1)
    if (noun && word && (places.has(word) || roleOf(head) !== undefined) && !noun.plural) {
      if (places.has(word)) meet(reader, noun, 'place')
      if (match) readFollowUp(parts.slice(match[1]!.length).trim(), reader)
    } else if (noun && roleOf(head) !== undefined && match && /^(?:to|that|which|who)$/i.test(match[2] ?? '')) {
      readClause(`${head} can ${match[3]!.replace(/^(?:can|could|may)\s+/i, '')}`, reader, false)
    } else if (noun && roleOf(head) !== undefined && headline) reader.facts.push({ kind: 'shared' })
    else readThingList(parts, reader, 'named')
  }
  if (tail) for (const one of clausesOf(tail)) readClause(one, reader, false)
}

const pronoun = /^(?:it|they|each|each one|every one|each of them|these|those|all of them|he|she|them)$/i

const readHave = (found: RegExpExecArray, reader: Reader): boolean => {
  const verb = found[2]!.toLowerCase()
  const subjectText = found[1]!.replace(/^(?:for|about)\s+/i, '').trim()
  if (/^(?:i|we|you)$/i.test(subjectText)) {
    if (/^(?:want|need|has|have|record|store|keep|track|show)/.test(verb))
      return readThingList(found[3]!, reader, 'tracked').length > 0
    return false
  }
  if (
    /^(?:system|api|app|application|service|it|platform|backend|website|the (?:system|api|app|application|service|platform|backend))$/i.test(
      subjectText,
    ) &&
    /^(?:needs?|should|requires?|stores?|keeps?|tracks?|has|have|includes?|contains?)$/.test(verb) &&
    (!reader.last || !/^it$/i.test(subjectText))
  )
    return readThingList(found[3]!, reader, 'named').length > 0
  const plainSubject = subjectText.replace(
    /\s+(?:for|at|from)\s+(?!an?\s|the\s|each\s)(?:our\s+|my\s+)?[\p{L}-]+(?: [\p{L}-]+)?$/iu,
    (tail, at: number) => (nounOf(subjectText.slice(0, at)) && !nounOf(subjectText) ? '' : tail),
  )
  const subjects = pronoun.test(subjectText)
    ? reader.last
      ? [reader.last]
      : []
    : splitItems(plainSubject)
        .map((one) => nounOf(one))
        .filter((one) => one !== undefined)
  if (subjects.length === 0 && /\s(?:of|for|on|in|under|per)\s/i.test(subjectText))
    subjects.push(...readThingList(subjectText, reader, 'named'))
  if (subjects.length === 0 || !subjects.every(isThing)) return false
  if (
    /^(?:need|want|record|show)/.test(verb) &&
    !/^(?:an?|the|its|their|:)/i.test(found[3]!) &&
    subjects[0]!.plural &&
    roleOf(subjectText)
  )
    return false
  const place =
    subjects.length === 1 &&
    places.has(subjects[0]!.words.at(-1)!) &&
    !subjects[0]!.plural &&
    !/^(?:each|every|all)$/.test(subjects[0]!.article)
  if (
    place &&
    !reader.facts.some(
      (fact) => fact.kind === 'thing' && fact.how !== 'place' && keyOf(fact.noun) === keyOf(subjects[0]!),
    )
  ) {
    const items = splitItems(found[3]!)
    if (
      items.filter((item) => nounOf(item.replace(/\s+(?:on|of|for|with|in|per)\s.*$/i, ''))?.plural).length * 2 >=
      items.length
    ) {
      meet(reader, subjects[0]!, 'place')
      const followed = /\s(?:where|so that)\s/i.exec(found[3]!)
      const met = readThingList(followed ? found[3]!.slice(0, followed.index) : found[3]!, reader, 'named')
      if (met.length > 0) return true
    }
  }
  const sole = splitItems(found[3]!)
  const several =
    sole.length === 1 && /^[\p{L}-]+s$/iu.test(sole[0]!) && childThings.has(nounOf(sole[0]!)?.words.at(-1) ?? '')
      ? [`many ${sole[0]!}`]
      : sole
  for (const spoken of subjects) {
    const noun = verb === 'with' ? { ...spoken, words: contentOf(spoken.words) } : spoken
    meet(reader, noun, 'named')
    pushFields(reader, noun, several, false)
  }
  return true
}

/** "A showing is a film on a screen at a time with a ticket price": a thing made of two others and what it has besides. */
const readComposite = (text: string, reader: Reader): boolean => {
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

/** Adds the parts of a thing; a part that has a verb of its own ("belongs to an author") is read as a clause. */
const pushFields = (reader: Reader, noun: Noun, items: readonly string[], extend: boolean): void => {
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
      const spoken = /^an?\s/i.test(lead)
      const rest = items.slice(at + 1)
      const end = rest.findIndex(
        (item) =>
          (spoken && !/^(?:an?|the|its|their|optional|whether|one|some)\s/i.test(item)) ||
          /^(?:an?\s+|the\s+|its\s+)?(?:status|state|stage)\b/i.test(item),
      )
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
    /^(?:and\s+|also\s+)*(?:belongs?|lives?|is|are|can|may|must|should|has|have|refers?|references?|works? (?:at|for|in)|sits?|comes? from|goes (?:to|into)|points? to|contains?|consists?)\s+\S+\s+\S/i.test(
      item,
    ) &&
    !/^(?:is|are|has|can)_/i.test(item)
      ? clauses
      : parts
    ).push(item)
  if (parts.length > 0) reader.facts.push({ kind: 'fields', of: noun, items: parts, extends: extend })
  for (const clause of clauses) {
    const before = reader.facts.length
    readRelation(`${noun.words.join(' ')} ${clause.replace(/^(?:and\s+|also\s+)+/i, '')}`, reader)
    if (reader.facts.length === before) readClause(`each ${noun.words.join(' ')} ${clause}`, reader, false)
    reader.last = noun
  }
}

const readColon = (found: RegExpExecArray, reader: Reader): boolean => {
  const head = found[1]!.trim().replace(/\s+(?:for|of|in|at)\s+(?:our|my|the|us|me)\b.*$/i, '')
  if (beginsClause(found[2]!) || /^(?:i|we)\s+\w+\s/i.test(found[2]!)) {
    for (const one of clausesOf(found[2]!)) readClause(one, reader, false)
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
      if (may) readClause(`${one.replace(/\(.*$/, '')} can ${may[1]!.replace(/^can\s+/i, '')}`, reader, false)
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
    readClause(`${head} ${/^(?:can|may)\b/i.test(body) ? '' : 'can '}${body}`, reader, false)
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

/** "tenants, leases, payments": bare plurals of which most are known as things. */
const allThings = (text: string): boolean => {
  const nouns = splitItems(text).map((item) =>
    /[(:]/.test(item) || /^(?:an?|the|its|their)\s/i.test(item) ? undefined : nounOf(item),
  )
  return (
    nouns.length > 1 &&
    nouns.every((noun) => noun?.plural && isThing(noun) && !listWords.has(noun.words.at(-1)!)) &&
    nouns.filter((noun) => noun && knownThings.has(noun.words.join(' '))).length * 2 > nouns.length
  )
}

/** "items with a name and a price", "books (title, author), members (name)": things with their parts, not fields. */
const listsThings = (text: string): boolean => {
  const first =
    /^(?:an?\s+|the\s+)?([\p{L}-]+(?: [\p{L}-]+)?)\s+(?:with|having|that have|which have)\s/iu.exec(text) ??
    /^([\p{L}-]+s)\s*\([^)]*,[^)]*\)/iu.exec(text)
  const noun = first ? nounOf(first[1]!) : undefined
  return (
    noun?.plural === true &&
    ((text.match(/\swith\s/gi) ?? []).length > 1 ||
      isKnown(keyOf(noun)) ||
      /^(?:[\p{L}-]+s)\s+(?:with|having)\s+(?:an?|the|its|their)\s/iu.test(text) ||
      /\([^)]*,[^)]*\)\s*(?:,|and)\s*[\p{L}-]+s\s*\(/iu.test(text))
  )
}

/** "title is required", "emails must be unique", "the status can be draft, active or retired". */
const readRule = (text: string, reader: Reader): boolean => {
  const found = ruleShape.exec(text)
  const unique =
    /^(?:no two|there can(?: ?not|not) be two|two) (.{2,40}?) (?:can|may|should|must|have|with)\s*(?:not )?(?:ever )?(?:have |share )?(?:the )?same (.{2,40})$/i.exec(
      text,
    )
  if (unique) {
    reader.facts.push({ kind: 'rule', subject: unique[2]!, note: 'unique', of: nounOf(unique[1]!) })
    return true
  }
  if (!found) return false
  const subject = found[1]!
  const predicate = /\b(?:must|should|can|has to|have to|may)\s+not\b|\bcannot\b/i.test(
    text.slice(0, text.length - found[2]!.length),
  )
    ? `not ${found[2]}`
    : found[2]!
  const note = predicate
    .replace(/^not be (?:empty|blank|null|missing)$|^not (?:empty|blank|null|missing)$/i, 'required')
    .replace(/^not be negative$|^not negative$/i, 'non-negative')
  const { rest, limits } = takeLimits(note)
  const choices =
    /^\s*\(([^)]+)\)\s*$/.exec(note) ??
    /^(?:either |one of )?\(?((?:"?[\p{L}\d_-]+"?(?: [\p{L}\d_-]+)?)(?:\s*(?:,|\/|\bor\b)\s*(?:or )?"?[\p{L}\d_-]+"?(?: [\p{L}\d_-]+)?)+)\)?$/iu.exec(
      note,
    )
  const typeWord =
    /^(?:an?\s+)?(?:number|integer|whole number|decimal|boolean|date|text|string|email|url|yes or no)$/i.test(note)
  if (Object.keys(limits).length === 0 && !choices && !typeWord) return false
  if (rest.split(/\s+/).filter(Boolean).length > 4 && !choices) return false
  if (Object.keys(limits).length > 0 && rest !== '' && !choices && !/^(?:and|long|each|always|per \w+|,)?$/i.test(rest))
    return false
  const of = /^(?:the )?(.{2,40}?) of (?:an?|the|each|every|all)?\s*(.{2,40})$/i.exec(subject) ?? undefined
  const possessive = /^(.{2,40}?)(?:'s|s') (.{2,40})$/i.exec(subject)
  const owner = of ? nounOf(of[2]!) : possessive ? nounOf(possessive[1]!) : undefined
  for (const one of splitItems(of ? of[1]! : possessive ? possessive[2]! : subject))
    reader.facts.push({
      kind: 'rule',
      subject: one,
      note: choices ? `(${choices[1]})` : note,
      of: owner ?? reader.last,
    })
  return true
}

/** Verbs that tell how two things belong together rather than what somebody may do. */
const linking =
  /^(?:(?:an?|the|each|every|all|many|several)\s+)?[\p{L}-]+(?: [\p{L}-]+)?\s+(?:enrol+s?|attends?|borrows?|rents?|joins?|subscribes?|registers?|participates?|plays?|performs?|teach(?:es)?|sponsors?|adopts?|hires?|leases?|volunteers?|prescribes?)\s/iu

/** "Students enroll in courses", "shelters list pets with a name": subject, verb, object. */
const readVerb = (text: string, reader: Reader): boolean => {
  const who =
    /^((?:(?:an?|the|each|every|all|many|several|our)\s+)?[\p{L}-]+(?: [\p{L}-]+)?)\s+(enrol+s?|attends?|books?|borrows?|rents?|joins?|reserves?|orders?|buys?|subscribes?|registers?|signs? up|appl(?:y|ies)|rates?|reviews?|votes?|likes?|follows?|donates?|bids?|participates?|plays?|performs?|teach(?:es)?|sponsors?|adopts?|hires?|leases?|volunteers?|purchases?|prescribes?)\s+(?:(?:in|for|to|at|on|with|up for)\s+)?(.+)$/iu.exec(
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
