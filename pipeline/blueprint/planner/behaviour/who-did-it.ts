import { sentence, toName, withArticle } from '../language/words.ts'
import type { Outcome, Read } from './behaviour.ts'
import type { BehaviourDraft } from './draft.ts'
import { requireOn } from './rules.ts'
import { ensureHappening } from './told/ensure-happening.ts'
import { placeOf } from './told/happenings.ts'
import { type Happening, readHappening } from './told/read-told.ts'

const said = /^when (?<event>.+?), who (?<done>[\p{L}]+) it is noted$/iu

/** Reads that it is written down who took a step: "when a claim is approved, who approved it is noted". Nobody sends it. */
export const readWhoDidIt: Read = (text) => {
  const groups = said.exec(text.trim())?.groups
  const happening = groups && readHappening(groups.event!)
  return (
    happening && {
      said: text,
      rest: [],
      sure: true,
      after: 3,
      ahead: { said: text, rest: [], after: 1.5, apply: (draft: BehaviourDraft) => ensureHappening(draft, happening) },
      apply: (draft) => note(draft, happening, toName([groups.done!.toLowerCase()])),
    }
  )
}

const note = (draft: BehaviourDraft, happening: Happening, done: string): Outcome => {
  const place = placeOf(draft, happening)
  if (typeof place === 'string') return { unresolved: place }
  const user = draft.userModel()
  if (!user) return { unresolved: 'Without accounts nobody is known who does it.' }
  if (place.hook)
    return { unresolved: `No step says who ${done.replaceAll('_', ' ')} ${withArticle(place.model.words)}.` }
  const { model } = place
  const field = draft.ensureRef(model, user, { field: `${done}_by_id`, optional: true })
  place.add([{ set: { of: 'this', values: { [field]: 'me.id' } } }])
  const words = `${done.replaceAll('_', ' ')} by`
  requireOn(model, 'create', {
    check: `this.${field} == null`,
    message: `${sentence(words)} is set by the system; it is not sent.`,
    status: 409,
  })
  return { understood: [`When ${withArticle(model.words)} ${place.words}, its ${words} is set to whoever did it.`] }
}
