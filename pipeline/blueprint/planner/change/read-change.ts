import type { Architecture } from '../../../../schemas/generated/architecture.ts'
import { toName, withArticle } from '../language/words.ts'
import { childThings } from '../lexicon/sharing.ts'
import { readClause, readSentence } from '../read/clause.ts'
import { beginsClause, clausesOf } from '../read/clauses.ts'
import { bracketChoices, splitItems } from '../read/items.ts'
import { takeListing } from '../read/listing.ts'
import { nounOf } from '../read/noun.ts'
import { createReader, type Reader } from '../read/reader.ts'
import { readAdded } from './read-added.ts'
import { type Entry, findEntry } from './view.ts'

const politeness =
  /\b(?:please|kindly|thanks(?: a lot)?|thank you|thx|for me|for us|if possible|as well|too|while you are at it)\b[,!]?/gi
const lead =
  /^(?:(?:hi|hello|hey|ok(?:ay)?|so|now|and|also|then|great|cool|nice|perfect|good|well|yes|oh|next|finally|in addition|additionally)\b[\s,!.:-]*)+/i
const asking =
  /^(?:(?:can|could|would|will) (?:you|we|i)(?: please)?|(?:i|we) (?:(?:also|really|now|just|would) )*(?:want|need|like|wish)(?: you)?(?: to)?|i would love to|let us|you should|it should|is it possible to|how about|it would be (?:nice|great|good) (?:to|if (?:you|we|it) could))\s+/i
const changeVerb =
  /^(?:add|remove|rename|delete|drop|make|let|allow|only|call|sort|order|change|set|limit|give|include|put|mark|turn|convert|hide|show|allow|get rid|everyone|anyone|each|every|require|use|introduce)\b/i

/** Parts a change into single wishes: "rename done to finished and add a priority". */
export const changeClauses = (sentence: string): string[] => {
  const demand = /^(?:change|make|set)\s+(?:the\s+)?(.+?)\s+so\s+(?:that\s+)?(?:it|they)\s+(.+)$/i.exec(sentence.trim())
  if (demand) return [`${demand[1]!} ${demand[2]!}`]
  const swap = /^(?:please\s+)?(?:replace|swap)\s+(?:the\s+)?(.+?)\s+(?:with|by|for)\s+(.+)$/i.exec(sentence.trim())
  if (swap) return [`remove ${swap[1]!}`, `add ${swap[2]!}`]
  const parts: string[] = []
  let text = stripLead(sentence).replace(onlyOwn, '$1 can only $2 and $3 their own ').replace(allThereIs, '$1 manage ')
  const joint =
    /(?:\s*[;]\s*(?:and\s+|then\s+)?|\s*,\s*(?:and\s+|but\s+|then\s+|and then\s+|also\s+)?|\s+(?:and then|and also|and|then|but|so that|so)\s+)(?=\S)/gi
  let guard = 0
  for (;;) {
    let cut = -1
    let width = 0
    for (const match of text.matchAll(joint)) {
      const after = text.slice(match.index + match[0].length)
      const depth =
        (text.slice(0, match.index).match(/[([{]/g) ?? []).length -
        (text.slice(0, match.index).match(/[)\]}]/g) ?? []).length
      if (
        depth === 0 &&
        match.index > 3 &&
        (changeVerb.test(after) || beginsClause(after) || /so that/i.test(match[0])) &&
        !/\b(?:can|may|allowed to|able to|should|must|only|(?:allow|let|permit|enable)s? .{2,40} to)\s*(?:[\p{L}]+(?:\s*,\s*|\s+and\s+|\s+or\s+)?)*$/iu.test(
          text.slice(0, match.index),
        ) &&
        !(
          /^(?:each|every|order|show|set|use|mark|delete|add|remove|make|change|limit|include|give|put|hide|turn|rename|sort)\b/i.test(
            after,
          ) && /\b(?:can|may|allowed to|able to)\b/i.test(text.slice(0, match.index))
        )
      ) {
        cut = match.index
        width = match[0].length
        break
      }
    }
    guard += 1
    if (cut < 0 || guard > 40) break
    parts.push(text.slice(0, cut))
    text = stripLead(text.slice(cut + width))
  }
  parts.push(text)
  return parts.map((part) => part.replace(/[\s,;.!?]+$/, '').trim()).filter((part) => /[\p{L}]/u.test(part))
}

/** "Parents see and change only their own children": what "only" stands before limits both. */
const onlyOwn =
  /^((?:the |all )?[\p{L}-]+) (?:can |may |should )?(see|view|read) and (change|edit|update|delete|manage) only their own (?=[\p{L}-]+(?: [\p{L}-]+)?$)/iu
/** "The office can do everything with defects": it manages them, and takes every step of theirs. */
const allThereIs =
  /^(?!.*\b(?:only|not|nobody|never|no one|cannot)\b)(.+? (?:can|may|should be able to|is allowed to|are allowed to)) do (?:everything|anything)(?: there is to do)? (?:with|to) (?=(?:the |all |all the |any |their own )?[\p{L}-]+(?: [\p{L}-]+)?$)/iu

const wanting =
  /^(?:i|we) (?:(?:also|really|now|just|would) )*(?:want|need|like)\s+(?=(?:an?|the|some|more|tags?|[\p{L}]+s)\b)(?!to\b|you\b)/iu
/** "We also track suppliers with a phone": what is kept comes to what is there. */
const keeping =
  /^(?:i|we) (?:(?:also|really|now|just|would) )*(?:(?:want|need|like) to )?(?:keep track of|track|store|record|manage|maintain|list)\s+(?=(?:an?|our|some|more|[\p{L}]+s)\b)(?:our )?/iu

const stripLead = (sentence: string): string => {
  let text = sentence
    .replace(politeness, ' ')
    .replace(/\s+instead\s*$/i, '')
    .replace(/\s+/g, ' ')
    .trim()
  for (let i = 0; i < 3; i += 1)
    text = text.replace(lead, '').replace(wanting, 'add ').replace(keeping, 'add ').replace(asking, '').trim()
  return text
}

/** Reads one wish into facts, with the current models known to the reader. */
export const readChange = (clause: string, architecture: Architecture, preferred: Entry | undefined): Reader => {
  const reader = createReader(readClause)
  if (preferred) reader.last = { words: preferred.words.split(' '), plural: false, several: false, article: '' }
  const text = noted(bracketChoices(clause), architecture)
  const added =
    /^(?:add|include|introduce|attach|put|store|track|record|save|keep|support|have|create|give|append|insert|show|use)\s+(.+)$/i.exec(
      text,
    ) ?? /^((?:an?|some|optional)\s.{2,60}?)\s+would (?:also )?be (?:nice|good|great|useful|handy|helpful)$/i.exec(text)
  if (
    added &&
    !(takeListing(text).hints.length > 0 && /^show\b/i.test(text)) &&
    readAdded(added[1]!, architecture, preferred, reader)
  )
    return reader
  const given =
    /^(?:give|let|have)\s+(?:each\s+|every\s+|all\s+|the\s+)?(.+?)\s+(?:have\s+|has\s+|also\s+have\s+)?(an?\s+.+|(?:several|many|multiple|optional)\s+.+)$/i.exec(
      text,
    )
  const receiver = given ? findEntry(architecture, given[1]!) : undefined
  if (given && receiver) {
    reader.facts.push({ kind: 'fields', of: nounOf(receiver.words)!, items: splitItems(given[2]!), extends: false })
    return reader
  }
  if (readHaving(text, architecture, preferred, reader)) return reader
  for (const one of clausesOf(rephrase(text))) readClause(one, reader, false)
  if (reader.facts.every((fact) => fact.kind === 'unread')) {
    const again = createReader(readClause)
    if (reader.last) again.last = reader.last
    readSentence(text, again)
    if (again.facts.some((fact) => fact.kind !== 'unread')) return again
  }
  return reader
}

const notes =
  /^(?:the )?(?<who>[\p{L}-]+(?: [\p{L}-]+)??) (?:(?:also|then|now) )?(?:notes?|writes? down|jots? down) (?:the|an?|their|its) (?<what>[\p{L}-]+(?: [\p{L}-]+)?)(?: (?:of|for|on) (?:an?|each|every|the|all) (?<of>[\p{L}-]+(?: [\p{L}-]+)?))?$/iu

/** "Clerks note the shelf of a book": what people of the system write down is one more field. */
const noted = (text: string, { policies }: Architecture): string => {
  const { who, what, of } = notes.exec(text)?.groups ?? {}
  if (!who || !Object.hasOwn(policies.roles, toName(nounOf(who)?.words ?? []))) return text
  return `add ${withArticle(what!.toLowerCase())}${of ? ` to ${of}` : ' field'}`
}

/** "todos can have comments": what is a thing of its own is added to what has it. */
const readHaving = (
  text: string,
  architecture: Architecture,
  preferred: Entry | undefined,
  reader: Reader,
): boolean => {
  const found =
    /^(?:(?:each|every|all|an?|the)\s+)?(.{2,40}?)\s+(?:(?:can|may|should|could|must|also|now)\s+)*(?:have|has|get|gets|needs?)\s+(?:(?:many|several|multiple|some|own)\s+)*([\p{L}-]+s)(\s*\([^()]+\))?$/iu.exec(
      text,
    )
  const owner = found ? findEntry(architecture, found[1]!) : undefined
  const noun = found ? nounOf(found[2]!) : undefined
  if (!owner || !noun?.plural || !childThings.has(noun.words.at(-1)!) || findEntry(architecture, found![2]!))
    return false
  return readAdded(`${found![2]}${found![3] ?? ''} to ${owner.words}`, architecture, preferred, reader)
}

/** "let admins see all todos" -> "admins can see all todos"; "make it public to read" -> "everyone can read everything". */
const rephrase = (text: string): string => {
  const rules: readonly (readonly [RegExp, string])[] = [
    [
      /^make (?:it|this|everything|the (?:api|system|app|data|list)) (?:publicly )?(?:public|readable|open)(?: (?:to|for) (?:read(?:ing)?|everyone|everybody|anyone|all|the public|view(?:ing)?|see))*(?: (?:to|for|by) (?:everyone|everybody|anyone|all|the public))?$/i,
      'everyone can read everything',
    ],
    [
      /^make (.+?) (?:publicly )?(?:public|readable|visible|open)(?: (?:to|for) (?:read(?:ing)?|view(?:ing)?|see))?(?: (?:to|for|by) (?:everyone|everybody|anyone|all|the public))?$/i,
      'everyone can read $1',
    ],
    [/^make (.+?) (?:visible|readable|accessible|available) (?:to|for|by) (.+)$/i, '$2 can read $1'],
    [/^make (?:it|this|everything) private$/i, 'everything is private'],
    [/^make (.+?) private(?: to .*)?$/i, '$1 are private'],
    [/^make it (?:so|possible) (?:that |for )?(.+?)(?: to (?=\S+ ))?/i, '$1'],
    [
      /^only let (.+?) (?=(?:create|add|edit|update|change|delete|remove|see|view|read|manage|list)\b)/i,
      'only $1 can ',
    ],
    [/^only allow (.+?) to /i, 'only $1 can '],
    [
      /^(?:do not|never) (?:let|allow) (.+?) (?:to )?(?=(?:create|add|edit|update|change|delete|remove|see|view|read|manage|list)\b)/i,
      '$1 can not ',
    ],
    [/^(?:prevent|stop|forbid|keep) (.+?) (?:from|to) /i, '$1 can not '],
    [
      /^(?:let|allow|enable|permit) (.+?) (?:to )?(?=(?:also |only )?(?:create|add|edit|update|change|delete|remove|see|view|read|manage|list|access|browse|write|post|comment|approve|close|moderate|do)\b)/i,
      '$1 can ',
    ],
    [/^(?:let|have) (?=(?:each|every|all|the|an?)\b)/i, ''],
    [
      /^(?:each|every) (?:user|person|one) should (?:be able to )?(?:only )?(?:see|have|manage|access) only /i,
      'users can only see ',
    ],
    [/^(?:each|every) (user|person|member|customer)s? (?:should|must|may|can) only /i, '$1s can only '],
  ]
  for (const [pattern, replacement] of rules) if (pattern.test(text)) return text.replace(pattern, replacement)
  return text
}
