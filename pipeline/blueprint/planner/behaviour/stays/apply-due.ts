import type { Field } from '../../../../../schemas/generated/architecture.ts'
import { sentence, withArticle } from '../../language/words.ts'
import type { Outcome } from '../behaviour.ts'
import { wordsOf } from '../between.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { createdField } from '../places/fields.ts'
import { durationIn, type Length } from './length.ts'
import type { Stay } from './read-stay.ts'

const dueNames: Readonly<
  Record<'due' | 'valid' | 'open', { known: RegExp; name: string; words: string; when: string }>
> = {
  due: {
    known: /^(?:due|deadline|payable|return_by|pay_by)(?:_|$)|_due(?:_|$)|_deadline$/,
    name: 'due',
    words: 'due',
    when: 'When {} is due',
  },
  valid: {
    known: /^(?:valid_(?:until|to)|expir\w+|best_before|use_by)/,
    name: 'valid',
    words: 'valid until',
    when: 'Until when {} is valid',
  },
  open: {
    known: /^(?:closes?_|open_until|ends?_|end$|until$|deadline)/,
    name: 'closes',
    words: 'open until',
    when: 'Until when {} is open',
  },
}

/** The system says when a row is due, as it is made: so long after that, or after a day that it has. */
export const applyDue = (draft: BehaviourDraft, model: Found, stay: Stay, length: Length): Outcome => {
  const kind = dueNames[stay.how === 'valid' || stay.how === 'open' ? stay.how : 'due']
  const { fields } = model.model
  const days = length.minutes % 1440 === 0
  const field =
    Object.keys(fields).find((name) => kind.known.test(name) && /^date(?:time)?$/.test(fields[name]!.type)) ??
    draft.ensureField(model, nameOf(kind.name, days), { type: days ? 'date' : 'datetime', optional: true })
  const { type } = fields[field] ?? model.model.fields[field]!
  if (type === 'date' && !days)
    return { unresolved: `The ${wordsOf(field)} of ${withArticle(model.words)} is a day, with no time.` }
  const start = startFor(draft, model, stay, type)
  if (stay.from && !start && !madeWords.test(stay.from))
    return { unresolved: `${withArticle(model.words)} has no day called ${stay.from}.` }
  const value = `${startValue(model, start, type)} + ${durationIn(length)}`
  // The row is there before it is worked out.
  const there = model.model.fields[field]!
  delete there.default
  there.optional = true
  setOnCreate(model, field, value)
  const after = start ? `its ${wordsOf(start)}` : 'it is made'
  return {
    understood: [`${sentence(withArticle(model.words))} is ${kind.words} ${length.words} after ${after}.`],
    assumptions: [`${kind.when.replace('{}', withArticle(model.words))} is set by the system; it is not sent.`],
  }
}

const nameOf = (kind: string, days: boolean): string =>
  kind === 'valid' ? 'valid_until' : `${kind}_${days ? 'on' : 'at'}`
const madeWords =
  /^(?:it|that|they|purchase|issue|creation|sale|order|booking|borrowing|lending|then|made|created|issued|placed|bought|borrowed|lent|invoice|loan|reservation)\b|\b(?:made|created|issued|sent|placed|bought|borrowed|lent|booked)$/i

const starts =
  /^(?:starts?|start_\w+|starts_\w+|from|from_date|date|day|issued_\w+|issue_date|invoice_date|ordered_\w+|order_date|bought_\w+|purchase_date|sold_\w+|borrowed_\w+|lent_\w+|loaned_\w+|rented_\w+|pickup_date|check_in|\w+_date)$/
const isTime = (field: Field | undefined): boolean => field?.type === 'date' || field?.type === 'datetime'

/** The field that it counts from: the one named, else one that every row has and that says when it began. */
const startFor = (draft: BehaviourDraft, model: Found, stay: Stay, type: string): string | undefined => {
  const { fields } = model.model
  const named = stay.from ? draft.findField(model, stay.from) : undefined
  const usable = (name: string): boolean =>
    isTime(fields[name]) && (type === 'date' || fields[name]!.type === 'datetime')
  if (named && usable(named) && !fields[named]!.set) return named
  if (stay.from && !madeWords.test(stay.from)) return undefined
  return Object.keys(fields).find(
    (name) => starts.test(name) && !/return|due|end|birth/.test(name) && usable(name) && !fields[name]!.optional,
  )
}

const startValue = (model: Found, start: string | undefined, type: string): string => {
  const name = start ?? createdField(model) ?? 'created_at'
  const plain = `this.${name}`
  return type === 'date' && model.model.fields[name]?.type === 'datetime' ? `day(${plain})` : plain
}

/** Sets a value as a row is made, instead of what was set before. */
export const setOnCreate = (model: Found, field: string, value: string): void => {
  const hook = model.model.on?.create ?? {}
  const others = (hook.do ?? []).filter(
    ({ set }) => !(set?.of === 'this' && Object.keys(set.values).length === 1 && field in set.values),
  )
  model.model.on = {
    ...model.model.on,
    create: { ...hook, do: [{ set: { of: 'this', values: { [field]: value } } }, ...others] },
  }
}
