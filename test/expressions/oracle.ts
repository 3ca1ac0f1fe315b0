/** What another implementation of CEL makes of an expression: errors are unknown. Exact decimals and days are added to it. */
import { Environment } from '@marcbachmann/cel-js'
import type { Row, Rows, Value } from './world.ts'

const UNITS = 100_000_000n
const MOST = 2n ** 63n - 1n

class Decimal {
  readonly units: bigint
  constructor(units: bigint) {
    if (units > MOST || units < -MOST) throw new Error('out of range')
    this.units = units
  }
}
class Day {
  readonly text: string
  constructor(text: string) {
    if (!/^\d{4}-/.test(text) || text < '0001') throw new Error('out of range')
    this.text = text
  }
}
class Clock {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

const decimalOf = (text: string): Decimal => {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)\.?(\d*)$/.exec(text)!
  const units = BigInt(whole!) * UNITS + BigInt(fraction.padEnd(8, '0'))
  return new Decimal(sign ? -units : units)
}

/** The quotient of whole numbers, halves away from zero. */
const rounded = (dividend: bigint, divisor: bigint): bigint => {
  if (divisor === 0n) throw new Error('by zero')
  const [a, b] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor]
  const size = (2n * a + b) / (2n * b)
  return dividend < 0n === divisor < 0n ? size : -size
}

type Calculation = (a: bigint, b: bigint) => bigint
const CALCULATIONS: { [op: string]: Calculation } = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => rounded(a * b, UNITS),
  '/': (a, b) => rounded(a * UNITS, b),
}
const COMPARISONS: { [op: string]: (a: bigint | string | number, b: bigint | string | number) => boolean } = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

const unitsOf = (value: Decimal | bigint | number): bigint =>
  value instanceof Decimal
    ? value.units
    : typeof value === 'bigint'
      ? new Decimal(value * UNITS).units
      : decimalOf(value.toFixed(8)).units

const dayNumber = ({ text }: Day): number => Date.parse(text) / 86_400_000
const isoDay = (date: Date): Day => new Day(date.toISOString().slice(0, 10))

const makeEnvironment = (): Environment => {
  const environment = new Environment({ unlistedVariablesAreDyn: true, homogeneousAggregateLiterals: false })
    .registerType('Decimal', Decimal)
    .registerType('Day', Day)
    .registerType('Clock', Clock)
  for (const [left, right] of [
    ['Decimal', 'Decimal'],
    ['Decimal', 'int'],
    ['int', 'Decimal'],
    ['Decimal', 'double'],
  ] as const) {
    for (const [op, act] of Object.entries(CALCULATIONS))
      environment.registerOperator(`${left} ${op} ${right}`, (a, b) => new Decimal(act(unitsOf(a), unitsOf(b))))
    for (const [op, act] of Object.entries(COMPARISONS))
      environment.registerOperator(`${left} ${op} ${right}`, (a, b) => act(unitsOf(a), unitsOf(b)))
  }
  for (const [op, act] of Object.entries(COMPARISONS)) {
    environment.registerOperator(`Day ${op} Day`, (a: Day, b: Day) => act(dayNumber(a), dayNumber(b)))
    environment.registerOperator(`Clock ${op} Clock`, (a: Clock, b: Clock) => act(a.text, b.text))
  }
  environment.registerOperator('Decimal == Decimal', (a: Decimal, b: Decimal) => a.units === b.units)
  environment.registerOperator('Day == Day', (a: Day, b: Day) => a.text === b.text)
  environment.registerOperator('Clock == Clock', (a: Clock, b: Clock) => a.text === b.text)
  return withFunctions(environment)
}

const withFunctions = (environment: Environment): Environment => {
  const less = (a: unknown, b: unknown): boolean => {
    const found: unknown = environment.evaluate('a < b', { a, b })
    return found === true
  }
  const start = (date: Date, unit: string): Date => {
    const day = new Date(`${date.toISOString().slice(0, 10)}T00:00:00Z`)
    if (unit === 'week') day.setUTCDate(day.getUTCDate() - ((day.getUTCDay() + 6) % 7))
    if (unit !== 'day' && unit !== 'week') day.setUTCDate(1)
    if (unit === 'year') day.setUTCMonth(0)
    return day
  }
  for (const unit of ['day', 'week', 'month', 'year'])
    environment
      .registerFunction(`${unit}(google.protobuf.Timestamp): dyn`, (date: Date) => isoDay(start(date, unit)))
      .registerFunction(`${unit}(Day): dyn`, ({ text }: Day) => isoDay(start(new Date(text), unit)))
  return environment
    .registerFunction('min(dyn, dyn): dyn', (a, b) => (less(a, b) || !less(b, a) ? a : b))
    .registerFunction('max(dyn, dyn): dyn', (a, b) => (less(a, b) ? b : less(b, a) || a !== null ? a : b))
    .registerFunction('abs(dyn): dyn', (a: Decimal | bigint) =>
      a instanceof Decimal ? new Decimal(a.units < 0n ? -a.units : a.units) : a < 0n ? -a : a,
    )
    .registerFunction('round(Decimal, int): dyn', ({ units }: Decimal, places: bigint) => {
      const unit = 10n ** (8n - places)
      return new Decimal(rounded(units, unit) * unit)
    })
    .registerFunction(
      'hour(google.protobuf.Timestamp): google.protobuf.Timestamp',
      (date: Date) => new Date(Math.floor(date.getTime() / 3_600_000) * 3_600_000),
    )
    .registerFunction(
      'time(google.protobuf.Timestamp): Clock',
      (date: Date) => new Clock(date.toISOString().slice(11, 23)),
    )
    .registerFunction('string(Day): string', ({ text }: Day) => text)
    .registerFunction(
      'string(google.protobuf.Timestamp): string',
      (date: Date) => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    )
    .registerFunction('today(): dyn', () => isoDay(NOW))
}

/** The present moment of the test. */
export const NOW = new Date('2026-06-15T12:34:56.789Z')

const environment = makeEnvironment()

const cel = (field: string, value: Value): unknown => {
  if (value === null) return null
  if (/^(n|m|small|size|amount)$/.test(field)) return BigInt(value as number)
  if (/^(p|q|cheap|price)$/.test(field)) return decimalOf(value as string)
  if (/^(at|ends)$/.test(field)) return new Date(value as string)
  if (/^(d|dd)$/.test(field)) return new Day(value as string)
  if (field === 'tm') return new Clock(`${value}.000`)
  return field === 'nums' ? (value as number[]).map(BigInt) : value
}

const celRow = (row: Row): { [field: string]: unknown } =>
  Object.fromEntries(Object.entries(row).map(([field, value]) => [field, cel(field, value)]))

/** Returns the names of an expression about one item. */
export const contextOf = (rows: Rows, index: number) => {
  const others = new Map(rows.Other.map((row) => [row.id, celRow(row)]))
  const itemOf = (row: Row) => ({
    ...celRow(row),
    other: others.get(row.other_id!),
    maybe: row.maybe_id === null ? null : others.get(row.maybe_id!),
  })
  const items = new Map(rows.Item.map((row) => [row.id, itemOf(row)]))
  return {
    this: itemOf(rows.Item[index]!),
    now: NOW,
    Line: rows.Line.map((row) => ({ ...celRow(row), item: items.get(row.item_id!) })),
  }
}

/** Functions that are defined by what they mean elsewhere are not asked here. */
export const isKnown = (text: string): boolean => !/minutes\(|hours\(|days\(|in(Minutes|Hours|Days)\(/i.test(text)

/** Returns the value as the other implementations write theirs; null where it is an error. */
export const evaluate = (text: string, context: object): string | null => {
  let value: unknown
  try {
    value = environment.evaluate(text, context as Record<string, unknown>)
  } catch {
    return null
  }
  return written(value)
}

const bits = (value: number): string => {
  const buffer = Buffer.alloc(8)
  buffer.writeDoubleBE(value)
  return buffer.toString('hex')
}

const written = (value: unknown): string | null => {
  if (value === null || value === undefined) return null
  if (value instanceof Decimal) return `decimal ${value.units}`
  if (value instanceof Day) return `date ${value.text}`
  if (value instanceof Clock) return `time ${value.text}`
  if (value instanceof Date) return `datetime ${value.toISOString()}`
  if (typeof value === 'bigint') return `int ${value}`
  if (typeof value === 'number') return Number.isFinite(value) ? `float ${bits(value + 0)}` : null
  if (typeof value === 'object') {
    const { seconds, nanos } = value as { seconds: bigint; nanos: number }
    return `duration ${seconds * 1_000_000n + BigInt(Math.trunc(nanos / 1000))}`
  }
  return `${typeof value === 'boolean' ? 'bool' : 'text'} ${value}`
}
