import { singular } from '../../language/words.ts'
import { doerOf, isPeople, isSomebody, who } from '../states/doers.ts'

/** Who gives people something to do: "the front desk assigns a technician to each repair". */
export type Assigning = {
  who: string
  /** The people who are assigned, as a role: technician. */
  person: string
  thing: string
  /** A thing has one of them at most. */
  one: boolean
  /** Many people are put into one thing: players into a team. */
  into: boolean
}

const modal = '(?:(?:can|may|must|should|will) (?:then |also |only )?)?'
const verb = '(?:then |also )?(?:assigns?|allocates?|appoints?|delegates?)'
const words = "(?:[\\p{L}'-]+ ){0,3}?[\\p{L}'-]+"
const active = new RegExp(
  `^(?:only )?${who} ${modal}${verb} (?<what>${words})(?: (?:to|for|as) (?<to>${words}))?$`,
  'iu',
)
const passive = new RegExp(
  `^(?<what>${words}) (?:are|is|gets?|(?:can|may|must|should) (?:only )?be) (?:only )?(?:assigned|allocated|appointed|delegated) to (?<to>${words}) (?:only )?by ${who}$`,
  'iu',
)

/** Longer sentences are not read: these patterns try every way to cut them. */
const longest = 160
const assigns = /\b(?:assign|allocat|appoint|delegat)/i
/** People are put into these, many at a time. */
const groups =
  /^(?:teams?|groups?|squads?|crews?|class(?:es)?|courses?|committees?|departments?|roles?|rooms?|seats?|tables?|beds?|desks?)$/i
const lead =
  /^(?:(?:an?|one|the|each|every|all|any|some|their|his|her|its|new|open|two|three|several|many|more|other)\s+)+/i

/** Reads who assigns people to things, in either order; undefined where no people or nothing else are named. */
export const readAssigning = (sentence: string): Assigning | undefined => {
  const said = amongThemselves(sentence.trim())
  if (said.length > longest || !assigns.test(said)) return undefined
  const groupsOf = active.exec(said)?.groups ?? passive.exec(said)?.groups
  if (!groupsOf || !(isPeople(groupsOf.who!) || (/^only\b/i.test(said) && isSomebody(groupsOf.who!)))) return undefined
  const what = groupsOf.what!.trim()
  const to = groupsOf.to?.trim()
  const plain = (text: string): string => text.replace(lead, '')
  const person = [what, to].find((text) => text !== undefined && isPerson(plain(text)))
  if (person === undefined) return undefined
  const thing = person === what ? (to ?? 'it') : what
  if (isPerson(plain(thing)) || /\b(?:and|or)\b/i.test(said.slice(groupsOf.who!.length))) return undefined
  // "Assign reviewers to manuscripts" may be several each; "tasks to employees" is one each.
  const noun = plain(person)
  const one = person === to || singular(noun.toLowerCase()) === noun.toLowerCase()
  const into = person === what && !one && groups.test(plain(thing).split(' ').at(-1)!)
  return { who: groupsOf.who!, person: doerOf(noun)!, thing: plain(thing), one, into }
}

/** "Technicians assign tickets to each other": to technicians. */
const amongThemselves = (said: string): string =>
  said.replace(
    /^((?:only )?([\p{L}-]+) .*\bassign .*\bto )(?:each other|one another|themselves|one of them)$/iu,
    (_, start: string, people: string) => start + people,
  )

const isPerson = (text: string): boolean =>
  isPeople(text) && !/^(?:it|they|them|everyone|everybody|anyone|nobody|user|signed|we)$/.test(doerOf(text) ?? 'nobody')
