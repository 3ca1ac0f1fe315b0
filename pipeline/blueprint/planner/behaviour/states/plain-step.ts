import { isBookingLike } from '../between.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { addTransition, statesOf } from './apply-sequence.ts'
import { stateFieldOf } from './state-field.ts'

/** Steps that say by themselves between which states they go, where nothing else tells it. */
const plain: Readonly<Record<string, { first: string; to: string }>> = {
  confirm: { first: 'requested', to: 'confirmed' },
  mark_no_show: { first: 'expected', to: 'no_show' },
  mark_no_shows: { first: 'expected', to: 'no_show' },
  mark_absent: { first: 'expected', to: 'absent' },
  mark_present: { first: 'expected', to: 'present' },
  mark_attended: { first: 'expected', to: 'attended' },
  mark_arrived: { first: 'expected', to: 'arrived' },
  arrive: { first: 'expected', to: 'arrived' },
}
const over = /^(?:rejected|declined|cancell?ed|closed|done|completed|withdrawn|no_show|absent)$/
const people =
  /^(?:people|persons?|somebody|someone|them|those|attendees?|participants?|guests?|users?|members?|volunteers?|patients?|customers?|clients?|students?|players?|visitors?|helpers?)$/i

/** Whether what is done is done to people, which is noted in the row by which they come. */
export const isOfPeople = (draft: BehaviourDraft, thing: string): boolean => {
  const model = draft.exactModel(thing.toLowerCase().replace(/s$/, ''))
  return people.test(thing) && (model === undefined || !isBookingLike(model))
}

/** Returns a step of bookings and their like, made where they have no state for it; undefined where it says too little. */
export const plainStep = (
  draft: BehaviourDraft,
  verb: string,
  thing: string,
): { model: Found; ops: string[] } | undefined => {
  const step = Object.hasOwn(plain, verb) ? plain[verb]! : undefined
  if (!step) return undefined
  const ofPeople = verb !== 'confirm' && isOfPeople(draft, thing)
  const ties = draft
    .models()
    .filter((one) => isBookingLike(one) && !draft.childrenOf(one).some(({ model: tie }) => isBookingLike(tie)))
  const model = ofPeople
    ? ties.length === 1
      ? ties[0]
      : draft.it((one) => ties.some(({ name }) => name === one.name))
    : draft.findModel(thing)
  if (
    !model ||
    !(isBookingLike(model) || (verb === 'confirm' && /(?:^|_)order$/.test(model.key))) ||
    Object.hasOwn(model.model.fields, step.to)
  )
    return undefined
  const known = stateFieldOf(model)
  const values = known ? [...known.values] : []
  const states = statesOf(
    draft,
    model,
    values.length > 0 ? [...values, step.to] : [step.first, step.to],
    values.length > 0 ? undefined : step.first,
  )
  const all = model.model.fields[states.field]!.values!
  const from = all.filter((value) => value !== step.to && !over.test(value))
  const op = addTransition(draft, model, states, verb.replace(/shows$/, 'show'), {
    from: from as [string, ...string[]],
    to: step.to,
  })
  return { model, ops: [op] }
}
