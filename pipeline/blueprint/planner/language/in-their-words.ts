import { isPersonNoun } from '../lexicon/people.ts'
import type { Statement } from './statements.ts'
import { canBeAssigned, doneUntil, haveOne, sendEachOther, signUpWith, toldWhenAssigned } from './turns/among.ts'
import { answersQuestions } from './turns/answers-questions.ts'
import { appliesWith, requestsAre } from './turns/asked-for-by.ts'
import { asksTheOwner } from './turns/asks-owner.ts'
import { answersSeen, checksPeople, recordsAttendance, saysWhether, seesHowMany, thenFixed } from './turns/coming.ts'
import { goAndWrite } from './turns/go-and-write.ts'
import { bookForTheirs, haveTheirs } from './turns/have-theirs.ts'
import { entries, hoursOfTheirs, logsHours, partnersSeeAll, recordsHours } from './turns/hours.ts'
import { booksAtPlace, listsThoseInState, signUpThen } from './turns/in-a-state.ts'
import { madeFor } from './turns/made-for.ts'
import { movesStock } from './turns/moves-stock.ts'
import { booksAPlace } from './turns/places-of.ts'
import { othersDo, publishesDrafts, withParts } from './turns/published.ts'
import { answers, nothingElse, prescribe, recordsThings, whatTheyDid } from './turns/seen.ts'
import { sendsReadings } from './turns/sends-readings.ts'
import { toldAsStory } from './turns/story.ts'
import { whoWasThere } from './turns/who-was-there.ts'
import type { Scene, Turn } from './turns/words.ts'
import { singular } from './words.ts'

/** Returns the sentences with what people do, may see and come to said as it is kept: "landlords answer defects" are answers of defects. */
export const inTheirWords = (statements: readonly Statement[]): Statement[] => {
  const parts = statements.flatMap((one) =>
    one.items
      ? [one]
      : one.text
          .split(clauses)
          .flatMap((text) => signUpThen(text.trim()) ?? [text.trim()])
          .map((text) => ({ ...one, text })),
  )
  const scene: Scene = { all: parts.map(({ text, items }) => [text, ...(items ?? [])].join(' ')).join('. ') }
  return parts.flatMap((one) => {
    if (one.items || one.text.length > 240) return [one]
    const [, head = '', rest = ''] = introduced.exec(one.text) ?? []
    const turned = (text: string): string[] | undefined => turns.map((turn) => turn(text, scene)).find(Boolean)
    const said = turned(one.text) ?? (rest ? turned(rest)?.toSpliced(0, 0, head) : undefined)
    const event = happening.exec(one.text)?.groups?.event
    if (event && !isPersonNoun(singular(event.toLowerCase()))) scene.event = singular(event.toLowerCase())
    return said ? said.map((text) => ({ ...one, text })) : [one]
  })
}

/** "They send each other requests; a request is pending, accepted or declined, only the receiver may accept it". */
const clauses =
  /;\s+(?=(?:an?|each|every|one) [\p{L}-]+ (?:takes|holds|is|has|fits) )|(?<= is [\p{L}, -]{3,60}(?: or | and )[\p{L}]+),\s+(?=only the [\p{L}-]+ (?:can|may) )/giu

const happening =
  /^(?:(?:an?|each|every|the)? ?|[\p{L}-]+s (?:can )?(?:set|plan|create|schedule|add|post|organi[sz]e|announce|publish) )(?<event>[\p{L}-]+) (?:has|have|with) [^.]*\b(?:date|day|start|begin|starts|time|when)\b/iu

/** "Time tracking for a law firm: lawyers record hours on cases". */
const introduced = /^([^:,.;]{2,60}): (.+)$/isu

/** In the order in which they are tried. */
const turns: readonly Turn[] = [
  appliesWith,
  requestsAre,
  haveTheirs,
  bookForTheirs,
  nothingElse,
  answersQuestions,
  answers,
  recordsHours,
  logsHours,
  hoursOfTheirs,
  entries,
  whatTheyDid,
  canBeAssigned,
  toldWhenAssigned,
  othersDo,
  withParts,
  recordsAttendance,
  saysWhether,
  seesHowMany,
  thenFixed,
  checksPeople,
  haveOne,
  partnersSeeAll,
  doneUntil,
  sendEachOther,
  signUpWith,
  prescribe,
  recordsThings,
  publishesDrafts,
  answersSeen,
  goAndWrite,
  asksTheOwner,
  listsThoseInState,
  booksAtPlace,
  toldAsStory,
  madeFor,
  sendsReadings,
  booksAPlace,
  movesStock,
  whoWasThere,
]
