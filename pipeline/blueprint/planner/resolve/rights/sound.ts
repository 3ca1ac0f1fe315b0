import { listed, peopleOf, plural } from '../../language/words.ts'
import type { Operation } from '../../lexicon/verbs.ts'
import { isReading } from '../../lexicon/verbs.ts'
import type { Fact } from '../../read/facts.ts'
import { keyOf } from '../../read/noun.ts'
import type { Permission, Sketch, Thing } from '../sketch.ts'
import { type AccessFact, aboutThings, reading, rulesOf } from './access-fact.ts'
import { aboveOf } from './parent.ts'

/**
 * What hangs on a thing cannot be had without it: staff that adds visits sees the pets that they belong to, and who sees
 * only their own pets sees only their visits. Parents come before children in `order`.
 */
export const makeSound = (sketch: Sketch, order: readonly Thing[], access: readonly AccessFact[]): void => {
  for (const thing of order) {
    const found = aboveOf(sketch, thing)
    const mine = sketch.permissions.get(thing.key)
    if (!found || !mine) continue
    const above = [...found.above]
    for (const role of [...sketch.signUpRoles, ...sketch.grantedRoles])
      if (lacksParent(sketch, mine, above, role) && !isKeptOut(sketch, found.parent, role, access)) {
        above.push({ who: role, ops: [...reading], scope: 'all' })
        const names = peopleOf(role)
        sketch.assumptions.push(
          `The ${names} see all ${plural(found.parent.words)}, because they add ${plural(thing.words)}.`,
        )
      }
    sketch.permissions.set(found.parent.key, above)
    if (!isSaid(thing, access)) sketch.permissions.set(thing.key, narrowed(sketch, mine, above))
  }
  for (const thing of order) showOthers(sketch, thing, access)
}

/** What a thing refers to besides: whoever puts songs on their playlists sees the songs. */
const showOthers = (sketch: Sketch, thing: Thing, access: readonly AccessFact[]): void => {
  const mine = sketch.permissions.get(thing.key) ?? []
  for (const { field, to, optional } of thing.refs) {
    const target = sketch.things.get(to)
    const theirs = target && sketch.permissions.get(to)
    if (!target || !theirs || optional || field === thing.parent) continue
    const blind = [...sketch.signUpRoles, ...sketch.grantedRoles].filter(
      (role) =>
        scopeOf(mine, role, 'create') !== undefined &&
        scopeOf(theirs, role, 'read') === undefined &&
        !isKeptOut(sketch, target, role, access),
    )
    if (blind.length === 0) continue
    sketch.permissions.set(to, [...theirs, ...blind.map((who) => ({ who, ops: [...reading], scope: 'all' as const }))])
    const names = listed(blind.map(peopleOf))
    sketch.assumptions.push(`The ${names} see all ${plural(target.words)}, because they add ${plural(thing.words)}.`)
  }
}

/** Staff adds to everybody's, so it sees everybody's; others who add see at least something to add to. */
const lacksParent = (
  sketch: Sketch,
  mine: readonly Permission[],
  above: readonly Permission[],
  role: string,
): boolean => {
  const creates = scopeOf(mine, role, 'create')
  const sees = scopeOf(above, role, 'read')
  if (creates === undefined || sees === 'all') return false
  return sees === undefined || (sketch.grantedRoles.includes(role) && creates === 'all')
}

/** How far somebody may go, with what everybody may: the widest counts. */
const scopeOf = (permissions: readonly Permission[], who: string, op: Operation): Permission['scope'] | undefined => {
  const scopes = permissions
    .filter((one) => [who, '@signed', '@public'].includes(one.who) && one.ops.includes(op))
    .map((one) => one.scope)
  return scopes.includes('all') ? 'all' : scopes[0]
}

/** "Only owners see pets": what was said goes before what follows. */
const isKeptOut = (sketch: Sketch, parent: Thing, role: string, access: readonly AccessFact[]): boolean =>
  sketch.barred.get(parent.key)?.includes('read') === true ||
  access.some(
    (fact) =>
      fact.noun !== undefined &&
      keyOf(fact.noun) === parent.key &&
      fact.ops.some(isReading) &&
      ((fact.not && fact.who.includes(role)) || (fact.only && !fact.who.includes(role) && fact.scope === 'all')),
  )

/** Whether it was said who sees the thing itself. */
const isSaid = (thing: Thing, access: readonly AccessFact[]): boolean =>
  access.some((fact) => !fact.not && fact.ops.some(isReading) && (fact.noun ? keyOf(fact.noun) === thing.key : true))

const narrowed = (sketch: Sketch, permissions: readonly Permission[], above: readonly Permission[]): Permission[] =>
  permissions.flatMap((one) => {
    const isPeople = one.who === '@signed' || sketch.signUpRoles.includes(one.who)
    const sees = scopeOf(above, one.who, 'read')
    if (!isPeople || one.scope !== 'all' || !one.ops.some(isReading) || sees === 'all' || !sees) return [one]
    const rest = one.ops.filter((op) => !isReading(op))
    return [
      { who: one.who, ops: one.ops.filter(isReading), scope: '@parent' as const },
      ...(rest.length > 0 ? [{ ...one, ops: rest }] : []),
    ]
  })

/** Without accounts there are no roles: what nobody may do is all that can be kept from people. */
export const barOpen = (sketch: Sketch, facts: readonly Fact[]): void => {
  const access = aboutThings(sketch, facts)
  for (const thing of sketch.things.values()) {
    const ops = rulesOf(sketch, thing, access).flatMap((rule) =>
      rule.not && rule.who.some((who) => who === 'nobody' || who === 'everyone') ? rule.ops : [],
    )
    if (ops.length > 0) sketch.barred.set(thing.key, [...new Set(ops)])
  }
}
