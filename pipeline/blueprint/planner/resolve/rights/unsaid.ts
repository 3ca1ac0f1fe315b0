import { bookedItselfNouns } from '../../language/booked-itself.ts'
import { listed, peopleOf, plural } from '../../language/words.ts'
import { isPersonNoun } from '../../lexicon/people.ts'
import { allOperations, isReading, type Operation } from '../../lexicon/verbs.ts'
import { isPersonal } from '../defaults.ts'
import type { Permission, Sketch, Thing } from '../sketch.ts'
import { createTable } from '../table.ts'
import { isContent, isPrivateThing, reading } from './access-fact.ts'
import { aboveOf, reachesParent } from './parent.ts'

/**
 * Nothing was said of the thing: a child goes by its parent, one's own affairs are private, the rest is shared. `staff`: who
 * looks after what nobody was named for.
 */
export const unsaid = (
  sketch: Sketch,
  thing: Thing,
  { mine, shared, staff }: { mine: boolean; shared: boolean; staff: readonly string[] },
): Permission[] => asParent(sketch, thing) ?? ofTheirOwn(sketch, thing, mine, shared) ?? ofAll(sketch, thing, staff)

const spoken = /^(?:comment|reply|review|rating|vote|like|answer)$/

const asParent = (sketch: Sketch, thing: Thing): Permission[] | undefined => {
  const found = aboveOf(sketch, thing)
  if (!found) return undefined
  const { parent, above } = found
  const table = createTable()
  const names = plural(thing.words)
  const last = thing.key.split('_').at(-1)!
  const several = reachesParent(sketch, thing, found)
  const byPeople =
    thing.owned ||
    (isContent(thing) && spoken.test(last) && above.some((one) => one.scope === 'all' && one.ops.includes('read'))) ||
    (several && (spoken.test(last) || /^(?:message|note|entry|update|attachment)$/.test(last)))
  if (byPeople) {
    thing.owned = true
    for (const one of above)
      table.add(one.who, one.ops.filter(isReading), one.scope === 'all' ? 'all' : several ? '@parent' : 'own')
    if (several) {
      for (const one of above)
        if (one.who !== '@public' && one.ops.includes('read'))
          table.add(one.who, ['create'], one.scope === 'all' ? 'all' : '@parent')
      table.add('@signed', ['update', 'delete'], 'own')
      sketch.assumptions.push(
        `Whoever sees ${withTheir(parent.words)} sees its ${names} and may add some; each changes and deletes only their own.`,
      )
      return table.list()
    }
    table.add('@signed', ['create', 'update', 'delete'], 'own')
    sketch.assumptions.push(`Whoever is signed in may add ${names} and change or delete their own.`)
    return table.list()
  }
  if (several) {
    thing.owned = true
    for (const one of above) {
      const changes: readonly Operation[] = one.ops.filter((op) => op === 'update' || op === 'delete')
      table.add(one.who, changes, one.scope === 'all' ? 'all' : 'own')
      const others = one.ops.filter((op) => !changes.includes(op))
      table.add(one.who, others, one.scope === 'all' ? 'all' : '@parent')
    }
    sketch.assumptions.push(`Whoever may see or change ${parent.words} entries may do the same with their ${names}.`)
    return table.list()
  }
  if (above.some((one) => one.scope !== 'all')) thing.owned = true
  for (const one of above) table.add(one.who, one.ops, one.scope === 'all' ? 'all' : 'own')
  sketch.assumptions.push(`Whoever may see or change ${parent.words} entries may do the same with their ${names}.`)
  return table.list()
}

const withTheir = (words: string): string => `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`

const ofTheirOwn = (sketch: Sketch, thing: Thing, mine: boolean, shared: boolean): Permission[] | undefined => {
  if (!thing.owned && (shared || isTaken(sketch, thing) || !(mine || isPersonal(thing.key)))) return undefined
  thing.owned = true
  const table = createTable()
  const names = plural(thing.words)
  if (!mine && !isPersonal(thing.key) && isContent(thing) && !isPrivateThing(thing)) {
    table.add('@signed', reading, 'all')
    table.add('@signed', ['create', 'update', 'delete'], 'own')
    sketch.assumptions.push(`Whoever is signed in sees all ${names} and may change or delete their own.`)
  } else {
    table.add('@signed', allOperations, 'own')
    sketch.assumptions.push(`Each person sees and changes only their own ${names}.`)
  }
  return table.list()
}

const ofAll = (sketch: Sketch, thing: Thing, staff: readonly string[]): Permission[] => {
  const table = createTable()
  const names = plural(thing.words)
  if (staff.length > 0) {
    table.add('@signed', reading, 'all')
    for (const role of staff) table.add(role, allOperations, 'all')
    sketch.assumptions.push(
      `Everybody who is signed in can read ${names}; ${listed(['admins', ...staff.map(peopleOf)])} can change them.`,
    )
    return table.list()
  }
  // What is kept of whoever signs up is theirs to change.
  if (sketch.signUpRoles.includes(thing.key)) {
    thing.owned = true
    table.add('@signed', reading, 'all')
    table.add(thing.key, ['create', 'update', 'delete'], 'own')
    sketch.assumptions.push(
      `Everybody who is signed in sees all ${names}; each of them changes only what is said of themselves.`,
    )
    return table.list()
  }
  if (isTaken(sketch, thing)) {
    table.add('@signed', reading, 'all')
    sketch.assumptions.push(`Everybody who is signed in can read ${names}; admins can change them.`)
    return table.list()
  }
  table.add('@signed', allOperations, 'all')
  sketch.assumptions.push(
    `${names.charAt(0).toUpperCase()}${names.slice(1)} are shared: everybody who is signed in can read and change them.`,
  )
  return table.list()
}

const takings =
  /^(?:booking|reservation|enrol+ment|registration|signup|ticket|rental|loan|application|request|order|purchase|subscription|participation|attendance|answer|submission|attempt|vote|bid)$/

/** People book or borrow it, or what it consists of, each for themselves: whoever does that does not also change what there is to book. */
export const isTaken = (sketch: Sketch, thing: Thing, depth = 0): boolean =>
  !thing.owned &&
  depth < 4 &&
  [...sketch.things.values()].some(
    (one) =>
      one.refs.some(({ to }) => to === thing.key) &&
      (takings.test(one.key.split('_').at(-1)!) ||
        isSeenFor(sketch, thing, one) ||
        (one !== thing && isTaken(sketch, one, depth + 1))),
  )

/** Appointments that whoever signs up makes with somebody: the list of those is not theirs to change. */
const isSeenFor = (sketch: Sketch, thing: Thing, one: Thing): boolean =>
  isPersonNoun(thing.key.split('_').at(-1)!) &&
  new RegExp(`^(?:${bookedItselfNouns})$`).test(one.key.split('_').at(-1)!) &&
  sketch.signUpRoles.length > 0
