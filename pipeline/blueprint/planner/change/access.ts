import { keyModelOf } from '../../names.ts'
import { listed, peopleOf } from '../language/words.ts'
import { allOperations, isReading, type Operation } from '../lexicon/verbs.ts'
import type { Fact } from '../read/facts.ts'
import { addAccounts, addRole, makeOwned, namesOf, signUpRoles } from './accounts.ts'
import { allowAssigned, isAssignedOwn } from './assigned.ts'
import { type Draft, note } from './draft.ts'
import { allow, forbid, rightsOf, writeRights } from './grants.ts'
import { grantByAdmin } from './joining.ts'
import { type Entry, entriesOf, findEntry } from './view.ts'

type Access = Extract<Fact, { kind: 'access' }>

const verbs: Readonly<Record<Operation, string>> = {
  create: 'add',
  list: 'list',
  read: 'read',
  update: 'change',
  delete: 'delete',
}
const told = (ops: readonly Operation[]): string =>
  listed(allOperations.filter((op) => ops.includes(op)).map((op) => verbs[op]))

/** Carries out one statement about who may do what. */
export const applyAccess = (draft: Draft, fact: Access, preferred: Entry | undefined): void => {
  if (fact.ops.length === 0) return
  const { architecture } = draft
  if (!architecture.policies.authn) {
    if (fact.who.every((who) => who === 'everyone') && !fact.not && fact.scope === 'all') return
    addAccounts(draft)
  }
  const named = fact.noun ? findEntry(architecture, fact.noun.words.join(' ')) : undefined
  // What is said of something that is not there says nothing of what is.
  if (fact.noun && !named && !isField(architecture, fact.noun.words)) return
  // Who may see a price may not see all that has one.
  if (fact.noun && !named && !fact.not && !fact.only) return
  const entries =
    fact.object === 'everything' || (!named && !preferred)
      ? entriesOf(architecture).filter((entry) => entry.name !== 'User')
      : [named ?? preferred!]
  if (named || fact.object === 'everything') draft.heard = true
  for (const { name } of entries) {
    const entry = entriesOf(architecture).find((one) => one.name === name)!
    applyTo(draft, fact, entry)
    closeUnused(draft, entry)
  }
}

/** "Members cannot change the price": said of a field. */
const isField = (architecture: Draft['architecture'], words: readonly string[]): boolean =>
  entriesOf(architecture).some(({ model }) =>
    Object.keys(model.fields).some((name) => name.split('_').includes(words.at(-1)!)),
  )

/** "Guests cannot see tools", where nobody signs in as a guest: who looks in without an account. */
const looksIn = ({ architecture }: Draft, who: string): boolean =>
  /^(?:guest|visitor|stranger|outsider|passer_by)$/.test(who) && !Object.hasOwn(architecture.policies.roles, who)

const applyTo = (draft: Draft, fact: Access, entry: Entry): void => {
  const own = fact.scope === 'own' || fact.who.includes('owner')
  const everybody = fact.who.includes('everyone') && !own
  if (everybody) (fact.not ? hide : openUp)(draft, fact, entry)
  const passersBy = fact.not ? fact.who.filter((who) => looksIn(draft, who)) : []
  if (passersBy.length > 0) hide(draft, fact, entry)
  const roles = rolesOf(draft, fact, own).filter((role) => !passersBy.includes(role))
  if (roles.length === 0) return
  for (const role of roles) addRole(draft, role)
  if (!fact.not && !fact.who.includes('nobody')) reopen(entry, fact.ops)
  if (fact.not || fact.who.includes('nobody')) takeAway(draft, fact, entry, roles)
  else if (
    fact.scope === 'assigned' ||
    (own && roles.every((role) => isAssignedOwn(draft, entry, role, fact.only === true)))
  )
    giveAssigned(draft, fact, entry, roles)
  else if (own) keepOwn(draft, fact, entry, roles)
  else widen(draft, fact, entry, roles)
}

/** "Technicians only see tickets assigned to them": says nothing of what others see. */
const giveAssigned = (draft: Draft, fact: Access, entry: Entry, roles: readonly string[]): void => {
  const given = roles.filter((role) => allowAssigned(draft, entry, role, fact.ops, fact.only === true))
  if (fact.only) dropPublic(entry, fact.ops)
  if (given.length > 0)
    note(
      draft,
      `${title(given)} may ${told(fact.ops)} ${fact.only ? 'only ' : ''}the ${namesOf(entry)} assigned to them.`,
      fact.only ? 'major' : 'minor',
    )
}

/** Lets everybody do it, with an account or without. */
const openUp = (draft: Draft, fact: Access, entry: Entry): void => {
  const { architecture } = draft
  const before = entry.api.public ?? []
  // Without an account nobody can own a row, so what belongs to people stays theirs to change.
  const ops = fact.ops.filter((op) => !before.includes(op) && (!entry.api.owner || isReading(op)))
  const kept = fact.ops.filter((op) => entry.api.owner && !isReading(op) && !before.includes(op))
  if (kept.length > 0)
    draft.notCarried.push(
      `${title([namesOf(entry)])} belong to who adds them, so nobody can ${told(kept)} them without an account.`,
    )
  if (ops.length === 0) return
  entry.api.public = allOperations.filter((op) => before.includes(op) || ops.includes(op))
  for (const role of Object.keys(architecture.policies.roles))
    if (role !== 'admin' && !keyModelOf(architecture, role))
      allow(architecture, role, `${entry.component}.api`, ops, '')
  note(draft, `Everybody, signed in or not, may ${told(ops)} ${namesOf(entry)}.`)
}

/** Takes it from who has no account; those who are signed in keep what everybody had. */
const hide = (draft: Draft, fact: Access, entry: Entry): void => {
  const ops = (entry.api.public ?? []).filter((op) => fact.ops.includes(op))
  if (ops.length === 0) return
  dropPublic(entry, ops)
  const { architecture } = draft
  for (const role of Object.keys(architecture.policies.roles))
    if (ops.every(isReading) && !keyModelOf(architecture, role))
      allow(architecture, role, `${entry.component}.api`, ops, '')
  note(draft, `One must be signed in to ${told(ops)} ${namesOf(entry)}.`, 'major')
}

/** The roles that a statement is about; `user` and its like are those who sign up. */
const rolesOf = (draft: Draft, fact: Access, own: boolean): string[] => {
  const people = signUpRoles(draft)
  const all = Object.keys(draft.architecture.policies.roles)
  return [
    ...new Set(
      fact.who.flatMap((who) => {
        if (who === 'everyone') return own ? people : []
        if (who === 'nobody') return all
        if (who === 'user' && all.includes('user')) return ['user']
        if (who === 'signed' && fact.only && !own) return all.filter((role) => role !== 'admin')
        return ['user', 'signed', 'owner', 'we'].includes(who) ? people : [who]
      }),
    ),
  ]
}

const takeAway = (draft: Draft, fact: Access, entry: Entry, roles: readonly string[]): void => {
  const { architecture } = draft
  const endpoint = `${entry.component}.api`
  const named = roles.filter((role) => role !== 'admin' || fact.who.includes('admin'))
  const changed = named.filter((role) => forbid(architecture, role, endpoint, fact.ops))
  if (fact.who.some((who) => ['nobody', 'user', 'signed'].includes(who))) dropPublic(entry, fact.ops)
  if (changed.length > 0) note(draft, `${title(changed)} may no longer ${told(fact.ops)} ${namesOf(entry)}.`, 'major')
  withoutBackDoor(draft, fact, entry, named)
}

/** "Members cannot add tools": nor by being something else that may, which one becomes by signing up as well. */
const withoutBackDoor = (draft: Draft, fact: Access, entry: Entry, roles: readonly string[]): void => {
  const joining = signUpRoles(draft)
  if (fact.scope !== 'all' || !roles.some((role) => joining.includes(role))) return
  const endpoint = `${entry.component}.api`
  const others = joining.filter(
    (role) => !roles.includes(role) && fact.ops.some((op) => rightsOf(draft.architecture, role, endpoint).has(op)),
  )
  if (others.length > 0) grantByAdmin(draft, others)
}

/** Limits rights to one's own rows. */
const keepOwn = (draft: Draft, fact: Access, entry: Entry, roles: readonly string[]): void => {
  const { architecture } = draft
  const endpoint = `${entry.component}.api`
  const people = signUpRoles(draft)
  makeOwned(entry)
  const narrow = fact.only || fact.who.includes('owner') || roles.every((role) => people.includes(role))
  const held = allOperations.filter((op) => roles.some((role) => rightsOf(architecture, role, endpoint).has(op)))
  // "Tickets are private" gives nobody more than they have.
  const all = fact.ops.length === allOperations.length && held.length > 0
  const ops = all ? held : fact.ops.some(isReading) && narrow ? [...new Set([...fact.ops, ...held])] : fact.ops
  const before = JSON.stringify(architecture.policies.roles)
  for (const role of roles) {
    if (role === 'admin' && !fact.who.includes('admin')) continue
    const rights = rightsOf(architecture, role, endpoint)
    for (const op of ops)
      rights.set(op, op !== 'create' || narrow ? new Set(['own']) : (rights.get(op) ?? new Set(['own'])))
    writeRights(architecture, role, endpoint, rights)
  }
  if (narrow) dropPublic(entry, ops)
  if (before !== JSON.stringify(architecture.policies.roles))
    note(draft, `${title(roles)} may ${told(ops)} only their own ${namesOf(entry)}.`, 'major')
}

const widen = (draft: Draft, fact: Access, entry: Entry, roles: readonly string[]): void => {
  const { architecture } = draft
  const endpoint = `${entry.component}.api`
  // Who adds rows of their own can add rows.
  const opsOf = (role: string): Operation[] =>
    fact.ops.filter((op) => op !== 'create' || !rightsOf(architecture, role, endpoint).get('create')?.has('own'))
  const widened = roles.filter((role) => allow(architecture, role, endpoint, opsOf(role), ''))
  if (widened.length > 0) note(draft, `${title(widened)} may ${told(fact.ops)} all ${namesOf(entry)}.`)
  if (fact.limited) confine(draft, fact, entry, roles)
  if (!fact.only) return
  // What others are kept from is nothing that one gets by signing up, where one becomes something else as well.
  const joining = signUpRoles(draft)
  const alone = roles.filter((role) => joining.includes(role))
  if (fact.ops.some((op) => !isReading(op)) && alone.length < joining.length) grantByAdmin(draft, alone)
  const others = Object.keys(architecture.policies.roles).filter((role) => role !== 'admin' && !roles.includes(role))
  const narrowed = others.filter((role) => forbid(architecture, role, endpoint, fact.ops))
  const wasPublic = entry.api.public?.some((op) => fact.ops.includes(op))
  dropPublic(entry, fact.ops)
  if (narrowed.length > 0 || wasPublic)
    note(
      draft,
      `Only ${peopleIn([...new Set([...roles, 'admin'])])} may ${told(fact.ops)} ${namesOf(entry)}${narrowed.length > 0 ? `; ${peopleIn(narrowed)} no longer may` : ''}.`,
      'major',
    )
}

/** "editors can only read": what they could do besides goes. */
const confine = (draft: Draft, fact: Access, entry: Entry, roles: readonly string[]): void => {
  const rest = allOperations.filter((op) => !fact.ops.includes(op) && !(isReading(op) && fact.ops.some(isReading)))
  const changed = roles.filter(
    (role) => role !== 'admin' && forbid(draft.architecture, role, `${entry.component}.api`, rest),
  )
  if (changed.length > 0) note(draft, `${title(changed)} may no longer ${told(rest)} ${namesOf(entry)}.`, 'major')
}

/** What was taken from everybody comes back with the first who may do it. */
const reopen = (entry: Entry, ops: readonly Operation[]): void => {
  const { only } = entry.api
  if (!only) return
  const left = allOperations.filter((op) => ops.includes(op) || only.some((one) => one === op))
  if (left.length === allOperations.length) delete entry.api.only
  else entry.api.only = left as [Operation, ...Operation[]]
}

/** What nobody may do any more is not there at all. */
const closeUnused = (draft: Draft, entry: Entry): void => {
  const { roles } = draft.architecture.policies
  const used = (op: Operation): boolean =>
    entry.api.public?.includes(op) === true ||
    Object.keys(roles).some((role) => rightsOf(draft.architecture, role, `${entry.component}.api`).has(op))
  const served = allOperations.filter((op) => !entry.api.only || entry.api.only.some((one) => one === op))
  const left = served.filter(used)
  if (left.length > 0 && left.length < served.length) entry.api.only = left as [Operation, ...Operation[]]
}

const dropPublic = (entry: Entry, ops: readonly Operation[]): void => {
  entry.api.public = entry.api.public?.filter((op) => !ops.includes(op))
  if (!entry.api.public?.length) delete entry.api.public
}

const peopleIn = (roles: readonly string[]): string => listed(roles.map(peopleOf))

const title = (roles: readonly string[]): string => {
  const text = peopleIn(roles)
  return text.charAt(0).toUpperCase() + text.slice(1)
}
