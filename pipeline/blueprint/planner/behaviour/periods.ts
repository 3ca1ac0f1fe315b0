import { refOf } from '../../names.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { requireOn } from './rules.ts'
import { isTimed, startOfSpan } from './spans.ts'

/** Returns the reference of a row to what has the time at which the row is: the session of a booking. */
export const timedRef = (draft: BehaviourDraft, model: Found): { ref: string; start: string } | undefined => {
  for (const [ref, field] of Object.entries(model.model.fields)) {
    const target = refOf(field.type)?.model
    const other = target ? draft.portOf(target) : undefined
    const start = other && other.name !== draft.userModel()?.name && isTimed(other) ? startOfSpan(other) : undefined
    if (start && !field.optional) return { ref, start }
  }
  return undefined
}

/** Requires of a new row that there are fewer than `max` others with the same values in the day, week or month of what it is for. */
export const limitByPeriod = (
  model: Found,
  per: readonly string[],
  { ref, start }: { ref: string; start: string },
  much: { max: string; unit: 'day' | 'week' | 'month' | 'year'; conditions: readonly string[]; message: string },
): void => {
  const base = ref.replace(/_id$/, '')
  const same = per.map((name) => `other.${name} == this.${name}`)
  const counts = much.conditions.map((one) => one.replaceAll('this.', 'other.'))
  const when = `${much.unit}(other.${base}.${start}) == ${much.unit}(this.${base}.${start})`
  requireOn(model, 'create', {
    check: `${model.name}.filter(other, other.id != this.id && ${[...same, ...counts, when].join(' && ')}).size() < ${much.max}`,
    message: much.message,
  })
}
