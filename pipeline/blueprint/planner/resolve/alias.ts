import { isInState } from '../language/clause-names.ts'
import { isReading } from '../lexicon/verbs.ts'
import type { Fact } from '../read/facts.ts'
import { keyOf, type Noun } from '../read/noun.ts'
import { nounsOf, withNouns } from './nouns-of.ts'

/**
 * Returns the facts with short names written out: where leave requests have been described, "requests" means them, and
 * "beehives" means the hives that have fields. Only where one thing can be meant.
 */
export const writeOut = (facts: readonly Fact[], known: Iterable<string> = []): Fact[] => {
  const described = new Set<string>(known)
  const said = new Map<string, Noun>()
  for (const fact of facts) {
    if (fact.kind === 'fields') described.add(keyOf(fact.of))
    for (const noun of nounsOf(fact)) said.set(keyOf(noun), noun)
    if (
      fact.kind === 'thing' &&
      (fact.how === 'tracked' || fact.how === 'named') &&
      fact.noun.words.length > 1 &&
      !isInState(keyOf(fact.noun))
    )
      described.add(keyOf(fact.noun))
  }
  const names = new Map<string, Noun>()
  for (const [key, noun] of said) {
    if (described.has(key) || !key) continue
    const longer = [...described].filter((one) => one.endsWith(`_${key}`) && said.has(one))
    const shorter = [...described].filter(
      (one) =>
        one.length > 3 &&
        key.length > one.length &&
        (key.endsWith(one) || key.endsWith(`_${one}`)) &&
        !one.includes('_') &&
        said.has(one) &&
        facts.some((fact) => fact.kind === 'fields' && keyOf(fact.of) === one),
    )
    const target =
      longer.length === 1 ? longer[0] : longer.length === 0 && shorter.length === 1 ? shorter[0] : undefined
    if (target) names.set(key, { ...noun, words: said.get(target)!.words })
  }
  const vague = (noun: Noun): boolean =>
    vagueWords.test(keyOf(noun)) && described.size > 0 && !described.has(keyOf(noun)) && !names.has(keyOf(noun))
  const looking = lookers(facts)
  const everything = facts.some((fact) => fact.kind === 'access' && fact.noun && vague(fact.noun))
  if (names.size === 0 && looking.size === 0 && !everything) return [...facts]
  const swap = (noun: Noun): Noun => names.get(keyOf(noun)) ?? noun
  return facts
    .filter((fact) => !(fact.kind === 'thing' && fact.how === 'acted' && vague(fact.noun)))
    .map((fact) => {
      if (fact.kind === 'access')
        return {
          ...fact,
          who: fact.who.map((who) => (looking.has(who) ? 'everyone' : who)),
          ...(fact.noun && vague(fact.noun)
            ? { noun: undefined, object: 'everything' }
            : fact.noun
              ? { noun: swap(fact.noun) }
              : {}),
        }
      return fact.kind === 'thing' && (fact.how === 'place' || fact.how === 'headline') ? fact : withNouns(fact, swap)
    })
}

/** "their own entries", where no entries are described, are whatever is kept. */
const vagueWords = /^(?:entry|record|data|datum|stuff|thing|information|content)$/

/** Guests who do nothing but look are not signed in, where others are. */
const lookers = (facts: readonly Fact[]): Set<string> => {
  const acts = (who: string) =>
    facts.flatMap((fact) => (fact.kind === 'access' && fact.who.includes(who) ? [fact] : []))
  const others = facts.some(
    (fact) => fact.kind === 'access' && fact.who.some((who) => !['guest', 'visitor', 'everyone'].includes(who)),
  )
  return new Set(
    ['guest', 'visitor'].filter((who) => {
      const done = acts(who)
      return (
        others &&
        done.length > 0 &&
        done.every((fact) => fact.scope === 'all' && !fact.only && fact.ops.every(isReading)) &&
        !facts.some((fact) => fact.kind === 'fields' && keyOf(fact.of) === who)
      )
    }),
  )
}
