import type { Computed } from '../../../../../schemas/generated/architecture.ts'
import { sentence, withArticle } from '../../language/words.ts'
import type { Outcome } from '../behaviour.ts'
import { isBookingLike, wordsOf } from '../between.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { addRule, requireOn } from '../rules.ts'
import { endOfSpan, startOfSpan } from '../spans.ts'
import { durationIn, type Length } from './length.ts'

type Span = { start: string; end?: string | undefined }

/** When rows begin and end; what is booked gets a start where it has none. */
const spanOf = (draft: BehaviourDraft, model: Found, length: Length): Span | string => {
  const days = length.minutes % 1440 === 0
  if (!days && !draft.changing) hourly(draft, model)
  const there = startOfSpan(model)
  const start =
    there ??
    (isBookingLike(model)
      ? draft.ensureField(model, days ? 'from_date' : 'starts_at', { type: days ? 'date' : 'datetime' })
      : undefined)
  if (start && !there) draft.assume(`${sentence(withArticle(model.words))} has a start (${start}).`)
  if (!start) return `It is not known when ${withArticle(model.words)} begins.`
  const { type } = model.model.fields[start]!
  if (type === 'time') return `${sentence(withArticle(model.words))} only says at which hour it begins.`
  if (type === 'date' && !days) return `${sentence(withArticle(model.words))} only says on which day it is.`
  return { start, end: endOfSpan(model, start) }
}

/** The usual days of what is booked become moments where it lasts hours and nobody spoke of days. */
const hourly = (draft: BehaviourDraft, model: Found): void => {
  const usual = { start_date: 'starts_at', end_date: 'ends_at' }
  if (/\b(?:dates?|days?)\b/i.test(draft.architecture.system.description ?? '')) return
  for (const [day, moment] of Object.entries(usual)) {
    const field = model.model.fields[day]
    if (field?.type !== 'date' || isRuled(model, day)) continue
    dropField(model, day)
    draft.ensureField(model, moment, { ...field, type: 'datetime' })
  }
}

const endName = (type: string): string => (type === 'date' ? 'ends_on' : 'ends_at')

/** "Reservations last two hours": the end follows from the start, so that nobody sends it. */
export const applyExact = (draft: BehaviourDraft, model: Found, length: Length): Outcome => {
  const span = spanOf(draft, model, length)
  if (typeof span === 'string') return { unresolved: span }
  const { start, end } = span
  const { type } = model.model.fields[start]!
  const message = `${sentence(withArticle(model.words))} lasts ${length.words}.`
  const expr = `this.${start} + ${durationIn(length)}`
  const stored = end !== undefined
  if (stored && (draft.changing || isRuled(model, end))) {
    requireOn(model, 'create', { check: `this.${end} == ${expr}`, message, status: 422 })
    return { understood: [message] }
  }
  const before = computedEnd(model)
  const name = before ?? (stored ? end : endName(type))
  if (stored) dropField(model, end)
  const computed: Computed = { type, expr, description: `${length.words} after the ${startWords(start)}` }
  model.model.computed = { ...model.model.computed, [name]: computed }
  if (!draft.changing) delete model.model.fields[start]!.optional
  return {
    understood: [message],
    assumptions: [`The ${endWords(name)} of ${withArticle(model.words)} is worked out, so nobody sends it.`],
  }
}

const startWords = (name: string): string => (/^starts?_(?:at|on)$|^start$/.test(name) ? 'start' : wordsOf(name))

const endWords = (name: string): string => (/^ends?_(?:at|on)$|^end$/.test(name) ? 'end' : wordsOf(name))

/** The end that is worked out from the start already. */
const computedEnd = (model: Found): string | undefined =>
  Object.entries(model.model.computed ?? {}).find(
    ([name, { expr }]) =>
      /^ends?_|^end$|^until$|^to/.test(name) && /^this\.\w+ \+ (?:days|hours|minutes)\(\d+\)$/.test(expr ?? ''),
  )?.[0]

const isRuled = (model: Found, field: string): boolean =>
  new RegExp(`\\b${field}\\b`).test(JSON.stringify([model.model.rules, model.model.on, model.model.unique]))

/** A field that is worked out is nowhere asked for. */
const dropField = (model: Found, name: string): void => {
  delete model.model.fields[name]
  const { list } = model.api
  if (!list) return
  for (const key of ['filter', 'sort', 'search'] as const) list[key] = list[key].filter((one) => one !== name)
  if (list.range) list.range = list.range.filter((one) => one !== name)
  if (list.order.replace(/^-/, '') === name) list.order = '-created_at'
}

/** "For up to three days": from the start of each to its end. */
export const applyRange = (
  draft: BehaviourDraft,
  model: Found,
  { least, most }: { least?: Length | undefined; most?: Length | undefined },
): Outcome => {
  const span = spanOf(draft, model, (most ?? least)!)
  if (typeof span === 'string') return { unresolved: span }
  const { start } = span
  const { type } = model.model.fields[start]!
  const lengths = [least, most].filter((one) => one !== undefined)
  if (type === 'date' && lengths.some(({ minutes }) => minutes % 1440 !== 0))
    return { unresolved: `${sentence(withArticle(model.words))} only says on which day it is.` }
  const end = span.end ?? draft.ensureField(model, type === 'date' ? 'to_date' : endName(type), { type })
  if (!draft.changing) for (const name of [start, end]) delete model.model.fields[name]!.optional
  const subject = sentence(withArticle(model.words))
  const understood: string[] = []
  const hold = (length: Length, name: string, words: string, sign: string): void => {
    const message = `${subject} lasts ${words} ${length.words}.`
    addRule(model, { name, message, check: `this.${end} ${sign} this.${start} + ${durationIn(length)}` })
    understood.push(message)
  }
  model.model.rules = model.model.rules?.filter(
    ({ name }) => !((least && name === 'least_length') || (most && name === 'most_length')),
  )
  if (model.model.rules?.length === 0) delete model.model.rules
  if (least) hold(least, 'least_length', 'at least', '>=')
  if (most) hold(most, 'most_length', 'at most', '<=')
  if (!least && !draft.changing) endsAfter(model, start, end)
  return { understood }
}

const endsAfter = (model: Found, start: string, end: string): void => {
  const closed = model.model.fields[start]!.type === 'date'
  addRule(model, {
    name: 'end_after_start',
    message: `The ${endWords(end)} must be ${closed ? 'no earlier than' : 'after'} the ${startWords(start)}.`,
    check: `this.${end} ${closed ? '>=' : '>'} this.${start}`,
  })
}
