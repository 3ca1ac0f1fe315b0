import type { Found } from '../find.ts'
import { conditionFor } from '../places/conditions.ts'
import { ongoing, standing } from '../rules.ts'
import { durationOf } from '../terms/durations.ts'
import type { Lead } from './lead.ts'
import { isDueBy } from './notice-text.ts'
import type { RowTime } from './time-of.ts'

const settled =
  /^(?:is_)?(?:paid|settled|resolved|delivered|handed_in|submitted|renewed|returned|done|finished|completed|terminated)$/
const settledAt = /^(?:paid|settled|resolved|delivered|handed_in|submitted|renewed|terminated)_(?:at|on|date)$/
const gone = /^(?:waiting|waitlisted|on_hold|terminated|lapsed|retired)$/

/**
 * Returns the conditions, on a row of that name, under which there is still something to be reminded of: it was not cancelled,
 * returned or closed; where something is due, not paid either. `isDue`: the time is one by which something is to be done.
 */
export const stillToCome = ({ row, thing, ref, name }: RowTime, as: string, isDue: boolean): string[] => {
  const own = [
    ...ongoing(row).filter((one) => isDue || !/\bpaid\b/.test(one)),
    ...states(row),
    ...(isDue ? unsettled(row) : []),
  ]
    .filter((one) => !isAgreed(row, one) && (ref !== undefined || !new RegExp(`\\bthis\\.${name}\\b`).test(one)))
    .map((one) => one.replace(/\bthis\./g, `${as}.`))
  const of =
    ref === undefined
      ? []
      : [...standing(thing), ...states(thing)].map((one) => one.replace(/\bthis\./g, `${as}.${ref.slice(0, -3)}.`))
  return [...new Set([...own, ...of])]
}

/** An end that is agreed says nothing of whether it is over; nor does a day of return, unless it is due on another. */
const isAgreed = ({ model }: Found, condition: string): boolean =>
  condition === 'this.end_date == null' ||
  (condition === 'this.return_date == null' &&
    !Object.keys(model.fields).some((name) => isDueBy(name) && name !== 'return_date'))

const states = ({ model }: Found): string[] =>
  Object.entries(model.fields).flatMap(([name, { values = [] }]) =>
    /(?:^|_)(?:status|state|stage|phase)$/.test(name)
      ? values.filter((value) => gone.test(value)).map((value) => `this.${name} != '${value}'`)
      : [],
  )

const unsettled = ({ model }: Found): string[] =>
  Object.entries(model.fields).flatMap(([name, { type, optional }]) =>
    type === 'bool' && settled.test(name)
      ? [`!this.${name}`]
      : optional && /^date/.test(type) && settledAt.test(name)
        ? [`this.${name} == null`]
        : [],
  )

/**
 * Returns when a time is so near, or so long ago, that it is the moment to remind: from the lead on until it has come. After it
 * there is a day or two, so that what is long over is not told of; but what is still open stays so (`open`).
 */
export const isNow = (path: string, type: string, { seconds, way }: Lead, byDay: boolean, open: boolean): string[] => {
  const lead = (more = 0): string => durationOf(seconds + more)
  if (type === 'date' || byDay) {
    const day = type === 'date' ? path : `day(${path})`
    const ahead = type === 'date' ? [`${path} >= today()`] : [`${path} > now`]
    if (way === 'on') return [`${day} == today()`, ...(type === 'date' ? [] : ahead)]
    if (way === 'before') return [`${day} <= day(now + ${lead()})`, ...ahead]
    return [`${day} <= day(now - ${lead()})`, ...(open ? [] : [`${day} >= day(now - ${lead(86_400)})`])]
  }
  if (way === 'on') return [`day(${path}) == today()`, `${path} > now`]
  if (way === 'before') return [`${path} <= now + ${lead()}`, `${path} > now`]
  return [`${path} <= now - ${lead()}`, ...(open ? [] : [`${path} > now - ${lead(86_400)}`])]
}

/** Returns what words say of the rows, as conditions; the words that say nothing of them otherwise. */
export const saidOfRows = (row: Found, words: readonly string[], as: string): { texts: string[]; unclear?: string } => {
  const texts: string[] = []
  for (const one of words) {
    const found = conditionFor(row, one, as)
    if (!found) return { texts, unclear: one }
    texts.push(...(found.text.includes('||') ? [`(${found.text})`] : found.text.split(' && ')))
  }
  return { texts }
}
