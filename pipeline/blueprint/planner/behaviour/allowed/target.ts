import { singular, toName } from '../../language/words.ts'
import { linkNouns } from '../../lexicon/verbs.ts'
import { attendanceOf, attendanceOfAny } from '../attendance.ts'
import { anyBookings, tiesOf } from '../between.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { isTimed } from '../spans.ts'
import { markOf } from '../toggles/verbs.ts'
import type { Deed } from './spec.ts'

/**
 * The rows that a deed makes, changes, deletes or takes a step with. `step`: the name of the transition; `leaves`: whoever
 * does it takes back a row of their own.
 */
export type Target = { model: Found; op: 'create' | 'update' | 'delete' | 'step'; step?: string; leaves?: boolean }

const changes = /^(?:edit|change|update|modify|alter|amend|correct|revise|adjust)$/
const deletes = /^(?:delete|remove|erase)$/
const ends = /^(?:cancel|withdraw|revoke|retract|call off|take back)$/
const leaves =
  /^(?:withdraw|unregister|deregister|sign off|sign out|drop out|back out|step back|pull out|opt out|quit|leave|resign|unsubscribe|check out)$/
const makes =
  /^(?:make|add|create|write|submit|place|upload|post|enter|send|give|leave|file|start|open|offer|suggest|propose|hand in|log|record|take|report|request|ask|answer)(?: (?:in|for|on|to|about))?$/

/** Returns what a deed is about in an architecture, or undefined where nothing there is done so. */
export const targetOf = (draft: BehaviourDraft, { who, verb, thing }: Deed): Target | undefined => {
  const object = thing === undefined ? undefined : draft.findModel(thing)
  const named = object && object.name !== draft.userModel()?.name ? object : undefined
  const plain = verb.replace(/ (?:in|for|to|on|at|up for|into|from|about|onto)$/, '')
  if (changes.test(plain)) return named && { model: named, op: 'update' }
  if (deletes.test(plain)) return named && { model: named, op: 'delete' }
  // Who withdraws from a shift takes their own registration back: the shift itself stays.
  const leaving = leaves.test(plain) || (ends.test(plain) && !named)
  const own = who !== undefined && leaving ? placeIn(draft, who, named) : undefined
  if (own) return { ...endOf(draft, own)!, leaves: true }
  const step = named && stepOf(named, plain)
  if (step) return { model: named, op: 'step', step }
  if (ends.test(plain)) return endOf(draft, named)
  const mark = named && markRows(draft, named, verb)
  if (mark) return { model: mark, op: 'create' }
  const made = thing === undefined || !named ? draft.exactModel(toName([plain])) : undefined
  const noun = linkNouns.get(plain) ?? linkNouns.get(verb) ?? (/^(?:comment|reply)$/.test(plain) ? plain : undefined)
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

/** The rows that say who put such a mark on a thing. */
const markRows = ({ architecture }: BehaviourDraft, thing: Found, verb: string): Found | undefined => {
  const mark = markOf(verb)
  const name = mark ? thing.api.toggles?.[mark.on]?.model : undefined
  return name === undefined ? undefined : { ...thing, name, model: architecture.models[name]! }
}

const stepOf = (model: Found, verb: string): string | undefined =>
  Object.entries(model.model.states?.transitions ?? {}).find(
    ([one, { to }]) => one === toName([singular(verb)]) || one === toName([verb]) || to === toName([verb]),
  )?.[0]

/** The rows that tie these people to a thing that they leave, or to any where none is named. */
const placeIn = (draft: BehaviourDraft, who: string, named: Found | undefined): Found | undefined =>
  (named ? attendanceOf(draft, who, named) : attendanceOfAny(draft, who, isTimed))?.tie

/** Cancelling is a step where there is one, else the row goes: of the bookings, where people speak of a thing that is booked. */
const endOf = (draft: BehaviourDraft, named: Found | undefined): Target | undefined => {
  // Where nothing is named, what people take back is their own.
  const some = named ?? anyBookings(draft)
  const model = named || !draft.userModel() || some?.model.fields.owner_id ? some : undefined
  if (!model) return undefined
  const step = stepOf(model, 'cancel') ?? stepOf(model, 'withdraw')
  return step ? { model, op: 'step', step } : { model, op: 'delete' }
}
