import { saidVerb } from '../../behaviour/states/verbs.ts'
import { participleOf } from '../words.ts'
import { stateName } from './state-names.ts'
import { arePeople, article, isPerson, many, sentenceOf, subjectOf, thingBefore, thingWords } from './things.ts'
import type { Told } from './told.ts'

const who = '(?<only>only )?(?<who>(?:(?:the|an?|our|all) )?(?:[\\p{L}-]+ ){0,2}?[\\p{L}-]+)'
const can = '(?: (?:can|may|must|should|has to|have to|is allowed to|are allowed to))?(?: also| then| always| only)?'
const moves = '(?:moves?|chang(?:e|es)|takes?|brings?|pushe?s?|sets?|switch(?:es)?|puts?|advances?|pass(?:es)?|turns?)'
const object = `(?:(?<it>it|them|one)|${article}${thingWords})`
const fromTo = new RegExp(`^${who}${can} ${moves} ${object}(?: on)? from (?<from>.+?) (?:to|into) (?<to>.+)$`, 'iu')
const setTo = new RegExp(
  `^${who}${can} (?:sets?|puts?|marks?|switch(?:es)?|chang(?:e|es)|turns?|moves?|sends?|brings?) ${object}(?<back> back)? (?:to|as|into)(?: being)? (?<state>[\\p{L}-]+(?: (?!after\\b|before\\b|when\\b|if\\b|once\\b|as\\b|again\\b)[\\p{L}-]+){0,2})(?<again> again)?(?<tail> (?:after|before|when|if|once|as soon as) .+)?$`,
  'iu',
)
const givesUp =
  /^(?:(?<who>(?:(?:the|an?|our|all) )?(?!can\b|may\b|also\b)[\p{L}-]+) )?(?:(?:can|may) )?(?:also )?(?<verb>reject|cancel|decline|withdraw|close|archive|abort|refuse|drop)(?:e?s)? (?:it|them)(?<any> (?:at any (?:point|time|stage|moment)|any ?time|whenever (?:they|he|she) (?:wants?|likes?)))?$/iu
const joints =
  /,? (?:and|but|while|or)(?: also| then)? (?=(?:only )?(?:(?:the|an?|our|all) )?[\p{L}-]+(?: [\p{L}-]+)? (?:can |may |must )?(?:sets?|puts?|marks?|moves?|chang(?:e|es)|switch(?:es)?|turns?|brings?) |(?:can |may )?(?:reject|cancel|decline|withdraw|close|archive|abort|refuse|drop)(?:e?s)? (?:it|them)\b)/iu

type Clause = { lines: string[]; thing: string; who: string }

/** Reads one clause of people who bring things from state to state. */
const clauseOf = (text: string, last: { thing?: string; who?: string }, all: string): Clause | undefined => {
  const andBack = / and back(?: again)?$/i
  const moved = fromTo.exec(text.replace(andBack, ''))?.groups
  if (moved) {
    const thing = moved.it ? last.thing : moved.thing!
    const names = [moved.from!, ...moved.to!.split(/,? (?:and )?(?:then )?(?:on )?to |, (?:then )?/i)].map((name) =>
      inFull(name, all),
    )
    if (!thing || !arePeople(moved.who!) || isPerson(thing) || names.some((name) => name === undefined))
      return undefined
    const [, ...reached] = names as string[]
    const both = andBack.test(text) ? (names as string[]) : undefined
    const only = moved.only ? 'Only ' : ''
    return {
      thing,
      who: moved.who!,
      lines: [
        // To and fro it goes from wherever it is.
        ...(both?.map((name) => `${sentenceOf(thing)} can be set back to ${name}`) ?? [
          `${sentenceOf(thing)} goes ${names.join(', ')}`,
        ]),
        ...(both ?? reached).map((name) => `${only}${subjectIn(moved.who!, only)} can mark ${many(thing)} as ${name}`),
      ],
    }
  }
  const set = setTo.exec(text)?.groups
  if (set) {
    const thing = set.it ? last.thing : set.thing!
    const name = stateName(set.state!)
    // "Customers send messages to the staff": to people, no state.
    if (!thing || !name || !arePeople(set.who!) || isPerson(thing) || arePeople(set.state!)) return undefined
    const only = set.only ? 'Only ' : ''
    // What stands behind it is not lost: it is said to have been left out, as nothing has its words.
    return {
      thing,
      who: set.who!,
      lines: [
        ...(set.back || set.again ? [`${sentenceOf(thing)} can be set back to ${name}`] : []),
        `${only}${subjectIn(set.who!, only)} can mark ${many(thing)} as ${name}`,
      ],
    }
  }
  const given = givesUp.exec(text)?.groups
  const doer = given?.who ?? last.who
  if (!given || !doer || !last.thing || !arePeople(doer)) return undefined
  const verb = saidVerb(given.verb!)
  return {
    thing: last.thing,
    who: doer,
    lines: [
      `${sentenceOf(last.thing)} can be ${participleOf(verb)} at any time`,
      `${subjectOf(doer)} can ${verb} ${many(last.thing)}`,
    ],
  }
}

/** "From storage", where exhibits are on display or in storage: the state as it was called. */
const inFull = (words: string, all: string): string | undefined => {
  const name = stateName(words)
  const whole = name && new RegExp(`\\b(?:in|on|under|being) ${name}\\b`, 'i').exec(all)?.[0]
  return whole?.toLowerCase() ?? name
}

const subjectIn = (doer: string, only: string): string => {
  const subject = subjectOf(doer)
  return only ? subject.replace(/^The /, 'the ').replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase()) : subject
}

/**
 * "Housekeepers change a room from dirty to being cleaned to clean, and only the supervisor sets it to inspected", "HR moves
 * applications from received to interview to hired, or rejects them at any point".
 */
export const movedBy: Told = (text, before, all) => {
  const thing = thingBefore(before)
  let last: { thing?: string; who?: string } = thing ? { thing } : {}
  const lines: string[] = []
  let read = false
  for (const [at, part] of text.split(joints).entries()) {
    const clause = clauseOf(part.trim(), last, all)
    if (clause) {
      last = clause
      read = true
      lines.push(...clause.lines)
      continue
    }
    // "Translators take a job and deliver it, and the manager can put it back to open": others read what stands before.
    const named = at === 0 ? firstObject.exec(part)?.groups?.thing : undefined
    if (!named || isPerson(named)) return undefined
    last = { thing: named }
    lines.push(part.trim())
  }
  return read ? lines : undefined
}

const firstObject = new RegExp(
  `^(?:the |all |our )?[\\p{L}-]+(?: [\\p{L}-]+)?? (?:can |may )?[\\p{L}]+ (?:an?|the|their|all|new) ${thingWords}\\b`,
  'iu',
)
