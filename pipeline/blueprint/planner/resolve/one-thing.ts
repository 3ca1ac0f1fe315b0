import type { Fact } from '../read/facts.ts'
import { keyOf, type Noun } from '../read/noun.ts'
import { nounsOf, withNouns } from './nouns-of.ts'

/**
 * What a request says it is for and what its sentences then describe are one thing: in "A tool for meeting rooms. Rooms have
 * a name." the meeting rooms are the rooms. Only where the long name has no fields of its own, was there before the short
 * one and is the only one that ends so. Returns the facts with the name that the sentences use.
 */
export const asOneThing = (facts: readonly Fact[]): readonly Fact[] => {
  const first = new Map<string, number>()
  const described = new Map<string, number>()
  for (const [at, fact] of facts.entries()) {
    for (const noun of nounsOf(fact)) if (!first.has(keyOf(noun))) first.set(keyOf(noun), at)
    if (fact.kind === 'fields' && !fact.extends && !described.has(keyOf(fact.of))) described.set(keyOf(fact.of), at)
  }
  const shortFor = new Map<string, Noun>()
  for (const [at, fact] of facts.entries()) {
    if (fact.kind !== 'thing' || fact.how === 'acted' || fact.how === 'place' || fact.noun.words.length < 2) continue
    const long = keyOf(fact.noun)
    const short = fact.noun.words.at(-1)!
    const said = first.get(short)
    if (described.has(long) || !described.has(short) || said === undefined) continue
    // The short name comes up where it is described; what was named beside the long one is something else.
    if (first.get(long) !== at || at >= said || described.get(short)! > said + 1) continue
    if ([...first.keys()].some((one) => one !== long && one.endsWith(`_${short}`))) continue
    shortFor.set(long, { ...fact.noun, words: [short] })
  }
  if (shortFor.size === 0) return facts
  return facts.map((fact) =>
    withNouns(fact, (noun) => {
      const short = shortFor.get(keyOf(noun))
      return short ? { ...noun, words: short.words } : noun
    }),
  )
}
