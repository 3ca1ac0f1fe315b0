import type { Wording } from '../makings.ts'
import { singular } from '../words.ts'
import { thing } from './thing.ts'

const done = '(donated|given|spent|paid|sold|raised|collected|earned|lent|borrowed|ordered|harvested|produced)'
const ask =
  '(?:(?:(?:we|i) (?:want|need|would like) to (?:see|know)|(?:please )?(?:show|list|tell)(?: (?:me|us))?|see) )?'
const groups = '([\\p{L}-]+(?: [\\p{L}-]+)?(?:(?:, | and (?:per )?)[\\p{L}-]+(?: [\\p{L}-]+)?){0,3})'
const period = '(hour|day|week|month|year)'
const units: Readonly<Record<string, string>> = {
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
  yearly: 'year',
}
const taken: Readonly<Record<string, string>> = {
  sum: 'total',
  total: 'total',
  add: 'total',
  average: 'average',
  count: 'number',
}

/** What is to be added up, said in other words than "show total donations per month and campaign". */
export const reports: readonly Wording[] = [
  // "list courses with an average of at least 4 stars"
  [
    /^(?:please )?(show|list)(?: me| us)?(?: all)?(?: the)? ([\p{L}-]+s) (?:with|that have|which have) (?:an?|the) (average|total|sum)(?: of)? (at least|more than|over|above|less than|under|below|fewer than) (\d+(?:[.,]\d+)?) ([\p{L}-]+)$/iu,
    (_, show, things, take, sign, count, field) =>
      `${show} the ${take!.toLowerCase() === 'average' ? 'average' : 'total'} ${field} per ${singular(things!.toLowerCase())}, only those with ${sign} ${count} in total`,
  ],
  // "the order's total adds up the amounts of its lines"
  [
    /^(?:the |an? |each |every )?([\p{L}-]+)(?:'s|’s) ([\p{L}-]+(?: [\p{L}-]+)?) (?:adds up|sums up|is made up of|totals) (?:all )?(?:the )?([\p{L}-]+) of (?:its|the|all) ([\p{L}-]+)$/iu,
    'The $2 of each $1 is the sum of the $3 of its $4',
  ],
  // "every post comes together with its author"
  [
    /^(?:an?|each|every|the) ([\p{L}-]+(?: [\p{L}-]+)?) (?:comes|is shown|is sent|is returned|is answered) (?:together |along )?with (?:its|the|their) ([\p{L}-]+(?: [\p{L}-]+)?)$/iu,
    'Show each $1 with its $2',
  ],
  // "how much was donated to each campaign per month", "total spent per customer"
  [
    new RegExp(
      `^${ask}how much (?:money )?(?:was|is|were|has been|have been|got) ${done} (?:to|for|on|by|from|in|at) (?:each|every|all|the) ${thing} (?:per|each|every|in each) ${period}$`,
      'iu',
    ),
    (_, verb, one, unit) => `How much was ${verb} per ${singular(one!.toLowerCase())} and ${unit}`,
  ],
  [
    new RegExp(
      `^${ask}(?:the )?(?:total|sum|amount|money) (?:that was |which was )?${done} (?:per|by|for each|for every) ${groups}$`,
      'iu',
    ),
    'How much was $1 per $2',
  ],
  // "sum up the donations for each campaign and month"
  [
    new RegExp(
      `^(?:sum up|add up|total)(?: all)?(?: the)? ${thing} (?:for|of|by|per) (?:each|every)? ?${groups}$`,
      'iu',
    ),
    'Show total $1 per $2',
  ],
  // "group donations by month and campaign and sum the amount"
  [
    new RegExp(
      `^group (?:the |all )?${thing} by ${groups},? and (sum|total|add|average|count)(?: up)?(?: (?:the|their|its))?(?: ((?!them\\b|it\\b)[\\p{L}-]+(?: [\\p{L}-]+)?)| them| it)?$`,
      'iu',
    ),
    (_, rows, by, take, field) =>
      `Show ${taken[take!.toLowerCase()]}${field && take !== 'count' ? ` ${field}` : ''} of ${rows} per ${by}`,
  ],
  // "the biggest order per month"
  [
    new RegExp(
      `^${ask}(?:the )?(?:biggest|largest|highest) ${thing} (?:per|of each|in each|each|of every) ${groups}$`,
      'iu',
    ),
    'Show the highest $1 per $2',
  ],
  [
    new RegExp(`^${ask}(?:the )?(?:smallest|lowest) ${thing} (?:per|of each|in each|each|of every) ${groups}$`, 'iu'),
    'Show the lowest $1 per $2',
  ],
  // "monthly totals per campaign"
  [
    new RegExp(
      `^${ask}(?:the )?(hourly|daily|weekly|monthly|yearly) (?:totals?|sums?) (?:per|of each|for each|by) ${thing}$`,
      'iu',
    ),
    (_, often, one) => `Show totals per ${units[often!.toLowerCase()]} and ${one}`,
  ],
  // "customers with more than 5 orders"
  [
    /^(?:(?:find|list|show|see|get) )?(?:all |the )?([\p{L}-]+s) (?:with|who have|that have|having|who made|who placed) (more than|over|at least|fewer than|less than) (\d+|one|two|three|four|five|ten|twenty) ([\p{L}-]+s)$/iu,
    'Show $1 with $2 $3 $4',
  ],
  // "weekly revenue", "orders by hour in Europe/Berlin"
  [
    new RegExp(
      `^${ask}(?:the |our )?(hourly|daily|weekly|monthly|yearly) (revenue|turnover|income|takings|earnings|sales|costs|spending)$`,
      'iu',
    ),
    (_, often, what) => `Show ${what} per ${units[often!.toLowerCase()]}`,
  ],
  [
    new RegExp(
      `^(?:(?:please )?(?:show|list|chart|plot)(?: (?:me|us))? (?:the )?)?([\\p{L}-]+s) by ${period}((?: in .+)?)$`,
      'iu',
    ),
    'Show $1 per $2$3',
  ],
  // "show the average weight per day for each hive"
  [
    new RegExp(
      `^${ask}(?:the )?((?:average|total|lowest|highest|sum of|number of) .+?) (?:per|by|each) ${period} (?:for|of|and) (?:each|every|all|per) ${thing}$`,
      'iu',
    ),
    (_, what, unit, one) => `Show the ${what} per ${singular(one!.toLowerCase())} and ${unit}`,
  ],
  // "the ten photos with the most votes are shown first"
  [
    /^(?:the )?([\p{L}\d]+) ([\p{L}-]+s) with (?:the )?most ([\p{L}-]+s) (?:are shown|come|appear|are listed|stand|are on top|go) ?(?:first|on top|at the top|on the (?:start|front|first) page)?$/iu,
    'Show the $1 $2 with the most $3',
  ],
]
