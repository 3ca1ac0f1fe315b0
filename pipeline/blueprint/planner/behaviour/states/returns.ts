import { sentence, withArticle } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { allowWhoChanges } from './apply-sequence.ts'

/** Things that are given away for a time. */
const lent = /(?:loan|lending|borrowing|rental|hire|checkout|lease|booking)$/

/** What is lent, and the operation on it that was asked for. */
export type Lending = { model: Found; op: string; understood: string }

/** Gives what is lent a way back: when it was returned, and the operation that says so. Undefined where nothing is lent. */
export const applyReturn = (draft: BehaviourDraft, thing: string): Lending | undefined => {
  const model = loanOf(draft, thing)
  if (!model) return undefined
  const field = returnedField(model) ?? draft.ensureField(model, 'returned_at', { type: 'datetime', optional: true })
  stamp(draft, model, 'return', field, {
    description: `${sentence(withArticle(model.words))} ends: what was lent is back.`,
    message: 'It was returned already.',
  })
  untilItIsBack(model, field)
  return {
    model,
    op: 'return',
    understood: `${sentence(withArticle(model.words))} can be returned, once; until then it counts as lent.`,
  }
}

/** As `applyReturn`, for the moment at which somebody hands over what is lent. */
export const applyHandOut = (draft: BehaviourDraft, thing: string): Lending | undefined => {
  const model = loanOf(draft, thing)
  if (!model) return undefined
  const field = draft.ensureField(model, 'handed_out_at', { type: 'datetime', optional: true })
  stamp(draft, model, 'hand_out', field, {
    description: `What a ${model.words} is about is handed out.`,
    message: 'It was handed out already.',
  })
  return { model, op: 'hand_out', understood: `What a ${model.words} is about is handed out, once.` }
}

const stamp = (
  draft: BehaviourDraft,
  model: Found,
  op: string,
  field: string,
  { description, message }: { description: string; message: string },
): void => {
  if (model.api.ops?.[op]) return
  const now = model.model.fields[field]!.type === 'date' ? 'today()' : 'now'
  model.api.ops = {
    ...model.api.ops,
    [op]: {
      description,
      find: { [model.key]: { model: model.name, id: 'id' } },
      require: [{ check: `${model.key}.${field} == null`, message }],
      do: [{ set: { of: model.key, values: { [field]: now } } }],
      answer: { row: model.key },
    },
  }
  allowWhoChanges(draft, model, op)
}

/** What is back is taken no longer, whenever it was to be back: it is in nobody's way, and counts among no open ones. */
const untilItIsBack = ({ model }: Found, field: string): void => {
  for (const rule of model.rules ?? []) {
    const parts = rule.where?.split(' && ') ?? []
    const left = parts.filter((part) => !planned.test(part))
    const counts = rule.exclude || left.length < parts.length || (rule.limit && /\bat once\b/.test(rule.message))
    if (!counts || rule.where?.includes('||')) continue
    rule.where = [...new Set([...left, `this.${field} == null`])].join(' && ')
  }
}

/** No end is agreed: which does not say that it is open, where another field says when it came back. */
const planned = /^this\.(?:end|ends_at|ends_on|end_date|end_time|to|to_date|until|due_\w+) == null$/

/** The field that says when something came back. */
const returnedField = (model: Found): string | undefined =>
  ['returned_at', 'returned_on', 'return_date', 'checked_in_at', 'brought_back_at', 'back_at'].find(
    (name) => model.model.fields[name]?.optional,
  )

const loanOf = (draft: BehaviourDraft, thing: string): Found | undefined => {
  const named = draft.findModel(thing)
  if (named && lent.test(named.key)) return named
  const loans = draft.models().filter((model) => lent.test(model.key))
  if (!named) return loans.length === 1 ? loans[0] : undefined
  return loans.find((model) => draft.refFrom(model, named) !== undefined)
}
