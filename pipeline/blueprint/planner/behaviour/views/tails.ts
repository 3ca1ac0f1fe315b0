import { numberOf, numberPattern } from '../terms/numbers.ts'
import type { ViewSpec } from './spec.ts'

/** Which days count is asked of every report, when it is read. */
const chosen =
  /,? (?:(?:between|within) two (?:dates|days)|from (?:an?|one) (?:date|day) (?:to|until) (?:an?(?:other)?|the other) (?:date|day)?|(?:for|in|of|over|within|during) (?:an?|any|the) (?:chosen|given|selected|certain|particular|freely chosen) (?:year|month|week|day|period|time span|date range|time|range|span)|(?:for|in|over) any (?:year|month|period)|with a (?:start|from) (?:date )?and (?:an? )?(?:end|to) date)$/i
/** How they come: "highest first". */
const ordered =
  /,? (?:(?:with )?(?:the )?(?<most>highest|largest|biggest|greatest|most|best) (?:one )?(?:first|on top)|(?:with )?(?:the )?(?<least>lowest|smallest|least|fewest|worst) (?:one )?(?:first|on top)|(?:sorted|ordered|ranked) by (?:the |its |their )?(?:total|sum|number|count|amount|revenue|average|value)(?<asc>,? (?:lowest|smallest|ascending)(?: first)?)?(?:,? (?:descending|highest first|largest first))?)$/i
const only = new RegExp(
  `,? (?:but )?(?:only|where|of which|just) (?:(?:those|the ones|these|[\\p{L}-]+s) )?(?:(?:with|that have|which have|having|where|if|when|that (?:are|is)|(?:it|they|that|the (?:sum|total|average|number|count|amount)) (?:is|are)|is|are) )?(?:(?:an?|the|its|their) (?:total|sum|average|count|number|amount) (?:of |is |are )?)?(?<sign>more than|over|above|at least|less than|fewer than|under|below) (?<value>${numberPattern})(?: (?:euros?|eur|dollars?|usd|pounds?|kg|km|hours?|in total|altogether|[\\p{L}-]+))?(?: in total| altogether| in all)?$`,
  'iu',
)

const sums = /\b(?:in total|altogether|in all|euros?|eur|dollars?|usd|pounds?|kg|km|hours?|total|sum)\b/i

/** What follows a wish for a report, taken off it. */
export type Tails = { text: string } & Pick<ViewSpec, 'having' | 'order'>

/** Takes off which days count, which groups are shown and how they are ordered: "per campaign, only those over 100". */
export const takeTails = (said: string): Tails => {
  let text = said
  let having: ViewSpec['having']
  let order: ViewSpec['order']
  for (let i = 0; i < 3; i += 1) {
    text = text.replace(chosen, '')
    const found = ordered.exec(text)
    if (found) {
      order = found.groups!.least || found.groups!.asc ? 'least' : 'most'
      text = text.slice(0, found.index)
    }
    const some = only.exec(text)
    const value = some ? numberOf(some.groups!.value!) : undefined
    // "Only customers with more than 100 orders" is all of the sentence; of a report it follows what is added up.
    if (
      some &&
      value !== undefined &&
      /\b(?:per|by|for each|for every|of each|each|every)\b/i.test(text.slice(0, some.index))
    ) {
      const sign = some.groups!.sign!.toLowerCase()
      having = {
        sign: sign === 'at least' ? '>=' : /more|over|above/.test(sign) ? '>' : '<',
        value,
        ...(sums.test(some[0]) ? { total: true } : {}),
      }
      text = text.slice(0, some.index)
    }
  }
  return { text, ...(having ? { having } : {}), ...(order ? { order } : {}) }
}
