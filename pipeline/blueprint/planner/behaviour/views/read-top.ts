import { plural } from '../../language/words.ts'
import { baseVerb, linkNouns } from '../../lexicon/verbs.ts'
import { numberOf, numberPattern } from '../terms/numbers.ts'
import { markOf } from '../toggles/verbs.ts'
import type { ViewSpec } from './spec.ts'
import { splitGroups } from './split-groups.ts'

/** A report without who it is for. */
export type Body = Omit<ViewSpec, 'said' | 'who' | 'zone'>

/** "Top 5 shows by children", "the three rooms with the most bookings", "the ten most booked rooms". */
export const readTop = (text: string): Body | undefined => {
  const found =
    new RegExp(
      `^(?:the |our |a )?(?:top|best|first|leading)(?: (${numberPattern}))? (.+?)(?:,)? (?:ranked by|sorted by|by|according to|in terms of|with the most|with most|with the highest|measured by) (?:the )?(?:number of |total |their )?(.+)$`,
      'i',
    ).exec(text) ??
    new RegExp(`^(?:the )?(${numberPattern}) (.+?) (?:with the (?:most|highest)|with most) (.+)$`, 'i').exec(text)
  if (!found) return readMost(text)
  const top = found[1] ? numberOf(found[1]) : 10
  if (top === undefined) return undefined
  const byPeriod = splitGroups(found[3]!)
  return { measures: [{ of: byPeriod.measure }], groups: [found[2]!, ...byPeriod.groups], top }
}

/** "Members who have more than 20 orders". */
export const readHaving = (text: string, asked: boolean): Body | undefined => {
  if (!asked && !/^(?:which|what)\b/i.test(text)) return undefined
  const found = new RegExp(
    `^(?:which |what |all |the |any )?([\\p{L}-]+(?: [\\p{L}-]+)?) (?:that |who |which )?(?:have |has |had |made |placed |got |received |raised |with |wrote |gave |ordered |brought in |earned )+(?:(more than|over|at least|fewer than|less than|under|at most) )(${numberPattern})(?: (?:euros?|eur|dollars?|usd|pounds?|kg|€|\\$))?(?: (?:of |in )?([\\p{L}][\\p{L} -]*))?$`,
    'iu',
  ).exec(text)
  if (!found) return undefined
  const value = numberOf(found[3]!)
  const sign = /at least/i.test(found[2]!)
    ? '>='
    : /at most/i.test(found[2]!)
      ? '<='
      : /more|over/i.test(found[2]!)
        ? '>'
        : '<'
  if (value === undefined) return undefined
  const split = splitGroups(found[4] ?? '')
  return { measures: [{ of: split.measure }], groups: [found[1]!, ...split.groups], having: { sign, value } }
}

const most = new RegExp(
  `^(?:the |our )?(?:(?:top )?(${numberPattern}) )?(?:most (?:often |frequently )?|best[ -])(liked|loved|[\\p{L}-]+ed|sold|bought|lent|rated)[ -]([\\p{L}-]+(?: [\\p{L}-]+)?)(?: (?:on|at) (?:the|our) (?:start|home|front|first|main) ?page)?$`,
  'iu',
)

/** "The ten most liked posts": by what was put on them or made of them. */
const readMost = (text: string): Body | undefined => {
  const found = most.exec(text)
  const top = found?.[1] ? numberOf(found[1]) : 10
  if (!found || top === undefined) return undefined
  const done = found[2]!.toLowerCase().replace('loved', 'liked')
  const noun = /^(?:sold|bought)$/.test(done)
    ? 'purchase'
    : done === 'lent'
      ? 'loan'
      : (linkNouns.get(baseVerb(done.replace(/d$/, ''))) ?? linkNouns.get(done.replace(/ed$/, '')))
  const of = markOf(done) ? done : noun && plural(noun)
  return of ? { measures: [{ of }], groups: [found[3]!], top } : undefined
}
