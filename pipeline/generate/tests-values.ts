/** Sample values of fields, as Python expressions of what stands in JSON. `n` is a number that no other row has. */
import type { Field } from '../../schemas/generated/architecture.ts'
import { CODE_LENGTH, type Shaped } from '../blueprint/field-kinds.ts'
import { listOf, refOf, toWords } from '../blueprint/names.ts'
import { isRelative } from '../blueprint/relative-time.ts'

/** Returns a value as a Python literal: what JSON can say, in Python's words. */
export const literal = (value: unknown): string => {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (isRelative(value))
    return `${value.day ? 'soon_day' : 'soon'}(days=${value.ahead.days}${value.day ? '' : `, minutes=${value.ahead.minutes}`})`
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, item]) => `${literal(key)}: ${literal(item)}`)
      .join(', ')}}`
  return typeof value === 'string' ? JSON.stringify(value.toWellFormed()) : String(value)
}

/** What the rules of a model leave of a field's values: those that go with the usual values of the others. */
const fitted = new WeakMap<Field, readonly unknown[]>()

/** Makes these the values of a field: the first is what tests send. */
export const fitTo = (field: Field, values: readonly unknown[]): void => {
  fitted.set(field, values)
}

const TEXT = new Set(['string', 'text'])

export const isText = (field: Field): boolean => TEXT.has(field.type)

const numberOf = (limit: number | string | undefined): number | undefined =>
  limit === undefined || Number.isNaN(Number(limit)) ? undefined : Number(limit)

const day = (date: Date, days: number): string =>
  new Date(date.getTime() + days * 86_400_000).toISOString().slice(0, 10)

/** Returns the first of three days that follow each other and are all allowed. */
const firstDay = (field: Field): Date => {
  if (field.min !== undefined) return new Date(`${String(field.min).slice(0, 10)}T00:00:00Z`)
  if (field.max !== undefined)
    return new Date(new Date(`${String(field.max).slice(0, 10)}T00:00:00Z`).getTime() - 3 * 86_400_000)
  return new Date('2030-01-31T00:00:00Z')
}

const numbers = (field: Field): number[] => {
  const whole = field.type === 'int' || field.scale === 0
  const min = numberOf(field.min)
  const max = numberOf(field.max)
  const unit = whole ? 1 : field.type === 'decimal' ? 10 ** -(field.scale ?? 2) : 0.25
  const wide = (min === undefined || min <= 1) && (max === undefined || max >= 4)
  const start = wide ? (whole ? 2 : 1.5) : (min ?? max! - 2 * unit)
  const step = wide ? 1 : unit
  return [0, 1, 2]
    .map((at) => Number((start + at * step).toFixed(8)))
    .filter((value) => (min === undefined || value >= min) && (max === undefined || value <= max))
}

const texts = (name: string, field: Field): string[] => {
  const min = numberOf(field.min) ?? 0
  const max = numberOf(field.max) ?? 200
  const word = toWords(name)
  return ['a', 'b', 'c'].map((letter) => `${letter} ${word}`.slice(0, Math.max(max, 1)).trim().padEnd(min, 'x'))
}

const wrap = (field: Field, item: unknown): unknown =>
  Array.from({ length: Math.max(1, Number(field.min ?? 1)) }, () => item)

/**
 * Returns up to three different values that a field takes, in the order in which a list sorts them; fewer where it knows
 * no more, none for a reference and for what has no order of its own.
 */
export const ordered = (name: string, field: Field): unknown[] => {
  switch (field.type) {
    case 'string':
    case 'text':
      return [...new Set(texts(name, field))]
    case 'int':
    case 'float':
    case 'decimal':
      return numbers(field)
    case 'bool':
      return [false, true]
    case 'date':
      return [0, 1, 2].map((days) => day(firstDay(field), days))
    case 'datetime':
      return [0, 1, 2].map((days) => `${day(firstDay(field), days)}T09:30:00Z`)
    case 'time':
      return ['08:15:00', '09:30:00', '17:45:00']
    case 'email':
      return ['a@example.org', 'b@example.org', 'c@example.org']
    case 'url':
      return ['https://example.org/a', 'https://example.org/b', 'https://example.org/c']
    case 'phone':
      return ['+49 30 1234561', '+49 30 1234562', '+49 30 1234563']
    case 'slug':
      return ['a-slug', 'b-slug', 'c-slug']
    case 'code':
      return ['a', 'b', 'c'].map((letter) => letter.repeat(field.length ?? CODE_LENGTH))
    case 'enum':
      return [...(field.values ?? [])].sort((a, b) => (a < b ? -1 : 1)).slice(0, 3)
    case 'json':
      return []
    case 'uuid':
      return [1, 2, 3].map((last) => `00000000-0000-4000-8000-00000000000${last}`)
    default:
      return []
  }
}

/** Returns values that a field takes, whether they have an order or not: at least one, but none for a reference. */
export const samples = (name: string, field: Field): unknown[] => {
  const known = fitted.get(field)
  if (known) return [...known]
  if (field.type === 'json') return [{ a: 1, b: ['x', null] }, { a: 2 }]
  const { shape } = field as Shaped
  if (shape) {
    const values = objects(shape)
    return field.type.startsWith('list(') ? values.map((value) => wrap(field, value)) : values
  }
  const item = listOf(field.type)
  if (item) {
    const { min: _min, max: _max, ...plain } = field
    return ordered(name, { ...plain, type: item }).map((value) => wrap(field, value))
  }
  return ordered(name, field)
}

/** Two objects of a shape that differ where they can. */
const objects = (shape: NonNullable<Shaped['shape']>): unknown[] =>
  [0, 1].map((at) =>
    Object.fromEntries(
      Object.entries(shape).map(([name, field]) => {
        const values = samples(name, refOf(field.type) ? { type: 'uuid' } : field)
        return [name, values[at] ?? values[0] ?? null]
      }),
    ),
  )

/** Returns the value that a test sends: not the default, so that a value that got lost is seen. */
export const sample = (name: string, field: Field): unknown => {
  const values = samples(name, field)
  if (fitted.has(field)) return values[0]
  return values.find((value) => literal(value) !== literal(field.default)) ?? values[0]
}

/** Returns another value than the sample; undefined where the field has no other. */
export const otherSample = (name: string, field: Field): unknown => {
  const first = literal(sample(name, field))
  return samples(name, field).find((value) => literal(value) !== first)
}

/** Returns an expression whose value differs from row to row, for a field that is unique. */
export const uniqueExpression = (name: string, field: Field): string => {
  const max = numberOf(field.max) ?? 200
  const min = numberOf(field.min) ?? 0
  switch (field.type) {
    case 'string':
    case 'text': {
      const word = toWords(name)
      if (max >= word.length + 6) return min > 0 ? `f"${word} {n}".ljust(${min}, "x")` : `f"${word} {n}"`
      return `f"{n:0${Math.min(Math.max(min, 1), max)}d}"`
    }
    case 'slug':
      return 'f"slug-{n}"'
    case 'code':
      return `f"{n:0${field.length ?? CODE_LENGTH}d}"`
    case 'email':
      return 'f"person{n}@example.org"'
    case 'url':
      return 'f"https://example.org/{n}"'
    case 'phone':
      return 'f"+49 30 {100000 + n}"'
    case 'int':
    case 'float':
    case 'decimal':
      return numberWithin(field)
    case 'datetime':
      return 'f"2030-{1 + n // 40320 % 12:02d}-{1 + n // 1440 % 28:02d}T{n // 60 % 24:02d}:{n % 60:02d}:00Z"'
    case 'time':
      return 'f"{n // 60 % 24:02d}:{n % 60:02d}:00"'
    case 'date':
      return `str(date(${firstDay(field).getUTCFullYear()}, 1, 1) + timedelta(days=366 + n))`
    case 'uuid':
      return 'str(uuid4())'
    default:
      return literal(sample(name, field))
  }
}

/** Counts up from the least value, and begins anew at the greatest: a test makes few rows, all tests together many. */
const numberWithin = (field: Field): string => {
  const max = numberOf(field.max)
  const min = numberOf(field.min) ?? Math.min(0, max ?? 0)
  const room = max === undefined ? undefined : Math.floor(max - min) + 1
  return room === undefined ? `${min} + n` : `${min} + n % ${room}`
}

const differing = new Set([
  'string',
  'text',
  'email',
  'url',
  'phone',
  'int',
  'float',
  'decimal',
  'date',
  'datetime',
  'time',
  'uuid',
  'slug',
  'code',
])

/** Whether the test's rows can each have another value. */
export const canDiffer = (field: Field): boolean => differing.has(field.type) || refOf(field.type) !== undefined
