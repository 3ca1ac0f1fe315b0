import { mistake } from './mistake.ts'
import { unitsOf, widest } from './ranges.ts'
import { typeWords, type ValueType } from './scope.ts'
import type { Typed } from './typed.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/
const TIME = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  text > '0001' &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().startsWith(text)

const forms: { [type: string]: [(text: string) => boolean, string] } = {
  date: [isDay, '"2030-01-31"'],
  datetime: [(text) => MOMENT.test(text) && isDay(text.slice(0, 10)), '"2030-01-31T09:30:00Z"'],
  time: [(text) => TIME.test(text), '"09:30"'],
  uuid: [(text) => UUID.test(text), '"00000000-0000-4000-8000-000000000000"'],
}

/** Whether a string literal can stand for a value of this type. */
export const isWritten = (type: string): boolean => type in forms

/** Returns a literal as one of another type, where it can be read so; undefined where it is no such literal. */
export const adapt = (typed: Typed, type: ValueType | 'null' | 'row'): Typed | undefined => {
  if (typed.kind !== 'literal' || typed.type === type) return undefined
  if (typed.type === 'string' && isWritten(type)) {
    const [fits, example] = forms[type]!
    if (!fits(String(typed.value)))
      throw mistake(typed.at, `"${typed.value}" is not ${typeWords(type)}`, `Write it like ${example}.`)
    return { ...typed, type }
  }
  if (type === 'float' && typed.type === 'int') return { ...typed, type, value: Number(typed.value), range: undefined }
  if (type !== 'decimal' || (typed.type !== 'int' && typed.type !== 'float')) return undefined
  const text = typed.type === 'int' ? String(typed.value) : (typed.raw ?? '')
  const units = unitsOf(text)
  const [least, most] = widest('decimal')!
  if (units === undefined || units < least || units > most)
    throw mistake(typed.at, `${text} is no decimal number`, 'At most eight digits after the point, below 90 billion.')
  return { ...typed, type, value: text, range: [units, units] }
}

const PARTS: { [unit: string]: bigint } = {
  h: 3_600_000_000n,
  m: 60_000_000n,
  s: 1_000_000n,
  ms: 1_000n,
  us: 1n,
}

/** Returns the microseconds of a duration such as `1h30m`; undefined where it is none. */
export const microseconds = (text: string): bigint | undefined => {
  const match = /^(-?)((?:\d+(?:\.\d+)?(?:h|ms|us|m|s))+)$/.exec(text)
  if (!match) return undefined
  let total = 0n
  for (const [, whole, fraction, unit] of match[2]!.matchAll(/(\d+)(?:\.(\d+))?(h|ms|us|m|s)/g)) {
    total += BigInt(whole!) * PARTS[unit!]!
    if (fraction) total += (BigInt(fraction) * PARTS[unit!]!) / 10n ** BigInt(fraction.length)
  }
  const signed = match[1] ? -total : total
  const [least, most] = widest('duration')!
  return signed < least || signed > most ? undefined : signed
}
