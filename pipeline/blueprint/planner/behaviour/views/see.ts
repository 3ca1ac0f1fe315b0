import { ANYONE, splitGrant } from '../../../names.ts'
import { listed, plural } from '../../language/words.ts'
import { roleOf } from '../../read/people.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'

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
      draft.assume(
        `${plural(role.replaceAll('_', ' '))} may list ${model.words} entries too, since the report is made of them.`,
      )
    }
  }
  draft.grant('admin', model, op)
  return listed(named.map((role) => plural(role.replaceAll('_', ' '))))
}

/** The roles that words name, crowds such as users and everybody left out. */
export const namedRoles = (words: string): string[] =>
  words
    .split(/\s*(?:,|\band\b)\s*/)
    .map((one) => roleOf(one) ?? '')
    .filter((role) => role !== '' && !/^(?:user|signed|we|everyone|owner|nobody)$/.test(role))
