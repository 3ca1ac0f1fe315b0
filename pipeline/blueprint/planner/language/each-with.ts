import { isPersonNoun } from '../lexicon/people.ts'
import { pluralPhrase, singular } from './words.ts'

const makes =
  /^(?<who>(?:(?:the|all|only|other) )?(?<last>[\p{L}-]+s)) (?<verb>(?:(?:can|may) )?(?:report|post|submit|file|create|add|write|open|publish|upload|hand in|send in|list|offer|raise))s? (?:an? |one |a new )(?<thing>[\p{L}-]+(?: (?!with\b|of\b|for\b|about\b|on\b|in\b|to\b|from\b|and\b|or\b|by\b|at\b|that\b|which\b|per\b)[\p{L}-]+)?) with (?<fields>.+)$/iu

/** "Tenants report a defect with a title": each tenant one after the other, and the title is the defect's. */
export const eachWith = (text: string): string[] | undefined => {
  const { who = '', last = '', verb = '', thing = '', fields = '' } = makes.exec(text)?.groups ?? {}
  if (!who || !isPersonNoun(singular(last.toLowerCase()))) return undefined
  return [`${who} ${verb} ${pluralPhrase(thing)} with ${fields}`]
}
