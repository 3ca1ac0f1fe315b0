import type { Statement } from './statements.ts'
import { isPeople } from './turns/words.ts'
import { plural, singular } from './words.ts'

const making =
  /\b(?:create|make|write|draw up|add|set up|prepare|put together|design|plan|publish|enter|build|assign)s? (?:an? |the |new |their |own )*(?<first>[\p{L}-]+) (?<last>[\p{L}-]+)\b/giu
const told = (last: string): RegExp =>
  new RegExp(
    `(?:^|[.;] )(?:an?|each|every) ${last} (?:has|have|consists?|contains?|includes?|is made|comprises?|lists?)\\b|(?:^|[.;] )${plural(last)} (?:have|consist|contain|include)\\b`,
    'i',
  )
/** How something is, and not which kind of it. */
const adjective =
  /^(?:an?|the|new|own|old|short|long|open|big|small|several|many|all|more|other|one|two|three|for|of|to|in|on|with|and|or|their|our|my|his|her|daily|weekly|monthly|yearly|annual|first|last|public|private|up|out)$/i

/**
 * Returns the statements with one name for what goes by two: "coaches create training plans" and then "a plan consists of
 * drills" are plans, where no plans of another kind are spoken of.
 */
export const withShortNames = (statements: readonly Statement[]): Statement[] => {
  const all = statements.map(({ text, items }) => [text, ...(items ?? [])].join('. ')).join('. ')
  for (const found of all.matchAll(making)) {
    const first = found.groups!.first!.toLowerCase()
    const last = singular(found.groups!.last!.toLowerCase())
    if (adjective.test(first) || last.length < 4 || isPeople(last) || !told(last).test(all)) continue
    const kinds = [...all.matchAll(new RegExp(`([\\p{L}-]+) (?:${last}|${plural(last)})\\b`, 'giu'))]
      .map((one) => one[1]!.toLowerCase())
      .filter((one) => !adjective.test(one) && one !== first)
    if (kinds.some((one) => !isBefore(one))) continue
    const long = new RegExp(`\\b${first} (?=(?:${last}|${plural(last)})\\b)`, 'gi')
    return statements.map((one) => ({
      ...one,
      text: one.text.replace(long, ''),
      ...(one.items ? { items: one.items.map((item) => item.replace(long, '')) } : {}),
    }))
  }
  return [...statements]
}

/** Words that stand before a noun without being part of its name. */
const isBefore = (word: string): boolean =>
  /^(?:each|every|this|that|these|any|no|only|see|sees|view|read|extend|extends|change|edit|delete|close|approve|assign|assigns|share|follow|get|have|has|per|from|by|at|is|are|can|this|both|some|its|whose|which|add|create|creates|make|makes)$/i.test(
    word,
  )
