import { listed, plural } from '../language/words.ts'
import { grantedRoles, signUpRoles } from '../lexicon/people.ts'
import { contentThings, privateThings } from '../lexicon/sharing.ts'
import { allOperations, type Operation } from '../lexicon/verbs.ts'
import type { Fact } from '../read/facts.ts'
import { keyOf } from '../read/noun.ts'
import { isPersonal } from './defaults.ts'
import { fieldOf } from './order.ts'
import { addRef } from './relate.ts'
import type { Permission, Scope, Sketch, Thing } from './sketch.ts'
import { createTable, type Table } from './table.ts'

type AccessFact = Extract<Fact, { kind: 'access' }>
const reading: readonly Operation[] = ['list', 'read']
const isReading = (op: Operation): boolean => op === 'list' || op === 'read'

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
    const acts = facts.filter((fact): fact is AccessFact => fact.kind === 'access' && fact.who.includes(name))
    const onlyOwn =
      acts.length > 0 &&
      acts.every((fact) => fact.scope === 'own' || fact.ops.every((op) => op === 'create' || isReading(op)))
    const approvers = names.some(
      (other) =>
        other !== name &&
        facts.some(
          (fact) =>
            fact.kind === 'access' &&
            fact.who.includes(other) &&
            fact.scope === 'all' &&
            fact.ops.some((op) => op === 'update' || op === 'read'),
        ),
    )
    if (
      /^(?:staff|team|crew|worker)$/.test(last) &&
      acts.length > 0 &&
      approvers &&
      acts.every((fact) => fact.scope === 'own' || fact.ops.every((op) => op === 'create'))
    ) {
      signUp.push(name)
      continue
    }
    const known =
      grantedRoles.has(last) || name.includes('_admin') ? granted : signUpRoles.has(last) ? signUp : undefined
    const target = known ?? (onlyOwn ? signUp : granted)
    target.push(name)
  }
  return { signUp, granted }
}

/** Weighs what was said of each thing and fills in, with an assumption, what was not. */
export const resolvePermissions = (sketch: Sketch, facts: readonly Fact[], mine: boolean, shared: boolean): void => {
  const access = facts.filter((fact): fact is AccessFact => fact.kind === 'access').map((fact) => ofField(sketch, fact))
  const order = [...sketch.things.values()].sort((a, b) => depthOf(sketch, a) - depthOf(sketch, b))
  for (const thing of order) {
    const rules = access.filter(
      (fact) =>
        (fact.noun
          ? keyOf(fact.noun) === thing.key ||
            (sketch.things.get(keyOf(fact.noun)) === undefined && fact.noun.words.at(-1) === thing.key)
          : fact.object === 'everything') && fact.ops.length > 0,
    )
    sketch.permissions.set(thing.key, permissionsOf(sketch, thing, rules, mine, shared))
  }
  for (const fact of access) {
    if (
      !fact.noun ||
      !/^(?:user|account|member|people|person)$/.test(keyOf(fact.noun)) ||
      sketch.things.has(keyOf(fact.noun))
    )
      continue
    for (const who of fact.who)
      if (sketch.grantedRoles.includes(who) && fact.scope === 'all' && !fact.not)
        sketch.userPermissions.push({ who, ops: fact.ops.filter((op) => op !== 'create'), scope: 'all' })
  }
}

/** "staff can update quantities" is about the thing that has a quantity. */
const ofField = (sketch: Sketch, fact: AccessFact): AccessFact => {
  if (!fact.noun || sketch.things.has(keyOf(fact.noun)) || !fact.ops.includes('update') || fact.ops.includes('create'))
    return fact
  const said = fact.noun.words.join(' ')
  const owner =
    [...sketch.things.values()].find((thing) => fieldOf(thing, said) !== undefined) ??
    [...sketch.things.values()].find((thing) =>
      thing.fields.some((field) => field.name.split('_').includes(fact.noun!.words.at(-1)!)),
    )
  return owner ? { ...fact, noun: { ...fact.noun, words: owner.key.split('_') } } : fact
}

const depthOf = (sketch: Sketch, thing: Thing, depth = 0): number => {
  const parent = thing.parent ? thing.refs.find((ref) => ref.field === thing.parent)?.to : undefined
  return parent && parent !== 'user' && parent !== thing.key && depth < 10
    ? depthOf(sketch, sketch.things.get(parent)!, depth + 1)
    : depth
}

const permissionsOf = (
  sketch: Sketch,
  thing: Thing,
  rules: readonly AccessFact[],
  mine: boolean,
  shared: boolean,
): Permission[] => {
  const table = createTable()
  const exclusive = new Set<Operation>()
  const signUp = sketch.signUpRoles
  let privately = false
  for (const rule of rules) {
    if (rule.not) continue
    // What is between one person and the staff does not become public by "anyone can browse".
    if (
      rule.object === 'everything' &&
      rule.who.includes('everyone') &&
      (isPrivateThing(thing) || sketch.linkRoles.has(thing.key))
    )
      continue
    for (const who of rule.who) {
      if (who === 'owner') {
        if (reading.every((op) => rule.ops.includes(op))) privately = true
        for (const role of ['@signed']) table.add(role, rule.ops, 'own')
        if (!rule.ops.includes('create')) for (const op of rule.ops) exclusive.add(op)
        continue
      }
      const subject = who === 'everyone' && rule.scope !== 'all' ? '@signed' : subjectOf(who, signUp)
      const scope = scopeOf(sketch, thing, rule, who, rules)
      table.add(subject, rule.ops, scope)
      if (rule.only && rule.scope === 'all') for (const op of rule.ops) exclusive.add(op)
      else if (rule.only && rule.scope !== 'all' && subject === '@signed') for (const op of rule.ops) exclusive.add(op)
    }
  }
  for (const rule of rules) {
    if (!rule.only || rule.not || rule.scope !== 'all' || rule.who.includes('everyone') || rule.who.includes('signed'))
      continue
    for (const op of rule.ops)
      for (const who of table.who(op))
        if (
          !rules.some(
            (other) =>
              other.only &&
              !other.not &&
              other.ops.includes(op) &&
              other.who.some((name) => subjectOf(name, signUp) === who),
          )
        )
          table.drop(who, op)
  }
  for (const rule of rules)
    if (rule.not)
      for (const who of rule.who) {
        if (who === 'nobody') for (const op of rule.ops) exclusive.add(op)
        for (const op of rule.ops) {
          if (who !== 'nobody' && rule.scope !== 'own')
            table.forbid(who === 'everyone' ? '@public' : who === 'user' || who === 'signed' ? '@signed' : who, op)
          if (who === 'user' || who === 'signed' || who === 'everyone') exclusive.add(op)
        }
      }
  if (rules.length === 0) return unsaid(sketch, thing, table, mine, shared)
  return completeTable(
    rules.some((rule) => !rule.not && rule.ops.length > 0 && rule.ops.every(isReading)),
    sketch,
    thing,
    table,
    exclusive,
    privately,
    shared,
  )
}

const subjectOf = (who: string, signUp: readonly string[]): string =>
  who === 'everyone'
    ? '@public'
    : who === 'signed' || who === 'we'
      ? '@signed'
      : who === 'user'
        ? signUp.includes('user')
          ? 'user'
          : '@signed'
        : who

/** How far a role's right reaches: "assigned to them" and a patient's own appointments go by a reference to the account. */
const scopeOf = (sketch: Sketch, thing: Thing, rule: AccessFact, who: string, rules: readonly AccessFact[]): Scope => {
  if (rule.scope === 'assigned') {
    const field =
      thing.refs.find((ref) => ref.to === 'user' && (ref.field === `${who}_id` || /assign|responsible/.test(ref.field)))
        ?.field ?? (['user', 'signed'].includes(who) ? 'assignee_id' : `${who}_id`)
    addRef(sketch, thing.key, 'user', { field, optional: true, onDelete: 'set-null' })
    return `@${field}`
  }
  if (rule.scope !== 'own') return 'all'
  const named = thing.refs.find((ref) => ref.to === 'user' && ref.field === `${who}_id`)
  const creates = rules.some((other) => other.ops.includes('create') && !other.not && other.who.includes(who))
  const othersCreate = rules.some(
    (other) =>
      other.ops.includes('create') &&
      !other.not &&
      !other.who.includes(who) &&
      other.scope === 'all' &&
      other.who.some((name) => sketch.grantedRoles.includes(name)),
  )
  if (named && !creates) return `@${named.field}`
  if (!creates && othersCreate && !['user', 'signed', 'owner'].includes(who)) {
    addRef(sketch, thing.key, 'user', { field: `${who}_id`, optional: true, onDelete: 'set-null' })
    return `@${who}_id`
  }
  thing.owned = true
  return 'own'
}

const isPrivateThing = (thing: Thing): boolean =>
  privateThings.has(thing.key) || privateThings.has(thing.key.split('_').at(-1)!)
const isContent = (thing: Thing): boolean =>
  contentThings.has(thing.key) || contentThings.has(thing.key.split('_').at(-1)!)

/** Nothing was said of the thing: a child goes by its parent, one's own affairs are private, the rest is shared. */
const unsaid = (sketch: Sketch, thing: Thing, table: Table, mine: boolean, shared: boolean): Permission[] => {
  const parentKey = thing.parent ? thing.refs.find((ref) => ref.field === thing.parent)?.to : undefined
  const parent = parentKey && parentKey !== 'user' && parentKey !== thing.key ? sketch.things.get(parentKey) : undefined
  const above = parent ? sketch.permissions.get(parent.key) : undefined
  const names = plural(thing.words)
  if (parent && above) {
    const childByPeople =
      thing.owned ||
      (isContent(thing) &&
        /^(?:comment|reply|review|rating|vote|like|answer)$/.test(thing.key.split('_').at(-1)!) &&
        above.some((one) => one.scope === 'all' && one.ops.includes('read')))
    if (childByPeople) {
      thing.owned = true
      for (const one of above) table.add(one.who, one.ops.filter(isReading), one.scope === 'own' ? 'own' : 'all')
      table.add('@signed', ['create', 'update', 'delete'], 'own')
      sketch.assumptions.push(`Whoever is signed in may add ${names} and change or delete their own.`)
      return table.list()
    }
    const scoped = above.some((one) => one.scope !== 'all')
    if (scoped) thing.owned = true
    for (const one of above) table.add(one.who, one.ops, one.scope === 'all' ? 'all' : 'own')
    sketch.assumptions.push(`Whoever may see or change ${parent.words} entries may do the same with their ${names}.`)
    return table.list()
  }
  const byOwner = thing.owned || (!shared && (mine || isPersonal(thing.key)))
  const staff = sketch.grantedRoles
  if (byOwner) {
    thing.owned = true
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
  if (staff.length > 0) {
    table.add('@signed', reading, 'all')
    for (const role of staff) table.add(role, allOperations, 'all')
    sketch.assumptions.push(
      `Everybody who is signed in can read ${names}; ${listed(['admins', ...staff.map((role) => plural(role.replaceAll('_', ' ')))])} can change them.`,
    )
    return table.list()
  }
  table.add('@signed', allOperations, 'all')
  sketch.assumptions.push(
    `${names.charAt(0).toUpperCase()}${names.slice(1)} are shared: everybody who is signed in can read and change them.`,
  )
  return table.list()
}

/** Fills the gaps between what was said: who creates may see; who is not named in an "only" is kept out. */
const completeTable = (
  readers: boolean,
  sketch: Sketch,
  thing: Thing,
  table: Table,
  exclusive: ReadonlySet<Operation>,
  privately: boolean,
  shared: boolean,
): Permission[] => {
  const names = plural(thing.words)
  const staff = sketch.grantedRoles
  const people = [...sketch.signUpRoles, '@signed']
  const creators = table.who('create')
  const othersDelete = table.who('delete').some((who) => !people.includes(who))
  const peopleCreate = creators.filter((who) => people.includes(who))
  if (
    peopleCreate.length > 0 &&
    peopleCreate.some((who) => table.scope(who, 'update') === undefined || table.scope(who, 'delete') === undefined)
  ) {
    const ownRows = !shared || thing.owned || table.any('own')
    for (const who of peopleCreate)
      for (const op of ['update', 'delete'] as const)
        if (
          !(op === 'delete' && othersDelete) &&
          table.scope(who, op) === undefined &&
          !table.forbidden(who, op) &&
          !exclusive.has(op)
        ) {
          table.add(who, [op], ownRows ? 'own' : 'all')
          if (ownRows) thing.owned = true
        }
  }
  const staffSees = staff.some(
    (role) => table.scope(role, 'read') !== undefined || table.scope(role, 'update') !== undefined,
  )
  for (const who of creators) {
    if (who === '@public' || table.scope(who, 'read') !== undefined) continue
    const isPeople = people.includes(who)
    const own =
      (isPeople && privately) ||
      (isPeople && !readers && !isContent(thing)
        ? isPrivateThing(thing) || isPersonal(thing.key) || staffSees
        : isPeople && (isPrivateThing(thing) || (readers && staffSees && !table.openRead())))
    if (own) thing.owned = true
    if (table.openRead()) continue
    table.add(who, reading, own ? 'own' : 'all')
  }
  for (const role of staff) {
    const touches = ['create', 'update', 'delete'].some((op) => table.scope(role, op as Operation) !== undefined)
    if (touches && table.scope(role, 'read') === undefined && !table.openRead())
      table.add(role, reading, table.scope(role, 'update') ?? 'all')
    if (
      table.scope(role, 'create') === 'all' &&
      table.scope(role, 'update') === undefined &&
      !exclusive.has('update') &&
      !table.forbidden(role, 'update')
    )
      table.add(role, ['update'], 'all')
  }
  if (
    !readers &&
    !exclusive.has('read') &&
    peopleCreate.length === 0 &&
    !table.openRead() &&
    !privately &&
    !table.any('own')
  )
    table.add('@signed', reading, 'all')
  if (!table.has('read') && !exclusive.has('read')) {
    table.add('@signed', reading, thing.owned && privately ? 'own' : 'all')
  }
  if (!table.has('create') && !exclusive.has('create')) {
    const moderates = (role: string): boolean => /moderator|reviewer|auditor/.test(role)
    const writers = staff.filter(
      (role) =>
        !moderates(role) &&
        (table.scope(role, 'update') !== undefined || (table.scope(role, 'delete') !== undefined && !isContent(thing))),
    )
    const open = table.openRead() && !table.any('own')
    if (writers.length > 0) {
      for (const role of writers) table.add(role, ['create'], 'all')
      for (const who of table.whoScoped('own')) if (people.includes(who)) table.add(who, ['create'], 'own')
    } else if (table.any('own') || privately)
      for (const who of table.whoScoped('own'))
        table.add(
          who,
          [
            'create',
            ...(who === '@public'
              ? []
              : (['update', 'delete'] as const).filter((op) => !exclusive.has(op) && !table.forbidden(who, op))),
          ],
          'own',
        )
    else if (open && staff.length > 0 && !isContent(thing))
      for (const role of staff) table.add(role, ['create', 'update', 'delete'], 'all')
    else if (open && !sketch.adminNamed) {
      thing.owned = true
      table.add('@signed', ['create', 'update', 'delete'], 'own')
      sketch.assumptions.push(`Whoever is signed in may add ${names} and change or delete their own.`)
    } else if (!sketch.adminNamed && staff.length === 0) {
      const rest = (['create', 'update', 'delete'] as const).filter((op) => !exclusive.has(op) && !table.has(op))
      table.add('@signed', rest, 'all')
    } else if (staff.length > 0 && !readers) for (const role of staff) table.add(role, ['create', 'update'], 'all')
    else if (staff.length > 0) sketch.assumptions.push(`Only admins add and change ${names}.`)
    else if (exclusive.has('delete') && !exclusive.has('update')) table.add('@signed', ['create', 'update'], 'all')
  }
  for (const role of staff)
    if (table.scope(role, 'delete') === 'all' && !/moderator/.test(role) && !peopleCreate.length)
      for (const op of ['create', 'update'] as const)
        if (!exclusive.has(op) && !table.forbidden(role, op)) table.add(role, [op], 'all')
  if (!table.has('update') && !exclusive.has('update'))
    for (const who of table.who('create'))
      if (who !== '@public' && !table.forbidden(who, 'update'))
        table.add(who, ['update'], table.scope(who, 'create') === 'own' || thing.owned ? 'own' : 'all')
  if (table.any('own')) thing.owned = true
  if (thing.owned) for (const who of table.who('create')) if (people.includes(who)) table.narrow(who, 'create')
  return table.list()
}
