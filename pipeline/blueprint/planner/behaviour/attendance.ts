import { refOf } from '../../names.ts'
import { holdersOf } from './access/holders.ts'
import { isBookingLike } from './between.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'

/** The rows by which people are in things: the registrations of helpers for shifts, with both references. */
export type Attendance = { tie: Found; person: string; thing: string }

const takesPart = /(?:^|_)(?:member|helper|volunteer|attendee|participant|entrant|entry|signup|player|staff|rota|crew)$/

/**
 * Returns what ties people, in their words, to a thing: undefined where the thing itself says who is in it, and where they
 * make no such rows.
 */
export const attendanceOf = (draft: BehaviourDraft, people: string, thing: Found): Attendance | undefined => {
  const who = draft.findModel(people)
  if (!who || who.name === thing.name) return undefined
  const own = Object.entries(thing.model.fields).filter(([, { type }]) => refOf(type)?.model === who.name)
  if (own.some(([name]) => name !== thing.api.owner)) return undefined
  const role = who.name === draft.userModel()?.name ? draft.findRole(people) : undefined
  for (const { model, field } of draft.childrenOf(thing)) {
    const person = personOf(draft, model, who, role)
    if (!person || model.name === who.name || !(isBookingLike(model) || takesPart.test(model.key))) continue
    if (who.name !== draft.userModel()?.name && refsOf(model).length > 2) continue
    // Whose row it is takes part where they make rows of their own; who is named in it does anyway.
    if (role && person === model.api.owner && !holdersOf(draft, model, 'create').some((holder) => holder.role === role))
      continue
    return { tie: model, person, thing: field }
  }
  return undefined
}

/** The field that says who takes part: the one named after them, where others make the row, else whose it is. */
const personOf = (draft: BehaviourDraft, model: Found, who: Found, role: string | undefined): string | undefined => {
  if (who.name !== draft.userModel()?.name) return draft.refFrom(model, who)
  const named = role ? `${role}_id` : 'user_id'
  const field = model.model.fields[named]
  if (field && refOf(field.type)?.model === who.name) return named
  return model.api.owner ?? draft.refFrom(model, who)
}

const refsOf = ({ model }: Found): string[] =>
  Object.keys(model.fields).filter((name) => refOf(model.fields[name]!.type))

/** Returns the rows that people make of themselves for whatever is at a time, where no thing is named. */
export const attendanceOfAny = (
  draft: BehaviourDraft,
  people: string,
  isAtATime: (model: Found) => boolean,
): Attendance | undefined =>
  draft
    .models()
    .filter(isAtATime)
    .map((thing) => attendanceOf(draft, people, thing))
    .find((found) => found !== undefined)
