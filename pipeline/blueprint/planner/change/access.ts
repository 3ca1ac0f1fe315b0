import type { Field } from '../../../../schemas/generated/architecture.ts'
import { pluralOf } from '../../names.ts'
import { accountsComponent, accountTypes, userModel } from '../assemble/accounts.ts'
import { listed, plural } from '../language/words.ts'
import { allOperations, type Operation } from '../lexicon/verbs.ts'
import type { Fact } from '../read/facts.ts'
import { isPersonal } from '../resolve/defaults.ts'
import { type Draft, note } from './draft.ts'
import { allow, forbid, rightsOf, writeRights } from './grants.ts'
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
const namesOf = (entry: Entry): string => pluralOf(entry.name, entry.model).replaceAll('_', ' ')

/** The roles that anybody gets by signing up. */
export const signUpRoles = (draft: Draft): string[] => {
  const value = draft.architecture.models.User?.fields.roles?.default
  return Array.isArray(value) ? value.map(String) : []
}

/** Adds accounts to an open system: what was everybody's becomes the signed-in people's, one's own affairs their own. */
export const addAccounts = (draft: Draft): void => {
  const { architecture } = draft
  const shapes = accountTypes({}, new Set(Object.keys(architecture.models)))
  const entries = entriesOf(architecture)
  architecture.types = { ...architecture.types, ...shapes.types }
  architecture.models = { User: userModel({}, ['user']), ...architecture.models }
  architecture.components = {
    accounts: accountsComponent(shapes.nameOf, {}),
    user_store: { ports: { sql: { dir: 'in', kind: 'store', model: 'User' } } },
    ...architecture.components,
  }
  architecture.links = [{ from: 'accounts.data', to: 'user_store.sql', onFailure: 'hard' }, ...architecture.links]
  architecture.expose = [
    { port: 'accounts.auth', path: '/v1/auth' },
    { port: 'accounts.users', path: '/v1/users' },
    ...architecture.expose,
  ]
  architecture.policies = {
    ...architecture.policies,
    authn: { scheme: 'jwt', issuer: 'accounts.auth', accessMinutes: 15, refreshDays: 30 },
    roles: { user: [], admin: ['accounts.users:*'] },
  }
  note(draft, 'Adds accounts: people sign up and sign in with email and password, and every request needs it.', 'major')
  for (const entry of entries) {
    delete entry.api.public
    const endpoint = `${entry.component}.api`
    architecture.policies.roles.admin!.push(`${endpoint}:*`)
    if (isPersonal(entry.key) && !entry.api.parent) makeOwned(draft, entry)
    architecture.policies.roles.user!.push(`${endpoint}:*${entry.api.owner ? '@own' : ''}`)
  }
  const owned = entries.filter((entry) => entry.api.owner)
  const shared = entries.filter((entry) => !entry.api.owner)
  if (owned.length > 0)
    draft.assumptions.push(
      `Each person sees and changes only their own ${listed(owned.map(namesOf))}. What exists already belongs to nobody, so only admins see it.`,
    )
  if (shared.length > 0)
    draft.assumptions.push(`Everybody who is signed in can read and change ${listed(shared.map(namesOf))}.`)
  draft.assumptions.push('Admins may do everything. The first one is made with the setup token.')
}

/** Gives rows an owner; those that exist have none, so it may be empty. */
const makeOwned = (draft: Draft, entry: Entry): void => {
  if (entry.api.owner) return
  void draft
  const { id, ...rest } = entry.model.fields
  const owner: Field = { type: 'ref(User.id)', index: true, optional: true, onDelete: 'cascade' }
  entry.model.fields = { ...(id ? { id } : {}), ...(rest.owner_id ? {} : { owner_id: owner }), ...rest }
  entry.api.owner = 'owner_id'
  if (entry.api.list && !entry.api.list.filter.includes('owner_id')) entry.api.list.filter.push('owner_id')
}

/** Carries out one statement about who may do what. */
export const applyAccess = (draft: Draft, fact: Access, preferred: Entry | undefined): void => {
  if (fact.ops.length === 0) return
  const { architecture } = draft
  const open = fact.who.every((who) => who === 'everyone')
  if (!architecture.policies.authn) {
    if (open) return
    addAccounts(draft)
  }
  const named = fact.noun ? findEntry(architecture, fact.noun.words.join(' ')) : undefined
  const entries =
    fact.object === 'everything' || (!named && !preferred)
      ? entriesOf(architecture).filter((entry) => entry.name !== 'User')
      : [named ?? preferred!]
  for (const entry of entries) applyTo(draft, fact, entriesOf(architecture).find((one) => one.name === entry.name)!)
}

const applyTo = (draft: Draft, fact: Access, entry: Entry): void => {
  const { architecture } = draft
  const endpoint = `${entry.component}.api`
  const people = signUpRoles(draft)
  const all = Object.keys(architecture.policies.roles)
  const everybody = fact.who.includes('everyone')
  if (everybody && !fact.not) {
    const before = entry.api.public ?? []
    // Without an account nobody can own a row, so what belongs to people stays theirs to change.
    const ops = fact.ops.filter((op) => !before.includes(op) && (!entry.api.owner || op === 'list' || op === 'read'))
    if (ops.length === 0) return
    entry.api.public = allOperations.filter((op) => before.includes(op) || ops.includes(op))
    for (const role of all) if (role !== 'admin') allow(architecture, role, endpoint, ops, '')
    note(draft, `Everybody, signed in or not, may ${told(ops)} ${namesOf(entry)}.`)
    return
  }
  const roles = [
    ...new Set(
      fact.who.flatMap((who) =>
        who === 'user' || who === 'signed' || who === 'owner' || who === 'we'
          ? who === 'user' && all.includes('user')
            ? ['user']
            : people
          : who === 'everyone' || who === 'nobody'
            ? all.filter((role) => role !== 'admin')
            : [who],
      ),
    ),
  ]
  for (const role of roles)
    if (!Object.hasOwn(architecture.policies.roles, role)) {
      addRole(draft, role)
    }
  if (fact.not || fact.who.includes('nobody')) {
    const changed = roles.filter((role) => role !== 'admin' && forbid(architecture, role, endpoint, fact.ops))
    if (entry.api.public?.some((op) => fact.ops.includes(op))) dropPublic(entry, fact.ops)
    if (changed.length > 0) note(draft, `${title(changed)} may no longer ${told(fact.ops)} ${namesOf(entry)}.`, 'major')
    return
  }
  const own = fact.scope === 'own' || fact.who.includes('owner')
  if (own) {
    makeOwned(draft, entry)
    const narrow = fact.only || fact.who.includes('owner') || roles.every((role) => people.includes(role))
    const ops =
      fact.ops.some((op) => op === 'read' || op === 'list') && narrow
        ? [
            ...new Set([
              ...fact.ops,
              ...allOperations.filter((op) => roles.some((role) => rightsOf(architecture, role, endpoint).has(op))),
            ]),
          ]
        : fact.ops
    const before = JSON.stringify(architecture.policies.roles)
    for (const role of roles) {
      if (role === 'admin') continue
      const rights = rightsOf(architecture, role, endpoint)
      for (const op of ops)
        rights.set(op, op !== 'create' || narrow ? new Set(['own']) : (rights.get(op) ?? new Set(['own'])))
      writeRights(architecture, role, endpoint, rights)
    }
    if (narrow && entry.api.public?.some((op) => ops.includes(op))) dropPublic(entry, ops)
    if (before !== JSON.stringify(architecture.policies.roles))
      note(draft, `${title(roles)} may ${told(ops)} only their own ${namesOf(entry)}.`, 'major')
    return
  }
  let widened: string[] = []
  const scope =
    fact.scope === 'assigned'
      ? (Object.keys(entry.model.fields).find(
          (name) => entry.model.fields[name]!.type === 'ref(User.id)' && name !== 'owner_id',
        ) ?? '')
      : ''
  widened = roles.filter((role) => allow(architecture, role, endpoint, fact.ops, scope))
  if (widened.length > 0)
    note(
      draft,
      `${title(widened)} may ${told(fact.ops)} ${scope ? 'the ' : 'all '}${namesOf(entry)}${scope ? ' assigned to them' : ''}.`,
    )
  if (fact.only) {
    const others = all.filter((role) => role !== 'admin' && !roles.includes(role))
    const narrowed = others.filter((role) => forbid(architecture, role, endpoint, fact.ops))
    if (entry.api.public?.some((op) => fact.ops.includes(op))) dropPublic(entry, fact.ops)
    if (narrowed.length > 0)
      note(
        draft,
        `Only ${listed([...new Set([...roles, 'admin'])].map((role) => plural(role.replaceAll('_', ' '))))} may ${told(fact.ops)} ${namesOf(entry)}; ${listed(narrowed.map((role) => plural(role.replaceAll('_', ' '))))} no longer may.`,
        'major',
      )
  }
}

/** Adds a role that an administrator grants. */
export const addRole = (draft: Draft, role: string): void => {
  const { roles } = draft.architecture.policies
  if (Object.hasOwn(roles, role)) return
  const { admin, ...others } = roles
  draft.architecture.policies.roles = { ...others, [role]: [], ...(admin ? { admin } : {}) }
  note(draft, `Adds the role ${role.replaceAll('_', ' ')}; an admin gives it to people.`)
}

const dropPublic = (entry: Entry, ops: readonly Operation[]): void => {
  entry.api.public = entry.api.public?.filter((op) => !ops.includes(op))
  if (entry.api.public?.length === 0) delete entry.api.public
}

const title = (roles: readonly string[]): string => {
  const text = listed(roles.map((role) => plural(role.replaceAll('_', ' '))))
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Gives a model that was just added its rights: like its parent's, its own affairs for one person, else shared. */
export const grantNew = (draft: Draft, entry: Entry, owned: boolean): void => {
  const { architecture } = draft
  if (!architecture.policies.authn) return
  const endpoint = `${entry.component}.api`
  const people = Object.keys(architecture.policies.roles).filter((role) => role !== 'admin')
  const parentModel = entry.api.parent
    ? /^ref\((\w+)\./.exec(entry.model.fields[entry.api.parent]?.type ?? '')?.[1]
    : undefined
  const parent = parentModel ? entriesOf(architecture).find((one) => one.name === parentModel) : undefined
  for (const role of people) {
    if (parent) {
      const rights = rightsOf(architecture, role, `${parent.component}.api`)
      for (const [op, scopes] of rights)
        allow(architecture, role, endpoint, [op], scopes.has('') ? '' : owned ? 'own' : '')
      if (owned && rights.has('read')) allow(architecture, role, endpoint, ['create', 'update', 'delete'], 'own')
    } else allow(architecture, role, endpoint, allOperations, owned ? 'own' : '')
  }
  if (parent?.api.public?.length)
    entry.api.public = allOperations.filter((op) => parent.api.public!.includes(op) && (op === 'list' || op === 'read'))
  if (entry.api.public?.length === 0) delete entry.api.public
  allow(architecture, 'admin', endpoint, allOperations, '')
}
