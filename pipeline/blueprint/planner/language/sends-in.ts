import { isPersonNoun } from '../lexicon/people.ts'
import { plural, sentence, signingIn, singular, withArticle } from './words.ts'

const sent =
  /^(?<who>(?:the |all |our )?(?:[\p{L}-]+ )?(?<noun>[\p{L}-]+s|people|staff)) (?<in>(?:log|sign) (?:in|up) and |register and )?(?:can |may |must )?(?<verb>submit|file|report|place|send in|hand in|turn in|raise|lodge|propose|draft) (?:an? |their |new |the )?(?<thing>(?!it\b|them\b|all\b|only\b|at\b|up\b)[\p{L}-]+(?: (?!with\b|for\b|of\b|on\b|to\b|in\b|at\b|about\b|and\b|or\b|per\b|until\b|before\b|by\b)[\p{L}-]+)?)(?: with (?<has>.+))?$/iu

/**
 * "Employees submit claims with a title", where claims go from state to state: they make them, and these have a title. That
 * they send in what they made is a step of its own where something comes before it.
 */
export const sendsIn = (text: string, all: string): string[] | undefined => {
  const { who = '', noun = '', in: login, verb = '', thing = '', has } = sent.exec(text)?.groups ?? {}
  if (!verb || !isPersonNoun(singular(noun.toLowerCase()))) return undefined
  const one = singular(thing.toLowerCase())
  const goes = new RegExp(
    `\\b(?:(?:${one}|${plural(one)})|they|it) (?:(?:(?:always|then|first) )?(?:go(?:es)?|moves?|pass(?:es)?|starts?|begins?|runs?) (?!with\\b|at\\b|on\\b)|(?:is|are|can be) (?:either )?(?:new|open|draft|drafts|pending|submitted|sent|received|filed|reported)(?:,| or ))`,
    'i',
  )
  if (!goes.test(all)) return undefined
  const done = /^\p{L}+/u
    .exec(verb.toLowerCase())![0]
    .replace(/(?<=mit)$/, 't')
    .replace(/(?<!e)$/, 'e')
  const isStep = new RegExp(`(?:, |> ?|\\bto |\\bthen |\\band )${done}d\\b`, 'i').test(all)
  return [
    ...signingIn(who, login),
    `${who} can create ${plural(one)}`,
    ...(has ? [`${sentence(withArticle(one))} has ${has}`] : []),
    ...(isStep ? [`${who} can ${verb} their own ${plural(one)}`] : []),
  ]
}
