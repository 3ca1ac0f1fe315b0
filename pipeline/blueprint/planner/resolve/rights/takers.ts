import { allOperations, baseVerb, isReading } from '../../lexicon/verbs.ts'
import type { Fact } from '../../read/facts.ts'
import { keyOf } from '../../read/noun.ts'
import type { Sketch } from '../sketch.ts'

/** What people do to have something for themselves. */
const taking = /^(?:book|reserve|borrow|rent|hire|lease|order|attend|join|enrol|enroll|apply|register|subscribe)$/
const asked = /(?:^|_)(?:request|application)$/

type Access = Extract<Fact, { kind: 'access' }>
type Linked = Extract<Fact, { kind: 'many' }>

const takenBy = (name: string, facts: readonly Fact[]): Linked[] =>
  facts.filter(
    (fact): fact is Linked =>
      fact.kind === 'many' &&
      keyOf(fact.from) === name &&
      taking.test(baseVerb((fact.via ?? '').split('|')[0]!.replace(/^signs? up$/, 'register'))),
  )

/**
 * Whether people, whatever their calling, only take for themselves what others offer, or ask for it: "cooks book kitchens",
 * "teachers request leave". They look after none of it, and what they took is each one's own.
 */
export const takesOnly = (name: string, facts: readonly Fact[]): boolean => {
  const acts = actsOf(name, facts)
  return (
    (takenBy(name, facts).length > 0 || acts.some(isAsking)) &&
    acts.every((fact) => !fact.only && (fact.scope === 'own' || isAsking(fact) || fact.ops.every(isReading)))
  )
}

/** Whether they also see no more than what there is to take, so that anybody may be one of them. */
export const mayJoin = (name: string, facts: readonly Fact[]): boolean => {
  const things = takenBy(name, facts).map(({ to }) => keyOf(to))
  return (
    takesOnly(name, facts) &&
    actsOf(name, facts).every(
      (fact) => fact.scope === 'own' || isAsking(fact) || (fact.noun && things.includes(keyOf(fact.noun))),
    )
  )
}

const actsOf = (name: string, facts: readonly Fact[]): Access[] =>
  facts.filter(
    (fact): fact is Access => fact.kind === 'access' && !fact.not && fact.ops.length > 0 && fact.who.includes(name),
  )

const isAsking = (fact: Access): boolean =>
  !fact.only && fact.noun !== undefined && fact.ops.join() === 'create' && asked.test(keyOf(fact.noun))

/** What people leave behind by doing something ("members borrow books") is theirs to make. */
export const linkFacts = (sketch: Sketch, facts: readonly Fact[]): Fact[] =>
  [...sketch.linkRoles].flatMap(([key, roles]) =>
    roles.map((role) => {
      // Among others who sign up it is each one's own as well.
      const own = sketch.grantedRoles.includes(role) && takesOnly(role, facts)
      return {
        kind: 'access',
        who: [role],
        only: false,
        not: false,
        ops: own ? allOperations : ['create'],
        object: key,
        noun: { words: key.split('_'), plural: true, several: false, article: '' },
        scope: own ? 'own' : 'all',
      }
    }),
  )
