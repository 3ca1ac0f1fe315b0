import type { Limit } from '../../../../schemas/generated/architecture.ts'
import { toWords } from '../../names.ts'
import { toName } from '../language/words.ts'
import type { Outcome } from './behaviour.ts'
import { wordsOf } from './between.ts'
import type { Counted } from './counted.ts'
import type { BehaviourDraft } from './draft.ts'
import { limitByPeriod, timedRef } from './periods.ts'
import { addRule, ongoing, saysOngoing, standing, where } from './rules.ts'
import { stateFieldOf } from './states/state-field.ts'

export type Unit = NonNullable<Limit['within']>['unit']
/** How many there may be, in words and as an expression. `open`: only rows that go on; `undecided`: that nobody decided on; `state`: only rows in it. */
export type Much = {
  max: string
  what: string
  open: boolean
  state?: string | undefined
  undecided?: boolean
  /** What holds for those that are counted besides: they are of a kind. */
  kind?: readonly string[]
  within?: Unit | undefined
  told?: string
  upcoming?: boolean
}

const amounts =
  /^(?:number_of_)?(?:people|persons?|guests?|seats?|places|tickets?|participants?|attendees|copies|pieces|quantity|party_size|group_size|head_?count|units|children|adults)$/

/** Adds a limit on rows, or on the amounts in them where each is for several. */
export const addLimit = (draft: BehaviourDraft, { model, per }: Counted, much: Much): Outcome => {
  const amount = Object.entries(model.model.fields).find(
    ([name, field]) => field.type === 'int' && (amounts.test(name) || name === `number_of_${toName([much.what])}`),
  )?.[0]
  const sum = amount && !much.within && !much.open && !much.state ? amount : undefined
  const day = much.within ? dayOf(model) : undefined
  if (day && !draft.changing && model.model.fields[day]) delete model.model.fields[day]!.optional
  const waiting = much.state
    ? `this.${stateFieldOf(model)!.name} == '${much.state}'`
    : much.undecided
      ? undecidedIn(model)
      : undefined
  const conditions = [...(much.kind ?? []), ...(waiting ? [waiting] : much.open ? ongoing(model) : standing(model))]
  if (much.open && !waiting && !saysOngoing(model)) conditions.unshift(...notOver(draft, model))
  const start = much.upcoming ? dayOf(model) : undefined
  if (start && start !== 'created_at')
    conditions.unshift(`this.${start} > ${model.model.fields[start]!.type === 'date' ? 'today()' : 'now'}`)
  const told = per.map(wordsOf).map((word) => (word === 'owner' ? 'person' : word))
  const sentence =
    much.told ??
    `At most ${much.max} ${much.state || waiting ? `${toWords(much.state ?? 'pending')} ` : ''}${much.max === '1' ? much.what.replace(/s$/, '') : much.what}${told.length > 0 ? ` per ${told.join(' and ')}` : ''}${much.within ? ` ${told.length > 0 ? 'and' : 'per'} ${much.within}` : ''}${much.open || much.state ? ' at once' : ''}.`
  const elsewhere = day === 'created_at' ? timedRef(draft, model) : undefined
  if (elsewhere && much.within) {
    limitByPeriod(model, per, elsewhere, { max: much.max, unit: much.within, conditions, message: sentence })
    return { understood: [sentence] }
  }
  addRule(model, {
    name: `limit_of_${toName([much.what])}`,
    message: sentence,
    limit: {
      per: per as Limit['per'],
      max: much.max,
      ...(sum ? { sum } : {}),
      ...(much.within ? { within: { field: day!, unit: much.within, zone: 'UTC' } } : {}),
    },
    ...where(conditions),
  })
  return {
    understood: [sentence],
    ...(much.within && day === 'created_at'
      ? { assumptions: [`The ${much.within} is that in which it was entered.`] }
      : {}),
  }
}

/** What is lent goes on until it is returned, what has an end until then. */
const notOver = (draft: BehaviourDraft, model: Counted['model']): string[] => {
  if (/loan|rental|lending|checkout|borrow/.test(model.key)) {
    draft.ensureField(model, 'returned_at', { type: 'datetime', optional: true })
    return ['this.returned_at == null']
  }
  const end = [
    'ends_at',
    'end',
    'end_time',
    'to_date',
    'end_date',
    'to',
    'until',
    'check_out',
    'check_out_date',
    'ends_on',
  ].find((name) => /^date/.test(model.model.fields[name]?.type ?? ''))
  if (!end) return []
  return [model.model.fields[end]!.type === 'date' ? `this.${end} >= today()` : `this.${end} > now`]
}

/** The day by which rows are counted per day or week. */
const dayOf = (model: Counted['model']): string => {
  const fields = Object.entries(model.model.fields).filter(
    ([, field]) => /^date/.test(field.type) && field.set === undefined,
  )
  const good = fields.find(
    ([name]) =>
      /^(?:date|day|starts?_?(?:at|on|time|date)?|from|booked_(?:for|on)|worked_on|on|.*_on|.*_at|.*_date)$/.test(
        name,
      ) && !/return|due|end|cancel|born|birth|paid/.test(name),
  )
  return good?.[0] ?? 'created_at'
}

/** What is still open is what nobody has approved or rejected. */
const undecidedIn = (model: Counted['model']): string | undefined => {
  const known = stateFieldOf(model)
  return known?.values.includes('pending') && known.values.some((value) => /^(?:approved|accepted)$/.test(value))
    ? `this.${known.name} == 'pending'`
    : undefined
}
