import { isPersonNoun } from '../lexicon/people.ts'
import { plural, singular, withArticle } from './words.ts'

const usual = 'new|open|active|pending|free|available|todo|to do'
const first = `${usual}|draft|drafted|planned|requested|reported|submitted|received|ordered|registered|waiting|scheduled|booked`
const word = '[\\p{L}-]+(?: [\\p{L}-]+)?'
const listOf = (begins: string): string =>
  `(?:${begins})(?:, (?!then\\b|and then\\b|finally\\b)${word})+(?:,? (?:or|and) ${word})?`
const list = listOf(first)

// What "is reported, dispatched, completed" goes from one to the next; what they "are" is one of these.
const areStates = new RegExp(
  `^(?:(?:an?|the|each|every|all) )?(?:(?<thing>[\\p{L}-]+(?: [\\p{L}-]+)?) (?:is|are|(?:can|may) be) (?:either |always )?(?<states>${listOf(usual)})|(?<things>[\\p{L}-]+(?: [\\p{L}-]+)?) (?:are|(?:is|can be|may be)(?= (?:either )?draft,)) (?:either )?(?<any>${list}(?<=,? or ${word})))$`,
  'iu',
)

const valuesOf = (states: string): string => states.split(/\s*,\s*(?:(?:or|and) )?|\s+(?:or|and)\s+/i).join(', ')

/** "Defects are new, in progress, done", where defects are spoken of besides: they have a status of these. */
export const thingsAre = (text: string, all: string): string[] | undefined => {
  const found = areStates.exec(text)?.groups
  const thing = found?.thing ?? found?.things ?? ''
  const states = found?.states ?? found?.any ?? ''
  const one = singular(thing.toLowerCase())
  if (!thing || isPersonNoun(one) || /^(?:it|they|status|state|stage|priority|type|kind)$/.test(one)) return undefined
  const elsewhere = new RegExp(`\\b(?:${one}|${plural(one)})\\b`, 'i').test(all.replace(text, ''))
  return elsewhere ? [`${withArticle(one)} has a status (${valuesOf(states)})`] : undefined
}

const named = new RegExp(
  `^(?<lead>.*?\\b(?:has|have|with) (?:.+?,? (?:and )?)?)(?:the )?(?:states|statuses|stages)(?: of|:)? (?<states>${list})$`,
  'iu',
)
const among = new RegExp(`^(?<lead>.+?),? which are (?:either )?(?<states>${list})$`, 'iu')

const alone = new RegExp(
  `^(?:the |possible )*(?:states|statuses|stages|status)(?: are| is)?:? (?<states>${list})$`,
  'iu',
)

/** "States: draft, submitted, approved", of what was described last before. */
export const statesAlone = (text: string, all: string): string[] | undefined => {
  const states = alone.exec(text)?.groups?.states
  if (!states) return undefined
  const things = [...all.slice(0, Math.max(0, all.indexOf(text))).matchAll(described)].map(([, one, many]) =>
    singular((one ?? many)!.toLowerCase()),
  )
  const thing = things.findLast((one) => !isPersonNoun(one))
  return thing ? [`${withArticle(thing)} has a status (${valuesOf(states)})`] : undefined
}

const described = /(?:^|[.;:,] )(?:(?:an?|each|every) ([\p{L}-]+) has|(?:the |all )?([\p{L}-]+s) have)\b/giu

/** "Expenses have an amount and states draft, submitted, approved", "with an amount, which are draft, submitted or approved". */
export const statesNamed = (text: string): string[] | undefined => {
  const found = named.exec(text)?.groups
  if (found) return [`${found.lead!.trim()} a status (${valuesOf(found.states!)})`]
  const which = among.exec(text)?.groups
  return which && /\b(?:has|have|with) /i.test(which.lead!) && /^(?!.*\()/.test(which.lead!)
    ? [`${which.lead}${which.lead!.includes(',') ? ',' : ''} and a status (${valuesOf(which.states!)})`]
    : undefined
}
