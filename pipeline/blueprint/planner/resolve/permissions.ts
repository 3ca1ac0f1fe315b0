import { isPersonNoun } from '../lexicon/people.ts'
import { isReading } from '../lexicon/verbs.ts'
import type { Fact } from '../read/facts.ts'
import { keyOf } from '../read/noun.ts'
import { type AccessFact, aboutThings, accountWords, isRole, rulesOf } from './rights/access-fact.ts'
import { complete } from './rights/complete.ts'
import { keepContacts } from './rights/contacts.ts'
import { weigh } from './rights/said.ts'
import { makeSound } from './rights/sound.ts'
import { takesOnly } from './rights/takers.ts'
import { unsaid } from './rights/unsaid.ts'
import type { Sketch, Thing } from './sketch.ts'

export { sortRoles } from './rights/roles.ts'

/** Weighs what was said of each thing and fills in, with an assumption, what was not. Parents come before children. */
export const resolvePermissions = (sketch: Sketch, facts: readonly Fact[], mine: boolean, shared: boolean): void => {
  const access = aboutThings(sketch, facts)
  const order = [...sketch.things.values()].sort((a, b) => depthOf(sketch, a) - depthOf(sketch, b))
  const staff = handsOn(sketch, access, facts)
  const left = new Set<string>()
  for (const thing of order) {
    const rules = rulesOf(sketch, thing, access)
    const said = weigh(sketch, thing, rules)
    if (said.barred.size > 0) sketch.barred.set(thing.key, [...said.barred])
    // Where all that was said is what admins may not do, the people's rights are still open.
    const open = rules.every((rule) => rule.not && rule.who.every((who) => who === 'admin'))
    if (open) left.add(thing.key)
    sketch.permissions.set(
      thing.key,
      open ? unsaid(sketch, thing, { mine, shared, staff }) : complete(sketch, thing, said, shared),
    )
  }
  keepContacts(sketch, left)
  makeSound(sketch, order, access)
  resolveUsers(sketch, access)
  nameUnknown(sketch, access)
}

/** "Members see their own fees", where no fees are stored, is a right to nothing. */
const nameUnknown = (sketch: Sketch, access: readonly AccessFact[]): void => {
  for (const fact of access)
    if (isUnknown(sketch, fact))
      sketch.notCarried.push(`Not built: what is said of “${fact.object}”: nothing that is stored is called so.`)
}

const isUnknown = (sketch: Sketch, { noun, object }: AccessFact): boolean => {
  const last = noun?.words.at(-1)
  if (!noun || !last || !object || accountWords.test(last) || isPersonNoun(last) || isRole(sketch, noun)) return false
  const known = [...sketch.things.keys()].some((key) => key.split('_').includes(last) || keyOf(noun).includes(key))
  return !known && !sketch.userFields.some(({ name }) => name.includes(last))
}

/**
 * The staff that looks after things: not who was only said to look at them, who takes them for themselves, nor who does
 * something with what is not stored ("chefs change the menu" says nothing of books).
 */
const handsOn = (sketch: Sketch, access: readonly AccessFact[], facts: readonly Fact[]): string[] => {
  const staff = sketch.grantedRoles.filter((role) => {
    const theirs = access.filter((fact) => !fact.not && fact.who.includes(role))
    const elsewhere = theirs.length > 0 && theirs.every((fact) => isUnknown(sketch, fact))
    return !elsewhere && !takesOnly(role, facts)
  })
  const acts = staff.filter((role) => {
    const theirs = access.filter((fact) => !fact.not && fact.who.includes(role))
    return theirs.length === 0 || theirs.some(({ ops }) => ops.length === 0 || !ops.every(isReading))
  })
  return acts.length > 0 ? acts : staff
}

/** Rights over the accounts themselves: "managers can see all members". */
const resolveUsers = (sketch: Sketch, access: readonly AccessFact[]): void => {
  for (const fact of access) {
    const key = fact.noun ? keyOf(fact.noun) : ''
    if (!accountWords.test(key) || sketch.things.has(key)) continue
    // "Staff decline the person" is said of what that person asked for.
    if (/^(?:person|people)$/.test(key) && !fact.ops.every(isReading)) continue
    for (const who of fact.who)
      if (sketch.grantedRoles.includes(who) && fact.scope === 'all' && !fact.not)
        sketch.userPermissions.push({ who, ops: fact.ops.filter((op) => op !== 'create'), scope: 'all' })
  }
}

const depthOf = (sketch: Sketch, thing: Thing, depth = 0): number => {
  const parent = thing.parent ? thing.refs.find((ref) => ref.field === thing.parent)?.to : undefined
  return parent && parent !== 'user' && parent !== thing.key && depth < 10
    ? depthOf(sketch, sketch.things.get(parent)!, depth + 1)
    : depth
}
