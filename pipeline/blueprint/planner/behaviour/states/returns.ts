import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { allowWhoChanges } from './apply-sequence.ts'

/** Things that are given away for a time. */
const lent = /(?:loan|lending|borrowing|rental|hire|checkout|lease|booking)$/

/** Gives what is lent a way back: when it was returned, and the operation that says so. Undefined where nothing is lent. */
export const applyReturn = (draft: BehaviourDraft, thing: string): string[] | undefined => {
  const model = loanOf(draft, thing)
  if (!model) return undefined
  const field = returnedField(model) ?? draft.ensureField(model, 'returned_at', { type: 'datetime', optional: true })
  if (!model.api.ops?.return) {
    const now = model.model.fields[field]!.type === 'date' ? 'today()' : 'now'
    model.api.ops = {
      ...model.api.ops,
      return: {
        description: `A ${model.words} ends: what was lent is back.`,
        find: { [model.key]: { model: model.name, id: 'id' } },
        require: [{ check: `${model.key}.${field} == null`, message: 'It was returned already.' }],
        do: [{ set: { of: model.key, values: { [field]: now } } }],
        answer: { row: model.key },
      },
    }
    allowWhoChanges(draft, model, 'return')
  }
  untilItIsBack(model, field)
  return [`A ${model.words} can be returned, once; until then it counts as lent.`]
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
