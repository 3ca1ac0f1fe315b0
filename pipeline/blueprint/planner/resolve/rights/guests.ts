import type { Fact } from '../../read/facts.ts'
import { keyOf } from '../../read/noun.ts'

const names = new Set(['guest', 'visitor'])

/** Guests and visitors are everybody, unless they are described, sign in, or have something of their own. */
export const guestsAreEveryone = (facts: readonly Fact[]): Fact[] => {
  const people = [...names].filter((name) => !facts.some((fact) => isSomebody(fact, name)))
  return facts.flatMap((fact): Fact[] => {
    if (fact.kind === 'role' && people.includes(fact.name)) return []
    if (fact.kind !== 'access' || !fact.who.some((who) => people.includes(who))) return [fact]
    const who = [...new Set(fact.who.map((one) => (people.includes(one) ? 'everyone' : one)))]
    return [{ ...fact, who, only: fact.only && !who.includes('everyone'), limited: false }]
  })
}

const isSomebody = (fact: Fact, name: string): boolean =>
  (fact.kind === 'fields' && keyOf(fact.of) === name) ||
  (fact.kind === 'thing' && keyOf(fact.noun) === name && fact.how !== 'acted') ||
  (fact.kind === 'parent' && (keyOf(fact.child) === name || keyOf(fact.parent) === name)) ||
  (fact.kind === 'role' && fact.name === name && fact.joins === true) ||
  (fact.kind === 'access' && fact.who.includes(name) && fact.scope !== 'all') ||
  (fact.kind === 'many' && (keyOf(fact.from) === name || keyOf(fact.to) === name))
