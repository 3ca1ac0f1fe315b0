import { anyBookings, nounOfVerb, tiesOf } from '../between.ts'
import { addBetween } from '../counted.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { isTimed } from '../spans.ts'
import type { Stay } from './read-stay.ts'

const lending = /(?:^|_)(?:loan|lending|checkout|hire|lease|borrowing)$/
const nouns: Readonly<Record<string, string>> = {
  borrowing: 'loan',
  lending: 'loan',
  loan: 'loan',
  rental: 'rental',
  renting: 'rental',
  hire: 'rental',
  booking: 'booking',
  reservation: 'reservation',
}

const wordsIn = (text: string): number => text.trim().split(/[\s-]+/).length
const period = /(?:period|time|term|length|duration)$/i

/** Whether what rows of a model give away comes back: it is due then, and need not be booked from a day to a day. */
export const isLent = (model: Found): boolean => lending.test(model.key)

/** Returns the rows that last or are due: those named, else what is left by what is done with a thing. */
export const rowsOfStay = (draft: BehaviourDraft, { how, things, verb, object }: Stay): Found | undefined => {
  const user = draft.userModel()?.name
  const named = things
    ? (draft.findModel(things) ?? draft.findModel(nouns[things.toLowerCase()] ?? nounOfVerb(things) ?? ''))
    : undefined
  // "Confirmed requests" are not all of them.
  const some =
    things !== undefined && named !== undefined && wordsIn(things) > wordsIn(named.words) && !period.test(things)
  const own = named && named.name !== user && !some ? named : undefined
  const about = object ? draft.findModel(object) : undefined
  const thing = about && about.name !== user ? about : own
  if (things && !own) return undefined
  if (own && how === 'due' && verb === undefined) return loanOf(draft, own) ?? own
  if (own && (verb === undefined || isTimed(own) || isLent(own)) && !goesOut(draft, own, verb)) return own
  const noun = /^(?:return|brought|bring|given|give|hand)/i.test(verb ?? '') ? 'loan' : nounOfVerb(verb)
  const left = noun ? draft.exactModel(noun) : undefined
  if (left && (!thing || draft.refFrom(left, thing) !== undefined)) return left
  const ties = thing ? tiesOf(draft, thing, verb) : undefined
  if (ties) return ties
  if (thing && noun) return addBetween(draft, noun, [thing, ...[draft.userModel()].filter((one) => one !== undefined)])
  if (own) return own
  return object === undefined || !about ? (timedIt(draft) ?? anyBookings(draft)) : undefined
}

/** "Books are lent for two weeks": not the book but its loan lasts. */
const goesOut = (draft: BehaviourDraft, model: Found, verb: string | undefined): boolean =>
  verb !== undefined && !isLent(model) && (tiesOf(draft, model, verb) !== undefined || !isTimed(model))

/** "A book is due after two weeks": its loan is, unless the book itself says when it is due. */
const loanOf = (draft: BehaviourDraft, model: Found): Found | undefined =>
  Object.keys(model.model.fields).some((name) => /(?:^|_)due(?:_|$)/.test(name))
    ? undefined
    : draft.childrenOf(model).find(({ model: one }) => isLent(one))?.model

const timedIt = (draft: BehaviourDraft): Found | undefined => {
  const it = draft.it()
  return it && isTimed(it) && it.name !== draft.userModel()?.name ? it : undefined
}
