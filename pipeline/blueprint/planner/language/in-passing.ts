import { fieldTypes, titleFields } from '../lexicon/field-types.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import { linkNouns } from '../lexicon/verbs.ts'
import { pluralPhrase, singular, toName } from './words.ts'

const inBrackets =
  /^(?<head>(?:an? |the |our |each |every |all )?(?<who>[\p{L}-]+) (?:can |may )?(?<verb>[\p{L}]+)(?: (?!with\b|has\b|have\b|and\b)[\p{L}-]+){0,4}? (?<thing>[\p{L}-]{3,})) \((?<items>[^()]{3,300})\)(?<rest>.*)$/isu
/** Brackets that say something of a sentence, and no fields. */
const aside =
  /^(?:e\.? ?g|i\.? ?e|like|or|and|such as|for example|optional|max|min|at most|at least|up to|only|not|no|see|about|approx|in|on|by|with|if|when|from|to|also|including|once|each|per|who|which|that|yes|must|can|may|we|they|it|\d)\b|[.!?;]/i

/** "Members borrow tools (name, serial number, copies)": what they do, and what such a thing has. */
export const describedInBrackets = (text: string): string[] | undefined => {
  const said = inBrackets.exec(text)?.groups
  if (!said || aside.test(said.items!) || !said.items!.split(',').some(isField)) return undefined
  if (!isPersonNoun(singular(said.who!.toLowerCase())) || said.items!.split(',').some(isLong)) return undefined
  if (/^(?:is|are|has|have|had|be|goes?|becomes?)$/i.test(said.verb!) || isPersonNoun(singular(said.thing!)))
    return undefined
  return [`${said.head}${said.rest}`.trim(), `Track ${pluralPhrase(said.thing!)} (${said.items})`]
}

/** A list of values has no name, title or price among them. */
const isField = (item: string, _: number, { length }: string[]): boolean => {
  const name = toName([item.replace(/[:(].*$/, '').replace(/^ *(?:and|an?|the|optional) /i, '')])
  return length > 1 && (fieldTypes.has(name.split('_').at(-1)!) || titleFields.includes(name))
}

const isLong = (item: string): boolean => item.trim().split(/\s+/).length > 7

const andThem =
  /^(?<who>(?:[\p{L}-]+ )?[\p{L}-]+) (?:can |may )?(?<verb>[\p{L}]+) (?<things>[\p{L}-]+s)(?<more> (?:with|that have) .+?)?,? and (?:can |may )?(?<deed>rate|like|review|bookmark|favou?rite|upvote|comment on|vote for|vote on|star) them$/iu

/** "Users write recipes with a title and rate them": two deeds, each with what it is done to. */
export const doneToThem = (text: string): string[] | undefined => {
  const said = andThem.exec(text)?.groups
  if (!said || !isPersonNoun(singular(said.who!.toLowerCase().split(' ').at(-1)!))) return undefined
  if (/^(?:have|has|are|is)$/i.test(said.verb!) || linkNouns.has(said.things!.toLowerCase())) return undefined
  return [
    `${said.who} ${said.verb} ${said.things}${said.more ?? ''}`,
    `${said.who} can ${said.deed!.toLowerCase()} ${said.things}`,
  ]
}

const begins = '(?:open|new|pending|draft|submitted|requested|received|waiting|proposed|entered)'
const isOneOf = new RegExp(
  `^(?:an?|each|every) (?<thing>[\\p{L}-]+(?: [\\p{L}-]+)?) (?:is|can be) (?:either )?(?<first>${begins}), (?<second>[\\p{L}]+(?:ed|en)) or (?<third>[\\p{L}]+(?:ed|en))$`,
  'iu',
)

/** "An idea is open, accepted or declined": what it is at first, and what becomes of it. */
export const openThenDecided = (text: string): string[] | undefined => {
  const said = isOneOf.exec(text)?.groups
  return said && [`A ${said.thing} is ${said.first} at first, then it is either ${said.second} or ${said.third}`]
}
