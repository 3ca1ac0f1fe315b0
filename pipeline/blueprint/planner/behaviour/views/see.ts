import { ANYONE, splitGrant } from '../../../names.ts'
import { listed, peopleOf } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { doerOf } from '../states/doers.ts'

/** Returns the roles that may use an operation of a model, at least on some rows. */
export const rolesThatMay = (draft: BehaviourDraft, model: Found, op: string): string[] =>
  Object.entries(draft.architecture.policies.roles).flatMap(([role, grants]) =>
    grants.some((line) => {
      const grant = splitGrant(line)
      return grant.endpoint === model.endpoint && (grant.op === op || grant.op === '*')
    })
      ? [role]
      : [],
  )

/** Lets people use an operation over rows: those who were named, else whoever may list the rows. Returns who, in words. */
export const grantToReaders = (
  draft: BehaviourDraft,
  model: Found,
  op: string,
  who?: { words: string; only: boolean },
): string => {
  const open = model.api.public?.includes('list') === true
  const named = namedRoles(who?.words ?? '')
  if (!draft.architecture.policies.authn && named.length === 0) {
    draft.grant(ANYONE, model, op)
    return 'everybody'
  }
  if (named.length === 0) {
    if (open) draft.grant(ANYONE, model, op)
    for (const role of rolesThatMay(draft, model, 'list')) draft.grant(role, model, op)
    return open ? 'everybody' : 'whoever may list the rows'
  }
  for (const role of named) {
    draft.ensureRole(role)
    draft.grant(role, model, op)
    if (!rolesThatMay(draft, model, 'list').includes(role)) {
      draft.grant(role, model, 'list')
      draft.assume(`${peopleOf(role)} may list ${model.words} entries too, since the report is made of them.`)
    }
  }
  draft.grant('admin', model, op)
  keepOthersOut(draft, model, op, named, who?.only === true)
  return listed(named.map(peopleOf))
}

/** Whoever may do everything with rows of their own does not see the report of all for it; nor does anybody where it is for some only. */
const keepOthersOut = (
  draft: BehaviourDraft,
  model: Found,
  op: string,
  named: readonly string[],
  only: boolean,
): void => {
  const { roles } = draft.architecture.policies
  const everything = (role: string, scoped: boolean): boolean =>
    roles[role]!.some((line) => {
      const grant = splitGrant(line)
      return grant.endpoint === model.endpoint && grant.op === '*' && (grant.scope !== undefined) === scoped
    })
  const others = Object.keys(roles).filter((role) => role !== 'admin' && !named.includes(role))
  if (!others.some((role) => everything(role, true) || (only && everything(role, false)))) return
  const stay = only ? [] : others.filter((role) => everything(role, false))
  draft.grantOnly(
    model,
    op,
    [...named, ...stay].filter((role) => role !== 'admin').map((role) => ({ role })),
  )
}

/** The roles that words name, crowds such as users and everybody left out. */
export const namedRoles = (words: string): string[] =>
  words
    .split(/\s*(?:,|\band\b)\s*/)
    .map((one) => doerOf(one) ?? '')
    .filter((role) => role !== '' && !/^(?:user|signed|we|everyone|owner|nobody)$/.test(role))
