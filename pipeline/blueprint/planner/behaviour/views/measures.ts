import type { Measure } from '../../../../../schemas/generated/architecture.ts'
import { refOf } from '../../../names.ts'
import { singular, toName } from '../../language/words.ts'
import { linkNouns } from '../../lexicon/verbs.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { conditionFor } from '../places/conditions.ts'
import { additiveFields, findField, isNumber, refsTo } from '../places/fields.ts'
import { findPhrase } from '../places/phrase.ts'
import { lengthSummed } from '../shown/length-of-row.ts'
import type { MeasureSpec } from './spec.ts'

/** Columns that are added up over the rows of a model; `fit`: how well the words mean this model. */
export type Measured = {
  select: { [column: string]: Measure }
  where?: string
  fit: number
  words: string[]
  counts?: boolean
  which?: string
}

const money =
  /^(?:total |gross |net )?(?:revenue|turnover|income|takings|earnings|sales|money|proceeds|spending|spend|expenses?|expenditure|costs?|value|volume|amounts?(?: raised| donated| spent| paid| collected)?|donated amount)$/
const rates = /rating|score|temperature|humidity|weight|height|level|pressure|percent|grade|age|speed|voltage|price/
const verbs: Readonly<Record<string, string>> = {
  spent: 'expense order purchase payment',
  donated: 'donation gift pledge',
  given: 'donation gift',
  gave: 'donation gift',
  raised: 'donation pledge',
  paid: 'payment due invoice fee',
  earned: 'payment sale job',
  sold: 'sale order order_item',
  ordered: 'order order_item',
  bought: 'purchase order',
  borrowed: 'loan',
  lent: 'loan',
  worked: 'time_entry shift timesheet entry',
  drove: 'trip ride journey',
  driven: 'trip ride journey',
  ran: 'run',
  produced: 'batch harvest production',
  harvested: 'harvest',
  collected: 'collection donation pickup',
  wasted: 'waste',
  used: 'usage reading consumption',
  consumed: 'consumption reading meal',
  delivered: 'delivery',
  attended: 'attendance',
  visited: 'visit',
}

/** Returns the columns of one measure over a model's rows, or undefined where its words mean nothing there. */
export const measureOf = (draft: BehaviourDraft, model: Found, spec: MeasureSpec): Measured | undefined => {
  const said = spec.of
    .trim()
    .toLowerCase()
    .replace(/^(?:the|all|our|its|their)\s+/, '')
  if (said.startsWith('=')) return byVerb(draft, model, said.slice(1))
  const standing = exactField(model, said) ? undefined : amountInState(draft, model, said, spec)
  if (standing) return standing
  if (/^(?:totals?|sums?|averages?|numbers?|figures|results?|statistics|stats|)$/.test(said)) {
    const one = additiveFields(model).length > 0 ? counted(model, spec, '', model.words) : undefined
    return one && { ...one, fit: draft.it()?.name === model.name ? 2 : 1, words: one.words.slice(1) }
  }
  const phrase = findPhrase(draft, said)
  const rows = phrase?.model.name === model.name ? counted(model, spec, phrase.which, said) : undefined
  if (rows) return rows
  const field = numberField(model, said)
  if (field) return summed(field, spec, exactly(field, said) ? 3 : 2)
  // "the weight collected": of what somebody collected, it is the sum.
  const [, plain, done] =
    /^(.+) (collected|given|donated|sold|harvested|produced|delivered|picked|used|raised|paid)$/.exec(said) ?? []
  const sum = plain && done ? numberField(model, plain) : undefined
  if (sum) return summed(sum, { ...spec, take: spec.take ?? 'sum' }, 2)
  // "pipeline value": the value of what is in the pipeline.
  const value = money.test(said.split(' ').at(-1)!) ? numberField(model, said.split(' ').at(-1)!) : undefined
  if (
    value &&
    !draft.findModel(said.split(' ')[0]!) &&
    !said
      .split(' ')
      .slice(0, -1)
      .some((word) => isUnknownState(model, word))
  )
    return summed(value, { ...spec, take: spec.take ?? 'sum' }, 1)
  const [first = '', ...others] = said.split(' of ').reverse()
  if (others.length > 0 && draft.findModel(first)) {
    const inner = numberField(model, others.reverse().join(' of '))
    if (inner) return summed(inner, spec, 2)
  }
  const some = / of /.test(said) ? ofSome(draft, model, said, spec) : undefined
  if (some) return some
  if (money.test(said)) {
    const amount = additiveFields(model)[0]
    if (amount && model.model.fields[amount]?.type === 'decimal')
      return summed(amount, { ...spec, take: spec.take === 'count' ? 'sum' : (spec.take ?? 'sum') }, 1)
    const price = amount ? undefined : priceOf(draft, model)
    if (price && earned.test(said)) return price
  }
  const length = lengthSummed(model, said)
  if (length) {
    const { text, unit } = length
    return { select: { [`total_${unit}`]: { take: 'sum', of: text } }, fit: 1, words: [`total ${unit}`] }
  }
  if (phrase?.model.endpoint.endsWith('.users') && phrase.which === '') {
    const by = refsTo(model, phrase.model.name)[0]
    if (by)
      return { select: { [toName([said])]: { take: 'count', of: `this.${by}` } }, fit: 1, words: [`different ${said}`] }
  }
  return undefined
}

/** "The paid amount", "approved hours": those of the rows that are so. */
const amountInState = (draft: BehaviourDraft, model: Found, said: string, spec: MeasureSpec): Measured | undefined => {
  const words = said.split(' ')
  // "The unpaid total": what can be added up.
  const whole = spec.take && spec.take !== 'count' && additiveFields(model)[0] ? stateCondition(model, said) : undefined
  if (whole) return { ...summed(additiveFields(model)[0]!, spec, 2), where: whole, which: toName(words) }
  for (let i = 1; i < words.length && i <= 3; i += 1) {
    const which = words.slice(0, i).join(' ')
    const rest = words.slice(i).join(' ')
    const condition = stateCondition(model, which)
    // "Paid orders" are found as rows of theirs.
    if (!condition || findPhrase(draft, rest)?.model.name === model.name) continue
    const all = measureOf(draft, model, { ...spec, take: spec.take ?? 'sum', of: rest })
    if (all)
      return {
        ...all,
        fit: all.fit + 1,
        where: all.where ? `${all.where} && ${condition}` : condition,
        which: toName(words.slice(0, i)),
      }
  }
  return undefined
}

/** What a word says of the state of a row, or of a yes or no of it. */
const stateCondition = (model: Found, said: string): string | undefined => {
  const direct = conditionFor(model, said, 'this')?.text
  const owed = /^(?:open|outstanding|due|unsettled)$/.test(said)
    ? conditionFor(model, 'unpaid', 'this')?.text
    : undefined
  const found = direct ?? (owed && /^!this\.\w+$| == null$/.test(owed) ? owed : undefined)
  return found && !isVerdict(found) && !/\bnow\b|today\(|[<>]/.test(found) ? found : undefined
}

/** "Approved", where nothing says of a row that it is so: its amounts are not all amounts. */
const isUnknownState = (model: Found, word: string): boolean =>
  /^(?:un)?[\p{L}]{3,}(?:ed|en|id)$|^(?:open|won|lost|sent|sold|active|pending|overdue)$/u.test(word) &&
  !(verbs[word] ?? '').split(' ').includes(model.key)

const exactField = (model: Found, said: string): boolean => Object.hasOwn(model.model.fields, toName(said.split(/\s+/)))

/** "Revenue of paid orders": of those only. */
const ofSome = (draft: BehaviourDraft, model: Found, said: string, spec: MeasureSpec): Measured | undefined => {
  const [, what = '', rows = ''] = /^(.+?) of (?:the |all )?(.+)$/.exec(said) ?? []
  const phrase = findPhrase(draft, rows)
  const condition =
    phrase?.model.name === model.name && phrase.which ? conditionFor(model, phrase.which, 'this') : undefined
  const all = condition ? measureOf(draft, model, { ...spec, of: what }) : undefined
  return all && condition && { ...all, where: condition.text, which: toName(phrase!.which.split(/\s+/)) }
}

const earned = /^(?:total |gross )?(?:revenue|turnover|income|takings|earnings|sales|proceeds)$/

/** What is bought has its price elsewhere: a ticket that of its event. */
const priceOf = (draft: BehaviourDraft, model: Found): Measured | undefined => {
  if (
    !/(?:^|_)(?:ticket|booking|order|purchase|registration|enrol+ment|reservation|sale|subscription)$/.test(model.key)
  )
    return undefined
  for (const [field, { type }] of Object.entries(model.model.fields)) {
    const target = field.endsWith('_id') ? draft.portOf(refOf(type)?.model ?? '') : undefined
    const price = Object.keys(target?.model.fields ?? {}).find(
      (name) => /^(?:price|fee|ticket_price|cost)$/.test(name) && target!.model.fields[name]!.type === 'decimal',
    )
    if (price)
      return {
        select: { total_price: { take: 'sum', of: `this.${field.replace(/_id$/, '')}.${price}` } },
        fit: 1,
        words: [`total ${price}`],
      }
  }
  return undefined
}

/** "how many kilometres": the one number that is counted in them. */
const units: readonly (readonly [RegExp, RegExp])[] = [
  [/^kilomet(?:re|er)s?$|^km$/, /_km$/],
  [/^(?:kilos?|kilograms?|kg)$/, /_kg$/],
  [/^miles?$/, /_miles?$/],
  [/^hours?$/, /(?:^|_)hours?(?:_|$)/],
  [/^minutes?$/, /(?:^|_)minutes?(?:_|$)/],
  [/^lit(?:re|er)s?$/, /_(?:l|litres|liters)$/],
]

const exactly = (field: string, said: string): boolean => field === toName(said.split(/\s+/))

const numberField = (model: Found, said: string): string | undefined => {
  const own = said.startsWith(`${model.words} `) ? said.slice(model.words.length + 1) : said
  for (const text of [said, own]) {
    const field = findField(model, text)
    if (field && isNumber(model.model.fields[field])) return field
  }
  const bare = own.replace(/^(?:requested|booked|worked|logged|planned|needed|spent|ordered) /, '')
  const unit = units.find(([words]) => words.test(bare))?.[1]
  const inUnit = unit
    ? Object.keys(model.model.fields).filter((name) => unit.test(name) && isNumber(model.model.fields[name]))
    : []
  if (inUnit.length === 1) return inUnit[0]
  return undefined
}

const summed = (field: string, spec: MeasureSpec, fit: number): Measured => {
  const of = `this.${field}`
  if (spec.take === undefined && rates.test(field))
    return {
      select: {
        [`avg_${field}`]: { take: 'avg', of },
        [`min_${field}`]: { take: 'min', of },
        [`max_${field}`]: { take: 'max', of },
      },
      fit,
      words: [`average, lowest and highest ${field.replaceAll('_', ' ')}`],
    }
  const take = spec.take === undefined || spec.take === 'count' ? 'sum' : spec.take
  const name = { sum: 'total', avg: 'avg', min: 'min', max: 'max' }[take]
  const column = field.startsWith('total') && take === 'sum' ? field : `${name}_${field}`
  return {
    select: { [column]: { take, of } },
    fit,
    words: [`${{ total: 'total', avg: 'average', min: 'lowest', max: 'highest' }[name]} ${field.replaceAll('_', ' ')}`],
  }
}

const counted = (model: Found, spec: MeasureSpec, which: string, said: string): Measured | undefined => {
  const condition = which ? conditionFor(model, which, 'this') : undefined
  if (which && !condition && !/^(?:total|overall|new|different|recorded|registered)$/.test(which)) return undefined
  const select: Measured['select'] = {}
  const words = [`number of ${said}`]
  if (condition && isVerdict(condition.text))
    select[toName(said.split(/\s+/))] = { take: 'count', where: condition.text }
  const sums = spec.take === 'count' ? [] : additiveFields(model).slice(0, 3)
  const take = spec.take === undefined || spec.take === 'count' ? 'sum' : spec.take
  for (const field of sums) {
    const one = summed(field, { take, of: field }, 3)
    Object.assign(select, one.select)
    words.push(...one.words)
  }
  return {
    select,
    ...(condition && !isVerdict(condition.text) ? { where: condition.text, which: toName(which.split(/\s+/)) } : {}),
    fit: 4,
    words,
    counts: true,
  }
}

/** Whether something was right or passed is counted beside all of them; a state says which rows are meant. */
const isVerdict = (condition: string): boolean =>
  /\.(?:is_)?(?:correct|right|passed|successful|won|wrong|failed)$/.test(condition)

const byVerb = (draft: BehaviourDraft, model: Found, verb: string): Measured | undefined => {
  const field = additiveFields(model)[0]
  if (!field) return undefined
  const nouns = [...(verbs[verb] ?? '').split(' '), linkNouns.get(verb.replace(/e?d$/, '')) ?? '', singular(verb)]
  const condition = stateCondition(model, verb)
  const fit = nouns.includes(model.key) ? 3 : draft.models().some((one) => nouns.includes(one.key)) ? 0 : 1
  // "How much is unpaid", where nothing says of a row whether it is: not how much there is at all.
  if (!condition && (fit === 0 || /^(?:un[\p{L}]+|open|outstanding|overdue|due|pending|left|late)$/u.test(verb)))
    return undefined
  const all = summed(field, { take: 'sum', of: field }, condition ? fit + 2 : fit)
  return condition ? { ...all, where: condition, which: toName([verb]) } : all
}
