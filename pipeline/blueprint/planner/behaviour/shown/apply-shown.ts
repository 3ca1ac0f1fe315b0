import type { Computed, Field } from '../../../../../schemas/generated/architecture.ts'
import { refOf, toWords } from '../../../names.ts'
import { plural, pluralName, sentence, toName } from '../../language/words.ts'
import type { Outcome } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { ongoing, where } from '../rules.ts'
import { markOf } from '../toggles/verbs.ts'
import type { Shown, ShownSpec } from './read-shown.ts'

/** Rows that refer to a thing, and which of them. */
type Rows = { name: string; ref: string; key: string; fields: { [name: string]: Field }; where?: string }

/** Puts values on a model that are counted or added up when they are asked for. */
export const applyShown = (draft: BehaviourDraft, spec: ShownSpec & { name?: string }): Outcome => {
  const model = spec.thing ? draft.findModel(spec.thing) : onlyWith(draft, spec.values[0]!.of)
  if (!model)
    return {
      unresolved: spec.thing
        ? `There is no “${spec.thing}” that could show this.`
        : `It is not clear what has ${spec.values[0]!.of}.`,
    }
  const understood: string[] = []
  let last: Rows | undefined
  for (const value of spec.values) {
    const made =
      value.take === 'share'
        ? share(draft, model, last)
        : value.take === 'left'
          ? left(draft, model, value)
          : over(draft, model, value, last)
    if (typeof made === 'string') return { unresolved: made }
    if (made.rows) last = made.rows
    const name = put(
      model,
      spec.values.length === 1 && spec.name && made.computed ? toName(spec.name.toLowerCase().split(/\s+/)) : made.name,
      made.computed,
    )
    understood.push(`${sentence(plural(model.words))} show ${toWords(name)}: ${made.words}.`)
  }
  return { understood }
}

/** The only thing that has such a field. */
const onlyWith = (draft: BehaviourDraft, words: string): Found | undefined => {
  const having = draft.models().filter((model) => draft.findField(model, words) !== undefined)
  return having.length === 1 ? having[0] : undefined
}

type Made = { name: string; computed: Computed | undefined; words: string; rows?: Rows }

/** Adds a computed value where there is none of that name; a stored field that was only asked for by these words gives way. */
const put = (model: Found, name: string, computed: Computed | undefined): string => {
  if (!computed) return name
  const { model: shape } = model
  const stored = shape.fields[name]
  if (stored && /^(?:int|float|decimal)$/.test(stored.type)) delete shape.fields[name]
  shape.computed = { ...shape.computed, [name]: computed }
  const list = model.api.list
  if (!list) return name
  for (const key of ['filter', 'range', 'search'] as const)
    if (list[key]) list[key] = list[key].filter((field) => field !== name)
  if (!list.sort.includes(name) && computed.type !== 'bool') list.sort.push(name)
  return name
}

const over = (draft: BehaviourDraft, model: Found, value: Shown, last: Rows | undefined): Made | string => {
  const words = value.of.toLowerCase().trim()
  const marked = toggleCount(model, words)
  if (marked && value.take === 'count') return { name: marked, computed: undefined, words: `how many ${words}` }
  const rows =
    words === ''
      ? (last ?? onlyRows(draft, model))
      : (rowsOf(draft, model, words) ?? rowsByField(draft, model, value, words))
  if (!rows) return `No ${words || 'things'} belong to ${plural(model.words)}.`
  const from = `${rows.name}.${rows.ref}`
  const where = rows.where ? { where: rows.where } : {}
  const many = pluralName(rows.key)
  const prefix = rows.where ? `${toName(words.split(/\s+/).slice(0, -1))}_` : ''
  if (value.take === 'count' || value.take === 'exists') {
    const counts = value.take === 'count'
    return {
      name: counts ? `${prefix}${many}_count` : `has_${many}`,
      computed: { type: counts ? 'int' : 'bool', over: { take: value.take, from, ...where } },
      words: counts ? `the number of ${words || toWords(many)}` : `whether there are ${words || toWords(many)}`,
      rows,
    }
  }
  const take = value.take as 'sum' | 'avg' | 'min' | 'max'
  const field = fieldOf(rows, value.field ?? words, take)
  if (!field)
    return `${sentence(toWords(many))} have no number that could be ${take === 'sum' ? 'added up' : 'compared'}.`
  const spec = rows.fields[field]!
  if (value.newest && !/^date/.test(spec.type))
    return `The newest ${toWords(field)} is not shown with each ${model.words}; the list of ${toWords(many)} has it, newest first.`
  const type = take === 'avg' && spec.type === 'int' ? 'float' : spec.type
  const name = { sum: 'total', avg: 'average', min: 'lowest', max: 'highest' }[take]
  const time = /^date/.test(spec.type)
  return {
    name: time ? `${take === 'min' ? 'first' : 'last'}_${field}` : `${name}_${field}`,
    computed: {
      type,
      ...(type === 'decimal' && spec.scale !== undefined ? { scale: spec.scale } : {}),
      over: { take, from, field, ...where },
    },
    words: `the ${time ? (take === 'min' ? 'first' : 'last') : name} ${toWords(field)} of ${toWords(many)}`,
    rows,
  }
}

/** Likes, votes and the like are counted where they are made. */
const toggleCount = (model: Found, words: string): string | undefined =>
  Object.values(model.api.toggles ?? {}).length > 0 &&
  Object.hasOwn(model.model.computed ?? {}, markOf(words)?.count ?? '')
    ? markOf(words)!.count
    : Object.keys(model.model.computed ?? {}).find(
        (name) =>
          name === `${pluralName(toName(words.split(/\s+/)))}_count` || name === `${toName(words.split(/\s+/))}_count`,
      )

const keyWords = (words: string): string[] => words.split(/\s+/).filter((word) => word !== '')

/** The rows that words mean: "donations", "open tasks", "correct answers". */
const rowsOf = (draft: BehaviourDraft, model: Found, words: string): Rows | undefined => {
  const [first, ...rest] = keyWords(words)
  const child =
    rest.length > 0 && !draft.exactModel(toName(keyWords(words))) ? childOf(draft, model, rest.join(' ')) : undefined
  const where = child && first ? conditionOn(child.fields, first) : undefined
  return child && where ? { ...child, where } : childOf(draft, model, words)
}

/** The rows that refer to a thing, or those between it and what words mean: a course's students are its enrolments. */
const childOf = (draft: BehaviourDraft, model: Found, words: string): Rows | undefined => {
  const found = draft.findModel(words)
  if (!found) return undefined
  const ref = draft.refFrom(found, model)
  if (ref) return rowsIn(found, ref)
  const between = draft.childrenOf(model).find(({ model: child }) => draft.refFrom(child, found) !== undefined)
  return between && rowsIn(between.model, between.field)
}

const rowsIn = (model: Found, ref: string): Rows => ({
  name: model.name,
  ref,
  key: model.key,
  fields: model.model.fields,
})

/** "amounts donated", "the rating": the only rows of which such a number is known. */
const rowsByField = (draft: BehaviourDraft, model: Found, value: Shown, words: string): Rows | undefined => {
  if (value.take === 'count' || value.take === 'exists') {
    // "how often it was borrowed": the rows that such a deed leaves.
    const deed = draft.childrenOf(model).find(({ model: child }) => words.length > 3 && deeds[words] === child.key)
    return deed && { name: deed.model.name, ref: deed.field, key: deed.model.key, fields: deed.model.model.fields }
  }
  const fitting = draft
    .childrenOf(model)
    .map(({ model: child, field }) => ({ name: child.name, ref: field, key: child.key, fields: child.model.fields }))
  const named = fitting.filter((rows) => fieldOf(rows, value.field ?? words, value.take, true) !== undefined)
  if (named.length === 1) return named[0]
  const counted = fitting.filter((rows) => fieldOf(rows, '', value.take) !== undefined)
  return counted.length === 1 ? counted[0] : undefined
}

const deeds: { readonly [participle: string]: string } = {
  borrowed: 'loan',
  lent: 'loan',
  booked: 'booking',
  reserved: 'reservation',
  rented: 'rental',
  ordered: 'order',
  sold: 'sale',
  rated: 'rating',
  reviewed: 'review',
  visited: 'visit',
}

/** What words just before were about, or the only rows there are. */
const onlyRows = (draft: BehaviourDraft, model: Found): Rows | undefined => {
  const all = draft.childrenOf(model)
  const counted = all.filter(
    ({ model: child }) => fieldOf({ name: '', ref: '', key: '', fields: child.model.fields }, '', 'sum') !== undefined,
  )
  const one = all.length === 1 ? all[0] : counted.length === 1 ? counted[0] : undefined
  return one && { name: one.model.name, ref: one.field, key: one.model.key, fields: one.model.model.fields }
}

const likely =
  /^(?:amount|total|price|sum|value|rating|stars|score|points|hours|minutes|duration|quantity|weight|distance|cost|grade)/

/** The number that is meant: named, of a likely name, or the only one. */
const fieldOf = (rows: Rows, words: string, take: Shown['take'], named = false): string | undefined => {
  const key = toName(
    words
      .toLowerCase()
      .replace(/s$/, '')
      .split(/\s+/)
      .filter((word) => word !== ''),
  )
  const fits = take === 'min' || take === 'max' ? /^(?:int|float|decimal|date|datetime)$/ : /^(?:int|float|decimal)$/
  const numbers = Object.entries(rows.fields)
    .filter(([, field]) => fits.test(field.type) && !field.set && !field.key)
    .map(([name]) => name)
  const exact = key
    ? numbers.find(
        (name) => name === key || name === `${key}s` || name.startsWith(`${key}_`) || name.endsWith(`_${key}`),
      )
    : undefined
  if (exact || named) return exact
  const plain = numbers.filter((name) => /^(?:int|float|decimal)$/.test(rows.fields[name]!.type))
  // The price of each and how many: neither alone adds up to what it costs.
  if (take === 'sum' && priceOfEach(plain)) return undefined
  return plain.find((name) => likely.test(name)) ?? (plain.length === 1 ? plain[0] : undefined)
}

/** Whether rows have a price and a number of pieces, and nothing that is both together. */
export const priceOfEach = (numbers: readonly string[]): boolean =>
  numbers.some((name) => /^(?:price|unit_price|cost|price_each)$/.test(name)) &&
  numbers.some((name) => /^(?:quantity|qty|count|pieces|number|units)$/.test(name)) &&
  !numbers.some((name) => /(?:^|_)(?:amount|total|sum|subtotal)$/.test(name))

const conditionOn = (fields: { [name: string]: Field }, adjective: string): string | undefined => {
  const word = toName([adjective])
  for (const [name, field] of Object.entries(fields)) {
    if (field.type === 'bool' && (name === word || name === `is_${word}`)) return `that.${name}`
    if (field.type === 'enum' && field.values?.includes(word)) return `that.${name} == '${word}'`
  }
  const done = Object.entries(fields).find(
    ([name, field]) =>
      field.type === 'bool' && /^(?:done|completed|finished|closed|resolved|paid|returned)$/.test(name),
  )?.[0]
  if (done && /^(?:open|unfinished|pending|undone|outstanding|remaining|unpaid|unresolved)$/.test(word))
    return `!that.${done}`
  const returned = Object.entries(fields).find(
    ([name, field]) => field.optional && /^(?:returned|finished|ended|closed)_(?:at|on)$/.test(name),
  )?.[0]
  return returned && /^(?:open|current|active|ongoing|running)$/.test(word) ? `that.${returned} == null` : undefined
}

/** "free seats": what there is less what is taken. */
const left = (draft: BehaviourDraft, model: Found, value: Shown): Made | string => {
  const field = draft.findField(model, value.of)
  if (!field || !/^(?:int|float|decimal)$/.test(model.model.fields[field]!.type))
    return `${sentence(plural(model.words))} have no number of ${value.of}.`
  const limit = draft
    .models()
    .flatMap((child) =>
      (child.model.rules ?? []).flatMap(({ limit: held, where }) =>
        held?.per.some((per) => refOf(child.model.fields[per]?.type ?? '')?.model === model.name)
          ? [{ child, held, where }]
          : [],
      ),
    )[0]
  const taken = limit
    ? {
        name: limit.child.name,
        ref: limit.held.per.find((per) => refOf(limit.child.model.fields[per]?.type ?? '')?.model === model.name)!,
        key: limit.child.key,
        fields: limit.child.model.fields,
        where: limit.where?.replace(/\bthis\./g, 'that.'),
      }
    : takenBy(draft, model)
  if (!taken) return `It is not clear what takes ${value.of} of ${plural(model.words)}.`
  // Of what comes back or is called off, only what stands takes something.
  const name = taken.where && !limit ? `taken_${field}` : `${pluralName(taken.key)}_count`
  const count = put(model, name, {
    type: 'int',
    over: { take: 'count', from: `${taken.name}.${taken.ref}`, ...(taken.where ? { where: taken.where } : {}) },
  })
  return {
    name: `free_${field}`,
    computed: { type: 'int', expr: `this.${field} - this.${count}` },
    words: `${toWords(field)} less ${toWords(pluralName(taken.key))}`,
    rows: taken as Rows,
  }
}

const takenBy = (draft: BehaviourDraft, model: Found): Rows | undefined => {
  const rows = onlyRows(draft, model)
  const child = rows && draft.portOf(rows.name)
  const open = child ? where(ongoing(child)).where : undefined
  return rows && (open ? { ...rows, where: open.replace(/\bthis\./g, 'that.') } : rows)
}

/** "progress towards the goal": what was added up, in percent of what was aimed at. */
const share = (draft: BehaviourDraft, model: Found, last: Rows | undefined): Made | string => {
  const goal = Object.keys(model.model.fields).find(
    (name) =>
      /(?:^|_)(?:goal|target|budget|quota|limit)(?:_|$)/.test(name) &&
      /^(?:int|float|decimal)$/.test(model.model.fields[name]!.type),
  )
  const rows = last ?? onlyRows(draft, model)
  const field = rows && fieldOf(rows, '', 'sum')
  if (!goal || !rows || !field) return `${sentence(plural(model.words))} have no goal, or nothing that adds up to it.`
  const spec = rows.fields[field]!
  const total = put(model, `total_${field}`, {
    type: spec.type,
    ...(spec.type === 'decimal' && spec.scale !== undefined ? { scale: spec.scale } : {}),
    over: { take: 'sum', from: `${rows.name}.${rows.ref}`, field },
  })
  const type =
    spec.type === 'float' || model.model.fields[goal]!.type === 'float'
      ? 'float'
      : spec.type === 'decimal' || model.model.fields[goal]!.type === 'decimal'
        ? 'decimal'
        : 'int'
  return {
    name: 'percent_of_goal',
    computed: {
      type,
      ...(type === 'decimal' ? { scale: 2 } : {}),
      expr: `this.${total} * 100${type === 'float' ? '.0' : ''} / this.${goal}`,
    },
    words: `${toWords(total)} in percent of the ${toWords(goal)}`,
    rows,
  }
}
