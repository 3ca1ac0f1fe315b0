import { own } from '../blueprint/names.ts'
import { type Code, LEVEL } from './code.ts'
import { helper, infix, isHost, python, type Sql } from './sql-parts.ts'
import type { Typed } from './typed.ts'

const HELPERS = { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide', '%': 'remainder' } as const

/** Writes `a + b`. */
export const arithmetic = (sql: Sql, typed: Extract<Typed, { kind: 'arithmetic' }>): Code => {
  const { writer } = sql
  const { op, left, right, type } = typed
  const args = [sql.operand(left).code, sql.operand(right).code]
  if (type === 'date' || type === 'datetime') return helper(writer, op === '+' ? 'later' : 'earlier', args)
  if (type === 'duration' && left.type !== 'duration') return helper(writer, 'between', args)
  if (type === 'int' && !typed.partial && /[-+*]/.test(op) && !isHost(writer, left)) {
    const level = op === '*' ? LEVEL.product : LEVEL.sum
    return infix(sql.column(left), op, sql.operand(right), level)
  }
  return helper(writer, HELPERS[op], args)
}

const NAMES: { [name: string]: string } = {
  day: 'day',
  date: 'day',
  week: 'week',
  month: 'month',
  year: 'year',
  hour: 'hour',
  time: 'time_of_day',
  weekday: 'weekday',
  hourOf: 'hour_of',
  minutes: 'minutes',
  hours: 'hours',
  days: 'days',
  inMinutes: 'in_minutes',
  inHours: 'in_hours',
  inDays: 'in_days',
  decimal: 'decimal',
  contains: 'contains',
  startsWith: 'starts_with',
  endsWith: 'ends_with',
  lower: 'lower',
  size: 'length',
  string: 'as_text',
  min: 'smaller',
  max: 'larger',
  abs: 'size_of',
  round: 'rounded',
}
const ZONED = /^(day|date|week|month|year|hour|time|weekday|hourOf)$/
const EITHER = /^(contains|startsWith|endsWith|min|max)$/

/** Writes a function. */
export const call = (sql: Sql, typed: Extract<Typed, { kind: 'call' }>): Code => {
  const { writer } = sql
  const { name, args } = typed
  const codes = args.map((arg, index) =>
    index > 0 && name === 'round'
      ? python(writer, arg).code
      : EITHER.test(name)
        ? sql.operand(arg).code
        : sql.column(arg).code,
  )
  const zone = ZONED.test(name) && args[0]!.type === 'datetime' && writer.zone !== 'UTC' ? [`"${writer.zone}"`] : []
  return helper(writer, own(NAMES, name)!, [...codes, ...zone])
}
