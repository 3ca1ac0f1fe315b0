import type { Fact } from '../read/facts.ts'
import type { Noun } from '../read/noun.ts'

/** Returns the nouns of which a fact speaks as of things. */
export const nounsOf = (fact: Fact): Noun[] => {
  if (fact.kind === 'thing') return [fact.noun]
  if (fact.kind === 'fields' || fact.kind === 'nested') return [fact.of]
  if (fact.kind === 'parent') return [fact.child, fact.parent]
  if (fact.kind === 'many') return [fact.from, fact.to]
  if (fact.kind === 'access' && fact.noun) return [fact.noun]
  return []
}

/** Returns a fact with each noun of which it speaks put through `swap`. */
export const withNouns = (fact: Fact, swap: (noun: Noun) => Noun): Fact => {
  if (fact.kind === 'thing') return { ...fact, noun: swap(fact.noun) }
  if (fact.kind === 'fields' || fact.kind === 'nested') return { ...fact, of: swap(fact.of) }
  if (fact.kind === 'parent') return { ...fact, child: swap(fact.child), parent: swap(fact.parent) }
  if (fact.kind === 'many')
    return { ...fact, from: fact.from.article === '@who' ? fact.from : swap(fact.from), to: swap(fact.to) }
  if (fact.kind === 'access' && fact.noun) return { ...fact, noun: swap(fact.noun) }
  return fact
}
