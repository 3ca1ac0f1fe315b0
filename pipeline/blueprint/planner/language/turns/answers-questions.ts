import { singularPhrase, withArticle } from '../words.ts'
import { crowd, found, isPeople, type Turn, who } from './words.ts'

const answered = new RegExp(
  `^${who} (?:can |may |must )?(?:answers?|respond to) (?:the |all |all the |each |every |an? )?questions?(?: (?:of|in) (?:a |the |an |each )?[\\p{L}-]+)?(?: by (?:choosing|picking|selecting|ticking) (?:an?|one|the right|the correct) (?<choice>[\\p{L}-]+))?(?:,? with (?<has>(?:an? |one |the |their ).+?))?(?<once>,? (?:but )?(?:only |just |at most )?once(?: each)?)?$`,
  'iu',
)

/** Where answers are described, or are what a question is given with, they are read as they stand. */
const isKnown = (all: string): boolean =>
  /\banswers? (?:has|have|with)\b|\bquestions? (?:has|have|with) [^.;]*\banswers?\b/i.test(all)

/** "Players answer questions once": answers of theirs, and the question stays as it is; where there are options, one of these. */
export const answersQuestions: Turn = (text, { all }) => {
  const said = found(answered, text)
  if (!said || !isPeople(said.who!) || isKnown(all)) return undefined
  const people = crowd(said.who!)
  const options = /\bquestions? (?:has|have) [^.;]*?\b(option|choice|alternative)s\b/i.exec(all)?.[1]?.toLowerCase()
  const has = said.has ?? (said.choice ? withArticle(singularPhrase(said.choice)) : undefined)
  return [
    ...(has
      ? [`Each answer has a question, ${has}`]
      : options
        ? [`Each answer has a question, an optional ${options} and an optional text`]
        : ['An answer belongs to a question']),
    `${people} can add answers`,
    ...(said.once ? [`Only one answer per ${singularPhrase(people)} and question`] : []),
  ]
}
