import { beginsClause } from '../read/clauses.ts'

/** A part of a sentence that may stand alone, with what stood between it and the part before. */
export type Segment = { joint: string; text: string }

const joint =
  /\s*;\s*(?:and\s+|but\s+)?|\s*,\s*(?:and|but|so|where|while|whereas|plus|also)\s+(?:that\s+|also\s+|then\s+)?|\s*,\s+|\s+(?:and|but|while|whereas|so that|where)\s+(?:that\s+|also\s+)?|\s+-\s+|:\s+/gi
const starts =
  /^(?:no|not more|not less|only|two|at most|at least|up to|max(?:imum)?|nobody|no[- ]one|never|when|whenever|once|if|as soon as|after|before|it|they|people|everyone|everybody|anyone|we|i|do not|don't|cancel+ing|return(?:ing)?|on weekdays|double|overlapping)\b|^(?:remind|notify|tell|inform|alert) (?!us\b)[\p{L}]+ |^(?:each|every|the|an?|all|any|our) (?:[\p{L}\d'-]+ ){1,4}?(?:can|could|may|might|must|should|shall|will|has|have|is|are|goes?|gets?|needs?|takes?|never|cannot|becomes?)\b|^(?:each|every) (?:[\p{L}-]+ ){1,2}?[\p{L}]+s (?:[\p{L}-]+ ){0,4}?(?:only|at most|exactly|just|no more than)\b/iu
/** How requests and answers look is said in short orders, one behind the other. */
const orders =
  /^(?:(?:use|return|answer|wrap|prefix|send|put) (?:\d{3}|an? |the |all |single |lists?|objects|everything|everybody|errors?|it |with |camel|snake|bearer|put\b|patch\b|plain|bare|token)|(?:validation |all )?errors (?:as|answer|are|come|look)|lists (?:come|answer|are|return|in|with)|deletes (?:are|answer|return)|creates (?:answer|return)|snake|camel|bearer|(?:stay|keep people|keep users) (?:signed|logged)|(?:at most )?\d+ per page|\d{3} (?:for|on|when|if|instead)|(?:access )?tokens? expire|page size|allow (?:put|cors)|no nulls|leave out nulls|paginate|(?:deletes|deletions) |soft deletes?|keep (?:a|the) history|keys? )/i
const modal =
  /^(?:must|may|can|cannot|should|shall|need|needs|has to|have to)(?: not)?\s+(?:never |only |also )?[a-z]+|^(?:is|are) (?:never|not) [a-z]+|^never [a-z]+|^(?:is|are) (?:valid|open|due|good|payable) (?:for|within|after|in)\b|^lasts? (?:\d|an?\b|half|one|two|three|at|up)/i
const subject =
  /^((?:(?:an?|the|each|every|all|any|no|our|my|two)\s+)?[\p{L}\d'-]+(?:\s+[\p{L}\d'-]+){0,3}?)\s+(?:can|could|may|might|must|should|shall|will|has|have|is|are|goes?|belongs?|needs?|gets?|contains?)\b/iu

const maxSegments = 12

/** Returns the parts of a sentence that a clause begins; a part without a subject takes over that of the part before. */
export const segmentsOf = (sentence: string): Segment[] => {
  const cuts: { at: number; width: number; text: string }[] = []
  const depths = depthsOf(sentence)
  for (const found of sentence.matchAll(joint)) {
    const from = found.index + found[0].length
    const after = sentence.slice(from, from + 160)
    if (depths[found.index] !== 0 || found.index === 0 || cuts.length >= maxSegments - 1) continue
    if (/;/.test(found[0]) || starts.test(after) || orders.test(after) || modal.test(after) || beginsClause(after))
      cuts.push({ at: found.index, width: found[0].length, text: found[0] })
  }
  const segments: Segment[] = []
  let from = 0
  let between = ''
  for (const { at, width, text } of [...cuts, { at: sentence.length, width: 0, text: '' }]) {
    const part = sentence.slice(from, at).trim()
    if (part) segments.push({ joint: between, text: part })
    between = text
    from = at + width
  }
  return segments
}

/** Returns the text of some neighbouring segments as one sentence; it begins with a subject where one can be taken over. */
export const joined = (segments: readonly Segment[], from: number, to: number): string => {
  const text = segments
    .slice(from, to)
    .map((one, i) => (i === 0 ? one.text : `${one.joint}${one.text}`))
    .join('')
  if (!modal.test(text)) return text
  for (let i = from - 1; i >= 0; i -= 1) {
    const found = subject.exec(segments[i]!.text)
    if (found) return `${found[1]} ${text}`
  }
  return text
}

const depthsOf = (text: string): number[] => {
  let depth = 0
  return [...text].flatMap((sign) => {
    if ('([{'.includes(sign)) depth += 1
    const here = depth
    if (')]}'.includes(sign)) depth = Math.max(0, depth - 1)
    return Array.from({ length: sign.length }, () => here)
  })
}
