import { refOf } from '../../../names.ts'
import { peopleOf, sentence, withArticle } from '../../language/words.ts'
import { isPersonNoun } from '../../lexicon/people.ts'
import { doersOf, linkNouns } from '../../lexicon/verbs.ts'
import { holdersOf, signUpRolesOf } from '../access/holders.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { meansMaker } from '../makers.ts'
import { refsTo } from '../places/fields.ts'
import { withoutLead } from '../states/doers.ts'
import { isTie, type RowTime } from './time-of.ts'

/** Whose notification it becomes: an account of the row (`field`), or everybody with a role. */
export type Whom = { field: string } | { role: string }

const anybody =
  /^(?:|me|us|them|they|him or her|people|persons?|users?|everyone|everybody|anyone|those|whoever|somebody|someone|account holders?)$/i
const takers =
  /^(?:attendees?|participants?|guests?|holders?|entrants?|signups?|players?|tenants?|takers?|(?:card|ticket)holders?|customers?|clients?)$/i

/**
 * Returns who of a row's people words mean; undefined where these rows do not say it. A string says why nobody can be told.
 */
export const whomOf = (draft: BehaviourDraft, one: RowTime, said: string): Whom | string | undefined => {
  const { row } = one
  const user = draft.userModel()
  if (!user) return undefined
  const plain = withoutLead(said.trim()).replace(/^(?:(?:its|their|his|her|our|those|both)\s+)+/i, '')
  if (anybody.test(plain)) return belongsTo(draft, row)
  const named = refNamed(row, user, plain)
  if (named) return { field: named }
  // "The owner" of a class that is booked is not whoever booked it.
  if (meansMaker(plain) && draft.findRole(plain) === undefined)
    return one.ref === undefined && row.api.owner ? { field: row.api.owner } : undefined
  const stored = draft.exactModel(keyOf(plain))
  const isWritten = stored && stored.name !== user.name && (stored.name === row.name || draft.refFrom(row, stored))
  if (isWritten) return noAccount(plain)
  const text = row.model.fields[keyOf(plain)]
  if (text && /^(?:string|text)$/.test(text.type)) return onlyName(row, keyOf(plain))
  if (takes(row, plain)) return belongsTo(draft, row)
  const role = draft.findRole(plain)
  if (role === undefined) {
    if (takers.test(plain) && row.api.owner) return belongsTo(draft, row)
    return undefined
  }
  if (!signUpRolesOf(draft).includes(role)) return { role }
  if (one.ref === undefined && isMadeBy(draft, row, role) && row.api.owner) return { field: row.api.owner }
  if (isTie(one) && row.api.owner && isMadeBy(draft, row, role)) return { field: row.api.owner }
  const other = refsTo(row, user.name).find((name) => name !== row.api.owner)
  if (row.api.owner && holdersOf(draft, row, 'read').some((holder) => holder.role === role && holder.scope === 'own'))
    return { field: row.api.owner }
  return other ? { field: other } : undefined
}

/** Everybody of a role is told of what all of them see, where nothing says who is in it. */
export const roleOfAll = (draft: BehaviourDraft, one: RowTime, said: string): Whom | undefined => {
  const role = draft.findRole(withoutLead(said.trim()))
  if (role === undefined || one.ref !== undefined) return undefined
  return holdersOf(draft, one.row, 'list').some((holder) => holder.role === role && holder.scope === undefined)
    ? { role }
    : undefined
}

/** Whose row it is: who made it where people make their own, else the person whom it names. */
const belongsTo = (draft: BehaviourDraft, row: Found): Whom | string | undefined => {
  const user = draft.userModel()!
  const { owner } = row.api
  const signUp = signUpRolesOf(draft)
  const makers = holdersOf(draft, row, 'create').map(({ role }) => role)
  if (owner && (makers.length === 0 || makers.some((role) => signUp.includes(role)))) return { field: owner }
  const refs = refsTo(row, user.name).filter((name) => name !== owner)
  const people = refs.find((name) => signUp.includes(name.replace(/_id$/, ''))) ?? refs[0]
  if (people) return { field: people }
  const written = Object.entries(row.model.fields).find(([name, { type }]) => {
    const to = refOf(type)?.model
    return to !== undefined && to !== user.name && isPersonNoun(name.replace(/_id$/, '').split('_').at(-1)!)
  })
  if (written) return noAccount(written[0].replace(/_id$/, '').replaceAll('_', ' '))
  const name = Object.entries(row.model.fields).find(
    ([field, { type }]) => type === 'string' && isPersonNoun(field.replace(/_name$/, '')),
  )
  if (name && !owner) return onlyName(row, name[0])
  return owner ? { field: owner } : undefined
}

const onlyName = (row: Found, field: string): string =>
  `The ${field.replaceAll('_', ' ')} of ${withArticle(row.words)} is only a name, without an account on which they could find it.`

const noAccount = (words: string): string => {
  const people = peopleOf(keyOf(words))
  return `${sentence(people)} are only written down here and have no account on which they could find it: say "${people} sign up" when you describe the system.`
}

const keyOf = (words: string): string =>
  words
    .toLowerCase()
    .replace(/s$/, '')
    .replace(/[\s-]+/g, '_')

const refNamed = (row: Found, user: Found, plain: string): string | undefined =>
  refsTo(row, user.name).find((name) => {
    const key = name.replace(/_id$/, '')
    return name !== row.api.owner || key !== 'owner' ? key === keyOf(plain) || key.endsWith(`_${keyOf(plain)}`) : false
  })

/** "Borrowers" of loans, "subscribers" of subscriptions: by the verb that leaves such rows. */
const takes = (row: Found, plain: string): boolean =>
  [...linkNouns].some(
    ([verb, noun]) =>
      (row.key === noun.replaceAll(' ', '_') || row.key.endsWith(`_${noun.replaceAll(' ', '_')}`)) &&
      [...doersOf(verb), `${verb}ant`].includes(keyOf(plain)),
  )

const isMadeBy = (draft: BehaviourDraft, row: Found, role: string): boolean =>
  holdersOf(draft, row, 'create').some((holder) => holder.role === role)

/** Several who are told, in words: "the doctor and the patient". */
export const eachOf = (who: string): string[] => who.replace(/^both\s+/i, '').split(/\s*,\s*(?:and )?|\s+and\s+/i)

/** "Events have a reminder": what it is about, where it says nothing of people. */
export const isThing = (draft: BehaviourDraft, said: string): boolean => {
  const key = keyOf(withoutLead(said.trim()))
  return key !== '' && !isPersonNoun(key) && draft.findRole(key) === undefined && draft.exactModel(key) !== undefined
}
