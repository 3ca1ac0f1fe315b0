import { nounOfVerb, tiesOf } from './between.ts'
import { addBetween, type Counted } from './counted.ts'
import type { BehaviourDraft } from './draft.ts'

/** The rows that tie people to a thing, by a verb or the only ones there are. */
export const tiedTo = (
  draft: BehaviourDraft,
  thing: Counted['model'],
  verbSaid: string | undefined,
): Counted | undefined => {
  const model = tiesOf(draft, thing, verbSaid) ?? draft.childrenOf(thing)[0]?.model
  const ref = model ? draft.refFrom(model, thing) : undefined
  return model && ref ? { model, per: [ref] } : undefined
}

/** Rows made for it where nothing ties anybody to a thing yet. */
export const added = (draft: BehaviourDraft, thing: Counted['model'], verbSaid: string): Counted | undefined => {
  const user = draft.userModel()
  const model = addBetween(draft, nounOfVerb(verbSaid) ?? 'booking', [thing, ...(user ? [user] : [])])
  return model ? { model, per: [draft.refFrom(model, thing)!] } : undefined
}
