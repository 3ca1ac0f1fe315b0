import type { MeasureSpec } from './spec.ts'

const takes: readonly (readonly [RegExp, MeasureSpec['take']])[] = [
  [/^(?:the )?(?:(?:total |overall )?(?:number|count|amount|quantity) of|counts? of|how many)\s+/i, undefined],
  [/^(?:the )?(?:grand )?(?:totals?|sums?)(?: (?:of|for|amount of|number of))?\s+/i, 'sum'],
  [/^(?:the )?(?:averages?|avg|mean)(?: (?:of|for))?\s+/i, 'avg'],
  [/^(?:the )?(?:minimum|min|lowest|smallest|least|cheapest|shortest|earliest|coldest)(?: of)?\s+/i, 'min'],
  [/^(?:the )?(?:maximum|max|highest|largest|biggest|greatest|longest|latest|peak|hottest)(?: of)?\s+/i, 'max'],
]
const lone: Readonly<Record<string, MeasureSpec['take']>> = {
  average: 'avg',
  avg: 'avg',
  mean: 'avg',
  minimum: 'min',
  min: 'min',
  lowest: 'min',
  maximum: 'max',
  max: 'max',
  highest: 'max',
  total: 'sum',
  totals: 'sum',
  sum: 'sum',
  count: 'count',
  counts: 'count',
  number: 'count',
}

/** Reads what is added up: "average, minimum and maximum temperature", "orders and revenue", "weight (average, min)". */
export const readMeasures = (text: string): MeasureSpec[] => {
  const inBrackets =
    /^(.+?)\s*[(:,]\s*((?:(?:average|avg|mean|min(?:imum)?|max(?:imum)?|lowest|highest|total|sum|count)\b[\s,]*(?:and\s+|&\s*)?)+)\)?$/i.exec(
      text,
    )
  if (inBrackets) {
    const of = readMeasures(inBrackets[1]!)[0]?.of ?? inBrackets[1]!
    return takesIn(inBrackets[2]!).map((take) => ({ ...(take ? { take } : {}), of }))
  }
  const measures: MeasureSpec[] = []
  let waiting: MeasureSpec['take'][] = []
  for (const part of text.split(/\s*(?:,|\band\b|&|\bas well as\b|\bplus\b)\s*/i)) {
    const plain = part.trim().replace(/^the\s+/i, '')
    if (!plain) continue
    const alone = lone[plain.toLowerCase()]
    if (alone) {
      waiting.push(alone)
      continue
    }
    const measure = readMeasure(plain)
    for (const take of waiting) if (take !== measure.take) measures.push({ ...(take ? { take } : {}), of: measure.of })
    waiting = []
    measures.push(measure)
  }
  for (const take of waiting) measures.push({ ...(take ? { take } : {}), of: measures[0]?.of ?? '' })
  return measures.slice(0, 8)
}

const takesIn = (text: string): MeasureSpec['take'][] =>
  text
    .toLowerCase()
    .split(/[^a-z]+/)
    .flatMap((word) => (Object.hasOwn(lone, word) ? [lone[word]!] : []))

const readMeasure = (text: string): MeasureSpec => {
  for (const [pattern, take] of takes) {
    const found = pattern.exec(text)
    if (!found) continue
    const of = text.slice(found[0].length).trim()
    const counted = take === undefined && !/amount of/i.test(found[0])
    if (of) return { ...(counted ? { take: 'count' as const } : take ? { take } : {}), of }
  }
  const after = /^(.+?)\s+(total|totals|sum|sums|average|averages|count|counts|minimum|maximum)$/i.exec(text)
  if (after) {
    const take = lone[after[2]!.toLowerCase().replace(/s$/, '')]
    return { ...(take ? { take } : {}), of: after[1]! }
  }
  return { of: text }
}
