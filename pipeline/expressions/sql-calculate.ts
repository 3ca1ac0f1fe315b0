import { own } from '../blueprint/names.ts'
import { type Code, LEVEL } from './code.ts'
import { CALENDAR, HELPER_NAMES } from './helper-names.ts'
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
  const zone = CALENDAR.test(name) && args[0]!.type === 'datetime' && writer.zone !== 'UTC' ? [`"${writer.zone}"`] : []
  return helper(writer, own(HELPER_NAMES, name)!, [...codes, ...zone])
}
