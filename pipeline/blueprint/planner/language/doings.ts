import { isPersonNoun } from '../lexicon/people.ts'
import { plural, sentence, signingIn, singular, withArticle } from './words.ts'

const acts =
  /^(?:the|our) (?<who>[\p{L}-]+(?: [\p{L}-]+)?) (?<verb>adds|creates|writes|enters|publishes|uploads|plans|manages|edits|deletes|records|organi[sz]es|schedules|lists|announces|maintains|logs|prepares|issues|sets up|sends out|calls|convenes) (?<what>(?:(?:new|all|the|some|our) )*(?!us\b|this\b)[\p{L}-]+s(?: [\p{L}].*)?|an? [\p{L}].*)$/iu
const people = /(?:er|or|ist|ian|eer|ee|ant|man|woman)$/

/** "The conductor adds songs with a title": somebody of whom there may be several, and what they may do. */
export const oneActs = (text: string): string[] | undefined => {
  const { who = '', verb = '', what = '' } = acts.exec(text)?.groups ?? {}
  const last = who.toLowerCase().split(' ').at(-1) ?? ''
  if (!verb || !(isPersonNoun(last) || people.test(last))) return undefined
  const base = /^(?:calls|convenes)$/i.test(verb) ? 'create' : verb.toLowerCase().replace(/(?<=sh)es$|s$/, '')
  return [`${sentence(plural(who.toLowerCase()))} can ${base} ${what}`]
}

const answers =
  /^(?<who>(?:the |all )?[\p{L}-]+s|people) (?<in>(?:log|sign) (?:in|up) and )?(?:can |may |must |should )?(?:say|tell us|tell|answer|mark|enter) (?:whether|if) (?:they|he or she) (?:come|attend|are coming|can come|will come|take part|are there|can make it)(?: (?:to|at|in) (?:an?|the|each|every) (?<what>[\p{L}-]+))?$/iu

/** "Singers say whether they come to a rehearsal": they answer for it, with yes or no. */
export const sayWhetherTheyCome = (text: string): string[] | undefined => {
  const found = answers.exec(text)?.groups
  if (!found?.what) return undefined
  const what = found.what.toLowerCase()
  return [
    ...signingIn(found.who!, found.in),
    `${found.who} can register for ${plural(what)}`,
    'A registration has coming (yes/no)',
  ]
}

const placed =
  /^(?<lead>.+ )?(?<verb>places?|makes?) (?<noun>orders|bookings|reservations|pre-orders) for (?<day>an? [\p{L}-]+(?: [\p{L}-]+)? (?:date|day|time))$/iu

/** "Customers place orders for a pick-up date": the orders have one. */
export const placedFor = (text: string): string[] | undefined => {
  const found = placed.exec(text)?.groups
  if (!found) return undefined
  const { lead = '', verb, noun = '', day } = found
  return [`${lead}${verb} ${noun}`, `${sentence(withArticle(singular(noun.toLowerCase())))} has ${day}`]
}

const ofChildren =
  /^(?<lead>(?:the |all )?(?<who>[\p{L}-]+s) )(?<in>(?:log|sign) (?:in|up) and )(?<rest>(?:can )?(?:see|view|read)s? .+ of their (?:own )?(?:children|child|kids?|sons?|daughters?))$/iu

/** "Parents log in and see the loans of their children" says two things. */
export const loginAndSee = (text: string): string[] | undefined => {
  const found = ofChildren.exec(text)?.groups
  return found ? [...signingIn(found.lead!.trimEnd(), found.in), `${found.lead}${found.rest}`] : undefined
}
