import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { addRule } from '../rules.ts'

/** The model of the marks of a row, and its reference to the row. */
export type Mark = { name: string; ref: string }

/**
 * The rows that say of what somebody was reminded, and for which time: of their own, so that nobody who may change a booking
 * changes them, and a booking is not changed by a reminder.
 */
export const ensureMark = (draft: BehaviourDraft, row: Found): Mark => {
  const wish = `${row.key}_reminder`
  const there = draft.exactModel(wish)
  const made = draft.ensureModel(
    there && !isMark(there) ? `${wish}_mark` : wish,
    { rule: { type: 'string', min: 1, max: 100 }, time: { type: 'string', min: 1, max: 40 } },
    {
      refs: [{ to: row, onDelete: 'cascade' }],
      only: ['list', 'read'],
      ungranted: true,
    },
  )
  addRule(made, {
    name: 'reminded_once',
    message: `Nobody is reminded twice of the same ${row.words} and its time.`,
    unique: [`${row.key}_id`, 'rule', 'time'],
  })
  for (const op of ['list', 'read']) draft.grant('admin', made, op)
  return { name: made.name, ref: draft.refFrom(made, row)! }
}

/** Whether a model has marks of reminders */
export const isMark = ({ model }: Pick<Found, 'model'>): boolean =>
  (model.rules ?? []).some(({ name }) => name === 'reminded_once')
