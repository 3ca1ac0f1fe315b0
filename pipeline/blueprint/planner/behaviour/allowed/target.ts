import { singular, toName } from '../../language/words.ts'
import { linkNouns } from '../../lexicon/verbs.ts'
import { anyBookings, tiesOf } from '../between.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import type { Deed } from './spec.ts'

/** The rows that a deed makes, changes, deletes or takes a step with. `step`: the name of the transition. */
export type Target = { model: Found; op: 'create' | 'update' | 'delete' | 'step'; step?: string }

const changes = /^(?:edit|change|update|modify|alter|amend|correct|revise|adjust)$/
const deletes = /^(?:delete|remove|erase)$/
const ends = /^(?:cancel|withdraw|revoke|retract|call off|take back)$/
const makes =
  /^(?:make|add|create|write|submit|place|upload|post|enter|send|give|leave|file|start|open|offer|suggest|propose|hand in|log|record|take|report|request|ask|answer)(?: (?:in|for|on|to|about))?$/

/** Returns what a deed is about in an architecture, or undefined where nothing there is done so. */
export const targetOf = (draft: BehaviourDraft, { verb, thing }: Deed): Target | undefined => {
  const object = thing === undefined ? undefined : draft.findModel(thing)
  const named = object && object.name !== draft.userModel()?.name ? object : undefined
  const plain = verb.replace(/ (?:in|for|to|on|at|up for|into|from|about|onto)$/, '')
  if (changes.test(plain)) return named && { model: named, op: 'update' }
  if (deletes.test(plain)) return named && { model: named, op: 'delete' }
  const step = named && stepOf(named, plain)
  if (step) return { model: named, op: 'step', step }
  if (ends.test(plain)) return endOf(draft, named)
  const made = thing === undefined || !named ? draft.exactModel(toName([plain])) : undefined
  const noun = linkNouns.get(plain) ?? linkNouns.get(verb)
  const tied =
    (noun && (!named || named.key !== noun) ? draft.exactModel(noun) : undefined) ??
    (named && !makes.test(plain) && !makes.test(verb) ? tiesOf(draft, named, plain) : undefined)
  if (
    tied &&
    tied.name !== draft.userModel()?.name &&
    (!named || draft.refFrom(tied, named) || tied.name === named.name)
  )
    return { model: tied, op: 'create' }
  if (named && (makes.test(plain) || makes.test(verb) || noun === named.key)) return { model: named, op: 'create' }
  if (made) return { model: made, op: 'create' }
  if (thing === undefined && noun) {
    const bookings = /book|reserv|rent|hire|borrow/.test(plain) ? anyBookings(draft) : undefined
    if (bookings) return { model: bookings, op: 'create' }
  }
  return undefined
}

const stepOf = (model: Found, verb: string): string | undefined =>
  Object.keys(model.model.states?.transitions ?? {}).find(
    (one) => one === toName([singular(verb)]) || one === toName([verb]),
  )

/** Cancelling is a step where there is one, else the row goes: of the bookings, where people speak of a thing that is booked. */
const endOf = (draft: BehaviourDraft, named: Found | undefined): Target | undefined => {
  const model = named ?? anyBookings(draft)
  if (!model) return undefined
  const step = stepOf(model, 'cancel') ?? stepOf(model, 'withdraw')
  return step ? { model, op: 'step', step } : { model, op: 'delete' }
}
