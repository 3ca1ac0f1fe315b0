import { isPersonNoun } from '../lexicon/people.ts'
import { baseVerb, linkNouns } from '../lexicon/verbs.ts'
import { plural, singular, withArticle } from './words.ts'

const registers =
  /^(?<who>(?:only |the |all )*[\p{L}-]+s|staff) (?:can |may |should )?(?<verb>registers?|sign up|enrol|enroll|enter) (?:the |their |all )?(?<whom>[\p{L}-]+s|children|people) (?:for|in|into|to|on) (?:the |an? )?(?<what>[\p{L}-]+(?: [\p{L}-]+)?)$/iu
const forPeople =
  /^(?<who>(?:only |the |all |an? )*[\p{L}-]+) (?:can |may |should )?(?:makes?|adds?|creates?|enters?) (?<noun>registrations|bookings|reservations|signups|enrolments|enrollments) for (?:the |all )?(?<whom>other people|others|other users|somebody else|someone else|[\p{L}-]+s|children)$/iu
const lends =
  /^(?<who>(?:only |the |all )*[\p{L}-]+s|staff) (?:can |may |should )?(?<verb>lends?|rents? out|hires? out|gives? out|loans?) (?:the |our )?(?<what>[\p{L}-]+s|equipment) to (?:the |our )?(?<whom>[\p{L}-]+s|children|people)(?<tail> for .+)?$/iu
const gives =
  /^(?<who>(?:only |the |all )*[\p{L}-]+s|staff) (?:can |may |should )?(?:gives?|awards?|issues?|hands? out) (?<what>(?!access|rights?|permissions?|feedback|roles?)[\p{L}-]+s) to (?:the |our |their )?(?<whom>[\p{L}-]+s|children|people)$/iu
const anybody = /^(?:others?|other people|other users|somebody else|someone else|people|users)$/i

/**
 * Returns "teachers register pupils for races" as what it leaves: who makes the rows, and that each has the pupil and the race.
 * The same for "admins make registrations for other people".
 */
export const forOthers = (text: string): string[] | undefined => {
  const lent = lends.exec(text)?.groups
  if (lent) return lentTo(lent)
  const given = gives.exec(text)?.groups
  if (given) return givenTo(given)
  const found = registers.exec(text)?.groups ?? forPeople.exec(text)?.groups
  if (!found) return undefined
  const { who = '', verb = '', whom = '', what, noun } = found
  const person = anybody.test(whom) ? 'user' : singular(whom.toLowerCase())
  if (person !== 'user' && !isPerson(person)) return undefined
  const base = verb.toLowerCase().replace(/s$/, '')
  const one = noun ? singular(noun.toLowerCase()) : nounOf(base)
  const has = what ? `${withArticle(singular(what.toLowerCase()))} and ${withArticle(person)}` : withArticle(person)
  return [`${who} can add ${plural(one)}`, `${withArticle(one)} has ${has}`]
}

const lentTo = ({ who, verb, what, whom, tail = '' }: { [name: string]: string }): string[] | undefined => {
  const person = singular(whom!.toLowerCase())
  const noun = /^(?:rent|hire)/i.test(verb!) ? 'rental' : 'loan'
  if (!isPerson(person)) return undefined
  return [
    `${who} can add ${noun}s${tail}`,
    `${withArticle(noun)} has ${withArticle(singular(what!.toLowerCase()))} and ${withArticle(person)}`,
  ]
}

/** "Teachers give grades to students": they make them, and each is somebody's. */
const givenTo = ({ who, what, whom }: { [name: string]: string }): string[] | undefined => {
  const person = singular(whom!.toLowerCase())
  if (!isPerson(person)) return undefined
  return [`${who} can add ${what}`, `${withArticle(singular(what!.toLowerCase()))} has ${withArticle(person)}`]
}

const nounOf = (verb: string): string =>
  verb === 'sign up' ? 'registration' : verb === 'enter' ? 'entry' : (linkNouns.get(baseVerb(verb)) ?? 'registration')

const isPerson = (word: string): boolean => isPersonNoun(word) || /(?:er|or|ee|ist|ant)$/.test(word)
