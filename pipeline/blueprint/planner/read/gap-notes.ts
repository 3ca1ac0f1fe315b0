import { gaps } from '../lexicon/gaps.ts'
import type { Reader } from './reader.ts'

/** Notes what cannot be built. Returns the clause, or '' where nothing else can be in it. */
export const noteGaps = (clause: string, reader: Reader): string => {
  let rest = clause
  for (const gap of gaps) {
    const found = gap.pattern.exec(rest)
    if (!found) continue
    if (!reader.gaps.has(gap.topic)) reader.gaps.set(gap.topic, clause)
    reader.facts.push({ kind: 'gap', topic: gap.topic })
    if (!gap.whole) {
      rest = withoutSegment(rest, found.index)
      continue
    }
    const cut = rest
      .slice(0, found.index)
      .replace(
        /(?:[,;]|\b(?:and|so|that|to|with|which|will|should|also|can|be|it|we|they|i|want|like|would|need|is|are|the|a|able|system|get|gets|please|must|then|where|when|who|as well as|plus|me|us|users?|people|everyone|staff|customers?|members?|managers?|admins?)\b|\s)+$/i,
        '',
      )
    rest = cut.split(/\s+/).length >= 3 ? cut : ''
    if (!rest) return ''
  }
  return rest
}

/** Takes the part between commas or "and" around a place out of a clause, where other parts are left. */
const withoutSegment = (clause: string, at: number): string => {
  const joint = /\s*,\s*(?:and\s+)?|\s+(?:and|plus|with)\s+/gi
  let start = 0
  let end = clause.length
  for (const match of clause.matchAll(joint)) {
    if (
      /\bwith\b/i.test(match[0]) &&
      /\b(?:pay|in|up|login|checkout|integrate|sync)$/i.test(clause.slice(0, match.index))
    )
      continue
    if (match.index + match[0].length <= at) start = match.index
    else if (match.index > at) {
      end = match.index
      break
    }
  }
  return start === 0
    ? end < clause.length &&
      /^[^:(]*$/.test(clause.slice(0, end)) &&
      !/\b(?:api|app|system|service)\b/i.test(clause.slice(0, end))
      ? clause.slice(end).replace(/^\s*(?:,|and|plus|with)\s*/i, '')
      : clause
    : `${clause.slice(0, start)}${clause.slice(end)}`
}
