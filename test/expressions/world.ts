/** Models with a field of every type that expressions calculate with, and rows of them. */
import fc from 'fast-check'
import type { Architecture, Field } from '../../schemas/generated/architecture.ts'
import { fixture } from '../blueprint/fixtures.ts'

const ITEM: { [name: string]: Field } = {
  id: { type: 'uuid', key: true },
  n: { type: 'int' },
  m: { type: 'int', optional: true },
  small: { type: 'int', min: -100, max: 100 },
  p: { type: 'decimal', scale: 4 },
  q: { type: 'decimal', scale: 2, optional: true },
  cheap: { type: 'decimal', scale: 2, min: 0, max: 1000 },
  f: { type: 'float' },
  g: { type: 'float', optional: true },
  s: { type: 'string' },
  t: { type: 'text', optional: true },
  e: { type: 'enum', values: ['low', 'mid', 'high'] },
  b: { type: 'bool' },
  c: { type: 'bool', optional: true },
  at: { type: 'datetime' },
  ends: { type: 'datetime', optional: true },
  d: { type: 'date' },
  dd: { type: 'date', optional: true },
  tm: { type: 'time' },
  tags: { type: 'list(string)' },
  nums: { type: 'list(int)', optional: true },
  other_id: { type: 'ref(Other.id)' },
  maybe_id: { type: 'ref(Other.id)', optional: true },
}

const OTHER: { [name: string]: Field } = {
  id: { type: 'uuid', key: true },
  label: { type: 'string' },
  size: { type: 'int', optional: true },
}

const LINE: { [name: string]: Field } = {
  id: { type: 'uuid', key: true },
  item_id: { type: 'ref(Item.id)' },
  amount: { type: 'int' },
  price: { type: 'decimal', scale: 2, optional: true },
}

/** A blueprint whose model Item has all of them, computed fields too. */
export const world = (): Architecture => {
  const architecture = fixture('todo')
  architecture.models.Other = { fields: OTHER, concurrency: 'none' }
  architecture.models.Item = {
    fields: ITEM,
    concurrency: 'none',
    computed: {
      lines: { type: 'int', over: { take: 'count', from: 'Line.item_id' } },
      dear: { type: 'bool', over: { take: 'exists', from: 'Line.item_id', where: 'that.price > this.cheap' } },
      amount: { type: 'int', over: { take: 'sum', from: 'Line.item_id', field: 'amount' } },
      best: { type: 'decimal', over: { take: 'max', from: 'Line.item_id', field: 'price' } },
      mean: { type: 'decimal', over: { take: 'avg', from: 'Line.item_id', field: 'price' } },
      twice: { type: 'int', expr: 'this.small * 2' },
    },
  }
  architecture.models.Line = { fields: LINE, concurrency: 'none' }
  return architecture
}

export type Value = string | number | boolean | null | string[] | number[]
export type Row = { [field: string]: Value }
export type Rows = { Other: Row[]; Item: Row[]; Line: Row[] }

const text = fc
  .oneof(
    fc.constantFrom('', 'a', 'B', 'ab', 'Ä', 'ä', 'ß', 'a%b', 'a_b', '\\', '😀', 'x y'),
    fc.string({ maxLength: 4 }),
  )
  .map((each) => each.replaceAll('\0', ''))
const orNull = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of, { freq: 3 })
const int = fc.oneof(fc.integer({ min: -7, max: 7 }), fc.constantFrom(2 ** 53 - 1, -(2 ** 53) + 1, 2 ** 31, 1_000_000))
const decimal = (places: number) =>
  fc.oneof(
    fc.integer({ min: -900, max: 900 }).map((units) => (units / 10 ** places).toFixed(places)),
    fc.constantFrom('90000000000', '-90000000000', '0'),
  )
const float = fc
  .oneof(fc.constantFrom(0, 1, -1.5, 0.1, 1e200, -1e-200), fc.double({ min: -1e6, max: 1e6, noNaN: true }))
  .map((each) => each + 0)
const iso = (date: Date): string => date.toISOString()
const usual = fc.date({ min: new Date('2025-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })
const moment = fc.oneof(
  { weight: 8, arbitrary: usual.map(iso) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '2026-03-29T00:59:59.999Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:30:00.000Z',
      '2028-02-29T23:30:00.000Z',
    ),
  },
)
const day = usual.map((date) => iso(date).slice(0, 10))
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`)

const id = (kind: number, index: number): string => `00000000-0000-4000-800${kind}-${String(index).padStart(12, '0')}`

const item = fc.record({
  n: int,
  m: orNull(int),
  small: fc.integer({ min: -100, max: 100 }),
  p: decimal(4),
  q: orNull(decimal(2)),
  cheap: fc.integer({ min: 0, max: 100_000 }).map((units) => (units / 100).toFixed(2)),
  f: float,
  g: orNull(float),
  s: text,
  t: orNull(text),
  e: fc.constantFrom('low', 'mid', 'high'),
  b: fc.boolean(),
  c: orNull(fc.boolean()),
  at: moment,
  ends: orNull(moment),
  d: day,
  dd: orNull(day),
  tm: time,
  tags: fc.array(text, { maxLength: 3 }),
  nums: orNull(fc.array(fc.integer({ min: -7, max: 7 }), { maxLength: 3 })),
  other: fc.nat(3),
  maybe: orNull(fc.nat(3)),
})

/** At the ends of the calendar, where zones, durations and databases break first. */
const ENDS: Partial<Row>[] = [
  { at: '0001-01-01T00:00:00.000Z', ends: '9999-12-31T23:59:59.999Z', d: '0001-01-01', dd: '9999-12-31' },
  { at: '9999-12-31T23:59:59.999Z', ends: '0001-01-01T00:00:00.000Z', d: '9999-12-31', dd: '0001-01-01' },
]

/** Rows: the last two of Item are at the ends of the calendar. */
export const rowsOf = (seed: number, count: number): Rows => {
  const Item = fc.sample(item, { seed, numRuns: count }).map(
    ({ other, maybe, ...row }, index): Row => ({
      ...row,
      id: id(1, index),
      other_id: id(2, other),
      maybe_id: maybe === null ? null : id(2, maybe),
      ...(index >= count - ENDS.length ? ENDS[index - count + ENDS.length] : {}),
    }),
  )
  const lines = fc.record({ item: fc.nat(count - 1), amount: int, price: orNull(decimal(2)) })
  return {
    Other: [0, 1, 2, 3].map((index) => ({ id: id(2, index), label: ['a', 'b', '', 'Ä'][index]!, size: index || null })),
    Item,
    Line: fc.sample(lines, { seed, numRuns: count * 2 }).map(({ item: owner, ...row }, index) => ({
      ...row,
      id: id(3, index),
      item_id: id(1, owner),
    })),
  }
}

export const isAtTheEnds = (rows: Rows, index: number): boolean => index >= rows.Item.length - ENDS.length

/** Whether floats of a row are of a size with which we do not calculate. */
export const isExtreme = (text: string, rows: Rows, index: number): boolean =>
  /this\.[fg]\b/.test(text) &&
  [rows.Item[index]!.f, rows.Item[index]!.g].some((value) => Math.abs(Math.log10(Math.abs(Number(value)) || 1)) > 100)
