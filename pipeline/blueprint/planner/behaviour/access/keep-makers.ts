import { toWords } from '../../../names.ts'
import { plural } from '../../language/words.ts'
import type { Found } from '../find.ts'
import { requireOn, requireOnStep } from '../rules.ts'

/**
 * Keeps everybody from a step, or from deleting, where they made the row themselves, administrators too. It is required of the
 * step, so that rights that are given or narrowed later leave it as it is. Returns it in words.
 */
export const keepMakersFrom = (model: Found, op: string, owner: string): string => {
  const message = `Nobody may ${toWords(op)} ${plural(model.words)} of their own.`
  const requirement = { check: `this.${owner} != me.id`, message, status: 403 as const }
  if (op === 'delete') requireOn(model, op, requirement)
  else requireOnStep(model, op, requirement)
  return message
}
