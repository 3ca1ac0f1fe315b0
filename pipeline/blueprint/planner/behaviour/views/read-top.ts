import { numberOf, numberPattern } from '../terms/numbers.ts'
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

const often = '(?:often |frequently |much |highly )?'
const page =
  '(?: (?:first|on top|(?:on|at) (?:the|our) (?:start|home|front|first|main|landing) ?page|of all(?: time)?))?'
const within = '(?: (?:(?:of|in) (?:the|this|each|every|last) |this |last )(?<period>day|week|month|year|season))?'
const deed =
  'popular|favou?rite|in[ -]demand|sought[ -]after|talked[ -]about|[\\p{L}-]+ed(?:[ -]for)?|sold|bought|lent|read|seen|taken'
const named =
  '(?<things>[\\p{L}-]+(?: (?!come\\b|are\\b|is\\b|go\\b|stand\\b|appear\\b|of\\b|by\\b|with\\b|in\\b|this\\b|last\\b|first\\b|on\\b|at\\b|per\\b|from\\b|for\\b)[\\p{L}-]+)?)'
const ranks: readonly RegExp[] = [
  `^(?:the |our |a )?(?:(?:top )?(?<n>${numberPattern}) )?(?<best>most|best|top|highest|least|worst)[ -]${often}(?<by>${deed}|selling)[ -](?:(?<n2>${numberPattern}) )?${named}${within}${page}$`,
  `^(?:the |our )?(?:(?<best>top|best)(?: (?<n>${numberPattern}))?|(?<n2>${numberPattern}) (?:best|top)) (?:of (?:all|the|our) )?${named}${within}${page}$`,
].map((source) => new RegExp(source, 'iu'))

/** "The ten most liked posts", "the most popular ideas", "the top 5 books": by what was put on them or made of them. */
const readMost = (text: string): Body | undefined => {
  const found = ranks.map((pattern) => pattern.exec(text)?.groups).find(Boolean)
  const many = found?.n ?? found?.n2
  const top = many ? numberOf(many) : 10
  if (!found || top === undefined || /^(?:day|week|month|year)s?$/i.test(found.things!)) return undefined
  const how = (found.best ?? 'best').toLowerCase()
  return {
    measures: [],
    groups: [found.things!],
    top,
    rank: {
      by: (found.by ?? 'best').toLowerCase().replace(/-/g, ' '),
      ...(/^(?:best|top|highest|worst)$/.test(how) ? { well: true } : {}),
      ...(/^(?:least|worst)$/.test(how) ? { up: true } : {}),
      ...(found.period ? { period: found.period.toLowerCase() } : {}),
    },
  }
}
