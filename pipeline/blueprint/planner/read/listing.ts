import type { ListingHint } from './facts.ts'
import { splitItems } from './items.ts'
import { type Noun, nounOf } from './noun.ts'

const list =
  "((?:the |their |its |an? |own )?[\\p{L}\\d_'-]+(?: (?!and\\b|or\\b|with\\b|so\\b|but\\b|to\\b|in\\b|for\\b|first\\b|can\\b|while\\b|where\\b|by\\b|is\\b|are\\b|should\\b)[\\p{L}\\d_'-]+){0,2}(?:(?:\\s*,\\s*(?:and |or )?|\\s+(?:and|or)(?:\\/or)? )(?:by |the |their |its |an? )?(?!sort|order|search|filter|find|mark|see|list|can|the user|delete|edit|update|create|add|users|admins|everyone|only|anyone|show|newest|oldest|latest|earliest|most|least|cheapest|highest|lowest|largest|smallest|biggest|longest|shortest|best|descending|ascending|desc|asc|they|it\\b|we\\b|i\\b)[\\p{L}\\d_'-]+(?: (?!and\\b|or\\b|with\\b|so\\b|but\\b|to\\b|in\\b|for\\b|first\\b|can\\b|has\\b|have\\b|should\\b|is\\b|are\\b)[\\p{L}\\d_'-]+){0,2}){0,8})"
const object =
  '(?: (?:for |all |the |my |our |their |any |through )*(them|it|those|these|[\\p{L}-]+(?: [\\p{L}-]+)?))??'

type Rule = readonly [RegExp, (found: RegExpExecArray) => ListingHint]
const rule = (source: string, hint: Rule[1]): Rule => [new RegExp(source, 'iu'), hint]
const of = (text: string | undefined): Noun | undefined =>
  !text || /^(?:them|it|those|these|everything|things)$/i.test(text) ? undefined : nounOf(text)
const times: readonly (readonly [RegExp, boolean])[] = [
  [
    /^(?:newest|latest|most recent|recency|recent(?:ly added)?|date added|newness)(?: (?:ones?|entries|first))?$/i,
    true,
  ],
  [/^(?:oldest|earliest|first added)(?: (?:ones?|entries|first))?$/i, false],
]

/** "sort by newest" names no field: it is the time, from the end. */
const withTimes = (hint: ListingHint): ListingHint => {
  const time = hint.how === 'sort' ? times.find(([pattern]) => pattern.test(hint.fields[0] ?? '')) : undefined
  return time ? { ...hint, fields: ['@time'], descending: time[1] } : hint
}

const downwards =
  /^[\s,(]*(?:desc|newest|latest|highest|most|largest|biggest|best|longest|greatest|heaviest|tallest|dearest|priciest|z to a|from high)/i

const fields = (text: string): string[] =>
  splitItems(text.replace(/ or /g, ', ')).map((one) =>
    one.replace(/^(?:by|the|their|its|an?|own)\s+/i, '').replace(/\s+(?:and|or)$/, ''),
  )

const rules: readonly Rule[] = [
  rule(
    `^(?:please\\s+)?(?:list|show|display|return)(?: me| us)?(?: the| all)? ([\\p{L}-]+s(?: [\\p{L}-]+s)?) by ${list}$`,
    (m) => ({ how: 'sort', fields: fields(m[2]!), of: of(m[1]) }),
  ),
  rule(
    `\\b(?:sort(?:able|ed|ing|s)?|order(?:ed|ing)?|rank(?:ed|ing)?|arranged?)${object} by ${list}(?:,? ?\\(?(descending|desc|ascending|asc|alphabetically|(?:the )?(?:most |least )?\\p{L}+ first)\\)?)?`,
    (m) => ({
      how: 'sort',
      fields: fields(m[2]!),
      of: of(m[1]),
      descending: downwards.test((m[3] ?? '').replace(/^the /i, '')),
    }),
  ),
  rule(`\\bin order of ${list}`, (m) => ({ how: 'sort', fields: fields(m[1]!) })),
  rule(
    '\\b(?:the )?(?:newest|latest|most recent|recent|last added|most recently added)(?: ones?| entries| items| [\\p{L}-]+)? (?:come |comes |shown |listed |on )?(?:first|at the top|on top)\\b|\\breverse chronological(?:ly)?(?: order)?',
    () => ({ how: 'sort', fields: ['@time'], descending: true }),
  ),
  rule(
    '\\b(?:the )?(?:oldest|earliest|first added|longest waiting)(?: ones?| entries| items| [\\p{L}-]+)? (?:come |comes |shown |listed )?(?:first|at the top|on top)\\b|\\b(?:in )?chronological(?:ly)?(?: order)?',
    () => ({ how: 'sort', fields: ['@time'] }),
  ),
  rule(
    '\\b(?:the )?(?:soonest|next due|nearest|upcoming|most urgent)(?: ones?| [\\p{L}-]+)? (?:come |shown |listed )?first\\b',
    () => ({ how: 'sort', fields: ['@date'] }),
  ),
  rule(
    '\\b(?:the )?(?:cheapest|least expensive|lowest priced?)(?: ones?| [\\p{L}-]+)? (?:come |shown |listed )?first\\b',
    () => ({ how: 'sort', fields: ['@price'] }),
  ),
  rule(
    '\\b(?:the )?(?:most expensive|priciest|dearest)(?: ones?| [\\p{L}-]+)? (?:come |shown |listed )?first\\b',
    () => ({ how: 'sort', fields: ['@price'], descending: true }),
  ),
  rule(
    '\\b(?:the )?(?:best(?: rated)?|highest[- ]rated|top[- ]rated)(?: ones?| [\\p{L}-]+)? (?:come |shown |listed )?first\\b',
    () => ({ how: 'sort', fields: ['@rating'], descending: true }),
  ),
  rule(
    '\\b(?:the )?(?:highest|largest|biggest|greatest|longest|most|heaviest|tallest) ([\\p{L}-]+(?: [\\p{L}-]+)?) (?:come |comes )?first\\b',
    (m) => ({ how: 'sort', fields: [m[1]!], descending: true }),
  ),
  rule(
    '\\b(?:the )?(?:lowest|smallest|shortest|fewest|least) ([\\p{L}-]+(?: [\\p{L}-]+)?) (?:come |comes )?first\\b',
    (m) => ({ how: 'sort', fields: [m[1]!] }),
  ),
  rule('\\b(?:in )?alphabetical(?:ly)?(?: order)?(?: by name| by title)?\\b|\\b(?:a to z|a-z)\\b', () => ({
    how: 'sort',
    fields: ['@title'],
  })),
  rule(
    `\\b(?:full[- ]text )?search(?:able|ed|ing|es)?(?: function)?${object} (?:by|on|in|for|through|across|within|over|via|using) ${list}`,
    (m) => ({ how: 'search', fields: fields(m[2]!), of: of(m[1]) }),
  ),
  rule(`\\bfilter(?:able|ed|ing|s)?(?: function)?${object} (?:by|on|using|via|for) ${list}`, (m) => ({
    how: 'filter',
    fields: fields(m[2]!),
    of: of(m[1]),
  })),
  rule(
    `\\b(?:find|look(?:ing)?(?: up)?|lookup|browse|list|query|see|view|show|get|group(?:ed)?|narrow(?: down)?|select|fetch)(?:s|ing|able)?${object}(?: up)? by ${list}`,
    (m) => ({ how: 'filter', fields: fields(m[2]!), of: of(m[1]) }),
  ),
]

/** "search by title only": the others go. */
const alone = (hint: ListingHint, after: string): ListingHint => {
  const only = /\s+(?:only|alone)$/i
  const last = hint.fields.at(-1) ?? ''
  if (!only.test(last) && !/^\s*only\b/i.test(after)) return hint
  return { ...hint, fields: [...hint.fields.slice(0, -1), last.replace(only, '')], only: true }
}

/** Takes wishes about lists (filter, search, order) out of a clause. */
export const takeListing = (clause: string): { rest: string; hints: ListingHint[] } => {
  const hints: ListingHint[] = []
  let rest = clause
  for (const [pattern, toHint] of rules)
    for (let round = 0; round < 3; round += 1) {
      const found = pattern.exec(rest)
      if (!found) break
      hints.push(alone(withTimes(toHint(found)), rest.slice(found.index + found[0].length)))
      rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`
    }
  return {
    rest: rest
      .replace(/\s+/g, ' ')
      .replace(/(?:\s*(?:,|\band\b|\bor\b|\bwith\b|\bto be\b|\bbe able to\b|\bto\b))+\s*$/i, '')
      .trim(),
    hints,
  }
}
