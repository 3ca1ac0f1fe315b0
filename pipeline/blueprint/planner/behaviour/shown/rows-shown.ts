import type { Field } from '../../../../../schemas/generated/architecture.ts'
import { singularName, toName } from '../../language/words.ts'
import { baseVerb, linkNouns } from '../../lexicon/verbs.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import type { Shown } from './read-shown.ts'

/** Rows that refer to a thing, and which of them. */
export type Rows = { name: string; ref: string; key: string; fields: { [name: string]: Field }; where?: string }

export const keyWords = (words: string): string[] => words.split(/\s+/).filter((word) => word !== '')

/** The rows that words mean: "donations", "open tasks", "correct answers". */
export const rowsOf = (draft: BehaviourDraft, model: Found, words: string): Rows | undefined => {
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
  fields: withWorkedOut(model),
})

/** The fields of a row with the numbers that it works out of them, which are added up as well: quantity times price. */
const withWorkedOut = ({ model }: Found): { [name: string]: Field } => ({
  ...model.fields,
  ...Object.fromEntries(
    Object.entries(model.computed ?? {}).flatMap(([name, { type, scale, expr }]) =>
      expr === undefined || !/^(?:int|float|decimal)$/.test(type)
        ? []
        : [[name, { type, ...(scale === undefined ? {} : { scale }), description: workedOut } as Field]],
    ),
  ),
})
const workedOut = 'worked out'

/** "amounts donated", "the rating": the only rows of which such a number is known. */
export const rowsByField = (draft: BehaviourDraft, model: Found, value: Shown, words: string): Rows | undefined => {
  const children = draft.childrenOf(model)
  if (value.take === 'count' || value.take === 'exists') {
    // "how often it was borrowed": the rows that such a deed leaves; "how many hours": those that have hours.
    const deed = children.find(({ model: child }) => words.length > 3 && deeds[words] === child.key)
    if (deed) return rowsIn(deed.model, deed.field)
    const measured = children
      .map(({ model: child, field }) => rowsIn(child, field))
      .filter((rows) => measuredIn(rows, words))
    return value.take === 'count' && measured.length === 1 ? measured[0] : undefined
  }
  const fitting = children.map(({ model: child, field }) => rowsIn(child, field))
  const named = fitting.filter((rows) => fieldOf(rows, value.field ?? words, value.take, true) !== undefined)
  if (named.length === 1) return named[0]
  const counted = fitting.filter((rows) => fieldOf(rows, '', value.take) !== undefined)
  return counted.length === 1 ? counted[0] : undefined
}

/** "Approved hours", "the paid amount": of those of the rows with such a number that are so. */
export const someByField = (draft: BehaviourDraft, model: Found, value: Shown, words: string): Rows | undefined => {
  const [first, ...rest] = keyWords(words)
  if (!first || rest.length === 0) return undefined
  const rows = rowsByField(draft, model, value, rest.join(' '))
  const where =
    rows && !Object.hasOwn(rows.fields, toName([first, ...rest])) ? conditionOn(rows.fields, first) : undefined
  return rows && where ? { ...rows, where } : undefined
}

const deeds: { readonly [participle: string]: string } = {
  gave: 'donation',
  given: 'donation',
  coming: 'registration',
  come: 'registration',
  came: 'attendance',
  attending: 'registration',
  going: 'registration',
  signed: 'registration',
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

/** The rows that a deed of people leaves with a thing: "signed up" its registrations; else the only ones that people make of it. */
export const rowsOfDeed = (draft: BehaviourDraft, model: Found, deed: string): Rows | undefined => {
  const children = draft.childrenOf(model)
  const verb = deed.toLowerCase().replace(/ (?:up|part|in)$/, '')
  const nouns = [
    deeds[verb],
    ...[verb, verb.replace(/ed$/, ''), verb.replace(/d$/, ''), baseVerb(verb)].map((one) => linkNouns.get(one)),
  ]
  const named = children.find(
    ({ model: child }) => nouns.includes(child.key) || nouns.includes(child.key.replace(`${model.key}_`, '')),
  )
  const made = children.filter(
    ({ model: child }) => child.api.owner !== undefined && !/comment|message|photo|note/.test(child.key),
  )
  const one = named ?? (made.length === 1 ? made[0] : undefined)
  return one && rowsIn(one.model, one.field)
}

/** The number that words name exactly: the hours of time entries. */
export const measuredIn = (rows: Rows, words: string): string | undefined => {
  const key = toName(keyWords(words))
  return Object.keys(rows.fields).find(
    (name) =>
      /^(?:int|float|decimal)$/.test(rows.fields[name]!.type) &&
      (name === key || name === `${key}s` || name === singularName(key)),
  )
}

/** What words just before were about, or the only rows there are. */
export const onlyRows = (draft: BehaviourDraft, model: Found): Rows | undefined => {
  const all = draft.childrenOf(model)
  const counted = all.filter(
    ({ model: child }) =>
      fieldOf({ name: '', ref: '', key: '', fields: withWorkedOut(child) }, '', 'sum') !== undefined,
  )
  const one = all.length === 1 ? all[0] : counted.length === 1 ? counted[0] : undefined
  return one && { name: one.model.name, ref: one.field, key: one.model.key, fields: withWorkedOut(one.model) }
}

const likely =
  /^(?:amount|total|price|sum|value|rating|stars|score|points|hours|minutes|duration|quantity|weight|distance|cost|grade)/

/** The number that is meant: named, of a likely name, or the only one. */
export const fieldOf = (rows: Rows, words: string, take: Shown['take'], named = false): string | undefined => {
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
  const worked = plain.filter((name) => rows.fields[name]!.description === workedOut)
  if (take === 'sum' && worked.length === 1) return worked[0]
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
