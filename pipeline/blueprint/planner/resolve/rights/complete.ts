import { listed, peopleOf, plural, sentence } from '../../language/words.ts'
import type { Operation } from '../../lexicon/verbs.ts'
import { isPersonal } from '../defaults.ts'
import type { Permission, Scope, Sketch, Thing } from '../sketch.ts'
import type { Table } from '../table.ts'
import { isContent, isPrivateThing, reading } from './access-fact.ts'
import { isConfidential } from './confidential.ts'
import { aboveOf, reachesParent } from './parent.ts'
import type { Said } from './said.ts'
import { isTaken } from './unsaid.ts'

type Gaps = Said & {
  sketch: Sketch
  thing: Thing
  /** Things were said to be shared. */
  shared: boolean
  /** Who signs up, as against the roles that an administrator grants. */
  people: readonly string[]
  peopleCreate: readonly string[]
}

const changing: readonly Operation[] = ['update', 'delete']

/** Fills the gaps between what was said, one kind of gap after the other; who is not named in an "only" is kept out. */
export const complete = (sketch: Sketch, thing: Thing, said: Said, shared: boolean): Permission[] => {
  const people = [...sketch.signUpRoles, '@signed']
  const peopleCreate = said.table.who('create').filter((who) => people.includes(who))
  const gaps: Gaps = { ...said, sketch, thing, shared, people, peopleCreate }
  const guessed = makersChange(gaps)
  belowParent(gaps)
  makersRead(gaps)
  // Nobody changes of their own accord what they do not even see.
  for (const [who, op] of guessed) if (said.table.scope(who, 'read') === 'own') said.table.narrow(who, op)
  staffReads(gaps)
  staffSeesUse(gaps)
  othersRead(gaps)
  someoneMakes(gaps)
  staffWrites(gaps)
  someoneChanges(gaps)
  changersRead(gaps)
  // Who sees only what is theirs changes nothing else either.
  for (const who of people)
    for (const op of changing)
      if (said.table.scope(who, 'read') === 'own' && said.table.scope(who, op) === 'all') said.table.narrow(who, op)
  if (said.table.any('own')) thing.owned = true
  if (thing.owned)
    for (const who of said.table.who('create')) if (people.includes(who)) said.table.narrow(who, 'create')
  return said.table.list([...sketch.signUpRoles, ...sketch.grantedRoles])
}

const open = ({ table, closed }: Gaps, who: string, op: Operation): boolean =>
  !table.forbidden(who, op) && !closed.has(op)

/** Whoever makes things may change and delete what they made, unless that is somebody else's. Returns the rights to all rows. */
const makersChange = (gaps: Gaps): [who: string, op: Operation][] => {
  const all: [string, Operation][] = []
  const { table, thing, shared, people, peopleCreate } = gaps
  const othersDelete = table.who('delete').some((who) => !people.includes(who) && table.scope(who, 'delete') === 'all')
  const ownRows = !shared || thing.owned || table.any('own')
  for (const who of peopleCreate)
    for (const op of changing) {
      if ((op === 'delete' && othersDelete) || table.scope(who, op) !== undefined || !open(gaps, who, op)) continue
      const party = partyOf(table, who)
      table.add(who, [op], party ?? (ownRows ? 'own' : 'all'))
      if (ownRows && !party) thing.owned = true
      if (!ownRows && !party) all.push([who, op])
    }
  return all
}

/** The field by which somebody is known to have made a row: "the sender". */
const partyOf = (table: Table, who: string): Scope | undefined => {
  const scope = table.scope(who, 'create')
  return scope?.startsWith('@') && scope !== '@parent' ? scope : undefined
}

/** What hangs on a thing of which some see only their own is seen by those who see the thing. */
const belowParent = ({ table, sketch, thing, closed, privately }: Gaps): void => {
  const found = aboveOf(sketch, thing)
  if (!found || closed.has('read') || privately || !reachesParent(sketch, thing, found)) return
  for (const one of found.above) {
    const said = table.scope(one.who, 'read')
    if (!one.ops.includes('read') || said === 'all' || said === 'own' || table.forbidden(one.who, 'read')) continue
    table.add(one.who, reading, one.scope === 'all' ? 'all' : '@parent')
  }
}

const makersRead = ({ table, sketch, thing, people, privately, readers }: Gaps): void => {
  const staffSees = sketch.grantedRoles.some(
    (role) => table.scope(role, 'read') !== undefined || table.scope(role, 'update') !== undefined,
  )
  for (const who of table.who('create')) {
    if (who === '@public' || table.scope(who, 'read') !== undefined || partyOf(table, who)) continue
    const isPeople = people.includes(who)
    const own =
      (isPeople && privately) ||
      (isPeople && !readers && !isContent(thing)
        ? isPrivateThing(thing) || isPersonal(thing.key) || staffSees
        : isPeople && (isPrivateThing(thing) || (readers && staffSees && !table.openRead())))
    if (own) thing.owned = true
    if (!table.openRead()) table.add(who, reading, own ? 'own' : 'all')
  }
}

const staffReads = (gaps: Gaps): void => {
  const { table, sketch } = gaps
  for (const role of sketch.grantedRoles) {
    const touches = (['create', 'update', 'delete'] as const).some((op) => table.scope(role, op) !== undefined)
    if (touches && table.scope(role, 'read') === undefined && !table.openRead())
      table.add(role, reading, table.scope(role, 'update') ?? 'all')
    if (
      table.scope(role, 'create') === 'all' &&
      table.scope(role, 'update') === undefined &&
      open(gaps, role, 'update')
    )
      table.add(role, ['update'], 'all')
  }
}

/** Who lends out all the books sees who has them: what people do with a thing is seen by the staff that looks after it. */
const staffSeesUse = ({ table, sketch, thing, closed, privately, people }: Gaps): void => {
  const { roles, of } = lookAfter(sketch, thing)
  if (!of || privately || closed.has('read') || table.openRead()) return
  if (!table.who('create').some((who) => people.includes(who))) return
  const silent = roles.filter(
    (role) =>
      !table.forbidden(role, 'read') && !(['read', 'update', 'delete'] as const).some((op) => table.scope(role, op)),
  )
  for (const role of silent) table.add(role, reading, 'all')
  if (silent.length > 0)
    sketch.assumptions.push(
      `${sentence(listed(silent.map(peopleOf)))} see all ${plural(thing.words)}, because they manage the ${plural(of)}.`,
    )
}

/** Who manages all of what people book, borrow or order here. */
const lookAfter = (sketch: Sketch, thing: Thing): { roles: string[]; of?: string } => {
  const to = sketch.linkRoles.has(thing.key) ? thing.refs.find(({ field }) => field === thing.parent)?.to : undefined
  const parent = to ? sketch.things.get(to) : undefined
  if (!parent || !isPrivateThing(thing)) return { roles: [] }
  const roles = sketch.grantedRoles.filter((role) =>
    (sketch.permissions.get(parent.key) ?? []).some(
      ({ who, ops, scope }) =>
        who === role && scope === 'all' && (['create', 'update', 'delete'] as const).every((op) => ops.includes(op)),
    ),
  )
  return { roles, of: parent.words }
}

/** Where it was not said who reads: whoever is signed in, unless people make or own it. */
const othersRead = ({ table, sketch, thing, closed, privately, readers, peopleCreate }: Gaps): void => {
  if (closed.has('read') || table.forbidden('@signed', 'read')) return
  // What is kept from some staff is not for whoever signs up.
  if (sketch.grantedRoles.some((role) => table.forbidden(role, 'read'))) return
  const unclaimed = !readers && peopleCreate.length === 0 && !table.openRead() && !privately && !table.any('own')
  const keepers = isConfidential(thing) ? managing(table, sketch.grantedRoles) : []
  if (unclaimed && keepers.length > 0) {
    const who = listed(['admins', ...keepers.map(peopleOf)])
    sketch.assumptions.push(`Only ${who} see ${plural(thing.words)}: nobody else was said to.`)
  } else if (unclaimed && !table.any('@parent') && !table.who('create').includes('@public'))
    table.add('@signed', reading, 'all')
  else if (!table.has('read')) {
    if (table.who('create').includes('@public')) return
    table.add('@signed', reading, thing.owned && privately ? 'own' : 'all')
  }
}

/** Who was said to look after all of something. */
const managing = (table: Table, roles: readonly string[]): string[] =>
  roles.filter((role) => (['create', 'update', 'delete'] as const).some((op) => table.scope(role, op) === 'all'))

const moderates = (role: string): boolean => /moderator|reviewer|auditor/.test(role)

/** Where it was not said who makes things: who writes them, who owns them, or the staff. */
const someoneMakes = (gaps: Gaps): void => {
  const { table, sketch, thing, closed, people, privately, readers, cancelling } = gaps
  if (table.has('create') || closed.has('create')) return
  const staff = sketch.grantedRoles.filter((role) => !table.forbidden(role, 'create'))
  // "Only managers delete" says that the others do the rest.
  const onlyDeleting = closed.has('delete') && !closed.has('update') && !table.has('update')
  const writers = staff.filter(
    (role) =>
      !moderates(role) &&
      (table.scope(role, 'update') !== undefined ||
        (table.scope(role, 'delete') !== undefined && !isContent(thing) && !onlyDeleting && !cancelling.has(role))),
  )
  const names = plural(thing.words)
  const isOpen = table.openRead() && !table.any('own')
  if (writers.length > 0) {
    for (const role of writers) table.add(role, ['create'], 'all')
    for (const who of table.whoScoped('own'))
      if (people.includes(who) && !table.forbidden(who, 'create')) table.add(who, ['create'], 'own')
  } else if (table.any('own') || privately) {
    for (const who of table.whoScoped('own')) {
      const rest = who === '@public' ? [] : changing.filter((op) => open(gaps, who, op))
      if (!table.forbidden(who, 'create')) table.add(who, ['create', ...rest], 'own')
    }
  } else if (thing.owned && !sketch.adminNamed) {
    const rest = (['create', 'update', 'delete'] as const).filter((op) => open(gaps, '@signed', op))
    table.add('@signed', rest, 'own')
    sketch.assumptions.push(`Whoever is signed in may add ${names} and change or delete their own.`)
  } else if (staff.length === 0 && isTaken(sketch, thing)) {
    sketch.assumptions.push(`Only admins add and change ${names}.`)
  } else if (onlyDeleting && !readers) {
    table.add('@signed', ['create', 'update'], 'all')
  } else if (isOpen && staff.length > 0 && !isContent(thing)) {
    for (const role of staff)
      table.add(
        role,
        (['create', 'update', 'delete'] as const).filter((op) => open(gaps, role, op)),
        'all',
      )
  } else if (isOpen && !sketch.adminNamed) {
    thing.owned = true
    const rest = (['create', 'update', 'delete'] as const).filter((op) => open(gaps, '@signed', op))
    table.add('@signed', rest, 'own')
    sketch.assumptions.push(`Whoever is signed in may add ${names} and change or delete their own.`)
  } else if (staff.length === 0 && (isSeenByParty(table) || (readers && onlyLookedAt(gaps)))) {
    // "Clients see their own wigs", where a wig has a client: whoever signs up changes none of it, least of all others'.
    // "Friends can look at the bottles": whoever was said to look at things was not said to change them.
    sketch.assumptions.push(`Only admins add and change ${names}.`)
  } else if (!sketch.adminNamed && staff.length === 0) {
    const rest = (['create', 'update', 'delete'] as const).filter((op) => open(gaps, '@signed', op) && !table.has(op))
    table.add('@signed', rest, 'all')
  } else if (staff.length > 0 && !readers) {
    for (const role of staff)
      table.add(
        role,
        (['create', 'update'] as const).filter((op) => open(gaps, role, op)),
        'all',
      )
  } else if (staff.length > 0) sketch.assumptions.push(`Only admins add and change ${names}.`)
  else if (closed.has('delete') && !closed.has('update')) table.add('@signed', ['create', 'update'], 'all')
}

const onlyLookedAt = ({ table, thing }: Gaps): boolean =>
  !isContent(thing) && !table.has('update') && table.who('read').every((who) => table.scope(who, 'read') === 'all')

const isSeenByParty = (table: Table): boolean =>
  table.who('read').some((who) => /^@(?!parent$)/.test(table.scope(who, 'read') ?? ''))

/** Whoever may delete all of them looks after them. */
const staffWrites = (gaps: Gaps): void => {
  const { table, sketch, peopleCreate, cancelling } = gaps
  if (peopleCreate.length > 0) return
  for (const role of sketch.grantedRoles)
    if (table.scope(role, 'delete') === 'all' && !/moderator/.test(role) && !cancelling.has(role))
      table.add(
        role,
        (['create', 'update'] as const).filter((op) => open(gaps, role, op)),
        'all',
      )
}

/** Whoever changes or deletes something sees it. */
const changersRead = (gaps: Gaps): void => {
  const { table, people } = gaps
  if (table.openRead()) return
  for (const who of people)
    for (const op of changing) {
      const scope = table.scope(who, op)
      if (scope !== undefined && table.scope(who, 'read') === undefined && open(gaps, who, 'read'))
        table.add(who, reading, scope)
    }
}

const someoneChanges = (gaps: Gaps): void => {
  const { table, thing } = gaps
  if (table.has('update') || gaps.closed.has('update')) return
  for (const who of table.who('create'))
    if (who !== '@public' && !table.forbidden(who, 'update'))
      table.add(
        who,
        ['update'],
        partyOf(table, who) ?? (table.scope(who, 'create') === 'own' || thing.owned ? 'own' : 'all'),
      )
}
