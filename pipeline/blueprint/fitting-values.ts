import type { Field } from '../../schemas/generated/architecture.ts'
import { listOf } from './names.ts'
import type { Relative } from './relative-time.ts'

const DAYS = [
  '2000-01-01',
  '2010-06-15',
  '2030-01-31',
  '2030-02-01',
  '2030-02-15',
  '2060-01-05',
  '2060-01-06',
  '2060-03-01',
]
const TIMES = ['09:30:00', '10:00:00', '10:30:00', '14:00:00', '08:00:00', '12:00:00', '17:45:00', '23:00:00']
const NUMBERS = [1, 2, 3, 5, 10, 20, 100, 1000, 0]

const shift = (day: string, by: number): string =>
  new Date(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10)

const isDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value.slice(0, 10)))

const ahead = (days: number, minutes: number, day: boolean): Relative => ({ ahead: { days, minutes }, day })

const within = (field: Field, values: unknown[]): unknown[] =>
  values.filter((value) => {
    if (typeof value === 'object') return true
    const size = typeof value === 'number' ? value : String(value)
    if (typeof size === 'number')
      return (
        (field.min === undefined || size >= Number(field.min)) && (field.max === undefined || size <= Number(field.max))
      )
    return (
      (field.min === undefined || size.slice(0, 10) >= String(field.min).slice(0, 10)) &&
      (field.max === undefined || size.slice(0, 10) <= String(field.max).slice(0, 10))
    )
  })

/** Returns values that a field can have beside its usual ones: those that the constants of rules are about, and extremes. */
export const moreValues = (field: Field, constants: readonly unknown[]): unknown[] => {
  const numbers = constants.filter((each) => typeof each === 'number')
  const texts = constants.filter((each) => typeof each === 'string')
  switch (field.type) {
    case 'int':
    case 'float':
    case 'decimal': {
      const near = numbers.flatMap((each) => [each, each + 1, each - 1])
      const whole = field.type === 'int' ? [...near, ...NUMBERS].map(Math.trunc) : [...near, ...NUMBERS]
      const edges = [field.min, field.max].flatMap((each) => (each === undefined ? [] : [Number(each)]))
      return within(field, [...whole, ...edges])
    }
    case 'bool':
      return [true, false]
    case 'enum':
      return [...(field.values ?? [])]
    case 'date': {
      const near = texts.filter(isDay).flatMap((each) => [each.slice(0, 10), shift(each, 1), shift(each, -1)])
      return [
        ...within(field, [...DAYS, ...near]),
        ahead(1, 0, true),
        ahead(2, 0, true),
        ahead(8, 0, true),
        ahead(-2, 0, true),
      ]
    }
    case 'datetime': {
      const days = [
        ...texts.filter(isDay).flatMap((each) => [each.slice(0, 10), shift(each, 1), shift(each, -1)]),
        ...DAYS,
      ]
      const moments = [
        ...days.map((day) => `${day}T${TIMES[0]}Z`),
        ...TIMES.slice(1).flatMap((time) => ['2030-01-31', '2060-01-05', '2000-01-01'].map((day) => `${day}T${time}Z`)),
      ]
      const soon = [
        ahead(1, 0, false),
        ahead(1, 30, false),
        ahead(2, 0, false),
        ahead(8, 0, false),
        ahead(-2, 0, false),
      ]
      return [...within(field, moments), ...soon]
    }
    case 'time':
      return TIMES
    case 'string':
    case 'text': {
      const max = Number(field.max ?? 200)
      return [
        ...texts,
        ...texts.map((each) => `${each} x`),
        ...texts.map((each) => `x ${each}`),
        'x'.repeat(Math.min(max, 60)),
      ].filter((each) => each.length >= Number(field.min ?? 0) && each.length <= max && each.trim() === each)
    }
    default: {
      const item = listOf(field.type)
      return item ? [...texts.map((each) => [each]), []] : []
    }
  }
}
