import { isPersonNoun } from '../lexicon/people.ts'
import { linkNouns } from '../lexicon/verbs.ts'
import { plural, sentence, singular, withArticle } from './words.ts'

const takes =
  /^(?:an?|each|every|one) (?<thing>[\p{L}-]+(?: [\p{L}-]+)?) (?:takes?|holds?|fits?|has room for|has space for) (?<n>\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve) (?<who>[\p{L}-]+)$/iu

/** "A slot takes 4 donors", where slots are booked: how many bookings there may be, if no rule reads it as said. */
export const takesSoMany = (text: string, all: string): string[] | undefined => {
  const { thing = '', n = '', who = '' } = takes.exec(text)?.groups ?? {}
  const last = thing.toLowerCase()
  if (!thing || !isPersonNoun(singular(who.toLowerCase()))) return undefined
  return new RegExp(`\\bbook (?:an? |one |the )?${last}`, 'i').test(all)
    ? [`${sentence(withArticle(last))} takes at most ${n} bookings`]
    : undefined
}

const units = 'day|week|month|year'
const atMostOne = new RegExp(
  `^(?:(?:an?|each|every|the) )?(?<who>[\\p{L}-]+(?: [\\p{L}-]+)?) (?<verb>(?!can\\b|may\\b|must\\b)[\\p{L}]+?)(?:es|s)? (?<most>at most|no more than|not more than|only|up to|a maximum of) (?<n>an?|one|\\d+|two|three|four|five) (?<what>[\\p{L}-]+(?: [\\p{L}-]+)?) (?:an?|per|each|every) (?<unit>${units})$`,
  'iu',
)

/** "A pupil orders at most one menu a day". */
export const orOneADay = (text: string, all: string): string[] | undefined => {
  const said = atMostOne.exec(text)?.groups
  if (!said || !isPersonNoun(singular(said.who!.toLowerCase()))) return undefined
  const who = withArticle(singular(said.who!.toLowerCase()))
  const [many, things] = [plural(singular(said.who!.toLowerCase())), plural(singular(said.what!.toLowerCase()))]
  const told = new RegExp(`\\b${said.verb!.toLowerCase()} (?:an? |the )?${singular(said.what!.toLowerCase())}`, 'i')
  const deed =
    linkNouns.has(said.verb!.toLowerCase()) && !told.test(all.replace(text, ''))
      ? [`${sentence(many)} can ${said.verb!.toLowerCase()} ${things}`]
      : []
  return [
    ...deed,
    `${sentence(who)} can ${said.verb!.toLowerCase()} at most ${said.n!.replace(/^an?$/i, 'one')} ${said.what} per ${said.unit}`,
  ]
}

const onePer =
  /^(?:(?:the|all|our) )?(?<who>[\p{L}-]+) (?:can |may )?(?<verb>[\p{L}]+(?: up)?) (?<things>[\p{L}-]+s), (?:but )?(?:only |at most |just )?(?<n>one|two|three|\d+)(?: [\p{L}-]+)? (?:per|a|each|every) (?<unit>day|week|month|year)$/iu

/** "Families pick up boxes, one per week": what they do, and how often. */
export const onePerWeek = (text: string): string[] | undefined => {
  const said = onePer.exec(text)?.groups
  if (!said || !/s$|people/i.test(said.who!) || /^(?:has|have|with|is|are)$/i.test(said.verb!)) return undefined
  const [who, verb, things] = [said.who!.toLowerCase(), said.verb!.toLowerCase(), said.things!.toLowerCase()]
  if (!isPersonNoun(singular(who)) && who !== 'families') return undefined
  const plain = `${sentence(who)} can ${verb} ${things}`
  const what = said.n!.toLowerCase() === 'one' ? singular(things) : things
  // What is only taken leaves nothing behind that could be counted.
  if (!linkNouns.has(verb) || verb === 'take') return [plain, `${said.n} per ${said.unit}`]
  return [plain, `${sentence(withArticle(singular(who)))} can ${verb} at most ${said.n} ${what} per ${said.unit}`]
}

const twoADay =
  /^no (?<who>[\p{L}-]+) (?:can|may|must|should) (?:ever )?have (?:two|several|more than one|2) (?<what>[\p{L}-]+(?: [\p{L}-]+)?) (?:a|per|each|every|on the same|on one|in the same|in one) (?<unit>day|week|month|year)$/iu

/** "No patient can have two treatments a day": one on each day. */
export const noTwoADay = (text: string): string[] | undefined => {
  const { who = '', what = '', unit = '' } = twoADay.exec(text)?.groups ?? {}
  return who ? [`At most 1 ${singular(what.toLowerCase())} per ${who.toLowerCase()} and ${unit}`] : undefined
}

const haveOne =
  /^(?:an?|each|every) (?<who>[\p{L}-]+) (?:can|may|must|should) (?:only )?have (?:only |at most |just )?(?:one|a single) (?<what>[\p{L}-]+(?: [\p{L}-]+)?) (?:per|for each|for every|for the same) (?<per>[\p{L}-]+)$/iu

/** "A visitor can have only one viewing per flat": one for each of the two. */
export const haveOnlyOne = (text: string): string[] | undefined => {
  const { who = '', what = '', per = '' } = haveOne.exec(text)?.groups ?? {}
  if (!who || !isPersonNoun(who.toLowerCase()) || /^(?:day|week|month|year)$/i.test(per)) return undefined
  return [`Only one ${singular(what.toLowerCase())} per ${who.toLowerCase()} and ${per.toLowerCase()}`]
}
