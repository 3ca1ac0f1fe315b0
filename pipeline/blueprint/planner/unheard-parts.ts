import { silent, stemOf, type Word, wordsOf } from './language/content-words.ts'
import { inPlainWords } from './language/rewordings.ts'
import type { Statement } from './language/statements.ts'
import { listed } from './language/words.ts'
import { baseVerb, operationsOf, otherVerbs } from './lexicon/verbs.ts'
import type { Draft } from './result.ts'

/** From where to where a part of a statement goes. */
type Part = { from: number; to: number }

/** Begins a part that can be left out: a further deed or noun, whom or what it is about, how and for what. */
const joins = /(?:,(?: (?:and|or|but|then|which|who))?|\s(?:and|or|but|which|who|that)) /giu
const leads =
  /\s(?:with|without|of|for|in|on|at|by|to|from|about|into|under|per|via|between|through|during|after|before|until|since|as|so) /giu
/** "A booking system for our gym": what it is for, or where, before anything is said of it. */
const place = /^\s(?:for|of|in|on|at|about) /
const begun = /[:(]|\b(?:has|have|with|can|may|must|is|are)\b/i
/** "A list of topics" is a type. */
const typed = /\blists?$/i
/** "At every stage" is always. */
const anyState = /^\s(?:at|in|from) (?:any|every|each) (?:state|status|stage|step|phase)$/i
/** Ends it. */
const ends = /,|\s(?:and|or|but) |[;:()]|$/iu
const leadEnds = /,|\s(?:and|or|but|with|for|in|on|at|by|to|from) |[;:()]|$/iu

/** What nobody may or what is not there says what is so anyway as often as not: whole rules of that kind have a check of their own. */
const denies = /\b(?:not|never|nobody|no|none|nothing|cannot|without)\b|n't\b/i
/** Says something by itself: a title does not. */
const finite =
  /\b(?:is|are|gets?|has|have|must|may|can|should|will|lasts?|takes?|costs?|needs?|becomes?|[\p{L}]{3,}s|[\p{L}]{3,}ed)\b/iu
/** Signing up is how rights are had. */
const signsIn = /\b(?:log|sign|regist\w+|log-?in|sign-?up|accounts?)\b/i
/** Who speaks, and for what all of it is. */
const introduces =
  /^(?:an? (?:[\p{L}-]+ )?[\p{L}-]+ (?:sells|offers|runs|rents|hosts|organi[sz]es|lends)|hi|hello|hey|dear|thanks|thank you|please|we|i|our|my|as an?|this|it|that)\b/iu

/** Returns whether a word is one that a draft has, in whatever form, or none that it could have. */
const createKnown = ({ architecture, understood, assumptions }: Draft): ((word: string) => boolean) => {
  const { system: _, ...rest } = architecture
  const all = `${JSON.stringify(rest)} ${understood.join(' ')} ${assumptions.join(' ')}`
  const stems = new Set(
    wordsOf(all.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ')).map(({ text }) => stemOf(text)),
  )
  const long = [...stems].filter((stem) => stem.length >= 4)
  return (word) => {
    const plain = word.toLowerCase()
    if (plain.length < 3 || silent.has(plain) || operationsOf.has(baseVerb(plain)) || otherVerbs.has(baseVerb(plain)))
      return true
    const stem = stemOf(plain)
    return stems.has(stem) || (stem.length >= 4 && long.some((one) => isLike(one, stem)))
  }
}

/** "Absent" and "absence" are forms of one word, as far as beginnings tell. */
const isLike = (one: string, other: string): boolean =>
  one.startsWith(other) ||
  other.startsWith(one) ||
  (one.length > 5 && other.length > 5 && one.slice(0, -1) === other.slice(0, one.length - 1))

const lastBefore = (pattern: RegExp, text: string): number => [...text.matchAll(pattern)].at(-1)?.index ?? -1

/** The parts of a statement with a word that could be left out, the smallest reason first. */
const partsAround = (text: string, { at }: Word, isFirst: boolean): Part[] => {
  const before = text.slice(0, at)
  const after = text.slice(at)
  return [[joins, ends] as const, [leads, leadEnds] as const].flatMap(([begin, end]) => {
    const from = lastBefore(begin, before)
    const to = at + after.search(end)
    const head = text.slice(0, from)
    const part = text.slice(from, to)
    if (anyState.test(part)) return []
    if (from < 8 || typed.test(head) || denies.test(part) || depthOf(part) !== 0) return []
    return isFirst && place.test(part) && !begun.test(head) ? [] : [{ from, to }]
  })
}

/** How many brackets are open at the end of a text; below 0 where one closes that was opened before. */
const depthOf = (text: string): number => text.split('(').length - text.split(')').length

/** Whether a sentence says something of its own: titles do not, nor do rights, which are had anyway as often as not. */
const says = (text: string): boolean =>
  finite.test(text) &&
  !denies.test(text) &&
  !signsIn.test(text) &&
  !/^(?:the |all )?[\p{L}-]+s (?:can|may) /iu.test(text)

/** Each part means to read everything again, which takes longer the more there is. */
const mostOf = (said: readonly Statement[]): number =>
  Math.max(2, Math.min(8, Math.floor(400 / Math.max(1, said.length))))

/**
 * Names parts of sentences that have a word which nothing in the draft has, and without which it is the same. `told` is what
 * people said; `isSame` says whether all is the same with other sentences in the place of these.
 */
export const unheardParts = (
  told: readonly Statement[],
  draft: Draft,
  isSame: (said: readonly Statement[]) => boolean,
): string[] => {
  // Of what is said in other words, what these come to.
  const said = told.flatMap(inPlainWords)
  const isKnown = createKnown(draft)
  const isNamed = createNamed(draft.notCarried)
  const most = mostOf(said)
  const seen = new Set<string>()
  return said.flatMap(({ text, items }, at) => {
    if (items || introduces.test(text)) return []
    const isLost = ({ from, to }: Part): boolean => {
      const part = text.slice(from, to)
      if (seen.size >= most || seen.has(part) || isNamed(part)) return false
      seen.add(part)
      const left = text.slice(0, from) + text.slice(to)
      return isSame(left === '' ? said.toSpliced(at, 1) : said.with(at, { text: left }))
    }
    const unknown = wordsOf(text).filter((word) => !isKnown(word.text))
    const lost: Part[] = []
    for (const word of unknown) {
      if (lost.some(({ from, to }) => word.at >= from && word.at < to)) continue
      const part = partsAround(text, word, at === 0).find(isLost)
      if (part) lost.push(part)
    }
    const parts = lost.map(({ from, to }) => `“${text.slice(from, to).replace(/^[\s,]+/, '')}”`)
    // Of one word that is not there all may come all the same: "cancelling a booking gives the seat back".
    if (lost.length === 0 && at > 0 && unknown.length > 1 && says(text) && isLost({ from: 0, to: text.length }))
      return [`Nothing came of “${text}”.`]
    return parts.length > 0 ? [`Nothing came of ${listed(parts)}, in “${text}”.`] : []
  })
}

/** Returns whether lines about what is not built quote a part, something of it, what it is a part of, or what it goes on from. */
const createNamed = (lines: readonly string[]): ((part: string) => boolean) => {
  const quotes = lines.flatMap((line) => [...line.matchAll(/“(.+?)”/g)].map(([, quote]) => stemsOf(quote!)))
  return (part) => {
    const stems = stemsOf(part)
    return quotes.some((quote) => stems.includes(quote) || quote.includes(stems) || goesOn(quote, stems))
  }
}

/** Whether a text begins with two or more last words of another: "of finance pays expenses" after "the head of finance". */
const goesOn = (first: string, second: string): boolean => {
  const words = first.trim().split(' ')
  return words.slice(1, -1).some((_, at) => second.startsWith(` ${words.slice(at + 1).join(' ')} `))
}

/** The words of a text in one line, each without its ending. */
const stemsOf = (text: string): string =>
  ` ${wordsOf(text)
    .map((word) => stemOf(word.text))
    .join(' ')} `
