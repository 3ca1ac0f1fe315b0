import { singular, toName } from '../../language/words.ts'
import { roleOf } from '../../read/people.ts'

const lead = '(?:(?:an?|the|all|any|every|each|only|one of the) )*'
/** People in a pattern, as the group `who`; several with an article each too: "the reporter or a tester". */
export const who = `(?<who>${lead}[\\p{L}-]+(?: [\\p{L}-]+){0,2}?(?:,? (?:and|or) (?:an?|the|all|any|every|each|only) ${lead}[\\p{L}-]+(?: [\\p{L}-]+)?)?)`

/** People of so many words and no fewer: "the shop assistant" is not the shop. */
export const whoOf = (words: number): string => `(?<who>${lead}[\\p{L}-]+(?: [\\p{L}-]+){${words - 1}})`

/** Words before people that say nothing of who they are. */
export const withoutLead = (words: string): string =>
  words.replace(/^(?:(?:only|the|an?|all|any|every|each|one of the)\s+)+/gi, '')

/** Whoever does something with a step's verb is somebody, also where other sentences would take the word for a thing. */
const doers =
  /(?:ers?|ors?|ists?|ants?|staff|team|desk|office|department|warehouse|depot|bank|league|federation|association|foundation|authority|kitchen|lab|laboratory|board|council|committee|jury|panel|commission|assembly|parish|secretariat|crew|press|reception|management|accounting|sales|support|agency|bakery|shop|school|gym|clinic|studio|farm|brewery|restaurant|hotel|cafe|café|salon|workshop|practice|pharmacy)$/i
const things =
  /(?:ments?|orders?|offers?|papers?|letters?|numbers?|servers?|folders?|chapters?|trailers?|posters?|flowers?|containers?|filters?|members?hips?)$/i

/** Returns the role that words mean where somebody takes a step; undefined where nobody can be meant. */
export const doerOf = (words: string): string | undefined => {
  const plain = withoutLead(words.trim())
  const role = roleOf(plain)
  if (role) return role
  if (!/^[\p{L}-]+(?: [\p{L}-]+)?$/u.test(plain) || !doers.test(plain) || things.test(plain)) return undefined
  const parts = plain.toLowerCase().split(/[\s-]+/)
  return toName([...parts.slice(0, -1), oneOf(parts.at(-1)!)])
}

/** Sales are no sale. */
const oneOf = (word: string): string => (word === 'sales' ? word : singular(word))

/** After "only" stand people, also where no list knows the word: "only finance marks claims as paid". */
export const isSomebody = (words: string): boolean => somebodyOf(words) !== undefined

/** Returns the role of those who alone may do something; undefined for what cannot be people. */
export const somebodyOf = (words: string): string | undefined => {
  const known = doerOf(words)
  if (known) return known
  const plain = withoutLead(words.trim()).toLowerCase()
  if (
    !/^[\p{L}-]{2,}(?: [\p{L}-]{2,})?$/u.test(plain) ||
    /^(?:it|they|them|this|that|these|those|one|ones|once|then|when|if|in|on|at|by)\b/.test(plain)
  )
    return undefined
  const parts = plain.split(/[\s-]+/)
  return toName([...parts.slice(0, -1), singular(parts.at(-1)!)])
}

export const isPeople = (words: string): boolean =>
  words.split(/,? (?:and|or) (?=(?:an?|the|all|any|every|each|only) )/i).every((one) => {
    const role = doerOf(one)
    return role !== undefined && role !== 'nobody' && role !== 'we'
  })
