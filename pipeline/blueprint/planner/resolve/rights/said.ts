import { allOperations, isReading, type Operation } from '../../lexicon/verbs.ts'
import { addRef } from '../relate.ts'
import type { Scope, Sketch, Thing } from '../sketch.ts'
import { createTable, type Table } from '../table.ts'
import { type AccessFact, isPrivateThing, reading, subjectOf } from './access-fact.ts'
import { makers } from './parties.ts'

/** What the statements about one thing come to, before anything is filled in. */
export type Said = {
  table: Table
  /** Operations of which it was said who alone may do them. */
  closed: Set<Operation>
  /** Each sees only their own. */
  privately: boolean
  /** Something was said of who may only look. */
  readers: boolean
  /** What not even administrators may do. */
  barred: Set<Operation>
  /** Who deletes only as a way to cancel: they look after nothing else. */
  cancelling: Set<string>
}

/** Weighs the statements about one thing: rights, then "only", then "not". */
export const weigh = (sketch: Sketch, thing: Thing, rules: readonly AccessFact[]): Said => {
  const said: Said = {
    table: createTable(),
    closed: new Set(),
    privately: false,
    readers: rules.some((rule) => !rule.not && rule.ops.every(isReading)),
    barred: new Set(),
    cancelling: new Set(rules.flatMap((rule) => (rule.takesBack ? rule.who : []))),
  }
  for (const rule of rules)
    if (!rule.not && !rule.takesBack && rule.ops.includes('delete'))
      for (const who of rule.who) said.cancelling.delete(who)
  for (const rule of rules) if (!rule.not) grant(sketch, thing, rule, rules, said)
  for (const rule of rules)
    if (rule.only && (rule.scope === 'own' || rule.scope === 'assigned') && !rule.not)
      keepToOwn(sketch, thing, rule, rules, said)
  for (const rule of rules) if (isExclusive(rule)) keepOut(sketch, rule, rules, said)
  for (const rule of rules) if (rule.not) refuse(rule, rules, said)
  for (const rule of rules) if (rule.limited && !rule.not) confine(sketch, rule, rules, said)
  return said
}

const grant = (sketch: Sketch, thing: Thing, rule: AccessFact, rules: readonly AccessFact[], said: Said): void => {
  const { table, closed } = said
  const signUp = sketch.signUpRoles
  // What is between one person and the staff does not become public by "anyone can browse".
  if (
    rule.object === 'everything' &&
    rule.who.includes('everyone') &&
    (isPrivateThing(thing) || sketch.linkRoles.has(thing.key))
  )
    return
  for (const who of rule.who) {
    if (who === 'owner') {
      if (reading.every((op) => rule.ops.includes(op))) said.privately = true
      table.add('@signed', rule.ops, 'own')
      if (!rule.ops.includes('create')) for (const op of rule.ops) closed.add(op)
      continue
    }
    const subject = who === 'everyone' && rule.scope !== 'all' ? '@signed' : subjectOf(who, signUp)
    table.add(subject, rule.ops, scopeOf(sketch, thing, rule, who, rules))
    if (rule.only && (rule.scope === 'all' || subject === '@signed')) for (const op of rule.ops) closed.add(op)
  }
}

const isExclusive = (rule: AccessFact): boolean =>
  rule.only && !rule.not && rule.scope === 'all' && !rule.who.includes('everyone') && !rule.who.includes('signed')

/** "only managers delete" takes it from all the others; what was said of this thing alone outweighs "everything". */
const keepOut = (sketch: Sketch, rule: AccessFact, rules: readonly AccessFact[], { table }: Said): void => {
  const named = (who: string, op: Operation): boolean =>
    rules.some(
      (other) =>
        !other.not &&
        other.ops.includes(op) &&
        (other.only || (rule.object === 'everything' && other.object !== 'everything')) &&
        other.who.some(
          (name) => subjectOf(name, sketch.signUpRoles) === who || (name === 'owner' && who === '@signed'),
        ),
    )
  for (const op of rule.ops) for (const who of table.who(op)) if (!named(who, op)) table.drop(who, op)
}

/**
 * "Trainers manage courses" and "trainers can only edit their own", or "only see what is assigned to them": what they have of
 * all that they look after, they have of that alone.
 */
const keepToOwn = (
  sketch: Sketch,
  thing: Thing,
  rule: AccessFact,
  rules: readonly AccessFact[],
  { table }: Said,
): void => {
  // Who may not see a row cannot change it either.
  const ops = new Set<Operation>([
    ...rule.ops,
    ...(rule.ops.includes('read') ? (['update', 'delete'] as const) : []),
    ...(rule.ops.includes('update') ? (['delete'] as const) : []),
  ])
  for (const who of rule.who) {
    if (!sketch.grantedRoles.includes(who)) continue
    const subject = subjectOf(who, sketch.signUpRoles)
    for (const op of ops) {
      if (table.scope(subject, op) !== 'all') continue
      table.drop(subject, op)
      table.add(subject, [op], scopeOf(sketch, thing, rule, who, rules))
    }
  }
}

const refuse = (rule: AccessFact, rules: readonly AccessFact[], { table, closed, barred }: Said): void => {
  for (const who of rule.who) {
    const invited = rules.some((other) => !other.not && other.who.includes('admin'))
    // Who may not see a row cannot change it either.
    const ops = rule.ops.includes('read') ? [...new Set<Operation>([...rule.ops, 'update', 'delete'])] : rule.ops
    if (who === 'admin' && !invited) for (const op of ops) barred.add(op)
    for (const op of rule.ops) {
      if (who !== 'nobody' && rule.scope !== 'own') table.forbid(nameOf(who), op)
      if (['nobody', 'user', 'signed'].includes(who)) closed.add(op)
      if (who === 'nobody' && notEvenAdmins(rule, rules)) for (const one of table.who(op)) table.drop(one, op)
    }
  }
}

/** "nobody" is nobody at all; "nobody else" says nothing of those who were named. */
const notEvenAdmins = (rule: AccessFact, rules: readonly AccessFact[]): boolean =>
  rules.some((other) => other.not && other.who.includes('admin') && other.ops.join() === rule.ops.join())

const nameOf = (who: string): string =>
  who === 'everyone' ? '@public' : who === 'user' || who === 'signed' ? '@signed' : who

/** "workers can only read and update": nothing is filled in for them. */
const confine = (sketch: Sketch, rule: AccessFact, rules: readonly AccessFact[], { table }: Said): void => {
  for (const who of rule.who) {
    const theirs = rules.filter((other) => !other.not && other.who.includes(who)).flatMap((other) => other.ops)
    const reads = theirs.some(isReading) ? reading : []
    for (const op of allOperations)
      if (!theirs.includes(op) && !reads.includes(op)) table.forbid(subjectOf(who, sketch.signUpRoles), op)
  }
}

/** Whether somebody has such things of their own: not who looks after those of others, and not everybody. */
const hasOwn = (sketch: Sketch, who: string): boolean =>
  !sketch.grantedRoles.includes(who) && !['admin', 'everyone', 'we'].includes(who)

/** How far a role's right reaches: "assigned to them" and a patient's own appointments go by a reference to the account. */
const scopeOf = (sketch: Sketch, thing: Thing, rule: AccessFact, who: string, rules: readonly AccessFact[]): Scope => {
  if (rule.party) {
    const field = `${rule.party}_id`
    const optional = !makers.test(rule.party)
    addRef(sketch, thing.key, 'user', { field, optional, onDelete: optional ? 'set-null' : 'cascade' })
    return `@${field}`
  }
  if (rule.scope === 'assigned') {
    const field =
      thing.refs.find((ref) => ref.to === 'user' && (ref.field === `${who}_id` || /assign|responsible/.test(ref.field)))
        ?.field ?? (['user', 'signed'].includes(who) ? 'assignee_id' : `${who}_id`)
    addRef(sketch, thing.key, 'user', { field, optional: true, onDelete: 'set-null' })
    return `@${field}`
  }
  if (rule.scope === 'parent') {
    if (thing.parent && thing.refs.some((ref) => ref.field === thing.parent && ref.to !== 'user')) return '@parent'
    thing.owned = true
    return 'own'
  }
  if (rule.scope !== 'own' && !(rule.takesBack === 'usual' && hasOwn(sketch, who))) return 'all'
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
