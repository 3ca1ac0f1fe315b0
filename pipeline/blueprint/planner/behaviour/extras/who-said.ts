import { ANYONE } from '../../../names.ts'
import { listed, peopleOf, plural } from '../../language/words.ts'
import { roleOf } from '../../read/people.ts'
import { holdersOf } from '../access/holders.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'

const leading =
  /^(only |just )?(?:(?:let|allow|permit) )?(?:(?:the|all|any|our) )?([\p{L}-]+)(?: to)? (?:can |may |should be able to |must be able to |are able to )?(?:also )?(?:restore|undelete|recover|bring|undo|see|view|look|check|get)\b/iu

/**
 * What comes with another right ("whoever may delete may restore") and is said to be for some: returns why it cannot be so,
 * where it would be for others too, or not for them; undefined where it is as they said.
 */
export const notForThem = (
  draft: BehaviourDraft,
  models: readonly Found[],
  op: 'delete' | 'read',
  said: string,
): string | undefined => {
  const found = leading.exec(said)
  const role = found ? roleOf(found[2]!) : undefined
  if (!found || !role || /^(?:everyone|user|signed|we|owner)$/.test(role)) return undefined
  for (const model of models) {
    const holders = holdersOf(draft, model, op).map((one) => one.role)
    const many = plural(model.words)
    const rule =
      op === 'delete' ? `Who may delete ${many} may restore them` : `Who may read ${many} sees who changed them`
    const others = holders.filter((one) => one !== role && one !== ANYONE)
    if (found[1] && (others.length > 0 || model.api.public?.includes(op)))
      return `${rule}, so also ${listed(others.length > 0 ? [...new Set(others.map(peopleOf))] : ['everybody'])}.`
    if (role !== 'admin' && !holders.includes(role) && draft.architecture.policies.authn)
      return `${rule}; ${peopleOf(role)} may not ${op} ${many}.`
  }
  return undefined
}
