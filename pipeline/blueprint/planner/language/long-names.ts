import { isPersonNoun } from '../lexicon/people.ts'
import { collectionWords, recordWords } from '../lexicon/system-words.ts'
import { baseVerb, isKnownVerb } from '../lexicon/verbs.ts'
import type { Statement } from './statements.ts'
import { isPlural, plural, singular } from './words.ts'

/** How things are and whose, which stands before their name and is no part of it. */
const notOfName =
  /^(?:an?|the|their|his|her|its|our|my|all|each|every|any|some|no|one|two|three|many|several|few|own|new|old|other|open|free|late|overdue|unpaid|upcoming|due|past|first|last|next|full|empty|lost|broken|used|big|small|large|good|bad|more|most|such|these|those|this|that|only|and|or|of|for|with|to|in|on|at|by|from|about|up|per|public|private|urgent|available|current|possible|different|various|further|additional|special|weekly|daily|monthly|yearly|short|long|local|great|rare|damaged|missing|wild|single|double|whole|half|same|which|who|what|whose|how|can|may|must|will|not|also|then|is|are|has|have)$|(?:ed|ing|ly|ful|less|able|ible|ous)$/i

const described =
  /^(?<lead>(?:(?:an?|each|every|the|all|our) )?)(?<name>[\p{L}-]+)(?= (?:has|have|is|are|goes|go|moves?|pass(?:es)?|starts?|begins?|belongs?|(?:can|may) (?:also )?(?:be|have))\b)/iu
const whole =
  /^(?:(?:an?|each|every|the|all|our) )?(?<first>[\p{L}-]+) (?<last>[\p{L}-]+) (?:has|have|is|are|goes|go|belongs?) /iu
const handedIn =
  /^(?:the |all |our )?(?<who>[\p{L}-]+|[\p{L}-]+ [\p{L}-]+) (?:can |may |must )?(?:submit|file|report|record|create|add|enter|raise|lodge|make|write|post|place|open|send in|hand in|turn in|upload|keep|log|register)s? (?:an? |their |new )?(?<first>[\p{L}-]+) (?<last>[\p{L}-]+) with /iu
const handedInShort =
  /^(?<lead>(?:the |all |our )?(?:[\p{L}-]+|[\p{L}-]+ [\p{L}-]+) (?:can |may |must )?(?:submit|file|raise|lodge|send in|hand in|turn in)s? (?:an? |their |new |the )?)(?<name>[\p{L}-]+)(?= with )/iu

/**
 * Returns the statements with short names written out where things are described by them: after "volunteers submit expense
 * claims with an amount", "claims are draft, submitted or approved" is said of the expense claims, in whatever order. Only
 * where one thing can be meant: no other name ends so, and nothing else is kept under the short one. `known`: what a running
 * system keeps, in words.
 */
export const withLongNames = (statements: readonly Statement[], known: readonly string[] = []): Statement[] => {
  const all = statements.map(({ text }) => text).join('. ')
  const names = new Map<string, Set<string>>()
  for (const { text, items } of statements) {
    const { first = '', last = '' } = items ? {} : (whole.exec(text)?.groups ?? handedIn.exec(text)?.groups ?? {})
    const one = singular(last.toLowerCase())
    if (!first || notOfName.test(first) || isPlural(first.toLowerCase()) || !isName(one) || isValue(first, all))
      continue
    names.set(one, new Set(names.get(one)).add(first.toLowerCase()))
  }
  for (const name of known) {
    const [first = '', last = '', ...more] = name.split(' ')
    if (last && more.length === 0 && isName(last)) names.set(last, new Set(names.get(last)).add(first))
  }
  for (const name of known) names.delete(name)
  if (names.size === 0) return [...statements]
  return statements.map((one) => {
    const found = one.items ? undefined : (described.exec(one.text) ?? handedInShort.exec(one.text))?.groups
    const { lead = '', name = '' } = found ?? {}
    const short = singular(name.toLowerCase())
    const [first, ...others] = [...(names.get(short) ?? [])]
    if (!first || others.length > 0 || isMore(short, first, all)) return one
    return { ...one, text: `${leadFor(lead, first, name)}${one.text.slice(lead.length + name.length)}` }
  })
}

const isName = (noun: string): boolean =>
  noun.length > 2 && !isPersonNoun(noun) && !recordWords.has(noun) && !collectionWords.has(noun)

/** Whether a word stands among others that things can be: "draft, submitted or approved". */
const isValue = (word: string, all: string): boolean =>
  new RegExp(`\\b${word}(?=,| or | to |\\.|\\)|$)|(?:, | or | to )${word}\\b`, 'i').test(all)

/** "A claim" is "an expense claim"; at the beginning of a sentence the name has a capital. */
const leadFor = (lead: string, first: string, name: string): string => {
  const article = lead.replace(/\b(a)n? $/i, (_, a: string) => `${a}${/^[aeiou]/.test(first) ? 'n' : ''} `)
  const long = `${first} ${name.toLowerCase()}`
  return `${article}${lead ? long : long.charAt(0).toUpperCase() + long.slice(1)}`
}

/** Whether the short name has others before it, or is of something that people make besides. */
const isMore = (short: string, first: string, all: string): boolean => {
  const forms = `(?:${short}|${plural(short)})`
  const before = [...all.matchAll(new RegExp(`(?<before>[\\p{L}-]+) ${forms}\\b`, 'giu'))].map(({ groups }) =>
    groups!.before!.toLowerCase(),
  )
  return before.some(
    (word) => word !== first && !notOfName.test(word) && !isKnownVerb(baseVerb(word)) && !isPersonNoun(singular(word)),
  )
}
