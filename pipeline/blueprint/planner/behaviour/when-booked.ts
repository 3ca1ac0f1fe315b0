import type { Field } from '../../../../schemas/generated/architecture.ts'
import { refOf } from '../../names.ts'
import { isBookingLike, takenField } from './between.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { startOfSpan } from './spans.ts'

/** When something begins, as expressions about a booking name it; `thing` is what has that time. */
export type Moment = { path: string; field: Field; thing: Found }

/** Returns when what a row books begins, where that has a time of its own: the course's start, not one that the booking says. */
export const bookedMoment = (draft: BehaviourDraft, row: Found): Moment | undefined => {
  const taken = isBookingLike(row) ? takenField(row) : undefined
  const to = taken?.endsWith('_id') ? refOf(row.model.fields[taken]!.type)?.model : undefined
  const thing = to === undefined || to === draft.userModel()?.name ? undefined : draft.portOf(to)
  const start = thing && startOfSpan(thing)
  if (!thing || !start || thing.model.fields[start]!.type === 'time') return undefined
  return { path: `this.${taken!.slice(0, -3)}.${start}`, field: thing.model.fields[start]!, thing }
}

/** A time on which a rule depends is no longer left out. Rows that exist keep what they have. */
export const needTime = (draft: BehaviourDraft, row: Found, name: string): void => {
  const field = row.model.fields[name]!
  if (draft.changing || !field.optional) return
  delete field.optional
  draft.assume(`Every ${row.words} says its ${name.replaceAll('_', ' ')}.`)
}
