import { pluralPhrase, sentence, singularPhrase } from '../words.ts'
import { found, isDescribed, isPeople, type Turn, who } from './words.ts'

const state =
  '(?<state>overdue|unpaid|open|pending|late|expired|upcoming|outstanding|unanswered|unfinished|cancelled|rejected|approved|accepted|paid|closed|finished|available|urgent)'
const noun = '(?<thing>[\\p{L}-]+s|equipment|stock)'
const keepsList = new RegExp(
  `^(?:(?:we|i|please|also|the [\\p{L}-]+s?) )*(?:(?:want|need|have|would like) to )?(?:(?:keep|maintain|have|hold|make|need|want) (?:an? |the )?(?:up-to-date |current )?(?:list|overview|track) of|track|monitor|keep track of|keep an eye on) (?:all |the )*${state} ${noun}$`,
  'iu',
)

/** "Keep a list of overdue books", "track open positions": books and positions, of which these are listed. */
export const listsThoseInState: Turn = (text, { all }) => {
  const said = found(keepsList, text)
  if (!said) return undefined
  const list = `List ${said.state!.toLowerCase()} ${said.thing!.toLowerCase()}`
  return isDescribed(singularPhrase(said.thing!), all) ? [list] : [`Track ${said.thing!.toLowerCase()}`, list]
}

const booksAt = new RegExp(
  `^${who} (?<deed>(?:can |may )?(?:reserve|book|rent|hire|borrow)) (?:an? )?(?<thing>[\\p{L}-]+) (?:at|in) (?:an?|the|one of (?:the|our)|any|each) (?<place>[\\p{L}-]+)(?<rest>,? (?:from|for|on|with|until)\\b.+)?$`,
  'iu',
)

/** "Members reserve rooms at a branch": rooms are those of a branch that is described. */
export const booksAtPlace: Turn = (text, { all }) => {
  const said = found(booksAt, text)
  if (!said || !isPeople(said.who!) || isPeople(said.thing!)) return undefined
  const [thing, place] = [singularPhrase(said.thing!), singularPhrase(said.place!)]
  if (!isDescribed(place, all) || new RegExp(`\\b${thing} (?:belongs|is in|has)\\b`, 'i').test(all)) return undefined
  return [`Each ${thing} belongs to a ${place}`, `${said.who} ${said.deed} ${pluralPhrase(thing)}${said.rest ?? ''}`]
}

const signUpAnd = new RegExp(
  `^${who} (?:can |may )?(?:sign up|register|log in|sign in)(?:,| and) (?:then )?(?<rest>(?:log|record|enter|track|upload|post|write|answer|fill (?:in|out)) [^,]+)$`,
  'iu',
)

/** "Volunteers sign up and log hours": two sentences. */
export const signUpThen = (text: string): string[] | undefined => {
  const said = found(signUpAnd, text)
  if (!said || !isPeople(said.who!) || /^(?:log|sign) in\b/i.test(said.rest!)) return undefined
  const people = sentence(said.who!)
  return [`${people} sign up`, `${people} ${said.rest}`]
}
