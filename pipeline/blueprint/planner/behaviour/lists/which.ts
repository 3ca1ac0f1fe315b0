import { refOf } from '../../../names.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { conditionFor } from '../places/conditions.ts'
import { dueField, findField, isNumber, timeField } from '../places/fields.ts'
import { findPhrase } from '../places/phrase.ts'
import { ongoing, saysOngoing } from '../rules.ts'
import { numberOf, numberPattern } from '../terms/numbers.ts'

/** Rows of a model for which something is so; `over`: that there are such rows of another that refer to it, or none. */
export type Which = {
  model: Found
  /** What was said of them: "unpaid", "over 100 euros"; empty where all are meant. */
  words: string
  /** A condition on `this`, undefined where nothing here says it. */
  condition?: string
  /** The field by which they belong to something: "comments of a post". */
  of?: string
  over?: { child: Found; field: string; where: string; not: boolean }
}

/** Finds the rows that words mean: "paid orders", "orders over 100 euros", "loans that are overdue". Undefined without such a thing. */
export const whichRows = (draft: BehaviourDraft, said: string): Which | undefined => {
  const words = said.split(/\s+/)
  let unclear: Which | undefined
  for (let i = words.length; i > 0; i -= 1) {
    const head = words.slice(0, i).join(' ')
    const tail = words
      .slice(i)
      .join(' ')
      .replace(/^(?:that|which|who|where|whose status is|in status|in the status|in state|marked as) /i, '')
    const found = findPhrase(draft, head)
    if (!found || found.model.name === draft.userModel()?.name) continue
    const { model } = found
    const parts = [found.which, tail].filter((one) => one !== '')
    if (parts.length === 0) return { model, words: '' }
    const conditions = parts.map((part) => conditionOf(model, part))
    if (conditions.every((one) => one !== undefined))
      return { model, words: parts.join(' '), condition: conditions.join(' && ') }
    const of = found.which === '' ? belonging(draft, model, tail) : undefined
    if (of) return { model, words: tail, of }
    const over = parts.length === 1 ? lentOut(draft, model, parts[0]!) : undefined
    if (over) return { model, words: parts[0]!, over }
    unclear = { model, words: parts.map(plain).join(' ') }
  }
  return unclear
}

/** Whether words tell some rows from others: a word or two, a comparison; not what rows belong to. */
export const tellsApart = (words: string): boolean =>
  /^(?!(?:of|for|by|in|on|at|from|to|about|as|like)\b|with\b(?! (?:no|free|available) ))(?:[\p{L}'’-]+(?: [\p{L}-]+)?$|(?:over|above|below|under|more|less|older|newer|due|that|which|not|without|with|i|we|they|nobody|somebody)\b|.*\b(?:me|us)$)/iu.test(
    words,
  )

const ofOne = /^(?:of|for|in|on|to|at|by) (?:an?|the|one|this|that|each|every) (?<thing>[\p{L}-]+(?: [\p{L}-]+)?)$/iu

const belonging = (draft: BehaviourDraft, model: Found, tail: string): string | undefined => {
  const thing = ofOne.exec(tail)?.groups?.thing
  const owner = thing ? draft.findModel(thing) : undefined
  const field = owner && draft.refFrom(model, owner, thing)
  return field && model.api.list?.filter.includes(field) ? field : undefined
}

const plain = (part: string): string =>
  part.replace(/^(?:(?:that|which|who|are|is|were|still|currently|yet to be|have|has) )+/i, '').trim()

const conditionOf = (model: Found, part: string): string | undefined =>
  ofMoney(model, plain(part)) ?? ofPeriod(model, plain(part)) ?? guarded(model, stated(model, part))

/** "With a description" names a field, as often as not of what is described. */
const stated = (model: Found, part: string): string | undefined => {
  const condition = /^(?:i|we|they|nobody|somebody|everybody) /i.test(part)
    ? undefined
    : conditionFor(model, part, 'this')?.text
  return condition && /^with /i.test(part) && / != null$/.test(condition) ? undefined : condition
}

/** What is not there is neither before nor after: then it is not so, rather than unknown. */
const guarded = (model: Found, condition: string | undefined): string | undefined => {
  const field = /^this\.(\w+) [<>]=? /.exec(condition ?? '')?.[1] ?? /^day\(this\.(\w+)\)/.exec(condition ?? '')?.[1]
  return field && model.model.fields[field]?.optional ? `this.${field} != null && ${condition}` : condition
}

const signs: readonly (readonly [RegExp, string])[] = [
  [/^(?:over|above|more than|bigger than|greater than|higher than|exceeding)$/i, '>'],
  [/^(?:under|below|less than|cheaper than|smaller than|lower than)$/i, '<'],
  [/^(?:at least|from)$/i, '>='],
  [/^(?:at most|up to)$/i, '<='],
]
const money = new RegExp(
  `^(?:of |worth |costing |for |with (?:an? )?(?:amount|total|price|sum|value) (?:of )?)?(?<sign>over|above|more than|bigger than|greater than|higher than|exceeding|under|below|less than|cheaper than|smaller than|lower than|at least|at most|up to|from) (?:€ ?|\\$ ?|£ ?)?(?<n>${numberPattern})(?: ?(?<unit>[\\p{L}€$£]+))?$`,
  'iu',
)
const currencies = /^(?:€|\$|£|euros?|eur|dollars?|usd|pounds?|gbp|francs?|chf)$/i

/** "Over 100 euros", "above 50 kg": by the one number that is counted in them. */
const ofMoney = (model: Found, part: string): string | undefined => {
  const said = money.exec(part)?.groups
  const sign = said && signs.find(([pattern]) => pattern.test(said.sign!))?.[1]
  const value = said ? numberOf(said.n!) : undefined
  if (!said || !sign || value === undefined) return undefined
  const numbers = Object.entries(model.model.fields).filter(([, field]) => isNumber(field) && !field.set)
  const named = said.unit ? findField(model, said.unit) : undefined
  const fitting = numbers.filter(([name, { type }]) =>
    named
      ? name === named
      : said.unit && !currencies.test(said.unit)
        ? name.endsWith(`_${said.unit.toLowerCase()}`)
        : type === 'decimal' || /(?:^|_)(?:price|amount|total|sum|cost|fee|goal|budget|value)(?:_|$)/.test(name),
  )
  const [field, other] = fitting
  if (!field || other) return undefined
  const literal = field[1].type === 'float' && Number.isInteger(value) ? `${value}.0` : String(value)
  return `this.${field[0]} ${sign} ${literal}`
}

const period =
  /^(?<due>due |ending |expiring )?(?:(?:in|of|from|on|for|starting|happening|made|created|placed) )?(?:(?:this|the current) (?<unit>week|month|year)|(?<day>today))$/i

/** "Due this week", "of this month". */
const ofPeriod = (model: Found, part: string): string | undefined => {
  const said = period.exec(part)?.groups
  if (!said) return undefined
  const field = said.due ? dueField(model) : timeField(model)
  if (!field) return undefined
  const unit = said.day ? 'day' : said.unit!.toLowerCase()
  const isDay = model.model.fields[field]!.type === 'date'
  const same =
    unit === 'day'
      ? `${isDay ? `this.${field}` : `day(this.${field})`} == today()`
      : `${unit}(this.${field}) == ${unit}(today())`
  return model.model.fields[field]!.optional ? `this.${field} != null && ${same}` : same
}

const out = /^(?:lent|lent out|on loan|out|borrowed|checked out|rented|rented out|hired|taken)$/i
const inAgain = /^(?:available|free|in|not lent|not lent out|not borrowed|on the shelf|at hand|there)$/i

/** "Books that are lent out", "available tools": of what comes back there is a row that is not over, or none. */
const lentOut = (draft: BehaviourDraft, model: Found, part: string): Which['over'] => {
  const said = plain(part)
  if (!out.test(said) && !inAgain.test(said)) return undefined
  const lending = draft
    .childrenOf(model)
    .filter(({ model: child }) => /(?:^|_)(?:loan|rental|lending|checkout|hire)$/.test(child.key) && saysOngoing(child))
  const [one, other] = lending
  if (!one || other || refOf(one.model.model.fields[one.field]?.type ?? '')?.model !== model.name) return undefined
  return {
    child: one.model,
    field: one.field,
    where: ongoing(one.model)
      .map((each) => each.replace(/\bthis\./g, 'that.'))
      .join(' && '),
    not: inAgain.test(said),
  }
}
