import { signUpRoles } from '../lexicon/people.ts'
import { baseVerb, linkNouns } from '../lexicon/verbs.ts'
import { signUpRolesOf } from './access/holders.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { isTimed } from './spans.ts'

const bookings =
  /(?:^|_)(?:booking|reservation|appointment|rental|loan|hire|slot|session|visit|lease|enrol+ment|registration|signup|ticket|seat|participation|attendance|viewing|lesson|class|game|match|order|stay|trip|assignment|checkout|lending|shift|play|tour|meeting|event|exam|interview|treatment|rsvp|membership|purchase|vote)$/

/** Returns the noun of what a verb leaves: booked -> booking, lent -> loan; undefined for other verbs. */
export const nounOfVerb = (verb: string | undefined): string | undefined => {
  if (!verb) return undefined
  const plain = verb.toLowerCase().replace(/^sign(?:s|ed)? up(?: for)?$/, 'sign up')
  if (/^(?:taken|used|occupied|checked)/.test(plain)) return 'booking'
  return linkNouns.get(baseVerb(plain)) ?? linkNouns.get(plain)
}

/** Whether rows of a model tie people to what they take part in or take, by its name. */
export const isBookingLike = (model: Found): boolean => bookings.test(model.key)

/**
 * Returns the model whose rows tie a thing to people or times: the bookings of a room, the loans of a tool. By the verb's
 * noun, else the likeliest of those that refer to the thing.
 */
export const tiesOf = (draft: BehaviourDraft, thing: Found, verb?: string): Found | undefined => {
  const noun = nounOfVerb(verb)
  const children = draft.childrenOf(thing).map(({ model }) => model)
  const named = noun ? draft.findModel(noun) : undefined
  if (named && named.name !== thing.name && (children.length === 0 || children.some(({ name }) => name === named.name)))
    return named
  return (
    children.find((one) => isBookingLike(one) && isTimed(one)) ?? children.find(isBookingLike) ?? children.find(isTimed)
  )
}

/** Returns the model of bookings where none is named: what is named like one and has a time, else what is named like one. */
export const anyBookings = (draft: BehaviourDraft): Found | undefined => {
  const all = draft.models().filter(isBookingLike)
  const order = /(?:booking|reservation|appointment|rental|hire)$/
  return (
    all.find((one) => order.test(one.key)) ??
    all.find(isTimed) ??
    all[0] ??
    draft.models().find((one) => isTimed(one) && refsOf(one).length > 0)
  )
}

const refsOf = (model: Found): string[] =>
  Object.entries(model.model.fields)
    .filter(([, field]) => field.type.startsWith('ref('))
    .map(([name]) => name)

const kinds =
  /(?:^|_)(?:type|category|service|treatment|status|kind|tag|package|tariff|plan|procedure|reason|company|organi[sz]ation)$/
const placesNamed =
  /(?:^|_)(?:room|court|table|car|seat|desk|lane|bay|vehicle|boat|bike|dentist|doctor|trainer|teacher|field|pitch|hall|machine|equipment|tool|van|berth|slot|spot|stylist|therapist|instructor|guide|ramp|dock|gate|chair|studio|plot|space)(?:_name|_number)?$/

/**
 * Returns the field of a booking that says what is taken by it: the room, not who books it. Undefined where nothing does,
 * and where several do it is the one under which bookings are listed, else the first.
 */
export const takenField = (model: Found): string | undefined => {
  const bookers = (name: string): boolean =>
    name === 'owner_id' || signUpRoles.has(name.replace(/_id$/, '').split('_').at(-1)!)
  const refs = refsOf(model).filter((name) => !bookers(name) && !kinds.test(name.replace(/_id$/, '')))
  const likely = refs.find((name) => placesNamed.test(name.replace(/_id$/, '')))
  if (likely) return likely
  if (refs.length > 0) return refs.includes(model.api.parent ?? '') ? model.api.parent : refs[0]
  return Object.entries(model.model.fields).find(
    ([name, field]) => /^(?:string|enum|int)$/.test(field.type) && placesNamed.test(name),
  )?.[0]
}

/** Returns the field of `model` for the words of what it is about; a reference is added where the thing is a model. */
export const fieldFor = (draft: BehaviourDraft, model: Found, words: string): string | undefined => {
  const field = draft.findField(model, words)
  if (field) return ownersOf(draft, model, field, words) ?? field
  const thing = draft.findModel(words)
  if (!thing || thing.name === model.name) return undefined
  const ref = draft.refFrom(model, thing, words)
  const role = thing.name === draft.userModel()?.name ? draft.findRole(words) : undefined
  // Who made it is no lawyer where lawyers are made by an administrator.
  const others = role !== undefined && ref === model.api.owner && !signUpRolesOf(draft).includes(role)
  if (others) return draft.ensureRef(model, thing, { field: `${role}_id`, optional: true })
  if (ref) return ref
  return draft.ensureRef(model, thing, role ? { field: `${role}_id` } : {})
}

/** "Per member" is whose a row is, and no second person who may be left out, where members are who signs up. */
const ownersOf = (draft: BehaviourDraft, model: Found, field: string, words: string): string | undefined => {
  const user = draft.userModel()
  const role = user && draft.findRole(words)
  const { optional, type } = model.model.fields[field]!
  return role && optional && type === `ref(${user.name}.id)` && signUpRolesOf(draft).includes(role)
    ? model.api.owner
    : undefined
}

/** Returns the words of a field without the sign of a reference: dentist_id -> dentist. */
export const wordsOf = (field: string): string => field.replace(/_id$/, '').replaceAll('_', ' ')
