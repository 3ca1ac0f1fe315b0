import { isDescribed } from '../turns/words.ts'
import { sentence } from '../words.ts'
import { beginWithQuality, sayHowItIs, stateNames } from './state-names.ts'
import { article, isPerson, many, sentenceOf, thingBefore, thingWords } from './things.ts'
import type { Told } from './told.ts'

const states = '(?:states|statuses|stages|steps|phases|status values|status|state)'
const alone = new RegExp(
  `^(?:the |its |their |our |possible |different |these |following |valid )*${states}(?: (?:there |here )?(?:are|is|would be|should be|can be|could be|will be))?(?: either)?:? (?!(?:starts?|begins?|goes|moves?|changes?|becomes?|always|at)\\b)(?<list>[^:()]+)$`,
  'iu',
)
const has = new RegExp(
  `^(?:it|they|these|those) (?:can |should |may )?(?:has|have|gets?) (?:an? |the |these |following |different |possible )*${states}(?: of)?:? (?<list>[^:()]+)$`,
  'iu',
)

/** "States are new, in work and closed", "possible statuses: open, done": of what was spoken of. */
export const statesAlone: Told = (text, before) => {
  const list = (alone.exec(text) ?? has.exec(text))?.groups?.list
  const names = list && stateNames(list)
  const thing = names && thingBefore(before)
  if (!names || !thing) return undefined
  // What nothing else describes is not described by its states: "tenants report problems: what, which flat".
  const goes = !isDescribed(thing, before) && names.length > 2 && begins.test(names[0]!)
  return [
    goes
      ? `${sentence(many(thing))} go ${names.join(', ')}`
      : `${sentenceOf(thing)} has a status (${names.join(', ')})`,
  ]
}

const begins = /^(?:new|open|draft|received|requested|reported|submitted|registered|ordered|planned)$/

const hasAndIs = new RegExp(
  `^(?<has>${article}${thingWords} (?:has|have) [^.]+?),? and (?:is|are|can be) (?<list>(?:either )?[^:(),]+(?:, [^:(),]+)*,? or [^:(),]+)$`,
  'iu',
)

/** "Exhibits have a title and are on display, in storage or on loan": what they have, and how they are. */
export const hasAndIsEither: Told = (text) => {
  const found = hasAndIs.exec(text)?.groups
  const names = found && stateNames(found.list!.replace(/^either /i, ''))
  if (!found || !names?.some((name) => /^(?:being|in|on|under|not|waiting) /.test(name))) return undefined
  return [found.has!, `${sentenceOf(found.thing!)} has a status (${names.join(', ')})`]
}

const isOneOf = new RegExp(
  `^${article}(?:${thingWords}|(?<it>it|they)) (?:is|are|can be|may be|can|must be|will be)(?: always| at any (?:time|moment|point)| currently)? (?<either>either )?(?:be )?(?<list>[^:()]+? or [^:(),]+)$`,
  'iu',
)

/** "A room is either dirty, being cleaned, clean or inspected". What is not about how things are is of one kind or another. */
export const isEither: Told = (text, before) => {
  const found = isOneOf.exec(text)?.groups
  const names = found && stateNames(found.list!)
  if (!found || !names) return undefined
  // What begins with being reported goes on from there step by step, which others read.
  const several = !begins.test(names[0]!) && names.some((name) => /^(?:being|in|on|under|not|waiting) /.test(name))
  if (!found.either && !several && !(names.length > 2 && beginWithQuality(names))) return undefined
  const thing = found.it ? thingBefore(before) : found.thing!
  if (!thing || isPerson(thing)) return undefined
  return [`${sentenceOf(thing)} has a ${sayHowItIs(names) ? 'status' : 'kind'} (${names.join(', ')})`]
}
