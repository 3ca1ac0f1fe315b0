import { sentence, withArticle } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { ensureNotices, noticeStep } from '../timers/notices.ts'
import { ensureHappening } from './ensure-happening.ts'
import { placeOf } from './happenings.ts'
import { needRows } from './need-rows.ts'
import { readTold, type Told } from './read-told.ts'
import { recipientsOf } from './recipients.ts'

/** Reads who is told when something happens. Carried out when steps and marks are known. */
export const readTellings: Read = (said) => {
  const told = readTold(said)
  return (
    told && {
      said,
      rest: [],
      sure: true,
      after: 4,
      ahead: { said, rest: [], after: 1.5, apply: (draft) => ensureHappening(draft, told.happening) },
      apply: (draft) => applyTold(draft, told),
    }
  )
}

const applyTold = (draft: BehaviourDraft, { who, happening, theirs }: Told): Outcome => {
  const place = placeOf(draft, happening)
  if (typeof place === 'string') return { unresolved: place }
  if (draft.noAccounts) return { unresolved: 'Without accounts there is nobody who could be told.' }
  // Who buys what runs low is not whose it is.
  const ofRow = happening.kind !== 'crosses' && happening.kind !== 'created'
  const all = peopleIn(who).map((one) => recipientsOf(draft, place.model, one, { theirs: theirs === true, ofRow }))
  if (all.some((one) => one === undefined)) return { unresolved: `It is not clear who “${who}” are.` }
  const notices = ensureNotices(draft)
  const text = `'${sentence(withArticle(place.model.words))}${labelOf(place.model)} ${place.words}.'`
  for (const recipients of all)
    place.add(recipients!.steps((person) => ({ create: noticeStep(notices, person, text.replace(" + ''", '')) })))
  for (const model of [notices, ...all.flatMap((one) => one!.models)])
    needRows(draft, place.model.component, model.name)
  return {
    understood: [
      `${sentence(who)} ${/s$/.test(who) ? 'are' : 'is'} told when ${withArticle(place.model.words)} ${plainWords(place.words)} (${notices.path}).`,
    ],
    assumptions: ['Who is told finds it among their notifications; nothing is sent by email.'],
  }
}

const plainWords = (words: string): string =>
  words.replace(/' \+ .*$/, 'in another state').replace(/is now in another/, 'comes into another')

/** " “Posters”" in the text, where rows have a name that is always there. */
const labelOf = (model: Found): string => {
  const label = Object.entries(model.model.fields).find(
    ([name, field]) =>
      field.type === 'string' && !field.optional && /(?:^|_)(?:title|name|subject|number|code|word|topic)$/.test(name),
  )?.[0]
  return label ? ` “' + this.${label} + '”` : ''
}

/** "Both the patient and the dentist" -> each of them. */
const peopleIn = (who: string): string[] => who.replace(/^both\s+/i, '').split(/\s*,\s*(?:and )?|\s+and\s+/i)
