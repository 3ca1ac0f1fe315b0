import { isPersonNoun } from '../lexicon/people.ts'
import { linkNouns } from '../lexicon/verbs.ts'
import { plural, sentence, singular, withArticle } from './words.ts'

const they =
  /^they (?:can |may )?(?<rest>(?<verb>[\p{L}]+) (?:an?|one|the|their) [\p{L}-]+(?: (?:slot|time))?(?: .+)?)$/iu
const before =
  /(?:^|[.:;] )(?:(?:the|all|our) )?(?<who>[\p{L}-]+s) (?:(?:can|may|must) )?(?:register|sign up|sign in|log in|have)\b[^.]*$/iu

/** "Donors register with a name. They book a slot": who does it is who was spoken of. */
export const theyDo = (text: string, all: string): string[] | undefined => {
  const { rest = '', verb = '' } = they.exec(text)?.groups ?? {}
  if (!rest || !linkNouns.has(verb.toLowerCase())) return undefined
  const said = all.slice(0, all.indexOf(text)).replace(/\. $/, '')
  const who = before.exec(said)?.groups?.who
  return who && isPersonNoun(singular(who.toLowerCase())) ? [`${sentence(who)} ${rest}`] : undefined
}

const first =
  /^(?:the )?(?<which>cheapest|most expensive|newest|latest|oldest|nearest in time|soonest|biggest|largest|smallest)(?: (?:ones?|flats?|items?|[\p{L}-]+s))? (?:come(?:s)? |are shown |are listed )?first$/iu
const fieldsFor: Readonly<Record<string, [RegExp, boolean]>> = {
  cheapest: [/\b(?:monthly )?(?:rent|price|cost|fee)\b/i, false],
  'most expensive': [/\b(?:monthly )?(?:rent|price|cost|fee)\b/i, true],
  biggest: [/\b(?:size|area|capacity)\b/i, true],
  largest: [/\b(?:size|area|capacity)\b/i, true],
  smallest: [/\b(?:size|area|capacity)\b/i, false],
}

/** "Cheapest first", where one thing has a price. */
export const firstOf = (text: string, all: string): string[] | undefined => {
  const which = first.exec(text)?.groups?.which?.toLowerCase() ?? ''
  const [field, descending] = fieldsFor[which] ?? []
  if (!field) return undefined
  const things = [
    ...all.matchAll(
      /(?:^|[.;:] )(?:(?:[\p{L}-]+ (?:list|post|offer|add|publish|sell)|an?|each|every|the) )?(?<thing>[\p{L}-]+) (?:has|have|with) (?<fields>[^.;]+)/giu,
    ),
  ].filter(({ groups }) => field.test(groups!.fields!))
  const [one, other] = things
  if (!one || other) return undefined
  const name = field.exec(one.groups!.fields!)![0].toLowerCase()
  return [`Sort ${plural(singular(one.groups!.thing!.toLowerCase()))} by ${name}${descending ? ' descending' : ''}`]
}

const applying =
  /^(?<who>(?:(?:the|all|our) )?[\p{L}-]+s|people) (?:can |may )?apply for (?:an? |the )?(?<thing>permit|licen[cs]e|grant|card|pass|scholarship|loan|visa|passport|badge)s? with (?<fields>.+)$/iu

/** "Residents apply for a permit with a plate number", where permits are spoken of besides: it is a permit from the start. */
export const appliesFor = (text: string, all: string): string[] | undefined => {
  const { who = '', thing = '', fields = '' } = applying.exec(text)?.groups ?? {}
  const one = thing.toLowerCase()
  if (!one || /\bapplications?\b/i.test(all)) return undefined
  if (!new RegExp(`\\b${one}s?\\b`, 'i').test(all.replace(text, ''))) return undefined
  return [`${who} can create ${plural(one)}`, `${sentence(withArticle(one))} has ${fields}`]
}

/** "They send requests; a request is pending, accepted or declined, only the receiver may accept": sentences of their own. */
export const behindSemicolon = (text: string): string[] | undefined => {
  if (/[([{:]/.test(text)) return undefined
  const parts = text.split(
    /\s*;\s+(?=(?:an?|each|every) [\p{L}-]+ (?:is|has|takes|holds|fits|belongs|goes|can only be|consists|contains) )/iu,
  )
  if (parts.length > 1) return parts.map(sentence)
  const [, states = '', who = ''] =
    /^(an? [\p{L}-]+ (?:is|can be) [\p{L}-]+(?:, [\p{L}-]+)*,? or [\p{L}-]+), (only (?:the )?[\p{L}-]+(?: [\p{L}-]+)? (?:can|may) .+)$/iu.exec(
      text,
    ) ?? []
  return states ? [sentence(states), sentence(who)] : undefined
}

const backAgain =
  /^(?<when>(?:when|once|as soon as) an? (?<thing>[\p{L}-]+) is [\p{L}-]+),? (?:the )?(?<value>stock|quantity|inventory) (?<down>decreases|goes down|is reduced|falls|shrinks),? (?:and )?(?:if|when) (?:it is )?(?<back>cancelled|canceled|deleted|returned),? (?:it|the \p{L}+|they) (?:goes|comes|is put) back(?: up)?$/iu

/** "When an order is placed stock decreases, if cancelled it goes back". */
export const downAndBack = (text: string): string[] | undefined => {
  const said = backAgain.exec(text)?.groups
  if (!said) return undefined
  const { when, thing, value, back } = said
  return [
    `${when}, the ${value} ${said.down}`,
    `When ${withArticle(thing!)} is ${back!.replace('canceled', 'cancelled')}, the ${value} comes back`,
  ]
}

const inAndOut =
  /^(?<moves>[\p{L}-]+s in and out (?:change|affect|adjust|update|alter|move) (?:the |its |their )?[\p{L}]+(?: [\p{L}]+)?)(?:;|,)? (?:(?:and|but|which) )?(?:it |the \p{L}+ )?(?:can |may |must )?(?:never|not) (?:be |go |fall |get |drop )?(?:below zero|below 0|negative|under zero|under 0)$/iu

/** "Movements in and out change the quantity; it can never go below zero": what goes out is never more than there is anyway. */
export const neverBelowZero = (text: string): string[] | undefined => {
  const moves = inAndOut.exec(text)?.groups?.moves
  return moves ? [moves] : undefined
}

const doneIn = /^(?:people|everybody|everyone|anyone) (?<sign>sign up|register|log in) with (?<fields>.+)$/iu

/** "People sign up with a native language": whoever signs up has it. */
export const peopleSignUp = (text: string): string[] | undefined => {
  const { sign = '', fields = '' } = doneIn.exec(text)?.groups ?? {}
  return sign ? [`Users ${sign} with ${fields}`] : undefined
}
