import { allOf } from '../../../../expressions/conjunction.ts'
import { ANYONE, conditionOf, keyModelOf, splitGrant } from '../../../names.ts'
import { makeOwned } from '../../change/accounts.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'

/** Who may use an operation: a role, and on which rows; no scope is all of them. */
export type Holder = { role: string; scope?: string }

/** Returns everybody but administrators who may use an operation of a model. */
export const holdersOf = (draft: Pick<BehaviourDraft, 'architecture'>, model: Found, op: string): Holder[] =>
  Object.entries(draft.architecture.policies.roles).flatMap(([role, lines]) =>
    role === 'admin'
      ? []
      : lines.flatMap((line) => {
          const grant = splitGrant(line)
          return grant.endpoint === model.endpoint && (grant.op === op || grant.op === '*')
            ? [{ role, ...(grant.scope === undefined ? {} : { scope: grant.scope }) }]
            : []
        }),
  )

/** Returns the condition of a scope; undefined where there is none. What goes by the parent has no condition of its own. */
export const conditionOfScope = (model: Found, scope: string | undefined): string | undefined =>
  scope === undefined
    ? undefined
    : (conditionOf(scope) ?? (scope === 'own' ? `this.${model.api.owner} == me.id` : `this.${scope} == me.id`))

/** Returns a scope in which a condition holds besides. */
export const alsoWhere = (model: Found, scope: string | undefined, condition: string): string => {
  const held = conditionOfScope(model, scope)
  if (held === undefined || held === condition || held.split(' && ').includes(condition))
    return `where ${held ?? condition}`
  return `where ${allOf([held, condition])}`
}

/** Who may do something with rows sees these: all, or those of a scope, where they saw none before. */
export const letSee = (draft: BehaviourDraft, model: Found, role: string, scope?: string): void => {
  for (const op of ['list', 'read'])
    if (!holdersOf(draft, model, op).some((one) => one.role === role)) draft.grant(role, model, op, scope)
}

/** A condition that whoever calls has one of some roles, each named once. */
export const hasOneOf = (roles: readonly string[]): string =>
  [...new Set(roles)].map((role) => `'${role}' in me.roles`).join(' || ')

/** Writes who may use an operation, administrators aside, and nobody without a sign-in unless `anyone` is among them. */
export const setHolders = (
  draft: BehaviourDraft,
  model: Found,
  op: string,
  holders: readonly Holder[],
  notAdmin = false,
): void => {
  if (model.api.public) {
    const left = model.api.public.filter((one) => one !== op)
    if (left.length > 0) model.api.public = left
    else delete model.api.public
  }
  const wide = new Set(holders.filter(({ scope }) => scope === undefined).map(({ role }) => role))
  draft.grantOnly(
    model,
    op,
    holders.filter(({ role, scope }) => scope === undefined || !wide.has(role)),
    notAdmin,
  )
}

/** The roles of people: not administrators, not whoever calls, not devices. */
export const peopleRoles = (draft: BehaviourDraft): string[] => {
  return Object.keys(draft.architecture.policies.roles).filter(
    (role) => role !== 'admin' && role !== ANYONE && !keyModelOf(draft.architecture, role),
  )
}

/** The roles that anybody gets by signing up. */
export const signUpRolesOf = (draft: BehaviourDraft): string[] => {
  const value = Object.values(draft.userModel()?.model.fields ?? {}).find(({ type }) => type === 'roles')?.default
  return Array.isArray(value) ? value.map(String) : []
}

/** Gives rows an owner where nobody has them yet. New systems always have one; in a change, old rows have none. */
export const ensureOwner = (draft: BehaviourDraft, model: Found): string => {
  if (model.api.owner) return model.api.owner
  makeOwned(model)
  const owner = model.model.fields.owner_id
  if (!draft.changing && owner && !madeByNobody(draft, model)) delete owner.optional
  return 'owner_id'
}

/** Whether rows come about without anybody who is signed in: by steps, or by whoever calls. */
const madeByNobody = (draft: BehaviourDraft, { name, endpoint, api }: Found): boolean =>
  api.public?.includes('create') === true ||
  holdersOf(draft, { endpoint } as Found, 'create').some(({ role }) => role === ANYONE) ||
  JSON.stringify(draft.architecture).includes(`"create":{"model":"${name}"`)

/** Those whom an administrator appoints and who may do this with all rows. */
export const staffWith = (draft: BehaviourDraft, model: Found, op: string): string[] => {
  const people = signUpRolesOf(draft)
  return holdersOf(draft, model, op).flatMap(({ role, scope }) =>
    scope === undefined && role !== ANYONE && !people.includes(role) ? [role] : [],
  )
}
