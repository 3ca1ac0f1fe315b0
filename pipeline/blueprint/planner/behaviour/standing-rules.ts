import { sentence as capital, listed, plural } from '../language/words.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { standing, where } from './rules.ts'

/**
 * What is cancelled or rejected takes no slot and no place, whichever sentence says first that it can be. In a change (`there`)
 * only where it can be so from now on: what was said of those that could be so before stays.
 */
export const freeCancelled = (draft: BehaviourDraft, there?: BehaviourDraft): void => {
  for (const model of draft.models()) {
    const before = there?.portOf(model.name)
    const known = before ? standing(before) : []
    const now = standing(model).filter((one) => !known.includes(one))
    if (now.length === 0) continue
    for (const rule of model.model.rules ?? []) {
      const kept = rule.where ? rule.where.split(' && ') : []
      const isOfSlots = rule.exclude || rule.limit || (rule.unique && /^no_double_booking/.test(rule.name))
      const missing = now.filter((one) => !kept.includes(one))
      // "At most two open ones" says itself which ones count.
      const isSaid = now.some((one) => kept.some((other) => / == |\|\|/.test(other) && fieldOf(other) === fieldOf(one)))
      if (!isOfSlots || isSaid || missing.length === 0) continue
      Object.assign(rule, where([...kept, ...missing]))
      draft.assume(
        rule.exclude
          ? overlapsCancelled(model, standing(model))
          : `What is ${listed(statesOf(now), 'or')} does not count among the ${plural(model.words)} that there may be.`,
      )
    }
  }
}

/** What is assumed of what no longer stands: others may have its time. */
export const overlapsCancelled = (model: Found, conditions: readonly string[]): string =>
  `What is ${listed(statesOf(conditions), 'or')} does not count: ${capital(plural(model.words))} may then overlap it.`

const fieldOf = (condition: string): string | undefined => /this\.(\w+)/.exec(condition)?.[1]

const statesOf = (conditions: readonly string[]): string[] =>
  conditions.map((one) =>
    (/'(\w+)'/.exec(one)?.[1] ?? /this\.(?:is_)?(\w+?)(?:_at|_on)?\b/.exec(one)?.[1] ?? 'cancelled').replaceAll(
      '_',
      ' ',
    ),
  )
