import { isPersonNoun } from '../lexicon/people.ts'
import { plural, sentence, singular, withArticle } from './words.ts'

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
    ...(found.in ? [`${found.who} ${found.in.replace(/ and $/i, '')}`] : []),
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
  return found ? [`${found.lead}${found.in!.replace(/ and $/i, '')}`, `${found.lead}${found.rest}`] : undefined
}

const books =
  /^(?<who>(?:the |all )?[\p{L}-]+s) (?<in>(?:log|sign) (?:in|up) and )?(?:can |may )?(?:book|reserve) (?:an? |their |new )?(?<what>appointment|reservation)s?(?: with (?<with>(?:an?|one|the) [\p{L}-]+))?$/iu

/** "Customers book appointments with a stylist", where appointments are described: they are what is booked, not a booking of one. */
export const bookedItself = (text: string, all: string): string[] | undefined => {
  const found = books.exec(text)?.groups
  if (!found || !/\b(?:sign|log)s? ?-?(?:in|up)\b|\baccounts?\b/i.test(all)) return undefined
  const what = found.what!.toLowerCase()
  if (!new RegExp(`\\b(?:an?|each|every) ${what} (?:has|is (?:for|of|with|at))\\b|\\b${what}s have\\b`, 'i').test(all))
    return undefined
  return [
    ...(found.in ? [`${found.who} ${found.in.replace(/ and $/i, '')}`] : []),
    `${found.who} can add ${what}s`,
    ...(found.with ? [`${sentence(withArticle(what))} has ${found.with}`] : []),
  ]
}
