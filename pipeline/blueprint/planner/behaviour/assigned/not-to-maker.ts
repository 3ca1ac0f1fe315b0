import { sentence, withArticle } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { refsTo } from '../places/fields.ts'
import { requireOn } from '../rules.ts'

const said =
  /^(?:nobody|no one|no-one|none) (?:can|may|should|must) be assigned (?:to )?(?:an?|the|any) (?<thing>[\p{L}-]+(?: (?!that\b|which\b|they\b)[\p{L}-]+)?) (?:(?:that|which) )?(?:they|he|she|he or she) (?:have |has )?(?:themselves )?(?:opened|made|created|reported|submitted|filed|wrote|written|posted|added|raised)(?: themselves)?$/iu
const turned =
  /^(?:an?|the) (?<thing>[\p{L}-]+) (?:can ?not|must not|may not|must never|can never) be assigned to (?:who|whoever|the person who|its|the one who) ?(?:opened|made|created|reported|submitted|filed|wrote|posted|added|raised|maker|author|creator|owner)(?: it)?$/iu

/** "Nobody may be assigned a ticket that they opened": of whoever made it and whoever it is assigned to. */
export const readNotToMaker: Read = (text) => {
  const thing = (said.exec(text.trim()) ?? turned.exec(text.trim()))?.groups?.thing
  return thing
    ? { said: text, rest: [], sure: true, alone: true, after: 6, apply: (draft) => apart(draft, thing, text) }
    : undefined
}

const apart = (draft: BehaviourDraft, thing: string, text: string): Outcome => {
  const model = draft.findModel(thing)
  const account = draft.userModel()?.name
  const owner = model?.api.owner
  if (!model || !account) return { unresolved: `Nothing says who ${thing}s are assigned to.` }
  if (!owner) return { unresolved: `Nothing says who made ${withArticle(model.words)}.` }
  const [field, other] = refsTo(model, account).filter((name) => name !== owner)
  if (!field || other) return { unresolved: `It is not clear who ${withArticle(model.words)} is assigned to.` }
  const message = `${sentence(text.replace(/[.!]+$/, ''))}.`
  for (const op of ['create', 'update'] as const)
    requireOn(model, op, { check: `this.${field} == null || this.${field} != this.${owner}`, message, status: 409 })
  return { understood: [message] }
}
