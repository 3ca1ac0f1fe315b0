import type { Step } from '../../../../schemas/generated/architecture.ts'
import { sentence as capital, sentence, withArticle } from '../language/words.ts'
import type { Outcome, Read } from './behaviour.ts'
import { wordsOf } from './between.ts'
import { canonical } from './canonical.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { type Groups, matching, numberOf, pattern } from './phrases.ts'
import { rowsOfDeed } from './rows-of-deed.ts'
import { addRule } from './rules.ts'
import { ensureHappening } from './told/ensure-happening.ts'
import { type Place, placeOf } from './told/happenings.ts'
import { type Happening, readHappening } from './told/read-told.ts'

const when = '(?:when(?:ever)?|once|as soon as|if|every time|each time|after|with each|with every)'
const down =
  '(?<down>goes down|go down|is reduced|are reduced|is decreased|are decreased|decreases?|is lowered|is deducted|are deducted|shrinks?|falls?|drops?|is taken off|is subtracted|reduces?|lowers?|must go down|should go down|is decremented)'
const up =
  '(?<up>goes up|go up|is increased|are increased|increases?|is raised|grows?|rises?|is added|are added|comes? back|is put back|are put back|must go up|should go up|is incremented|is refilled|gains?|gets?|receives?|earns?)'
const by =
  '(?: (?:by|of) (?:the )?(?:{amount}|(?<some>that amount|that much|as many|it|this|the same amount|the ordered (?:quantity|amount)|one each)))?(?: accordingly| automatically| again)?'

const patterns: readonly RegExp[] = [
  `${when} (?<event>.+?),? (?:the |its |their )*{value:6}(?: of (?:the |its |that |each |every |an? )*{holder})? (?:${down}|${up})${by}`,
  `(?:the |its )?{value}(?: of (?:the |its |that |each |an? )*{holder})? (?:${down}|${up})${by} ${when} (?<event>.+)`,
  `${when} (?<event>.+?),? (?:the |its |that |an? )*{holder} (?<up>gets|receives|earns|gains) (?:plus )?{n#} {value}`,
  `(?:the |an? |each |every )?{holder} (?<up>gets|receives|earns|gains) {n#} {value} (?:for (?:each|every|an?) {event2}|${when} (?<event>.+))`,
  `{n#} {value} (?<up>are added|are credited|go) to (?:the |its |that |an? )*{holder} (?:for (?:each|every|an?) {event2}|${when} (?<event>.+))`,
  `{value} (?<up>are added|are credited|are given) to (?:the |its |that |an? )*{holder} (?:for (?:each|every|an?) {event2}|${when} (?<event>.+))`,
  `(?:an?|each|every|the) {event2} (?<down>reduces|lowers|decreases|takes from|is deducted from|is taken from) (?:the |its )?{value}(?: of (?:the |its |that |an? )*{holder})?${by}`,
  `(?:an?|each|every|the) {event2} (?<up>increases|raises|adds to|is added to) (?:the |its )?{value}(?: of (?:the |its |that |an? )*{holder})?${by}`,
].map(pattern)
const stocks: readonly RegExp[] = [
  `(?:we|you|one|people|users|{who}) <cannot> (?:sell|order|buy|take|ship|hand out|give out|use) more(?: of (?:a |an |the )?{thing}| {thing})? than (?:we have|there (?:is|are)|is|are|what is)(?: (?:in|on|at))?(?: stock| hand| available| left| the shelf)*`,
  `nobody can (?:sell|order|buy|take|ship|hand out|give out|use) more(?: of (?:a |an |the )?{thing}| {thing})? than (?:we have|there (?:is|are)|is|are|what is)(?: (?:in|on|at))?(?: stock| hand| available| left| the shelf)*`,
  `(?:an? |the )?{thing} <cannot> be (?:sold|ordered|bought) (?:more often than|more than|beyond) (?:what )?(?:we have|there is|there are|is|are)?(?: (?:in|on))?(?: stock| hand| available)*`,
].map(pattern)
const backs: readonly RegExp[] = [
  '(?:cancel+ing|cancel+ation of|returning|deleting|removing) (?:the |an? |its )?{event2} (?:gives|puts|brings|returns|frees|releases|makes) (?:the |its |a |back )*(?<value>seats?|places?|spots?|stock|copy|copies|items?|slots?|room|table|court|time)(?: back| free| available| up)?(?: again)?(?: to .+)?',
  `${when} (?:an? |the )?{event2} (?:is|are|gets) (?:cancelled|canceled|returned|deleted|withdrawn),? (?:the |its )?(?<value>seats?|places?|spots?|stock|copy|copies|items?|slots?|room|table|court|time) (?:is|are|becomes?|gets?) (?:free|available|given back|released|back)(?: again)?`,
].map(pattern)

/** Reads what changes with something else: the stock with each order, the points of a member. */
export const readEffect: Read = (sentence) => {
  const text = canonical(sentence)
  const back = matching(backs, text)
  if (back) return { said: sentence, rest: [], after: 3, apply: (draft) => applyBack(draft, back.groups) }
  const stock = matching(stocks, text)
  if (stock) return { said: sentence, rest: [], after: 2, apply: (draft) => applyStock(draft, stock.groups) }
  const found = matching(patterns, text)
  if (!found) return undefined
  const event = found.groups.event ? readHappening(found.groups.event) : undefined
  return {
    said: sentence,
    rest: [],
    after: 2,
    // Stock that goes up and down is no field of anything.
    ...(/^(?:stock|stock level|inventory|quantity)$/i.test(found.groups.value ?? '') && event ? { sure: true } : {}),
    ...(event ? { ahead: { said: sentence, rest: [], after: 1.5, apply: (draft) => ensureEvent(draft, event) } } : {}),
    apply: (draft) => apply(draft, found.groups),
  }
}

/** What has an effect is a step, with no way to take it twice; what happens as a row is made needs none. */
const ensureEvent = (draft: BehaviourDraft, event: Happening): Outcome => {
  const place = placeOf(draft, rowsOfDeed(draft, event))
  return typeof place !== 'string' && place.hook === 'create' ? { understood: [] } : ensureHappening(draft, event)
}

const stockNames =
  /^(?:stock|quantity|stock_quantity|number_of_\w+|\w+_in_stock|quantity_in_stock|in_stock|units_in_stock|on_hand|number_in_stock|available|inventory|amount_in_stock|pieces|bottles|units)$/
const amountNames = /^(?:quantity|amount|number|count|pieces|units|qty|number_of_\w+|bottles|litres)$/

const holderOf = (draft: BehaviourDraft, said: Groups, value: string): { model: Found; field: string } | undefined => {
  const named = said.holder ? draft.findModel(said.holder) : undefined
  const stock = /^(?:stock|inventory|quantity|number in stock|stock level|quantity in stock)$/i.test(value)
  for (const model of named ? [named] : draft.models()) {
    const field =
      draft.findField(model, value) ??
      (stock ? Object.keys(model.model.fields).find((name) => stockNames.test(name)) : undefined)
    if (field && /^(?:int|decimal)$/.test(model.model.fields[field]?.type ?? '')) return { model, field }
  }
  if (!named) return undefined
  const name = value.toLowerCase().replace(/[^a-z]+/g, '_')
  return { model: named, field: draft.ensureField(named, name, { type: 'int', default: 0 }) }
}

/** What happens, with the rows that say of what and how much. */
const apply = (draft: BehaviourDraft, said: Groups): Outcome => {
  const value = said.value!.replace(/^(?:stock level|stock count|stocks)$/i, 'stock')
  const holder = holderOf(draft, said, value)
  if (!holder) return { unresolved: `Nothing here has a number called ${said.value}.` }
  const happening = said.event
    ? readHappening(said.event)
    : said.event2
      ? ({ kind: 'created', thing: said.event2 } as const)
      : undefined
  const place = happening ? placeOf(draft, rowsOfDeed(draft, happening)) : 'It does not say when.'
  if (typeof place === 'string') return { unresolved: place }
  const rows = rowsBetween(draft, place.model, holder.model)
  if (!rows)
    return {
      unresolved: `${sentence(withArticle(place.model.words))} does not say which ${holder.model.words} it is about.`,
    }
  const number = numberOf(said.n) ?? numberOf(said.amount)
  const amount = number === undefined ? amountOf(draft, rows.model, said) : String(number)
  if (said.amount && amount === undefined)
    return { unresolved: `${capital(withArticle(rows.model.words))} has no number “${said.amount}”.` }
  const sign = said.down ? '-' : '+'
  const type = rows.model.model.fields[amount ?? '']?.type
  if (type === 'float') return { unresolved: `The ${wordsOf(amount!)} is no exact number.` }
  change(place, rows, holder, sign, amount)
  if (said.down) neverBelow(holder)
  const many = amount && !/^\d/.test(amount) ? `the ${wordsOf(amount)}` : (amount ?? '1')
  const words = rows.through !== undefined && place.hook === 'create' ? 'is new' : place.words
  return {
    understood: [
      `When ${withArticle(rows.through && words === 'is new' ? rows.model.words : place.model.words)} ${words.replace(/' \+ .*$/, 'in another state')}, the ${wordsOf(holder.field)} of its ${holder.model.words} goes ${said.down ? 'down' : 'up'} by ${many}.`,
    ],
    ...(said.down
      ? { assumptions: [`The ${wordsOf(holder.field)} never goes below zero: what would take it there is refused.`] }
      : {}),
  }
}

type Rows = { model: Found; ref: string; through?: string | undefined }

/** The rows that refer to the holder: the thing itself, or its lines. */
const rowsBetween = (draft: BehaviourDraft, from: Found, holder: Found): Rows | undefined => {
  const own = draft.refFrom(from, holder)
  if (own) return { model: from, ref: own }
  for (const { model, field } of draft.childrenOf(from)) {
    const ref = draft.refFrom(model, holder)
    if (ref) return { model, ref, through: field }
  }
  return from.name === holder.name ? { model: from, ref: 'id' } : undefined
}

const amountOf = (draft: BehaviourDraft, model: Found, said: Groups): string | undefined => {
  const named = said.amount ? draft.findField(model, said.amount) : undefined
  const numbers = Object.entries(model.model.fields)
    .filter(([, { type }]) => type === 'int')
    .map(([name]) => name)
  return (
    named ??
    (numbers.length === 1 ? numbers[0] : undefined) ??
    Object.keys(model.model.fields).find(
      (name) => amountNames.test(name) && /^(?:int|decimal)$/.test(model.model.fields[name]!.type),
    )
  )
}

const change = (
  place: Place,
  rows: Rows,
  holder: { model: Found; field: string },
  sign: string,
  amount: string | undefined,
): void => {
  const onLines = rows.through !== undefined && place.hook !== 'create'
  const of = onLines ? 'line' : 'this'
  const much = amount === undefined ? '1' : /^\d/.test(amount) ? amount : `${of}.${amount}`
  const set = (row: string): Step => ({
    set: { of: row, values: { [holder.field]: `${row}.${holder.field} ${sign} ${much}` } },
  })
  if (rows.ref === 'id') return place.add([set('this')])
  const each: Step = {
    each: {
      as: holder.model.key,
      model: holder.model.name,
      where: `${holder.model.key}.id == ${of}.${rows.ref}`,
      do: [set(holder.model.key)],
    },
  }
  if (!rows.through) place.add([each])
  else if (!onLines) addToCreate(rows.model, each)
  else
    place.add([{ each: { as: 'line', model: rows.model.name, where: `line.${rows.through} == this.id`, do: [each] } }])
}

const addToCreate = (model: Found, step: Step): void => {
  const hook = model.model.on?.create ?? {}
  model.model.on = { ...model.model.on, create: { ...hook, do: [...(hook.do ?? []), step] } }
}

const neverBelow = ({ model, field }: { model: Found; field: string }): void =>
  addRule(model, {
    name: `enough_${field}`,
    message: `There is not enough ${wordsOf(field)} of this ${model.words}.`,
    check: `this.${field} >= 0`,
  })

/** "we can not sell more than we have": every sale takes from the stock, which is never below zero. */
const applyStock = (draft: BehaviourDraft, said: Groups): Outcome => {
  const found = said.thing ? draft.findModel(said.thing) : undefined
  const named = found && draft.childrenOf(found).length > 0 ? found : undefined
  const holder = (named ? [named] : draft.models())
    .map((model) => ({
      model,
      field: Object.keys(model.model.fields).find(
        (name) => stockNames.test(name) && model.model.fields[name]!.type === 'int',
      ),
    }))
    .find(
      ({ model, field }) =>
        field !== undefined &&
        draft
          .childrenOf(model)
          .some((one) => amountOf(draft, one.model, {}) !== undefined || /order|sale|line|item/.test(one.model.key)),
    )
  if (!holder?.field) return { unresolved: 'Nothing here has a stock that is sold from.' }
  const stock = { model: holder.model, field: holder.field }
  neverBelow(stock)
  const children = draft.childrenOf(holder.model)
  const takes = children.filter(({ model }) =>
    /(?:order|sale|line|item|purchase|issue|withdrawal|pick|consumption|usage|booking|basket)/.test(model.key),
  )
  const candidates =
    takes.length > 0 ? takes : children.filter(({ model }) => !/deliver|restock|arrival|supply|return/.test(model.key))
  const child = candidates.find(({ model }) => amountOf(draft, model, {}) !== undefined) ?? candidates[0]
  if (!child)
    return { unresolved: `Nothing here takes from the ${wordsOf(stock.field)} of ${withArticle(holder.model.words)}.` }
  const amount = amountOf(draft, child.model, {})
  const step: Step = {
    each: {
      as: holder.model.key,
      model: holder.model.name,
      where: `${holder.model.key}.id == this.${child.field}`,
      do: [
        {
          set: {
            of: holder.model.key,
            values: { [stock.field]: `${holder.model.key}.${stock.field} - ${amount ? `this.${amount}` : '1'}` },
          },
        },
      ],
    },
  }
  const changes = JSON.stringify(draft.models().map(({ model }) => [model.on, model.states])).includes(
    `${holder.model.key}.${stock.field} -`,
  )
  if (!changes) addToCreate(child.model, step)
  return {
    understood: [
      `${capital(withArticle(child.model.words))} takes from the ${wordsOf(stock.field)} of its ${holder.model.words}, which is never below zero.`,
    ],
  }
}

/** "cancelling gives the seat back": what is cancelled no longer counts, and stock is added again. */
const applyBack = (draft: BehaviourDraft, said: Groups): Outcome => {
  const model = draft.findModel(said.event2!)
  if (!model) return { unresolved: `There is no ${said.event2} here.` }
  const counted = model.model.rules?.some(({ limit, exclude, unique, where }) => (limit || exclude || unique) && where)
  if (counted)
    return { understood: [`What becomes of ${withArticle(model.words)} that is cancelled or returned is free again.`] }
  const took = model.model.on?.create?.do?.find((step) => step.each && JSON.stringify(step.each.do).includes(' - '))
  const back = took ? (JSON.parse(JSON.stringify(took).replace(/ - (?=this\.|\d)/g, ' + ')) as Step) : undefined
  const cancel = Object.entries(model.model.states?.transitions ?? {}).find(([name]) =>
    /cancel|return|withdraw/.test(name),
  )?.[1]
  if (back && cancel) cancel.do = [...(cancel.do ?? []), back]
  else if (back) {
    const hook = model.model.on?.delete ?? {}
    model.model.on = { ...model.model.on, delete: { ...hook, do: [...(hook.do ?? []), back] } }
  } else if (model.model.rules?.some(({ limit, exclude }) => limit ?? exclude))
    return { understood: [`${sentence(withArticle(model.words))} that is deleted no longer counts.`] }
  else return { unresolved: `${sentence(withArticle(model.words))} takes nothing that could be given back.` }
  return { understood: [`What a ${model.words} took is given back when it is ${cancel ? 'cancelled' : 'deleted'}.`] }
}
