import { isPeople as isDoer } from '../../behaviour/states/doers.ts'
import { isPersonNoun } from '../../lexicon/people.ts'
import { isPlural, plural, pluralPhrase, sentence, singular, singularPhrase, withArticle } from '../words.ts'

/** One or two words for a thing, as a group of a pattern. */
export const thingWords =
  "(?<thing>(?!(?:there|it|they|this|that|we|i|you|he|she|everything|everybody|everyone|nobody|somebody|people|what|who|status|state|states)\\b)[\\p{L}][\\p{L}'-]*(?: (?!(?:is|are|can|may|must|goes|go|starts?|begins?|has|have|will|should|always|only|either|of|for|from|to|in|on|at|with|by|and|or|that|which|who|until|when|once|stays?|remains?|comes?|back|off|out|up|over|again|first|then)\\b)[\\p{L}'-]+)?)"

export const article = '(?:(?:an?|the|each|every|all|any|our|their|his|her|such an?|new) )*'

const last = (words: string): string => words.toLowerCase().split(' ').at(-1)!

/** Whether words name people, or a place whose people are meant: "the reception". */
export const arePeople = (words: string): boolean =>
  isPersonNoun(singular(last(words))) || /^(?:people|staff|hr)$/.test(last(words)) || isDoer(words)

/** Somebody who is named as one: "the chief", also where no list knows the word. */
export const isSomeone = (words: string): boolean =>
  arePeople(words) || (/^the [\p{L}-]+$/iu.test(words.trim()) && !notThings.test(words.replace(/^the /i, '')))

/** Whether a thing is a person: a plant, which ends as an applicant does, is none. */
export const isPerson = (thing: string): boolean =>
  /^(?:people|staff)$/i.test(last(thing)) || isPersonNoun(singular(last(thing)))

export const one = (thing: string): string => withArticle(singularPhrase(thing))
/** One of these as the subject of a sentence. */
export const sentenceOf = (thing: string): string => sentence(one(thing))
export const many = (thing: string): string => pluralPhrase(thing)

/** Those who take a step, as the subject of a sentence: "Housekeepers", "The reception", "HR". */
export const subjectOf = (who: string): string => {
  const plain = who.replace(/^(?:(?:the|an?|each|every|all|our|any|only) )+/i, '')
  if (isPersonNoun(singular(last(plain))) && last(plain) !== 'staff') return sentence(pluralOf(plain))
  return isPlural(last(plain)) || /^(?:hr|staff|people)$/i.test(plain) ? sentence(plain) : `The ${plain}`
}
const pluralOf = (words: string): string => [...words.split(' ').slice(0, -1), plural(singular(last(words)))].join(' ')

const named: readonly RegExp[] = [
  /\b(?:an?|each|every|one) (?<thing>[\p{L}-]+(?: [\p{L}-]+)?) (?:has|have|belongs|consists|gets)\b/giu,
  /(?:^|[.;:,] |\b(?:the|all|our) )(?<thing>[\p{L}-]+s|equipment|laundry|furniture) (?:have|belong|consist|are|get|go|start)\b/giu,
  /\bfor (?:each|every|all) (?<thing>[\p{L}-]+)\b/giu,
  /\b(?:report|register|file|submit|send|send in|hand in|bring|bring in|write|post|add|make|place|suggest|request|ask for|book|order|track|keep|manage|store|enter|repair|fix|collect|offer|propose|plan|create|have|receive|get|take)s? (?:(?:an?|the|their|our|new|all|any|in) )*(?<thing>[\p{L}-]+(?: (?!with\b|for\b|to\b|from\b|in\b|of\b|and\b|or\b|on\b|by\b|at\b)[\p{L}-]+)?)(?= with\b| for\b| to\b|[.,:;]|$)/giu,
  /(?:^|[.;] )(?<thing>[\p{L}-]+s)(?: with|:) /giu,
]

/**
 * The thing that a sentence without one is about ("States are new and closed"): of what was described or handed in before,
 * what was spoken of last. Undefined where nothing was.
 */
export const thingBefore = (before: string): string | undefined => {
  const things = new Set(
    named.flatMap((pattern) =>
      [...before.matchAll(pattern)].flatMap(({ groups }) => {
        const thing = singularPhrase(groups!.thing!.replace(/^(?:new|own) /i, ''))
        return isPerson(thing) || notThings.test(thing) ? [] : [thing]
      }),
    ),
  )
  const at = (thing: string): number =>
    Math.max(
      ...[...before.matchAll(new RegExp(`\\b(?:${thing}|${pluralPhrase(thing)})\\b`, 'giu'))].map(({ index }) => index),
    )
  return [...things].toSorted((a, b) => at(a) - at(b)).at(-1)
}

const notThings =
  /^(?:it|they|them|one|this|that|what|which|something|anything|everything|system|app|tool|place|list|overview|thing|way|date|name|status|state|photo|picture|note|reason|number|email|message|time|day|care|part|reminder|warning|account|access|permission|place|lot|few)$/i
