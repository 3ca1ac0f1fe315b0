import { bracketChoices } from '../items.ts'
import { contentOf, keyOf, type Noun, nounOf } from '../noun.ts'
import { isHeadOfBracket, opensThings } from './field-lists.ts'
import { isProgram, lastNoun, mayBeThing, nounAt, subjectNoun } from './heads.ts'
import { pack } from './pack.ts'
import { about, acting, bracketed, headed, patterns } from './patterns.ts'
import { takeThing } from './take.ts'

/** The things that a text gives fields to, known before its sentences are read one by one. */
export type Glossary = ReadonlyMap<string, Noun>

/** `described`: those that are the subject of a sentence of their own. */
export type Known = { things: Glossary; described: ReadonlySet<string>; accounts: boolean }

/** Finds the things of a text: nouns that are given fields, or that sentences are about. */
export const glossaryOf = (sentences: readonly string[]): Known => {
  const things = new Map<string, Noun>()
  const described = new Set<string>()
  const acts: [string, string, string][] = []
  const add = (text: string, subject: boolean, whole = ''): void => {
    const noun = nounOf(text)
    if (!noun || !mayBeThing(noun, whole)) return
    things.set(keyOf(noun), noun)
    if (subject) described.add(keyOf(noun))
  }
  /** "Notary deeds register": what is kept there goes by that name too. */
  const register = (noun: Noun, kept: string[]): void => {
    const content = { ...noun, words: kept }
    things.set(keyOf(noun), content)
    described.add(keyOf(content))
  }
  for (const sentence of sentences) {
    const packed = pack(bracketChoices(sentence.slice(0, 3000)))
    const text = packed.text.toLowerCase()
    for (const { pattern, hint, subject, own } of patterns) {
      if (!hint.test(text)) continue
      for (const found of text.matchAll(pattern))
        add(
          subjectNoun(subject ? found[1]! : nounAt(text, found[1] === undefined ? oneGroup(found) : found)),
          own === true,
          text.slice(found.index, found.index + found[0].length + 40),
        )
    }
    for (const found of text.matchAll(bracketed)) {
      const first = /^(?:an?\s+|the\s+|each\s+|every\s+)?$/.test(text.slice(0, found.index))
      if (isHeadOfBracket(found[1]!, found[2]!, first, packed)) add(nounAt(text, found), first, 'each')
    }
    for (const found of text.matchAll(about)) if (!opensThings(found[2]!, packed)) add(found[1]!, true)
    // "visitors book a tour with their name": who they are is said of the booking.
    for (const found of text.matchAll(acting))
      if (
        !/^,? with (?:their|his|her|an?) (?:full )?(?:name|e-?mail|phone)/.test(
          text.slice(found.index + found[0].length),
        )
      )
        acts.push([found[1]!, found[2]!, found[0]])
    for (const segment of segmentsOf(text)) {
      const head = headed.exec(segment.replace(overview, ''))
      if (!head || !/,|\sand\s/.test(head[2]!) || opensThings(head[2]!, packed)) continue
      const kept = contentOf(nounOf(head[1]!)?.words ?? [])
      if (!isProgram(head[1]!)) add(lastNoun(subjectNoun(head[1]!)), true, segment)
      else if (kept.length > 0 && kept.length < nounOf(head[1]!)!.words.length) register(nounOf(head[1]!)!, kept)
    }
  }
  for (const [subject, object, whole] of acts)
    if (!steps.test(whole) && takeThing(`a ${object}`, things)) add(subjectNoun(subject), true, whole)
  for (const [key, noun] of [...things]) {
    const last = key.split('_').at(-1)!
    if (key === last || things.has(last)) continue
    const longer = [...things.keys()].filter((one) => one.endsWith(`_${last}`))
    if (longer.length === 1 && !short.test(last)) things.set(last, noun)
  }
  return {
    things,
    described,
    accounts: sentences.some((sentence) => signIn.test(sentence) && !/^no login$/i.test(sentence)),
  }
}

/** Who does that to a thing takes it on a step, and is not tied to it. */
const steps =
  /\s(?:changes?|sets?|marks?|moves?|edits?|updates?|deletes?|cancels?|approves?|rejects?|confirms?|closes?|opens?|reopens?|declines?)\s+(?:an?|one)\b/i

/** A pattern of two alternatives has its noun in the second group. */
const oneGroup = (found: RegExpExecArray): RegExpExecArray => {
  const [whole, , noun = ''] = found
  return Object.assign([whole, noun], { index: found.index, input: found.input }) as RegExpExecArray
}

/** "Keep an overview of our certificates: ...". */
const overview =
  /^(?:(?:i|we)\s+)?(?:also\s+)?(?:(?:want|need|would like|like)\s+to\s+)(?:also\s+)?(?:save|store|keep|track|record|log|note|see)(?:\s+track of)?\s+(?=[a-z]+s\b|[a-z]+ [a-z]+s\b)|^(?:(?:please|we|i)\s+)*(?:(?:want|need|would like|like)(?: to)?\s+)?(?:(?:keep|have|make|build|store|track|create)\s+)?(?:an?|the)\s+(?:overview|list|log|record|register|inventory|catalogue|collection)\s+of\s+(?:all\s+)?(?:our|my|the|all)?\s*/i

/** "watch shop - watches: brand, model; repairs of a watch: problem": each part may have a head of its own. */
const segmentsOf = (text: string): string[] => {
  const parts = text.split(/\s*;\s+(?:and\s+)?/)
  const first =
    /^[^:,]{3,60}?\s+-\s+((?:[\p{L}-]+ ){0,3}[\p{L}-]+:\s.+)$/su.exec(parts[0]!) ??
    /^[^:,]{3,60}?:\s+((?:[\p{L}-]+ ){0,2}[\p{L}-]+s\s+-\s.+)$/su.exec(parts[0]!)
  return first ? [first[1]!, ...parts] : parts
}

/** Last words that say too little to stand for the whole name. */
const short = /^(?:item|type|number|name|date|time|member|entry|record|list|group|person|day|unit|point)$/

/** People sign in, or have rights of their own. */
const signIn =
  /\b(?:log(?:s|ged)?[ -]?ins?|sign(?:s|ed)?[ -]?(?:in|up)|logins?|accounts?|passwords?|authentication|user roles|roles:|permissions?|their own|only (?:the )?(?:admins?|staff|owners?|members|editors|managers)|registered|users? can|members can|anyone can|everyone can)\b/i
