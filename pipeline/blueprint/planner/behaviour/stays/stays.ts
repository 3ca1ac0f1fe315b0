import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { isTimed } from '../spans.ts'
import { applyDue } from './apply-due.ts'
import { applyExact, applyRange } from './apply-span.ts'
import { readStaySpec, type Stay } from './read-stay.ts'
import { isLent, rowsOfStay } from './rows-of-stay.ts'

/**
 * How long what is lent, booked or given lasts, and when it is due. Where its end follows from its start this is seen to
 * ahead: rules about overlaps and reminders look for it.
 */
export const readStays: Read = (sentence) => {
  const stay = readStaySpec(sentence)
  if (!stay) return undefined
  const wish = { said: sentence, rest: stay.rest, apply: (draft: BehaviourDraft) => apply(draft, stay) }
  return stay.how === 'range'
    ? wish
    : {
        ...wish,
        ahead: { said: sentence, rest: [], after: -1, tried: true, apply: (draft) => applyAhead(draft, stay) },
      }
}

/** What is not there yet comes with another sentence. */
const applyAhead = (draft: BehaviourDraft, stay: Stay): Outcome => {
  const models = draft.models().length
  const outcome = apply(draft, stay)
  return 'understood' in outcome && draft.models().length === models ? { understood: [] } : { unresolved: '' }
}

const apply = (draft: BehaviourDraft, stay: Stay): Outcome => {
  const model = rowsOfStay(draft, stay)
  if (!model) return { unresolved: 'It is not known what lasts so long.' }
  const { least, most, exact } = stay
  if (stay.how === 'range' && isLent(model) && stay.verb === undefined && isFromTo(model))
    return { unresolved: 'It begins and is due on days that are given.' }
  if (stay.how === 'range' && !(isLent(model) && !least && !endGiven(model)))
    return applyRange(draft, model, { least, most })
  const length = (exact ?? most)!
  if (stay.how === 'exact' && runsOn.test(model.key) && !isTimed(model))
    return applyDue(draft, model, { ...stay, how: 'valid' }, length)
  return stay.how === 'exact' && !isLent(model)
    ? applyExact(draft, model, length)
    : applyDue(draft, model, stay, length)
}

/** What runs from the moment that it is made. */
const runsOn = /(?:^|_)(?:subscription|pass|licen[cs]e|permit|trial|warranty|guarantee|offer|quote|hold|ban)$/

/** A loan from a day to a day has an end of its own; others are due. */
const endGiven = ({ model }: Found): boolean =>
  Object.keys(model.fields).some((name) => /^(?:ends?_(?:at|on|date)|end|to|to_date|until|end_date)$/.test(name))

/** Both days of a loan were named: what lies between them is looked at by other rules. */
const isFromTo = ({ model }: Found): boolean =>
  Object.entries(model.fields).some(
    ([name, field]) => /^(?:lent|borrowed|loaned|taken)_/.test(name) && !field.optional,
  ) && Object.keys(model.fields).some((name) => /^due_/.test(name))
