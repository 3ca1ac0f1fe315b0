import type { Field } from '../../../../schemas/generated/architecture.ts'
import { pluralOf } from '../../names.ts'
import { wordsOfRole } from '../../role-words.ts'
import { accountsComponent, accountTypes, userModel } from '../assemble/accounts.ts'
import { basePath } from '../assemble/base-path.ts'
import { listed } from '../language/words.ts'
import { isPersonal } from '../resolve/defaults.ts'
import { type Draft, note } from './draft.ts'
import { type Entry, entriesOf } from './view.ts'

/** The plural of a model in words. */
export const namesOf = (entry: Entry): string => pluralOf(entry.name, entry.model).replaceAll('_', ' ')

/** The roles that anybody gets by signing up. */
export const signUpRoles = (draft: Pick<Draft, 'architecture'>): string[] => {
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
  const base = basePath(architecture)
  architecture.expose = [
    { port: 'accounts.auth', path: `${base}/auth` },
    { port: 'accounts.users', path: `${base}/users` },
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
    if (isPersonal(entry.key) && !entry.api.parent) makeOwned(entry)
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
export const makeOwned = (entry: Entry): void => {
  if (entry.api.owner) return
  const { id, ...rest } = entry.model.fields
  const owner: Field = { type: 'ref(User.id)', index: true, optional: true, onDelete: 'cascade' }
  entry.model.fields = { ...(id ? { id } : {}), ...(rest.owner_id ? {} : { owner_id: owner }), ...rest }
  entry.api.owner = 'owner_id'
  if (entry.api.list && !entry.api.list.filter.includes('owner_id')) entry.api.list.filter.push('owner_id')
}

/** Adds a role that an administrator grants. */
export const addRole = (draft: Draft, role: string): void => {
  const { roles } = draft.architecture.policies
  if (Object.hasOwn(roles, role)) return
  const { admin, ...others } = roles
  draft.architecture.policies.roles = { ...others, [role]: [], ...(admin ? { admin } : {}) }
  note(draft, `Adds the role ${wordsOfRole(role)}; an admin gives it to people.`)
}
