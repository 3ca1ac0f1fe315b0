import { isPlural, plural, singular } from '../../language/words.ts'
import { fieldTypes, titleFields } from '../../lexicon/field-types.ts'
import { functionWords } from '../../lexicon/function-words.ts'
import { listWords } from '../../lexicon/sharing.ts'
import { places, pureSystemWords, systemWords } from '../../lexicon/system-words.ts'
import { baseVerb, linkNouns, operationsOf, trackVerbs } from '../../lexicon/verbs.ts'
import { bracketChoices, splitItems } from '../items.ts'
import { contentOf, keyOf, type Noun, nounOf } from '../noun.ts'
import { isThing } from '../thing-list.ts'
import { bracketOf, type Packed, pack } from './pack.ts'

/** The things that a text gives fields to, known before its sentences are read one by one. */
export type Glossary = ReadonlyMap<string, Noun>

/** `described`: those that are the subject of a sentence of their own. */
export type Known = { things: Glossary; described: ReadonlySet<string>; accounts: boolean }

const noWord =
  'has|have|had|with|and|or|is|are|was|were|be|of|for|the|an?|to|in|on|at|by|that|which|who|we|i|they|it|you|each|every|any|all|has|can|may|must|should|will|from|per|its|their|our|my|when|whether|how|where|if|so|but|then|also|need|needs|want|wants'
const word = `(?!(?:${noWord})\\b)[\\p{L}][\\p{L}\\d'-]*`
const phrase = `${word}(?: ${word}){0,3}?`
const start = '(?:^|[.;:,]\\s+|\\b(?:and|where|while|which|that|please|so|because|whose)\\s+)'
const lead = '(?:(?:an?|the|each|every|all|our|my|these|any|one)\\s+)?'
const bracket = '(?:\\s*⟦\\d{1,3}⟧)?'
const modal = '(?:(?:can|may|must|should|will|also|always|usually|each|all|then|would|typically)\\s+){0,3}'

/** "artists have", "an appointment belongs to": a subject with fields. */
const having = new RegExp(
  `${start}${lead}(${phrase})${bracket}(?:\\s+(?:of|for|on|in|at)\\s+(?:an?|the|each|every)\\s+${phrase})?(?:\\s+(?:(?:that |which )?(?:i|we|they|you|people|users)\\s+\\p{L}+|(?:that|which|who)\\s+(?:belongs?|are|is|lives?|works?|comes?)\\s[^,.;⟦]{3,40}?))?\\s+${modal}(?:has|have|consists? of|contains?|includes?|belongs? to|comes? with)\\b`,
  'giu',
)
/** "drivers (name, phone)". */
const bracketed = new RegExp(`(?:^|[.;:,-]\\s*|\\b)((?:${word} ){0,2}${word})\\s*(⟦\\d{1,3}⟧)`, 'giu')
/** "Board: brand, size", "Inspections of an elevator - inspector, passed". */
const headed = new RegExp(
  `^(?:\\d+[.)]\\s*)?${lead}(${phrase})${bracket}(?:\\s+(?:of|for|on|in|at|per)\\s+(?:(?:an?|the|each|every)\\s+)?${phrase})?\\s*(?::|\\s-)\\s+(.+)$`,
  'iu',
)
/** "waterings of a plant with an amount". */
const having2 = new RegExp(
  `(?:^|[.;:,]\\s*|\\s)${lead}(?:many |several |different |multiple )?((?:${word} ){0,2}${word})(?:(?:\\s+\\p{L}+(?:ed|ade|ent|ught))?\\s+(?:of|on|at|in|for|by|to|about|during|from)\\s+(?:an?|the|each|every|my|our|these|those|them)\\s+${phrase})?,?\\s+(?:each )?(?:with|having|that have|which have|saying|telling|stating)\\s+(?:(?:which|an?|the|their|its|title|name|date|start|how|whether|when)\\b|${word}(?: ${word}){0,3},)`,
  'giu',
)
/** "An audition links", "A stay is a boat", "Rounds are played on". */
const being = new RegExp(
  `${start}(?:an?|each|every)\\s+(${phrase})\\s+${modal}(?:is|are|was|links?|connects?|joins?|ties|takes place|happens|goes|uses|gets|refers|references|plays|produces|stands|sits|lives)\\s+(?:an?|two|several|many|for|of|at|on|in|to|from|between|with|by|about|during|against|exactly|one|\\p{L}+ (?:for|of|at|on|in|to|from|between|with|by|under|about|during))\\b`,
  'giu',
)
const passive = new RegExp(
  `(?:^|[.;]\\s+)((?:${word} )?${word}s)\\s+(?:take place|happen|(?:are|were)(?:\\s+\\p{L}+)?|\\p{L}+(?: part)?(?=\\s+\\p{L}+\\s+(?:an?|one|exactly|each)\\s)|are \\p{L}+(?=\\s+with\\s+(?:an?|the|their)\\s))\\s+(?:with|for|of|at|on|in|to|from|between|by|under|about|during|against)\\s`,
  'giu',
)
/** "every hike I did on a trail, with", "people report faults of a light - ". */
const relative = new RegExp(
  `\\b(?:each|every|all|the)\\s+(${phrase})\\s+(?:that |which )?(?:i|we|they|people|you)\\s+\\p{L}+(?: \\p{L}+)?\\s+(?:on|in|at|with|for)\\s+(?:an?|the)\\s+${phrase},?\\s+with\\b`,
  'giu',
)
const reported = new RegExp(
  `(?:^|[.;,]\\s+|\\band\\s+)(?:we|i|they|${word})\\s+(?:can\\s+)?${word}\\s+(${word}(?: ${word})?)\\s+(?:of|on|for|about|at)\\s+(?:an?|the|each)\\s+${phrase}\\s*(?:-|:|⟦|,?\\s+with\\b)`,
  'giu',
)
const giving = new RegExp(
  `\\b(?:produces?|sends?|generates?|gets?|receives?|owns?|offers?|has|have|holds?|runs?|issues?)\\s+(?:many |several |some )?((?:${word} )?${word}s)\\s*(?::|⟦|,? each\\b|,? with (?:an?|the|title|name|date)\\b)`,
  'giu',
)
/** "halls ⟦0⟧ and bookings - hall, club". */
const chained = new RegExp(`⟦\\d{1,3}⟧,?\\s+(?:and\\s+)?((?:${word} )?${word}s)\\s*(?::|\\s-)\\s`, 'giu')
/** "A placement matches a guest with a host". */
const acting = new RegExp(
  `(?:^|[.;]\\s+)(?:an?|each|every)\\s+(${word}(?: ${word})??)\\s+${word}s\\s+(?:an?|one|two|several|many|exactly one)\\s+(${phrase})(?=[\\s,.;]|$)`,
  'giu',
)
/** "an API for lighthouses: name, country". */
const about = new RegExp(
  `\\b(?:for|of|about|tracks?|stores?|keeps?|manages?)\\s+(?:(?:my|our|the|all)\\s+)?((?:${word} )?${word}s)\\s*:\\s+(?!an?\\s|each\\s|the\\s)([^.]+,[^.]+)`,
  'giu',
)
/** "votes which link an MP and a bill". */
const tying = new RegExp(
  `\\b(${word}s)\\s+(?:(?:which|that)\\s+)?(?:link|connect|join|tie|linking|connecting|joining|tying|between)\\s+(?:an?|the|one)\\s`,
  'giu',
)
const eachWith = new RegExp(`\\b(${word}(?: ${word})?),? each (?:with|having)\\b`, 'giu')
/** "Maintenance is done on a device": an uncountable noun that is one of its kind. */
const uncounted = new RegExp(
  `^(${word})\\s+is\\s+\\p{L}+\\s+(?:on|at|for|in|to|by|about)\\s+(?:an?|each|every|one)\\s`,
  'giu',
)
const forEach = new RegExp(
  `(?:^|[.;:,]\\s+|\\band\\s+)(?:for|of|about|on|per)\\s+(?:each|every)\\s+(${phrase})(?:,|\\s+(?:we|i|they|you|there)\\b)`,
  'giu',
)
const manyOf = new RegExp(
  `\\b(?:many|several|multiple|one or more|at least one|a number of|any number of|zero or more)\\s+(${phrase})(?:\\s*⟦|,? (?:each )?with\\b|\\s*:|,? each\\b)`,
  'giu',
)

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
  for (const sentence of sentences) {
    const packed = pack(bracketChoices(sentence.slice(0, 3000)))
    for (const pattern of [
      having,
      having2,
      being,
      passive,
      forEach,
      manyOf,
      relative,
      reported,
      giving,
      eachWith,
      chained,
      uncounted,
      tying,
    ])
      for (const found of packed.text.matchAll(pattern))
        add(
          subjectNoun(subjects.has(pattern) ? found[1]! : nounAt(packed.text, found)),
          pattern !== having2 && pattern !== manyOf && pattern !== giving && pattern !== eachWith,
          packed.text.slice(found.index, found.index + found[0].length + 40),
        )
    for (const found of packed.text.matchAll(bracketed))
      if (isHeadOfBracket(found[1]!, found[2]!, found.index === 0, packed))
        add(nounAt(packed.text, found), found.index === 0, 'each')
    for (const found of packed.text.matchAll(about)) if (!opensThings(found[2]!, packed)) add(found[1]!, true)
    for (const found of packed.text.matchAll(acting)) acts.push([found[1]!, found[2]!, found[0]])
    for (const segment of segmentsOf(packed.text)) {
      const head = headed.exec(segment.replace(overview, ''))
      if (head && /,|\sand\s/.test(head[2]!) && !opensThings(head[2]!, packed) && !isProgram(head[1]!))
        add(lastNoun(subjectNoun(head[1]!)), true, segment)
    }
  }
  for (const [subject, object, whole] of acts) if (takeThing(`a ${object}`, things)) add(subject, true, whole)
  for (const [key, noun] of [...things]) {
    const last = key.split('_').at(-1)!
    if (key === last || things.has(last)) continue
    const longer = [...things.keys()].filter((one) => one.endsWith(`_${last}`))
    if (longer.length === 1 && !short.test(last)) things.set(last, noun)
  }
  return { things, described, accounts: sentences.some((sentence) => signIn.test(sentence)) }
}

/** "Keep an overview of our certificates: ...". */
const overview =
  /^(?:(?:please|we|i)\s+)*(?:(?:want|need|would like|like)(?: to)?\s+)?(?:(?:keep|have|make|build|store|track|create)\s+)?(?:an?|the)\s+(?:overview|list|log|record|register|inventory|catalogue|collection)\s+of\s+(?:all\s+)?(?:our|my|the|all)?\s*/i

/** "watch shop - watches: brand, model; repairs of a watch: problem": each part may have a head of its own. */
const segmentsOf = (text: string): string[] => {
  const parts = text.split(/\s*;\s+(?:and\s+)?/)
  const first =
    /^[^:,]{3,60}?\s+-\s+((?:[\p{L}-]+ ){0,3}[\p{L}-]+:\s.+)$/su.exec(parts[0]!) ??
    /^[^:,]{3,60}?:\s+((?:[\p{L}-]+ ){0,2}[\p{L}-]+s\s+-\s.+)$/su.exec(parts[0]!)
  return first ? [first[1]!, ...parts] : parts
}

const compounds =
  /^(?:sales|sports|goods|savings|customs|arms|news|series|species|status|bus|gas|class|glass|business|process|address|access|press|express|wireless|tennis|canvas|campus|plus|menus)$/

/** "Buildings" of "Buildings stand": a plural is followed by its verb. */
const subjectNoun = (text: string): string => {
  const words = text.trim().split(/\s+/)
  const at = words.findIndex(
    (one, i) =>
      i < words.length - 1 &&
      /s$/i.test(one) &&
      isPlural(one.toLowerCase()) &&
      !compounds.test(one.toLowerCase()) &&
      !isPlural(words[i + 1]!.toLowerCase()),
  )
  return at >= 0 ? words.slice(0, at + 1).join(' ') : text
}

/** Last words that say too little to stand for the whole name. */
const short = /^(?:item|type|number|name|date|time|member|entry|record|list|group|person|day|unit|point)$/

/** People sign in, or have rights of their own. */
const signIn =
  /\b(?:log(?:s|ged)?[ -]?ins?|sign(?:s|ed)?[ -]?(?:in|up)|logins?|accounts?|passwords?|authentication|roles?|permissions?|their own|only (?:the )?(?:admins?|staff|owners?|members|editors|managers)|registered|users? can|members can|anyone can|everyone can)\b/i

/** The noun at the end of "and keep drivers", "members log catches". */
const lastNoun = (text: string): string => {
  const words = text.trim().split(/\s+/)
  const from = words.findLastIndex(
    (one, i) =>
      i < words.length - 1 &&
      (functionWords.has(one.toLowerCase()) ||
        /^(?:track|store|manage|keep|record|log|are|is|including|list|tool|system)$/i.test(one) ||
        (isDeed(one) &&
          ((i > 0 && isPlural(words[i - 1]!.toLowerCase())) ||
            (/s$/i.test(one) &&
              baseVerb(one.toLowerCase()) !== one.toLowerCase() &&
              givingVerbs.test(one.toLowerCase()))))),
  )
  return words.slice(from + 1).join(' ')
}

/** Nouns that hold fields of the thing they stand in, and are none of their own. */
export const groupNouns =
  /^(?:(?:gps|geo|home|postal|street|full) )?(?:coordinates?|location|position|address|contact(?: details| info| information)?|dimensions?|size|measurements?|details?|period|blood pressure|macros|nutrition|name)$/i

const subjects: ReadonlySet<RegExp> = new Set([having, passive])

const isHeadOfBracket = (before: string, bracket: string, first: boolean, packed: Packed): boolean => {
  const inner = bracketOf(bracket, packed)
  if (!inner) return false
  const noun = nounOf(lastNoun(before))
  if (!noun || groupNouns.test(lastNoun(before)) || (!noun.plural && !first) || listWords.has(noun.words.at(-1)!))
    return false
  return looksLikeFields(splitItems(inner))
}

/** "URL bookmark manager", "wine cellar": the name of a system or of where things are kept. */
const isProgram = (text: string): boolean => {
  const words = nounOf(text)?.words ?? []
  return (systemWords.has(words.at(-1) ?? '') && !nounOf(text)?.plural) || contentOf(words).join() !== words.join()
}

/** What follows the colon of "Escape rooms: rooms (name, theme), bookings (room, date)" are things, not fields. */
const opensThings = (text: string, packed: Packed): boolean => {
  const first = splitItems(text)[0] ?? ''
  if (/^(?:i|we|it|users?|as|for|each|every)\s/i.test(text)) return true
  const inner = bracketOf(first, packed)
  return /\s(?:with|has|have|belongs?)\s/i.test(first)
    ? nounOf(first.replace(/\s(?:with|has|have|belongs?)\s.*$/i, ''))?.plural === true ||
        /\s(?:has|have|belongs?)\s/i.test(first)
    : inner !== undefined &&
        nounOf(lastNoun(first.replace(/⟦.*$/, '').trim()))?.plural === true &&
        looksLikeFields(splitItems(inner))
}

const fieldNotes = /\b(?:unique|optional|required|default|yes\/no|flag|in (?:kg|cm|km|ml|m|minutes|hours))\b|[(/]/i

const usualFieldWords = new Set(
  'start end plate brand maker manufacturer model status type kind category country city town street zip postcode language nationality gender species breed genre publisher author artist composer director unit value currency grade location place venue slot'.split(
    ' ',
  ),
)

/** "name, phone" names fields; "red, green" names values. */
export const looksLikeFields = (items: readonly string[]): boolean =>
  items.length > 1 &&
  items.some((item) => {
    const last =
      item
        .replace(/\(.*$/, '')
        .replace(/\s+in\s+\w+$/i, '')
        .trim()
        .toLowerCase()
        .split(/\s+/)
        .at(-1) ?? ''
    return (
      fieldTypes.has(last) ||
      titleFields.includes(last) ||
      usualFieldWords.has(last) ||
      (fieldTypes.has(singular(last)) && isPlural(last)) ||
      fieldNotes.test(item) ||
      /^(?:when|whether|how|which|who|where)\b/i.test(item) ||
      /\s(?:on|at|date|time|until|from|to)$/i.test(item)
    )
  })

const mayBeThing = (noun: Noun, whole: string): boolean => {
  const last = noun.words.at(-1)!
  const counted = /\b(?:an?|each|every|many|several)\s/i.test(whole)
  if (
    (!isThing(noun) &&
      !(counted && /^(?:work|record|feature|content|support)$/.test(noun.words.join(' '))) &&
      !(noun.plural && /^records?$/.test(noun.words.join(' ')))) ||
    noun.words.some((one) => functionWords.has(one) || /\d/.test(one))
  )
    return false
  if (
    (pureSystemWords.has(last) && !noun.plural && !counted) ||
    /^(?:api|apis|app|backend|system|database|software)$/.test(last) ||
    /^(?:user|account|admin|people|everyone|thing|field|name|title|date|id|idea|story|list|way|day|time|value|number|status|type)$/.test(
      noun.words.join(' '),
    )
  )
    return false
  if (noun.words.length > 1 && noun.words.some((one, i) => i < noun.words.length - 1 && isVerbLike(one))) return false
  if (
    !noun.plural &&
    places.has(last) &&
    !/\b(?:each|every|many|several)\b|\b(?:has|have)\s+(?:an?\s+)?(?:unique\s+)?(?:name|title|code|address|number|label)\b/i.test(
      whole,
    )
  )
    return false
  return true
}

/** The noun of a match, without the verb of "to register players". */
const nounAt = (text: string, found: RegExpExecArray): string => {
  const noun = lastNoun(found[1]!)
  const [first = '', ...others] = noun.split(' ')
  if (others.length === 0 || !isDeed(first)) return noun
  const before = text.slice(0, found.index + found[0].indexOf(found[1]!) + found[1]!.length - noun.length)
  return /\b(?:to|can|we|i|must|should|will|and|they)\s*$/i.test(before) ? others.join(' ') : noun
}

/** "offer" in "drivers offer rides". */
const isDeed = (one: string): boolean => {
  const base = baseVerb(one.toLowerCase())
  return operationsOf.has(base) || linkNouns.has(base) || trackVerbs.has(base) || givingVerbs.test(base)
}

const givingVerbs =
  /^(?:produce|send|generate|get|receive|include|contain|use|cover|run|hold|show|require|issue|emit|consume|play|serve|teach|lead|visit|own|need)s?$/

const isVerbLike = (one: string): boolean =>
  /^(?:need|want|have|has|build|store|keep|track|manage|are|is|take|takes|run|runs|make|create|see|add)$/.test(one) ||
  (operationsOf.has(one) && /^(?:see|view|create|add|delete|edit|manage)$/.test(one))

const quantifier =
  /^(?:(one or more|zero or more|one to many|at least one|at least two|two or more|many|several|multiple|some|any number of|a number of|a list of|lots of|various|all the|all|any|more than one|a couple of|a few)|(two|both|three|2|3)|(exactly one|only one|just one|at most one|zero or one|(?:an?|one) (?:pair|piece|set|copy|member|part) of(?:\s+(?:an?|the))?|one of the|one|an?|the|this|that|each|every|its|their|his|her|my|our|which|what|another|exactly|other|different|different kinds of))\s+/i

export type Taken = {
  noun: Noun
  /** How many were said: `one` of it, `many`, `two`, or nothing but the noun. */
  number: 'one' | 'many' | 'two' | 'bare'
  article: string
  /** Words between the article and the thing that are not part of its name: "home" in "a home team". */
  modifier: string
  rest: string
}

/** Reads a thing of the glossary at the beginning of a text. */
export const takeThing = (text: string, glossary: Glossary): Taken | undefined => {
  let rest = text.trimStart()
  let number: Taken['number'] = 'bare'
  let article = ''
  for (let i = 0; i < 3; i += 1) {
    const found = quantifier.exec(rest)
    if (!found) break
    if (number === 'bare') number = found[3] ? 'one' : found[1] ? 'many' : 'two'
    article ||= found[0].trim().toLowerCase()
    rest = rest.slice(found[0].length)
  }
  const words = /^[\p{L}][\p{L}\d'-]*(?: [\p{L}][\p{L}\d'-]*){0,4}/u.exec(rest)?.[0].split(' ') ?? []
  for (let skipped = 0; skipped <= Math.min(2, words.length - 1); skipped += 1) {
    if (skipped > 0 && (functionWords.has(words[skipped - 1]!.toLowerCase()) || article === '')) break
    for (let end = Math.min(words.length, skipped + 4); end > skipped; end -= 1) {
      const noun = known(words.slice(skipped, end).join(' ').toLowerCase(), glossary)
      if (!noun) continue
      const last = words[end - 1]!.toLowerCase()
      const many = isPlural(last)
      if (number === 'one' && many && !/^(?:the|its|their|my|our|which|what|his|her|.*of(?: the| an?)?)$/.test(article))
        continue
      if (number === 'one' && many && !/ of/.test(article)) number = 'bare'
      return {
        noun: { ...noun, plural: many },
        number,
        article,
        modifier: words.slice(0, skipped).join(' ').toLowerCase(),
        rest: rest.slice(words.slice(0, end).join(' ').length),
      }
    }
  }
  return undefined
}

/** The thing of these words, or the only one whose name ends with them: "tracks" of subtitle tracks. */
const known = (text: string, glossary: Glossary): Noun | undefined => {
  const spoken = nounOf(text)
  if (!spoken || (spoken.article && spoken.article !== '')) return undefined
  return glossary.get(keyOf(spoken))
}

export const pluralWords = (noun: Noun): string => plural(noun.words.join(' '))
