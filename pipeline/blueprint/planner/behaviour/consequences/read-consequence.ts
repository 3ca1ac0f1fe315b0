import { participleOf, toName } from '../../language/words.ts'
import { isKnownVerb } from '../../lexicon/verbs.ts'
import { canonical } from '../canonical.ts'
import { numberOf, pattern } from '../phrases.ts'
import { type Happening, readHappening } from '../told/read-told.ts'

/** What has to come about, in words; what it is to the system is decided when its things are known. */
export type Cause =
  /** "An idea has ten votes", "8 teams have registered": so many rows of another thing that belong to it. */
  | { kind: 'count'; of?: string; rows: string; least: number }
  /** "All tasks of a project are done": every row of another thing that belongs to it is in a state. */
  | { kind: 'all'; of?: string; rows: string; state: string }
  /** "The donations of a campaign reach the goal": what is added up over them. */
  | { kind: 'sum'; of?: string; rows: string; field: string }
  /** "Expenses under 50 euros", "the stock of a product is 0": rows by their own values. */
  | { kind: 'rows'; rows: string }
  | { kind: 'value'; of?: string; field: string; sign: '==' | '>=' | '<='; value: number }
  | { kind: 'happens'; happening: Happening }

/** "When a payment is recorded, its invoice is paid": what becomes of which rows, and why. */
export type Consequence = { cause: Cause; target: string; state: string }

const when = '(?:when(?:ever)?|once|as soon as|if|after|the moment)'
const become =
  '(?:is|are|gets?|becomes?|turns?|counts? as|should be|must be|shall be|will be|goes(?: back)? to|go(?: back)? to|changes? to|is set to|are set to)'
const soon =
  '(?:automatically|immediately|at once|right away|straight away|instantly|by itself|by themselves|on its own|on their own|then|also|too|as well|without (?:further|any) (?:approval|check|review|question)s?|without asking)'
/** What people are told, write down or may do: no state that a row comes to. */
const noState =
  '(?!(?:noted|recorded|remembered|stored|kept|saved|logged|written|told|notified|informed|reminded|asked|shown|seen|not|no|also|only|still|allowed|able|possible|required|needed|necessary|made|created|added|sent)\\b)'
const state = `(?:marked (?:as )?|set to |considered )?(?<state>${noState}[\\p{L}]+(?:[ -](?:up|in|out|off|over|back|down|away|progress|transit|hold|sent))?)`

const causeFirst = new RegExp(
  `^${when} (?<cause>.+?)(?:,(?: then)?| then)? (?=(?:the|its|their|that|this|all|every|each|it|they|an?)\\b)(?<target>(?:it|they|(?:(?:the|its|their|that|this|all|every|each|an?) )+[\\p{L}'’ -]+?)) ${become} (?:${soon} )*${state}(?: ${soon})*$`,
  'iu',
)
const causeLast = new RegExp(
  `^(?<target>(?:(?:the|its|their|that|this|all|every|each|an?) )?[\\p{L}'’ -]+?) ${become} (?:${soon} )*${state}(?: ${soon})* (?:when|once|as soon as|the moment) (?<cause>.+)$`,
  'iu',
)
const causeThenDo = new RegExp(
  `^${when} (?<cause>.+?),? (?:then )?(?:(?:mark|set|move|flag) (?<target>(?:it|(?:the|its|all|this) [\\p{L} -]+?)) (?:as|to) ${state}|(?<verb>[\\p{L}]+) (?<target>(?:it|them|(?:the|its|all|this) [\\p{L} -]+?)))$`,
  'iu',
)
const dones: { readonly [noun: string]: string } = {
  approval: 'approved',
  acceptance: 'accepted',
  confirmation: 'confirmed',
  review: 'reviewed',
}
/** "Expenses under 50 euros need no approval." */
const needNone =
  /^(?<cause>.+?) (?:needs? no|requires? no|(?:do|does) not (?:need|require)(?: an?| any)?) (?:to be (?<done>approved|accepted|confirmed|reviewed)|(?<noun>approval|acceptance|confirmation|review))$/iu
const byThemselves = new RegExp(`^(?<cause>.+?) ${become} (?:(?<first>${soon}) )*${state}(?: (?<last>${soon}))*$`, 'iu')

const least = '(?:at least |more than |over |a total of )?'
const got =
  '(?:(?:that |which )?(?:has|have|gets?|got|has got|have got|reach(?:es)?|collects?|receives?|has received|has collected)|with)'
const counts: readonly RegExp[] = [
  `(?:an? |the |every |each )?{of} ${got} (?<least>${least}){n#} (?:or more )?{rows}`,
  `(?:there are )?(?<least>${least}){n#} (?:or more )?{rows} (?:have|are|has|were) (?:been )?(?<deed>registered|signed up|signed|joined|applied|enrol+ed|booked|made|placed|given|received|collected|cast|voted|liked|supported|backed|there|in)(?: (?:for|in|on|to))?(?: (?:it|them|(?:an?|the) {of}))?`,
  `there are (?<least>${least}){n#} (?:or more )?{rows}`,
].map(pattern)
const alls: readonly RegExp[] = [
  '(?:all|all the|every|each)(?: of)?(?: the)? {rows} (?:of|in|on|for) (?:an?|the|its) {of} (?:is|are|has been|have been|was|were) (?<state>[\\p{L}]+)',
  '(?:all|every|each)(?: of)?(?: (?:its|the|their))? {rows} (?:is|are|has been|have been|was|were) (?<state>[\\p{L}]+)',
  '(?:the last|the final) {rows}(?: (?:of|in|on|for) (?:an?|the|its) {of})? (?:is|was|has been) (?<state>[\\p{L}]+)',
].map(pattern)
const sums: readonly RegExp[] = [
  '(?:all )?(?:the |its )?{rows}(?: (?:of|to|for) (?:an?|the) {of})? (?:reach(?:es)?|cover|covers|add up to|adds up to|exceed|exceeds|meet|meets) (?:the |its |their )(?<field>[\\p{L}]+(?: [\\p{L}]+)?)',
].map(pattern)
const values: readonly RegExp[] = [
  '(?:the |its ){field}(?: (?:of|for) (?:an?|the|its) {of})? (?<way>is|reaches|hits|falls to|drops to|goes(?: down| up)? to|gets to|becomes) {n#}(?: %| percent)?',
].map(pattern)

const readCause = (said: string, target: string): Cause | undefined => {
  const text = said
    .trim()
    .replace(/,$/, '')
    .replace(/\bzero\b/i, '0')
  for (const one of counts) {
    const found = one.exec(text)?.groups
    const many = numberOf(found?.n)
    // "Ideas are accepted when they have ten votes."
    const of = /^(?:it|they|them)$/i.test(found?.of ?? '') ? target : found?.of
    if (found && many !== undefined)
      return {
        kind: 'count',
        ...(of === undefined ? {} : { of }),
        rows: found.rows!,
        least: /more than|over/i.test(found.least ?? '') ? many + 1 : many,
      }
  }
  for (const one of alls) {
    const found = one.exec(text)?.groups
    if (found) return { kind: 'all', rows: found.rows!, state: found.state!, ...(found.of ? { of: found.of } : {}) }
  }
  for (const one of sums) {
    const found = one.exec(text)?.groups
    if (found) return { kind: 'sum', rows: found.rows!, field: found.field!, ...(found.of ? { of: found.of } : {}) }
  }
  for (const one of values) {
    const found = one.exec(text)?.groups
    const value = numberOf(found?.n)
    if (found && value !== undefined)
      return {
        kind: 'value',
        field: found.field!,
        sign: signOf(found.way!),
        value,
        ...(found.of ? { of: found.of } : {}),
      }
  }
  const happening = readHappening(text)
  return happening ? { kind: 'happens', happening } : undefined
}

const signOf = (way: string): '==' | '>=' | '<=' =>
  /falls|drops|down/i.test(way) ? '<=' : /reaches|hits|up/i.test(way) ? '>=' : '=='

/** What says more than which rows: "the day it". */
const clause = / (?:it|they|we|i|he|she|who|that|which|is|are|was|were|has|have|be|been)\b|\d/i

/** What happens by time is a timer's. */
const inTime = /\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|nights?|older|overdue|date|deadline)\b/i

/** Words after which rows are told by what they are: "expenses under 50 euros". */
const tellsRows = /\b(?:over|above|under|below|less than|more than|at most|up to|at least|without|with|from)\b/i

/** Reads what becomes of rows by itself when something has come about, or returns undefined. */
export const readConsequence = (sentence: string): Consequence | undefined => {
  if (sentence.length > 240) return undefined
  const text = canonical(sentence).replace(
    /^(?:at|from) (?=(?:\d+|two|three|four|five|six|ten|twelve|twenty|fifty|a hundred) )/i,
    'when there are ',
  )
  for (const shape of [causeFirst, causeLast, causeThenDo]) {
    const found = shape.exec(text)?.groups
    if (!found || clause.test(found.target!)) continue
    const cause = readCause(found.cause!, found.target!)
    const state =
      found?.state ?? (found?.verb && isKnownVerb(found.verb) ? participleOf(found.verb.toLowerCase()) : undefined)
    if (cause && state) return { cause, target: found.target!, state: stateOf(state) }
  }
  const free = needNone.exec(text)?.groups
  if (free)
    return {
      cause: { kind: 'rows', rows: free.cause! },
      target: 'it',
      state: stateOf(free.done ?? dones[free.noun!.toLowerCase()]!),
    }
  const found = byThemselves.exec(text)?.groups
  if (!found) return undefined
  const cause = readCause(found.cause!, 'it')
  if (cause?.kind === 'count') return { cause, target: 'it', state: stateOf(found.state!) }
  const alone = found.first ?? found.last
  return alone &&
    !/^(?:then|also|too|as well)$/i.test(alone) &&
    tellsRows.test(found.cause!) &&
    !inTime.test(found.cause!)
    ? { cause: { kind: 'rows', rows: found.cause! }, target: 'it', state: stateOf(found.state!) }
    : undefined
}

const stateOf = (words: string): string => toName(words.toLowerCase().split(/[\s-]+/))
