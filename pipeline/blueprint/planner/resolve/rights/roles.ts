import { grantedRoles, isPersonNoun, signUpRoles } from '../../lexicon/people.ts'
import { isReading } from '../../lexicon/verbs.ts'
import type { Fact } from '../../read/facts.ts'
import { keyOf } from '../../read/noun.ts'
import type { AccessFact } from './access-fact.ts'
import { mayJoin } from './takers.ts'

/** Sorts the roles of a text into those who sign up and those an administrator grants. */
export const sortRoles = (
  names: readonly string[],
  facts: readonly Fact[],
): { signUp: string[]; granted: string[] } => {
  const signUp: string[] = []
  const granted: string[] = []
  for (const name of names) {
    if (name === 'admin') continue
    const last = name.split('_').at(-1)!
    const acts = actsOf(name, facts)
    const joins = facts.some((fact) => fact.kind === 'role' && fact.name === name && fact.joins)
    if (facts.some((fact) => fact.kind === 'role' && fact.name === name && fact.granted)) {
      granted.push(name)
      continue
    }
    if (joins || asksStaff(name, last, acts, names, facts)) {
      signUp.push(name)
      continue
    }
    if (
      keepsOthersOut(name, acts, names, facts) ||
      looksAfterAll(name, names, facts) ||
      isGrownUp(last, names, facts)
    ) {
      granted.push(name)
      continue
    }
    const known =
      grantedRoles.has(last) ||
      name.includes('_admin') ||
      office.test(name) ||
      /^(?:shop|store|house|company|restaurant|clinic|business|farm|gym|studio|salon|club|hotel|bar|cafe|practice|place)_owner$/.test(
        name,
      )
        ? granted
        : signUpRoles.has(last)
          ? signUp
          : undefined
    const target = known ?? (onlyOwn(acts) ? signUp : granted)
    target.push(name)
  }
  // Where nobody else signs up, whoever does is one of those who book or ask for something.
  if (signUp.length === 0) {
    const takers = granted.filter(
      (name) =>
        mayJoin(name, facts) &&
        !office.test(name) &&
        !facts.some((fact) => fact.kind === 'role' && fact.name === name && fact.granted) &&
        !keepsOthersOut(name, actsOf(name, facts), names, facts),
    )
    return { signUp: takers, granted: granted.filter((name) => !takers.includes(name)) }
  }
  return { signUp, granted }
}

/** Where people work, and stands for them: nobody signs up as that. */
const office = /(?:^|_)(?:desk|reception|office|secretariat|management|housekeeping)$/

const actsOf = (name: string, facts: readonly Fact[]): AccessFact[] =>
  facts.filter((fact): fact is AccessFact => fact.kind === 'access' && fact.who.includes(name))

/**
 * "Members borrow tools, only volunteers add tools": what others are kept from is nothing that one gets by signing up.
 * Where there is nobody else, signing up is how one becomes what they are called.
 */
const keepsOthersOut = (
  name: string,
  acts: readonly AccessFact[],
  names: readonly string[],
  facts: readonly Fact[],
): boolean =>
  acts.some(
    (fact) =>
      fact.only && !fact.not && fact.scope === 'all' && fact.ops.some((op) => !isReading(op)) && !fact.takesBack,
  ) &&
  names.some(
    (other) =>
      other !== name &&
      other !== 'admin' &&
      !grantedRoles.has(other.split('_').at(-1)!) &&
      !facts.some(
        (fact) =>
          fact.kind === 'access' && fact.only && !fact.not && fact.who.includes(name) && fact.who.includes(other),
      ),
  )

/**
 * "Members borrow tools, volunteers manage tools": who looks after all of what others use is granted, whatever they are
 * called. Where nobody else acts, they share what they manage.
 */
const looksAfterAll = (name: string, names: readonly string[], facts: readonly Fact[]): boolean =>
  managesAll(name, facts) &&
  [...new Set([...names, ...users(facts)])].some(
    (other) =>
      other !== name &&
      other !== 'admin' &&
      !grantedRoles.has(other.split('_').at(-1)!) &&
      !managesAll(other, facts) &&
      !actsOf(other, facts).some((fact) => fact.only && fact.scope === 'all') &&
      leavesSomething(other, facts),
  )

/** Other people that do something with things: "members borrow tools", where a list of members is kept. */
const users = (facts: readonly Fact[]): string[] =>
  facts.flatMap((fact) => {
    const key = fact.kind === 'many' && fact.via ? keyOf(fact.from) : ''
    return isPersonNoun(key.split('_').at(-1)!) ? [key] : []
  })

/** Among children who have accounts, the grown-ups are not whoever signs up. */
const isGrownUp = (last: string, names: readonly string[], facts: readonly Fact[]): boolean =>
  /^(?:parent|guardian|mother|father|mum|dad)$/.test(last) &&
  names.some((other) => /^(?:child|kid|son|daughter|teenager)$/.test(other) && leavesSomething(other, facts))

/** They make or change something, or tie themselves to it: "members borrow tools". */
const leavesSomething = (name: string, facts: readonly Fact[]): boolean =>
  actsOf(name, facts).some((fact) => !fact.not && fact.ops.some((op) => !isReading(op))) ||
  facts.some((fact) => fact.kind === 'many' && fact.via !== undefined && keyOf(fact.from) === name)

const managesAll = (name: string, facts: readonly Fact[]): boolean =>
  actsOf(name, facts).some(
    (fact) =>
      !fact.not &&
      fact.scope === 'all' &&
      !fact.parties &&
      !fact.takesBack &&
      fact.ops.includes('create') &&
      fact.ops.includes('update') &&
      fact.ops.includes('delete'),
  )

const onlyOwn = (acts: readonly AccessFact[]): boolean =>
  acts.length > 0 &&
  !acts.some((fact) => fact.only && fact.scope === 'all') &&
  acts.some((fact) => fact.scope === 'own' || fact.ops.includes('create')) &&
  acts.every((fact) => fact.scope === 'own' || fact.ops.every((op) => op === 'create' || isReading(op)))

/** "staff request leave, managers approve it": then staff is everybody who works there. */
const asksStaff = (
  name: string,
  last: string,
  acts: readonly AccessFact[],
  names: readonly string[],
  facts: readonly Fact[],
): boolean =>
  /^(?:staff|team|crew|worker)$/.test(last) &&
  // A department is not everybody who works there.
  !/^(?:it|pr|cs|pm|hr|qa|office)_/.test(name) &&
  acts.length > 0 &&
  acts.every((fact) => fact.scope === 'own' || fact.ops.every((op) => op === 'create')) &&
  names.some(
    (other) =>
      other !== name &&
      actsOf(other, facts).some(
        (fact) => fact.scope === 'all' && fact.ops.some((op) => op === 'update' || op === 'read'),
      ),
  )
