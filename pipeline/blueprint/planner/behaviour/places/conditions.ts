import type { Field } from '../../../../../schemas/generated/architecture.ts'
import { allOf } from '../../../../expressions/conjunction.ts'
import type { Found } from '../find.ts'
import { durationOf, durationPattern, secondsOf } from '../terms/durations.ts'
import { numberOf, numberPattern } from '../terms/numbers.ts'
import { createdField, dueField, findField, isNumber, isTime, timeField } from './fields.ts'
import { stateAndBehind } from './not-yet.ts'

/** A condition on rows in CEL, and in words for a person. */
export type Condition = { text: string; words: string }

const lead =
  /^(?:(?:that|which|who|whose|where|with|if|and|but|they|it|the|its|is|are|was|were|be|been|being|have|has|had|still|yet|already|currently|now|all|any|ones?|those|of them|an?)\s+)+/i
/** Words that say the same of a row. */
const synonyms: readonly (readonly string[])[] = [
  ['done', 'finished', 'completed', 'complete', 'closed', 'resolved'],
  ['paid', 'settled'],
  ['returned', 'brought_back', 'back'],
  ['cancelled', 'canceled', 'called_off'],
  ['approved', 'accepted', 'confirmed'],
  ['rejected', 'declined', 'refused'],
  ['published', 'public', 'visible'],
  ['archived', 'inactive', 'retired'],
  ['answered', 'replied'],
]
const opposites: Readonly<Record<string, string>> = { in: 'out', closed: 'open' }

const quoted = (value: string): string => `"${value.replace(/["\\]/g, '')}"`
const plainValue = (value: string): string => value.toLowerCase().replace(/[_-]/g, ' ')

/**
 * Returns the condition that words put on the rows of a model: "unpaid", "that are not paid within 15 minutes",
 * "older than 90 days", "with stock below 10", "whose status is open". `row` is the name of the row in the expression.
 * Undefined where the model has nothing that the words could mean.
 */
export const conditionFor = (place: Found, said: string, row: string): Condition | undefined => {
  const text = said
    .trim()
    .replace(/[.,;]+$/, '')
    .replace(/\b(?:ha(?:ve|s)|did|do(?:es)?|is|are|was|were) ?n['o]t\b/gi, 'not')
    .replace(/\bno longer\b/gi, 'not')
    .replace(/\bnever (?:been )?/gi, 'not ')
  if (!text) return undefined
  for (const [joint, sign] of [
    [/\s*(?:,\s*|\s+)or\s+/i, '||'],
    [/\s*(?:,\s*|\s+)(?:and|but)\s+(?!\d)/i, '&&'],
  ] as const) {
    const parts = text.split(joint)
    if (parts.length < 2) continue
    const each = parts.map((part) => conditionFor(place, part, row))
    if (each.every((one) => one !== undefined))
      return {
        text: sign === '&&' ? allOf(each.map((one) => one.text)) : each.map((one) => one.text).join(' || '),
        words: text,
      }
  }
  const found =
    olderThan(place, text, row) ??
    within(place, text, row) ??
    compared(place, text, row) ??
    timed(place, text, row) ??
    valued(place, text, row)
  return found ? { text: found, words: text.replace(lead, '') } : undefined
}

const before = (place: Found, field: string, seconds: number, row: string): string =>
  place.model.fields[field]?.type === 'date'
    ? `${row}.${field} < day(now - ${durationOf(seconds)})`
    : `${row}.${field} < now - ${durationOf(seconds)}`

const idle =
  /^(?:not (?:touched|changed|updated|edited)|inactive|idle|unchanged|untouched|without (?:any )?(?:activity|changes?|updates?|movement)|with no (?:activity|changes?|updates?))$/i

const olderThan = (place: Found, text: string, row: string): string | undefined => {
  const found =
    new RegExp(
      `(?:older than|for (?:more than|over|at least)|more than|after|over) (${durationPattern})(?: (?:old|ago))?$`,
      'i',
    ).exec(text) ?? stillFor(text)
  const seconds = found ? secondsOf(found[1]!) : undefined
  if (!found || seconds === undefined) return undefined
  const rest = text.slice(0, found.index).replace(lead, '').trim()
  const overdue = /^(?:overdue|past (?:its|their|the) due date|late|expired)/i.test(rest)
  const due = overdue ? dueField(place) : undefined
  if (due) return [before(place, due, seconds, row), notDone(place, row)].filter(Boolean).join(' && ')
  const created = createdField(place)
  const updated = Object.entries(place.model.fields).find(([, field]) => field.set === 'updated')?.[0]
  const unchanged =
    /^(?:not )?(?:touched|changed|updated|edited|used|active|inactive|idle|unchanged|without (?:any )?(?:activity|changes?|answers?|updates?|movement)|with no (?:activity|changes?|updates?))\b/i.test(
      rest,
    )
  const own = timeField(place)
  // What may be left out tells of no row how old it is.
  const aged = own && place.model.fields[own]?.optional && created ? created : own
  const since = unchanged ? updated : rest === '' ? aged : (sentField(place) ?? created)
  const time = created && /older than/i.test(found[0]) && rest === '' ? oldBy(place, created) : since
  if (!time) return undefined
  if (rest === '' || unchanged) return before(place, time, seconds, row)
  const other = conditionFor(place, rest, row)
  return other ? `${other.text} && ${before(place, time, seconds, row)}` : undefined
}

/** "without activity for 60 days" */
const stillFor = (text: string): RegExpExecArray | null => {
  const found = new RegExp(`(?:for|in|since) (${durationPattern})$`, 'i').exec(text)
  const rest = found ? text.slice(0, found.index).trim() : ''
  return idle.test(rest) || idle.test(rest.replace(lead, '')) ? found : null
}

/** When it went out: from then on people wait for it. */
const sentField = (place: Found): string | undefined =>
  Object.keys(place.model.fields).find(
    (name) =>
      /^(?:sent|issued|billed|invoiced)_(?:on|at|date)$|^(?:invoice|issue|sending|billing)_date$|^date_(?:sent|issued)$/.test(
        name,
      ) && isTime(place.model.fields[name]),
  )

/** What is old by the day it happened on, else by when it was made. */
const oldBy = (place: Found, created: string): string => {
  const time = timeField(place)
  return time && /(?:_on|_at|date|time|timestamp|day)$/.test(time) ? time : created
}

const within = (place: Found, text: string, row: string): string | undefined => {
  const found = new RegExp(`^(.*?)\\s*\\b(?:within|in|for|after) (${durationPattern})(?: (?:of|after) .+)?$`, 'i').exec(
    text,
  )
  const seconds = found ? secondsOf(found[2]!) : undefined
  const created = createdField(place)
  if (!found || seconds === undefined || !created) return undefined
  const other = conditionFor(place, found[1]!, row)
  return other ? `${other.text} && ${before(place, created, seconds, row)}` : undefined
}

const comparisons: readonly (readonly [RegExp, string])[] = [
  [
    /^(?:is |are |of |has |have |was |goes |drops |falls )?(?:below|under|less than|fewer than|lower than|smaller than|<)$/i,
    '<',
  ],
  [
    /^(?:is |are |of |has |have |was |goes |rises )?(?:above|over|more than|greater than|higher than|exceed(?:s|ing)?|>)$/i,
    '>',
  ],
  [/^(?:is |are |of |has |have )?(?:at least|>=|or more)$/i, '>='],
  [/^(?:is |are |of |has |have )?(?:at most|up to|<=|no more than)$/i, '<='],
  [/^(?:is|are|equals?|=|of)$/i, '=='],
]

const compared = (place: Found, said: string, row: string): string | undefined => {
  const text = said.replace(lead, '')
  const limit = new RegExp(
    `^(?:(?:an?|the|their|its) )?([\\p{L}][\\p{L} _-]*?) ((?:is |are |of |has |have |was |goes |drops |falls |rises )?(?:below|under|less than|fewer than|lower than|smaller than|above|over|more than|greater than|higher than|exceeds?|exceeding|at least|at most|up to|no more than|<=?|>=?|equals?|=|is|are|of))\\s+(${numberPattern})(?:\\s*[\\p{L}%€$]+)?$`,
    'iu',
  ).exec(text)
  if (limit) {
    const field = findField(place, limit[1]!)
    const sign = comparisons.find(([pattern]) => pattern.test(limit[2]!.trim()))?.[1]
    const value = numberOf(limit[3]!)
    const shape = field ? place.model.fields[field] : undefined
    if (field && sign && value !== undefined && isNumber(shape))
      return `${row}.${field} ${sign} ${literal(shape!, value)}`
    return undefined
  }
  const front = new RegExp(
    `^(more than|over|at least|less than|fewer than|under|below|above|at most) (${numberPattern}) ([\\p{L} _-]+)$`,
    'iu',
  ).exec(text)
  if (front) {
    const field =
      findField(place, front[3]!) ??
      findField(place, front[3]!.replace(/^(?:percent|per cent|euros?|dollars?|points?|litres?|kg|km)(?: of)? /i, ''))
    const sign = comparisons.find(([pattern]) => pattern.test(front[1]!))?.[1]
    const value = numberOf(front[2]!)
    const shape = field ? place.model.fields[field] : undefined
    if (field && sign && value !== undefined && isNumber(shape))
      return `${row}.${field} ${sign} ${literal(shape!, value)}`
  }
  // "with high priority"
  const [, value = '', named = ''] = /^(?:an? |the )?([\p{L}-]+) ([\p{L}]+)$/iu.exec(text) ?? []
  const valuable = named ? findField(place, named) : undefined
  if (valuable && place.model.fields[valuable]?.type === 'enum')
    return equal(valuable, place.model.fields[valuable]!, value, false, row)
  const equation = /^(?:the |their |its )?([\p{L} _-]+?) (?:is|are|=|equals) (not )?["']?([\p{L}\d _-]+?)["']?$/iu.exec(
    text,
  )
  if (equation) {
    const field = findField(place, equation[1]!)
    const shape = field ? place.model.fields[field] : undefined
    if (field && shape) return equal(field, shape, equation[3]!, equation[2] !== undefined, row)
  }
  return undefined
}

/** A number in the type of its field; money is exact and takes whole numbers too. */
const literal = (field: Field, value: number): string =>
  field.type === 'float' && Number.isInteger(value) ? `${value}.0` : String(value)

const equal = (field: string, shape: Field, said: string, not: boolean, row: string): string | undefined => {
  const value = said.toLowerCase().trim()
  if (shape.type === 'bool') return truth(`${row}.${field}`, /^(?:true|yes|set|on|1)$/.test(value) !== not)
  if (/^(?:empty|missing|null|unset|not set|open)$/.test(value) && shape.optional)
    return `${row}.${field} ${not ? '!=' : '=='} null`
  const known = shape.values?.find((one) => plainValue(one) === plainValue(value))
  if (shape.type === 'enum') return known ? `${row}.${field} ${not ? '!=' : '=='} ${quoted(known)}` : undefined
  return shape.type === 'string' ? `${row}.${field} ${not ? '!=' : '=='} ${quoted(said.trim())}` : undefined
}

const truth = (path: string, holds: boolean): string => (holds ? path : `!${path}`)

/** Conditions on the moment: overdue, expired, past, upcoming. */
const timed = (place: Found, said: string, row: string): string | undefined => {
  const text = said.replace(lead, '').toLowerCase()
  const today = (field: string, sign: '<' | '>'): string =>
    place.model.fields[field]?.type === 'date' ? `${row}.${field} ${sign} today()` : `${row}.${field} ${sign} now`
  if (
    /^(?:overdue|late|past due|(?:past|over|beyond|after|missed) (?:its|their|the) (?:due date|deadline|return date|term)|(?:due date|deadline) (?:has |is )?(?:passed|gone|over|past))$/.test(
      text,
    )
  ) {
    const field = dueField(place)
    return field ? [today(field, '<'), notDone(place, row)].filter(Boolean).join(' && ') : undefined
  }
  const passed =
    /^(?:the |their |its |an? )?([\p{L} _-]+?) (?:has |have |is |are |was |were )?(?:passed|gone by|over|past|reached|in the past|come|arrived|before today|behind us)$/u.exec(
      said.toLowerCase(),
    )
  const field = passed
    ? (findField(place, passed[1]!) ?? (/date|deadline|time|expir/.test(passed[1]!) ? dueField(place) : undefined))
    : undefined
  if (field && isTime(place.model.fields[field])) return today(field, '<')
  if (valued(place, said, row)) return undefined
  if (
    /^(?:expired?|ended|over|run out|lapsed|outdated|(?:past|over) (?:its|their|the) (?:end|expiry|expiration|best before|closing)(?: date)?|past (?:its|their|the) (?:date|day))$/.test(
      text,
    )
  ) {
    const field = dueField(place)
    return field ? today(field, '<') : undefined
  }
  const time = timeField(place)
  if (!time) return undefined
  if (/^(?:past|in the past|gone by)$/.test(text)) return today(dueField(place) ?? time, '<')
  if (/^(?:upcoming|future|in the future|coming)$/.test(text)) return today(time, '>')
  if (/^(?:due|due today|today|of today)$/.test(text)) {
    const field = /^due/.test(text) ? dueField(place) : time
    if (!field) return undefined
    return place.model.fields[field]?.type === 'date' ? `${row}.${field} == today()` : `day(${row}.${field}) == today()`
  }
  return undefined
}

/** That a row is still open: what is overdue is not what was returned or paid meanwhile. */
const notDone = (place: Found, row: string): string => {
  for (const [name, field] of Object.entries(place.model.fields)) {
    if (
      field.type === 'bool' &&
      /^(?:is_)?(?:done|completed?|finished|closed|returned|paid|resolved|settled|answered)$/.test(name)
    )
      return `!${row}.${name}`
    if (
      field.optional &&
      /^(?:returned|paid|completed|finished|closed|resolved|done|settled|checked_in)_(?:at|on|date)$/.test(name)
    )
      return `${row}.${name} == null`
  }
  const state = Object.entries(place.model.fields).find(
    ([name, field]) => field.values && /(?:^|_)(?:status|state|stage)$/.test(name),
  )
  const done = state?.[1].values?.filter((value) =>
    /^(?:done|completed?|finished|closed|returned|paid|resolved|settled|cancell?ed)$/.test(value),
  )
  return state && done && done.length > 0 ? `!(${row}.${state[0]} in [${done.map(quoted).join(', ')}])` : ''
}

/** "Decided", "handled": of what has states it means that it is in none of its first ones any more. */
const decided =
  /^(?:decided|decided_(?:on|upon)|processed|handled|dealt_with|settled|treated|worked_on|attended_to|looked_at)$/
const decisions =
  /^(?:approved|accepted|rejected|declined|refused|granted|denied|confirmed|paid|closed|done|resolved|completed?|finished|cancell?ed|settled|processed|decided|handled|withdrawn|published|archived|shipped|delivered)$/

/** The states in which nothing is decided yet: those before the first decision, at least the first of all. */
const undecidedOf = (place: Found): { field: string; values: string[] } | undefined => {
  const state =
    place.model.states?.field ??
    Object.keys(place.model.fields).find(
      (name) => place.model.fields[name]!.values && /(?:^|_)(?:status|state|stage)$/.test(name),
    )
  const values = state ? (place.model.fields[state]?.values ?? []) : []
  const first = values.findIndex((value) => decisions.test(value.toLowerCase()))
  return state && values.length > 1 ? { field: state, values: values.slice(0, Math.max(1, first)) } : undefined
}

/** That a row is in a state, or has not come as far. */
const inState = (place: Found, field: string, value: string, not: boolean, row: string): string => {
  if (!not) return `${row}.${field} == ${quoted(value)}`
  const behind = stateAndBehind(place, field, value)
  return behind.length === 1
    ? `${row}.${field} != ${quoted(value)}`
    : `!(${row}.${field} in [${behind.map(quoted).join(', ')}])`
}

/** Adjectives that are values of an enum, yes or no, or a time that is set. */
const valued = (place: Found, said: string, row: string): string | undefined => {
  let text = said.replace(lead, '').toLowerCase().trim()
  let not = false
  for (const negation of [/^not\s+(?:been\s+|yet\s+)?/, /^without\s+(?:an?\s+|any\s+)?/])
    if (negation.test(text)) {
      not = !not
      text = text.replace(negation, '').replace(lead, '')
    }
  text = text
    .replace(/\s+(?:yet|already|so far|anymore|any more|by then|ones?|in time|by (?:the|their) \w+)$/, '')
    .replace(/^marked (?:as )?/, '')
    .trim()
  const fields = Object.entries(place.model.fields).filter(([, field]) => field.class !== 'secret')
  for (const [name, field] of fields) {
    const value = field.values?.find((one) => plainValue(one) === plainValue(text))
    if (value) return inState(place, name, value, not, row)
  }
  const bare = text.replace(/^un[- ]?(?=[a-z]{4})/, '')
  const flipped = bare !== text ? !not : not
  for (const [name, field] of fields) {
    const value = flipped === not ? undefined : field.values?.find((one) => plainValue(one) === plainValue(bare))
    if (value) return inState(place, name, value, flipped, row)
  }
  const word = bare.replace(/[ -]/g, '_')
  for (const [name, field] of fields)
    if (field.type === 'bool' && (name === word || name === `is_${word}` || name === `${word}_flag` || name === text))
      return truth(`${row}.${name}`, name === text ? !not : !flipped)
  for (const [name, field] of fields)
    if (
      /^(?:date|datetime)$/.test(field.type) &&
      field.optional &&
      (name.replace(/_(?:at|on|date|time|day)$/, '') === word || name === word || name === `date_${word}`)
    )
      return `${row}.${name} ${flipped ? '==' : '!='} null`
  const alike = synonyms.find((group) => group.includes(word))
  for (const [name, field] of alike ? fields : []) {
    const value = field.values?.find((one) => alike!.includes(one))
    if (value) return inState(place, name, value, flipped, row)
    if (field.type === 'bool' && alike!.includes(name.replace(/^is_/, ''))) return truth(`${row}.${name}`, !flipped)
    if (
      /^(?:date|datetime)$/.test(field.type) &&
      field.optional &&
      alike!.includes(name.replace(/_(?:at|on|date)$/, ''))
    )
      return `${row}.${name} ${flipped ? '==' : '!='} null`
  }
  const open = decided.test(word) ? undecidedOf(place) : undefined
  if (open && flipped) return `${row}.${open.field} in [${open.values.map(quoted).join(', ')}]`
  if (open) return open.values.map((value) => `${row}.${open.field} != ${quoted(value)}`).join(' && ')
  const field = findField(place, bare)
  const shape = field ? place.model.fields[field] : undefined
  if (field && shape?.optional && !shape.set && (said.includes('without') || !/(?:ed|en)$/.test(bare)))
    return `${row}.${field} ${flipped ? '==' : '!='} null`
  const opposite = opposites[bare]
  return opposite && !said.includes(opposite) ? valued(place, `${not ? '' : 'not '}${opposite}`, row) : undefined
}
