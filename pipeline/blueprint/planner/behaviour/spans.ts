import type { Exclude } from '../../../../schemas/generated/architecture.ts'
import { sentence as capital } from '../language/words.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { addRule } from './rules.ts'

/** When a row is: as `exclude` says it, or only the fields that name a day or a slot and must then be unique. */
export type Span = { exclude: Omit<Exclude, 'same'>; beside: string[] } | { unique: string[] }

const starts = [
  'starts_at',
  'start',
  'start_time',
  'start_at',
  'begins_at',
  'begin',
  'from',
  'start_date',
  'from_date',
  'starts_on',
  'check_in',
  'check_in_date',
  'arrival',
  'arrival_date',
  'from_time',
  'pickup_date',
  'pick_up_date',
  'pickup_time',
  'scheduled_at',
  'scheduled_for',
  'time',
  'date_time',
  'date_and_time',
  'appointment_time',
  'booked_for',
  'slot_start',
  'begin_date',
  'first_day',
  'departure_time',
  'departs_at',
  'departure',
]
const ends = [
  'ends_at',
  'end',
  'end_time',
  'end_at',
  'finishes_at',
  'finish',
  'to',
  'until',
  'end_date',
  'to_date',
  'ends_on',
  'check_out',
  'check_out_date',
  'departure',
  'departure_date',
  'to_time',
  'return_date',
  'drop_off_date',
  'dropoff_date',
  'drop_off_time',
  'slot_end',
  'last_day',
  'due_on',
  'due_date',
  'due_at',
  'arrives_at',
  'arrival_time',
]
const lengths = ['duration_minutes', 'minutes', 'length_minutes', 'duration', 'length', 'duration_in_minutes']
const days = ['date', 'day', 'booking_date', 'appointment_date', 'on', 'booked_on', 'rental_date', 'scheduled_on']
const slots = ['slot', 'time_slot', 'timeslot', 'shift', 'period', 'hour', 'lesson', 'session', 'block', 'half_day']

export const isTime = (type: string | undefined): boolean => type !== undefined && /^(?:date|datetime|time)$/.test(type)

/** What the sentence says of time: that it is days, how long each takes, and that it speaks of times that overlap. */
export type Said = {
  overlaps?: boolean | undefined
  days?: boolean | undefined
  minutes?: number | undefined
  nights?: boolean | undefined
  daily?: boolean | undefined
}

/** Returns the fields that say when a row is; where there are none it gets a start and an end. */
export const spanOf = (draft: BehaviourDraft, model: Found, said: Said = {}): Span => {
  const { fields } = model.model
  const first = (names: readonly string[], other?: string): string | undefined =>
    names.find((name) => name !== other && isTime(fields[name]?.type))
  const start = first(starts)
  const startType = start ? fields[start]!.type : undefined
  const end = start ? ends.find((name) => name !== start && fields[name]?.type === startType) : undefined
  const day = days.find((name) => fields[name]?.type === 'date')
  if (start && end) {
    for (const name of [start, end]) if (!draft.changing) delete fields[name]!.optional
    const closed = startType === 'date' && !said.nights && !/check|arrival|night/.test(start)
    orderOf(model, start, end, closed)
    return {
      exclude: { start, end, ...(closed ? { closed: true } : {}) },
      beside: startType === 'time' && day ? [day] : [],
    }
  }
  const lasting = start && startType === 'datetime' ? lastingFrom(model, start) : undefined
  if (start && lasting !== undefined) return { exclude: { start, minutes: lasting }, beside: [] }
  const length = lengths.find((name) => /^(?:int|float|decimal)$/.test(fields[name]?.type ?? ''))
  if (start && startType === 'datetime' && (said.minutes !== undefined || length)) {
    if (!draft.changing) {
      delete fields[start]!.optional
      if (length) delete fields[length]!.optional
    }
    return { exclude: { start, minutes: said.minutes ?? length! }, beside: [] }
  }
  const slot = slots.find((name) => fields[name] !== undefined)
  if (day && slot) return { unique: [day, slot] }
  if (day && !start) return { unique: [day] }
  if (start && startType === 'date') return { unique: [start] }
  // A time of day alone is a place in the timetable: it has no length that could overlap.
  if (start && startType === 'time') return { unique: [...(day ? [day] : []), start] }
  const type = said.days ? 'date' : 'datetime'
  const from = start ?? draft.ensureField(model, said.days ? 'from_date' : 'starts_at', { type })
  if (said.minutes !== undefined && type === 'datetime')
    return { exclude: { start: from, minutes: said.minutes }, beside: [] }
  const to = draft.ensureField(model, type === 'date' ? 'to_date' : 'ends_at', { type })
  draft.assume(`${capital(model.words)} entries have a start and an end (${from}, ${to}).`)
  orderOf(model, from, to, type === 'date')
  return { exclude: { start: from, end: to, ...(type === 'date' && !said.nights ? { closed: true } : {}) }, beside: [] }
}

/** An end is never before its start. */
const orderOf = (model: Found, start: string, end: string, closed: boolean): void =>
  addRule(model, {
    name: 'end_after_start',
    message: `The ${end.replaceAll('_', ' ')} must be ${closed ? 'no earlier than' : 'after'} the ${start.replaceAll('_', ' ')}.`,
    check: `this.${end} ${closed ? '>=' : '>'} this.${start}`,
  })

/** Whether rows of a model are at a time: they have a field of a start, a day or a slot. */
export const isTimed = (model: Found): boolean =>
  [...starts, ...days].some((name) => isTime(model.model.fields[name]?.type))

/** Returns the field of when a row begins, or of its day. */
export const startOfSpan = (model: Found): string | undefined =>
  [...starts, ...days].find((name) => isTime(model.model.fields[name]?.type))

/** Returns the field of when a row that begins at `start` ends. */
export const endOfSpan = (model: Found, start: string): string | undefined =>
  ends.find((name) => name !== start && model.model.fields[name]?.type === model.model.fields[start]?.type)

/** Returns the minutes that every row lasts, where its end is worked out from its start. */
const lastingFrom = (model: Found, start: string): number | undefined => {
  for (const { expr } of Object.values(model.model.computed ?? {})) {
    const found = /^this\.(\w+) \+ (days|hours|minutes)\((\d+)\)$/.exec(expr ?? '')
    if (found?.[1] === start) return Number(found[3]) * { days: 1440, hours: 60, minutes: 1 }[found[2]!]!
  }
  return undefined
}
