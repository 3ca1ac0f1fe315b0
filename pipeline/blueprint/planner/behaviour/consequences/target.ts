import { singular } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import type { Coming } from './cause.ts'

/** The rows to which something happens: their model, what one is called, and which of them. */
export type Target = { model: Found; row: string; where?: string; when?: string }

const siblings =
  /^(?:all |any |every |each )*(?:the |its )*others?(?: (?<what>[\p{L} -]+?))?(?: (?:of|for|on|to|in) (?:the |that )?(?:same )?(?<of>[\p{L} -]+))?$/iu

/** Returns the rows that words mean, beside the row to which something has come, or why they are not known. */
export const targetOf = (draft: BehaviourDraft, coming: Coming, said: string): Target | string => {
  const { subject, row, where, when, this: own } = coming
  const itself: Target = { model: subject, row, ...(where ? { where } : {}), ...(when ? { when } : {}) }
  const others = siblings.exec(said)?.groups
  if (others) return othersOf(draft, coming, others)
  const words = said.replace(/^(?:(?:the|its|their|that|this|all|every|each|an?) )+/i, '')
  if (/^(?:it|they|them|this|that)$/i.test(words)) return itself
  const model = draft.findModel(singular(words.toLowerCase())) ?? draft.findModel(words)
  if (!model || model.name === draft.userModel()?.name) return `There is nothing called “${words}”.`
  if (model.name === subject.name) return itself
  if (row !== 'this') return `It is not clear which ${words} are meant.`
  const up = draft.refFrom(own, model)
  if (up) return { model, row: model.key, where: `${model.key}.id == this.${up}` }
  const down = draft.refFrom(model, own)
  if (down) return { model, row: model.key, where: `${model.key}.${down} == this.id` }
  // Of what both belong to: the book of a loan, for a reservation of the same book.
  for (const shared of draft.models()) {
    const [mine, theirs] = [draft.refFrom(own, shared), draft.refFrom(model, shared)]
    if (mine && theirs && shared.name !== draft.userModel()?.name)
      return { model, row: model.key, where: `${model.key}.${theirs} == this.${mine}` }
  }
  return `It is not clear which ${words} are meant.`
}

/** The other applications for the same flat: of the one thing that they belong to, the accounts aside. */
const othersOf = (
  draft: BehaviourDraft,
  { subject, row }: Coming,
  { what, of }: { [name: string]: string | undefined },
): Target | string => {
  if (row !== 'this') return 'It is not clear which others are meant.'
  if (what && draft.findModel(what)?.name !== subject.name) return `There is nothing called “${what}” here.`
  const said = of === undefined ? undefined : draft.findModel(of)
  const owners = draft
    .models()
    .flatMap((one) => (said === undefined || said.name === one.name ? (draft.refFrom(subject, one) ?? []) : []))
  const [field, more] = owners
  if (!field || more) return `It is not clear of what ${subject.words} and the others are.`
  return { model: subject, row: 'other', where: `other.${field} == this.${field} && other.id != this.id` }
}
