import { pluralPhrase, sentence, singularPhrase, withArticle } from '../words.ts'
import { crowd, found, isDescribed, isPeople, isSpoken, type Turn, who, within } from './words.ts'

const attends = new RegExp(
  `^${who} (?:can |may |must )?(?:records?|enters?|logs?|notes?|registers?|marks?) (?:their |the )?(?:own )?attendances?(?: (?:of|at|for|in) (?:an?|the|each|every) (?<what>[\\p{L}-]+))?$`,
  'iu',
)

/** "Each member records attendance": of what has a day. */
export const recordsAttendance: Turn = (text, { event }) => {
  const said = found(attends, text)
  const what = said?.what ?? event
  if (!said || !what || !isPeople(said.who!)) return undefined
  return [`${crowd(said.who!)} can add attendances`, `Each attendance has ${withArticle(singularPhrase(what))}`]
}

const comes = new RegExp(
  `^${who} (?:can |may |must |should )?(?:says?|tells? us|tells?|answers?|enters?) (?:whether|if) (?:they|he or she) (?:come|are coming|can come|will come|attend|take part|are there|can make it)$`,
  'iu',
)

/** "Singers say whether they come": to what was spoken of. */
export const saysWhether: Turn = (text, { event, all }) => {
  const said = found(comes, text)
  if (!said || !event) return undefined
  if (!isDescribed(said.who!.replace(/^(?:the|all) /i, ''), all)) return [`${text} to ${withArticle(event)}`]
  // Who is described is known by more than their account: the answer is of whoever gives it.
  return [
    'Users sign up and log in',
    'Users can add their own replies',
    `A reply belongs to ${withArticle(event)}`,
    'Each reply has coming (yes/no)',
  ]
}

const howMany = new RegExp(
  `^${who} (?:can |may )?sees? how many (?:come|are coming|will come|attend)(?: (?:per|by|of each) (?<per>[\\p{L}-]+))?$`,
  'iu',
)

/** "The conductor sees how many come per voice", where people say whether they do. */
export const seesHowMany: Turn = (text, { event, all }) => {
  const said = found(howMany, text)
  const singers = within(comes).exec(all)?.groups?.who
  if (!said || !event || !singers) return undefined
  return [
    `${crowd(said.who!)} can see all ${answersOf(all)}`,
    `Show the number of coming ${answersOf(all)} per ${event}${said.per ? ` and ${said.per}` : ''}`,
  ]
}

const after = new RegExp(
  `^${who} (?<verb>confirm|approve|close|finalise|finalize|lock)s? (?<what>[\\p{L}-]+s),? (?:and )?(?:then|after that|afterwards|from then on),? (?:the |their |its )?(?<rows>[\\p{L}-]+) (?:can ?not|cannot|may not|must not) be (?<changed>changed|edited|changed or deleted)(?: any ?more)?$`,
  'iu',
)

/** "The commander confirms operations, then attendance cannot be changed". */
export const thenFixed: Turn = (text, { all }) => {
  const said = found(after, text)
  if (!said || !isSpoken(said.rows!, text, all)) return undefined
  const one = singularPhrase(said.what!)
  const verb = said.verb!.toLowerCase()
  const done = `${verb.replace(/e$/, '')}ed`
  return [
    `${sentence(withArticle(one))} goes from open to ${done}`,
    `Only ${crowd(said.who!).toLowerCase()} can ${verb} ${said.what}`,
    ...['added', 'changed', 'deleted'].map(
      (change) => `${sentence(pluralPhrase(said.rows!))} can only be ${change} while their ${one} is open`,
    ),
  ]
}

const inAndOut = new RegExp(
  `^${who} (?:can |may )?checks? (?<what>[\\p{L}-]+) in and out(?: with (?:the|a) time)?$`,
  'iu',
)

const checkInAndOut = new RegExp(
  `^${who} (?:can |may )?check-(?:in|out)s? (?<what>[\\p{L}-]+)(?: and | or )(?:check-)?(?:in|out)$`,
  'iu',
)

/** "Staff check children in and out with the time": when each came and went. */
export const checksPeople: Turn = (text) => {
  const said = found(inAndOut, text) ?? found(checkInAndOut, text)
  if (!said || !isPeople(said.who!) || !isPeople(said.what!)) return undefined
  return [
    `${crowd(said.who!)} can see all ${pluralPhrase(said.what!)}`,
    `${crowd(said.who!)} can add attendances`,
    `${crowd(said.who!)} can change attendances`,
    `Each attendance has ${withArticle(singularPhrase(said.what!))}, a check-in time and an optional check-out time`,
  ]
}

/** What people leave who say whether they come. */
const answersOf = (all: string): string => {
  const whoever = within(comes).exec(all)?.groups?.who ?? ''
  return isDescribed(whoever, all) ? 'replies' : 'registrations'
}

const seesAnswers = /^(?<lead>.*\b(?:see|read|view)s?) (?:the |all |their )?answers$/iu

/** "Only coaches see the answers", where people say whether they come. */
export const answersSeen: Turn = (text, { all }) =>
  within(comes).test(all) && seesAnswers.test(text) ? [text.replace(seesAnswers, `$1 ${answersOf(all)}`)] : undefined
