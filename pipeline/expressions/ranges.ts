import type { Field } from '../../schemas/generated/architecture.ts'
import type { ValueType } from './scope.ts'
import type { Arithmetic, Range } from './typed.ts'

/** Hundred-millionths: what a decimal number is counted in. */
export const UNITS = 100_000_000n
const INT64: Range = [-(2n ** 63n), 2n ** 63n - 1n]
const STORED_INT: Range = [-(2n ** 53n - 1n), 2n ** 53n - 1n]
const STORED_DECIMAL: Range = [-90_000_000_000n * UNITS, 90_000_000_000n * UNITS]
/** Microseconds from the first to the last moment of the calendar. */
const CALENDAR = 3_652_059n * 86_400_000_000n
const DURATION: Range = [-CALENDAR, CALENDAR]

/** What a value of this type can be at most; undefined for types that are not counted. */
export const widest = (type: string): Range | undefined =>
  type === 'int' || type === 'decimal' ? INT64 : type === 'duration' ? DURATION : undefined

const isNumber = (bound: unknown): bound is number => typeof bound === 'number' && Number.isFinite(bound)

/** What a stored field can be. */
export const rangeOfField = (field: Field, type: ValueType): Range | undefined => {
  if (type === 'int') {
    const [least, most] = STORED_INT
    return [
      isNumber(field.min) ? BigInt(Math.ceil(field.min)) : least,
      isNumber(field.max) ? BigInt(Math.floor(field.max)) : most,
    ]
  }
  if (type !== 'decimal') return undefined
  const units = (bound: number): bigint => BigInt(Math.round(bound * 1000)) * (UNITS / 1000n)
  const [least, most] = STORED_DECIMAL
  return [
    isNumber(field.min) && field.min > -9e10 ? units(field.min) - 1n : least,
    isNumber(field.max) && field.max < 9e10 ? units(field.max) + UNITS / 1000n : most,
  ]
}

/** Hundred-millionths of a decimal number that is written out. */
export const unitsOf = (text: string): bigint | undefined => {
  const match = /^(-?)(\d+)(?:\.(\d*))?$/.exec(text)
  if (!match || (match[3] ?? '').replace(/0+$/, '').length > 8) return undefined
  const units = BigInt(match[2]!) * UNITS + BigInt((match[3] ?? '').slice(0, 8).padEnd(8, '0'))
  return match[1] ? -units : units
}

/** Bigints have no Math.min. */
const smaller = (a: bigint, b: bigint): bigint => {
  if (a < b) return a
  return b
}

const larger = (a: bigint, b: bigint): bigint => {
  if (a > b) return a
  return b
}

/** The smallest range that holds others. */
export const hull = (...ranges: Range[]): Range => [
  ranges.map(([least]) => least).reduce(smaller),
  ranges.map(([, most]) => most).reduce(larger),
]

/** The distance from zero of what is farthest from it. */
const size = ([least, most]: Range): bigint => larger(-least, most)

/** What a value without its sign can be. */
export const rangeOfSize = (range: Range): Range => [0n, size(range)]

/** Cuts a range to what a type can hold; partial where something was cut off. */
export const cut = (range: Range, type: string): { range: Range; partial: boolean } => {
  const [least, most] = widest(type)!
  return {
    range: [larger(range[0], least), smaller(range[1], most)],
    partial: range[0] < least || range[1] > most,
  }
}

/** What an operation can give, and whether it can leave the type or divide by zero. */
export const rangeOf = (
  op: Arithmetic,
  type: string,
  left: Range,
  right: Range,
): { range: Range; partial: boolean } => {
  const bounds = widest(type)!
  const within = (range: Range) => cut(range, type)
  const zero = right[0] <= 0n && right[1] >= 0n
  switch (op) {
    case '+':
      return within([left[0] + right[0], left[1] + right[1]])
    case '-':
      return within([left[0] - right[1], left[1] - right[0]])
    case '*': {
      const products = hull(...left.flatMap((a) => right.map((b): Range => [a * b, a * b])))
      // Rounding can add the last digit.
      return within(type === 'decimal' ? [products[0] / UNITS - 1n, products[1] / UNITS + 1n] : products)
    }
    case '/': {
      const most = size(left)
      const small = type === 'decimal' && right[0] < UNITS && right[1] > -UNITS
      const { range, partial } = within([left[0] < 0n || right[0] < 0n ? -most : 0n, most])
      return small || zero ? { range: bounds, partial: true } : { range, partial }
    }
    default: {
      const most = size(right)
      return { range: [left[0] < 0n ? -most : 0n, most], partial: zero }
    }
  }
}
