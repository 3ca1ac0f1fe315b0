import type { Fact } from '../../read/facts.ts'
import { keyOf, nounOf } from '../../read/noun.ts'
import type { AccessFact } from './access-fact.ts'

/** Parties who make what they are a party of: the sender sends the message. */
export const makers =
  /^(?:sender|requester|requestor|reporter|submitter|applicant|poster|uploader|organizer|organiser|host|seller|booker|borrower|proposer|writer|initiator|bidder|complainant|claimant)$/

/** Who made something is known already, and is called its owner. */
const owners = /^(?:owner|author|creator)$/

/**
 * Returns the facts with people who are a field of what they may do something with as that field: where a message has a
 * sender and a recipient, "only the sender and the recipient can see it" is about two accounts, and no roles.
 */
export const partiesAreRelations = (facts: readonly Fact[]): Fact[] => {
  const fields = new Map<string, Set<string>>()
  for (const fact of facts)
    if (fact.kind === 'fields')
      for (const item of fact.items) {
        const noun = /[(:]/.test(item) ? undefined : nounOf(item.replace(/^optional(?:ly)? /i, ''))
        if (!noun || noun.plural) continue
        const key = keyOf(fact.of)
        fields.set(key, (fields.get(key) ?? new Set()).add(keyOf(noun)))
      }
  const described = new Set(facts.flatMap((fact) => (fact.kind === 'fields' ? [keyOf(fact.of)] : [])))
  const isParty = (fact: AccessFact, who: string): boolean =>
    fact.parties === true &&
    fact.noun !== undefined &&
    !owners.test(who) &&
    !described.has(who) &&
    fields.get(keyOf(fact.noun))?.has(who) === true
  const found = facts.flatMap((fact) =>
    fact.kind === 'access' ? fact.who.flatMap((who) => (isParty(fact, who) ? [{ fact, who }] : [])) : [],
  )
  if (found.length === 0) return [...facts]
  const written = facts.flatMap((fact): Fact[] => {
    if (fact.kind !== 'access') return [fact]
    const parties = fact.who.filter((who) => isParty(fact, who))
    const others = fact.who.filter((who) => !parties.includes(who))
    return [...(others.length > 0 ? [{ ...fact, who: others }] : []), ...parties.map((party) => asParty(fact, party))]
  })
  return [...written, ...making(written, found, fields)]
}

const asParty = (fact: AccessFact, party: string): AccessFact => ({
  ...fact,
  who: ['signed'],
  scope: 'assigned',
  party,
})

/** Where nobody was said to make them, a party does that makes such things by its nature. */
const making = (
  facts: readonly Fact[],
  found: readonly { fact: AccessFact }[],
  fields: ReadonlyMap<string, ReadonlySet<string>>,
): Fact[] =>
  [...new Map(found.map(({ fact }) => [keyOf(fact.noun!), fact])).entries()].flatMap(([key, fact]) => {
    const isMade = facts.some(
      (one) => one.kind === 'access' && !one.not && one.noun && keyOf(one.noun) === key && one.ops.includes('create'),
    )
    const party = [...(fields.get(key) ?? [])].find((name) => makers.test(name))
    return isMade || !party ? [] : [{ ...asParty(fact, party), only: false, not: false, ops: ['create'] }]
  })
