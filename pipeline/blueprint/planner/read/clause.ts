import { readAccess, readFree } from './access.ts'
import { isLocal, noAccounts } from './account-words.ts'
import { clausesOf } from './clauses.ts'
import { attachesOnly, uploadsIn, withoutFormat } from './files.ts'
import { noteGaps } from './gap-notes.ts'
import { readStory, readStructure } from './grammar/structure.ts'
import { bracketChoices } from './items.ts'
import { takeListing } from './listing.ts'
import { type Noun, nounOf } from './noun.ts'
import { readWho, roleOf } from './people.ts'
import { readPlain } from './plain-clause.ts'
import type { Reader } from './reader.ts'
import { readAppointed } from './rights/appointed.ts'
import { isPlainRight, isRightsTable } from './rights/signs.ts'
import { isActive } from './rights/subjects.ts'
import { readWhoseUnknown } from './rights/whose-unknown.ts'
import { isThing } from './thing-list.ts'
import { takeWish } from './wish.ts'

export const named =
  /\b(?:call (?:it|this|the (?:system|api|app|service|project))|(?:it is|name is|is)? ?(?:called|named|titled)|name it|(?:system|api|app|project|service) name:?)\s+(?:"([^"]{2,60})"|'([^']{2,60})'|([\p{Lu}\d][\p{L}\d-]*(?: [\p{Lu}\d][\p{L}\d-]*){0,4}))/u

const story =
  /^as an? (.{2,40}?),?\s+(?:i|we)\s+(?:(?:would|also|just|really)\s+)*(?:(?:want|need|like|can|should|must|wish|may)(?:\s+to)?(?:\s+be able to)?\s+|(?=(?:create|add|log|record|enter|manage|see|view|edit|update|register|report|write|book|plan|assign|approve|submit|upload|save|keep|track)\s))(.+?)(?:,?\s+(?:so that|so i|so we|in order to|because|to make sure)\s+.*)?$/i

/** "customers with an account rent bikes" says what they may do, not what they have. */
const withAccount =
  /^[\p{L}-]+(?: [\p{L}-]+)? (?:with an? (?:account|log-?in)|who (?:have )?(?:sign|log|regist)\w*(?: (?:in|up))?) \S+/iu

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
  const tale = story.exec(
    /^as an?\s/i.test(text)
      ? text.replace(/:\s+(?:an?|each|every)\s+[\p{L} -]{2,40}\s+(?:has|have|is|belongs)\s.*$/isu, '')
      : text,
  )
  if (tale && tale[0].length < text.length - 5) readSentence(text.slice(tale[0].length).replace(/^\s*:\s*/, ''), reader)
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
    const wish = readStory(tale[2]!, reader)
    readClause(
      `${role === undefined ? 'users' : tale[1]!.replace(/^(?:logged|signed)[- ]in /i, '')} can ${wish.replace(/\bmy\b/gi, 'their').replace(/\bi\b/gi, 'they')}`,
      reader,
      false,
    )
    return
  }
  if (readAppointed(text, reader)) return
  if (readWhoseUnknown(text, reader)) return
  if (isRightsTable(text) || isPlainRight(text) || withAccount.test(text))
    for (const clause of clausesOf(text)) readClause(clause, reader, false)
  else readStructure(text, reader, (part) => readRest(part, reader))
}

/** Reads what is not about the fields of known things: wishes, rights, orders, names of systems. */
const readRest = (sentence: string, reader: Reader): void => {
  const text = sentence.replace(/^([^,:(]{3,90}?)\s+-\s+(?=[^,]+(?:,|\swith\s|\())/, '$1: ')
  const { text: wished, wish } = takeWish(text)
  if (/^(?:(?:sign|log)(?:ging)?[ -]?(?:in|up)|register)\b\s*(?:,|and\b|to\b)/i.test(wished)) {
    for (const one of clausesOf(`users can ${wished}`)) readClause(one, reader, false)
    return
  }
  clausesOf(bracketChoices(wished)).forEach((clause, i) => {
    readClause(clause, reader, wish && i === 0)
  })
}

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
  ) {
    readFree(clause, reader)
    return
  }
  if (isLocal(clause)) {
    readAccess(clause, reader)
    return
  }
  if (noAccounts.test(clause) && !visitors && !isActive(clause)) {
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
  clause = withoutFormat(clause)
  const uploads = uploadsIn(clause)
  for (const upload of uploads) reader.facts.push({ kind: 'upload', ...upload })
  // "Employees attach a receipt to each expense": nothing else is in it.
  if (uploads.some(({ to }) => to !== undefined) && attachesOnly.test(clause)) return
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
