import { isPersonNoun } from '../lexicon/people.ts'
import { pureSystemWords, systemWords } from '../lexicon/system-words.ts'
import { baseVerb, isKnownVerb } from '../lexicon/verbs.ts'
import { plural, sentence, singular } from './words.ts'

const forWhom = "(?: (?:for|at|of|in) (?:(?:our|my|the|an?|all) )?[\\p{L}' -]{3,50})"
const title = new RegExp(
  `^(?:(?:an?|our|the) )?(?<head>[\\p{L}-]+(?: [\\p{L}-]+){0,2}?)(?<whom>${forWhom})?(?:: (?<rest>.+))?$`,
  'isu',
)
/** What people get together for; nothing of it is stored where nothing else is said of it. */
const undertakings =
  /^(?:monitor|board|exchange|swap|pick-?up|drive|contest|sharing|marketplace|lottery|raffle|fundraiser)$/
const verbs =
  /\b(?:can|may|must|should|has|have|had|is|are|with|when|who|that|which|show|list|no|not|only|each|every|if|per|by|all)\b/i
const clause =
  /^(?:(?:the|our|all|each|every|an?) )?[\p{L}-]+(?: [\p{L}-]+)?(?:,? and (?:the )?[\p{L}-]+)? (?:has|have|is|are|can|may|must|\p{L}+)(?: |$)/iu

/**
 * "Meal planning for our school canteen.", "Court booking for a tennis club: courts have a name": what a system is called
 * says nothing of what it stores. Returns what else is said, or undefined where the sentence is no title.
 */
export const withoutTitle = (text: string, all: string): string[] | undefined => {
  if (!all.startsWith(text) || all.length === text.length) return undefined
  const { head = '', whom, rest } = title.exec(text)?.groups ?? {}
  const last = head.toLowerCase().split(' ').at(-1) ?? ''
  if (!head || verbs.test(head) || systemWords.has(last) || pureSystemWords.has(last)) return undefined
  const words = head.toLowerCase().split(' ')
  if (isPersonNoun(singular(words[0]!)) || words.slice(0, -1).some((word) => isDeed(word))) return undefined
  const others = rest ?? all.slice(text.length)
  if (described(last, others)) return undefined
  // "Stage prop store for our opera": where something is kept, and for whom.
  if (
    /^(?:store|pool|shed|cupboard|depot|locker|stock|archive|desk|office|corner)$/.test(last) &&
    whom &&
    words.length > 1 &&
    rest === undefined
  )
    return []
  const undertaking = undertakings.test(last)
  const named = /[a-z]{3,}ing$/.test(last) && last !== 'thing' && last !== 'building'
  if (
    !undertaking &&
    !(whom && (named || (/^ (?:for|at) /i.test(whom) && /[a-z]{3}s$/.test(last) && spokenOf(last, others))))
  )
    return undefined
  if (rest === undefined) return whom || undertaking ? [] : undefined
  return clause.test(rest) ? [sentence(rest)] : undefined
}

/** What has fields of its own is stored, whatever the title says. */
const described = (last: string, others: string): boolean =>
  new RegExp(`\\b(?:${escaped(singular(last))}|${escaped(plural(singular(last)))}) (?:has|have|with)\\b`, 'i').test(
    others,
  ) && /ing$/.test(last)

const isDeed = (word: string): boolean => {
  const base = baseVerb(word)
  return !/ing$/.test(word) && isKnownVerb(base)
}

const spokenOf = (last: string, others: string): boolean =>
  new RegExp(`\\b(?:${escaped(singular(last))}|${escaped(plural(singular(last)))})\\b`, 'i').test(others)

const escaped = (word: string): string => word.replace(/[^\p{L}]/gu, '\\$&')
