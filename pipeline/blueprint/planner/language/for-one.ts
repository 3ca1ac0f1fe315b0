import { linkNouns } from '../lexicon/verbs.ts'
import { isSomebody, may, noun, people } from './entered-words.ts'
import { isDescribed, isPeople } from './turns/words.ts'
import { pluralPhrase, singularPhrase, withArticle } from './words.ts'

/** "Parents order a meal for a child": the order is for one, which is told of elsewhere. */
const takenFor = new RegExp(
  `^(?<deed>(?<who>${people}) ${may}(?<verb>book|order|reserve|rent|request|hire)s? (?:an?|the|one) (?<thing>${noun})) for (?:an?|the) (?<whom>${noun})(?<rest>(?:,? (?:until|at|on|before|up to|with|from)\\b.*)?)$`,
  'iu',
)

const isTold = (thing: string, all: string): boolean =>
  isDescribed(thing, all) ||
  new RegExp(`\\b(?:${singularPhrase(thing)}|${pluralPhrase(thing)})(?::| \\()`, 'i').test(all)

/** "One order per child and day": which day an order is for. */
const onePer = new RegExp(
  `^(?:there (?:is|can be|may be|must be|should be) )?(?:only |at most |just |exactly |max(?:imum)? )*one (?<row>${noun}) (?:per|for each|for every) (?<of>${noun}) (?:and|per|a|each) (?:per )?(?:day|date)$`,
  'iu',
)
export const oneADay = (text: string, all: string): string[] | undefined => {
  const { row = '', of } = onePer.exec(text)?.groups ?? {}
  // So many of people who sign in are counted.
  if (!row || !of || (isPeople(of) && !isDescribed(of, all))) return undefined
  const one = singularPhrase(row)
  const dated = new RegExp(
    `\\b(?:${one}|${pluralPhrase(row)})\\b(?: we [\\p{L}]+| has| have| with|:)[^.]*\\b(?:date|day|start)\\b`,
    'iu',
  ).test(all)
  return [...(dated ? [] : [`Each ${one} has a date`]), `Only one ${one} per ${singularPhrase(of)} and date`]
}

export const forOne = (text: string, all: string): string[] | undefined => {
  const taken = takenFor.exec(text)?.groups
  if (!taken || !isSomebody(taken.who!) || !isTold(taken.whom!, all)) return undefined
  const verb = taken.verb!.toLowerCase()
  const row = linkNouns.get(verb)
  if (!row || isPeople(taken.thing!) || (verb !== 'order' && !isTold(taken.thing!, all))) return undefined
  const fields = /^,? with (.+)$/i.exec(taken.rest!)?.[1]
  return [
    fields ? taken.deed! : `${taken.deed}${taken.rest}`,
    `Each ${row} has ${withArticle(singularPhrase(taken.whom!))}${fields ? `, ${fields}` : ''}`,
  ]
}
