import { baseVerb } from '../../lexicon/verbs.ts'

/**
 * What people do to people, and what it leaves: `noun` is what the rows are called. `between`: an affair of the two, which
 * nobody else sees.
 */
export type Deed = { noun: string; between?: true }

const nouns: Readonly<Record<string, string>> = {
  rate: 'rating',
  score: 'rating',
  review: 'review',
  assess: 'assessment',
  evaluate: 'evaluation',
  grade: 'grade',
  praise: 'praise',
  compliment: 'compliment',
  nominate: 'nomination',
  thank: 'appreciation',
  challenge: 'challenge',
  invite: 'invitation',
  message: 'message',
  contact: 'message',
  request: 'request',
  report: 'report',
  warn: 'warning',
  feedback: 'feedback',
}

/** What one writes, gives or sends to somebody. */
const given: Readonly<Record<string, string>> = {
  'thank-you': 'appreciation',
  thanks: 'appreciation',
  kudos: 'praise',
  testimonial: 'testimonial',
  recommendation: 'recommendation',
  reference: 'reference',
  comment: 'comment',
  rating: 'rating',
  review: 'review',
  compliment: 'compliment',
  praise: 'praise',
  feedback: 'feedback',
  message: 'message',
  note: 'note',
  gift: 'gift',
  request: 'request',
  challenge: 'challenge',
  invitation: 'invitation',
  warning: 'warning',
  star: 'rating',
  point: 'rating',
}

const between = /^(?:message|request|invitation|challenge|note|report|warning|gift|feedback)$/

/** What is usually said of it where nothing is said. */
export const fieldsOf: Readonly<Record<string, string>> = {
  assessment: 'a score from 1 to 5 and an optional comment',
  evaluation: 'a score from 1 to 5 and an optional comment',
  grade: 'a grade',
  praise: 'a text',
  compliment: 'a text',
  nomination: 'an optional reason',
  appreciation: 'a text',
  challenge: 'an optional text',
  invitation: 'an optional text',
  report: 'a reason',
  request: 'an optional text',
  warning: 'a reason',
  feedback: 'a text',
  testimonial: 'a text',
  recommendation: 'a text',
  reference: 'a text',
  gift: 'a description',
  rating: 'a score from 1 to 5',
  review: 'a rating from 1 to 5 and an optional comment',
  comment: 'a content',
  message: 'a content',
  note: 'a content',
}

const deed = (noun: string | undefined): Deed | undefined =>
  noun === undefined ? undefined : { noun, ...(between.test(noun) ? { between: true } : {}) }

const own = (list: Readonly<Record<string, string>>, word: string): string | undefined =>
  Object.hasOwn(list, word) ? list[word] : undefined

/** Returns what is left by a verb that people do to people. */
export const deedOf = (verb: string): Deed | undefined => {
  const word = verb.toLowerCase()
  return deed([word, baseVerb(word), word.replace(/s$/, '')].map((one) => own(nouns, one)).find(Boolean))
}

/** Returns what is written, given or sent. */
export const givenOf = (noun: string): Deed | undefined => {
  const word = noun.toLowerCase()
  return deed([word, word.replace(/s$/, '')].map((one) => own(given, one)).find(Boolean))
}

/** The verbs and nouns, for patterns. */
export const verbs = Object.keys(nouns)
  .map((verb) => (verb.endsWith('y') ? verb : `${verb}s?`))
  .join('|')
export const gifts = Object.keys(given)
  .map((noun) => (noun.endsWith('s') || noun === 'feedback' || noun === 'praise' ? noun : `${noun}s?`))
  .join('|')
