import { isDescribed, isPeople } from './turns/words.ts'
import { pluralPhrase, singularPhrase } from './words.ts'

/** Who writes something down, with what may stand before the verb, and what they write: parts of patterns. */
export const people =
  '(?:one of us|(?:(?:the|all|our|every|each|any|an?) )?[\\p{L}-]+(?: (?!(?:can|may|must|should|who|we|you|i|they|he|she)\\b)[\\p{L}-]+)??)'
export const may = '(?:(?:can|may|must|should|could|will|has to|have to|needs? to) )?(?:(?:also|then|always|just) )?'
export const stop = '(?!(?:with|of|for|to|in|on|at|about|from|by|and|or|that|which|who|when|whether|how)\\b)'
export const noun = `${stop}[\\p{L}-]+(?: ${stop}[\\p{L}-]+){0,2}?`

/** Whoever speaks: whoever uses the system. */
export const speaker = /^(?:we|you|i|one|one of us|(?:some|any)one of us)$/i
export const anybody = /^(?:anybody|anyone|everybody|everyone|people|they)$/i

/** People who are called by where they work or what they are together. */
const together = /\b(?:office|kitchen|reception|desk|team|staff|crew)$/i
const article = /^(?:the|all|our|every|each|any|an?) /i

export const isSomebody = (who: string): boolean =>
  speaker.test(who) || anybody.test(who) || together.test(who) || isPeople(who)

/** Who is kept by name where nobody signs in: what they write down is of one of them. */
export const keptBy = (who: string, all: string): string | undefined => {
  const one = singularPhrase(who.replace(article, ''))
  return isPeople(one) &&
    isDescribed(one, all) &&
    !/\b(?:sign|log)s?[ -]?(?:in|up)\b|\baccounts?\b|\bcan\b|\bonly\b|\bown\b/i.test(all)
    ? one
    : undefined
}

/** Those people, as a sentence begins with them. */
export const peopleOf = (who: string): string => {
  const plain = who.replace(article, '')
  return together.test(plain) ? `the ${plain}`.replace('the staff', 'staff') : pluralPhrase(plain)
}
