import { attributeOf } from '../generate/emit-names.ts'
import { atom, boundOf, type Code, type Writer } from './code.ts'
import { arithmetic, call } from './sql-calculate.ts'
import { among, comparison } from './sql-compare.ts'
import { alchemy, bindValue, helper, isHost, type Place, python, type Sql } from './sql-parts.ts'
import { aggregate, elements, followed } from './sql-rows.ts'
import { canBeUnknown, type Typed } from './typed.ts'

/** Returns how parts are written with a writer. */
const sqlOf = (writer: Writer): Sql => {
  const sql: Sql = {
    writer,
    write: (typed, place) => write(sql, typed, place),
    operand: (typed) => {
      if (!isHost(writer, typed)) return sql.write(typed, 'value')
      return canBeUnknown(typed) ? bindValue(writer, typed) : python(writer, typed)
    },
    column: (typed, place = 'value') => (isHost(writer, typed) ? bindValue(writer, typed) : sql.write(typed, place)),
    condition: (typed, place) => {
      const code = sql.column(typed, place)
      const stored = /^(field|variable|choose|aggregate)$/.test(typed.kind) && !isHost(writer, typed)
      return stored && canBeUnknown(typed) ? helper(writer, 'condition', [code.code]) : code
    },
  }
  return sql
}

/** Writes an expression as one of SQLAlchemy. */
export const writeSql = (writer: Writer, typed: Typed): Code => sqlOf(writer).write(typed, 'value')

/** Writes a condition of which only what is true counts. */
export const writeCondition = (writer: Writer, typed: Typed): Code => sqlOf(writer).condition(typed, 'where')

/** Writes what is asked over rows of a model, in a subquery of its own. */
export const writeAggregate = (writer: Writer, typed: Extract<Typed, { kind: 'aggregate' }>): string =>
  aggregate(sqlOf(writer), typed)

const write = (sql: Sql, typed: Typed, place: Place): Code => {
  const { writer } = sql
  if (isHost(writer, typed)) return bindValue(writer, typed)
  const plain = (part: Typed): string => sql.operand(part).code
  switch (typed.kind) {
    case 'variable': {
      const bound = boundOf(writer, typed.variable)
      return atom('sql' in bound ? bound.sql : bound.python)
    }
    case 'field':
      return followed(writer, typed.row, attributeOf(typed.field))
    case 'row':
      return followed(writer, typed.row, 'id')
    case 'not':
      return /^(and|or|among)$/.test(typed.operand.kind)
        ? helper(writer, 'negate', [sql.condition(typed.operand, 'value').code])
        : alchemy(writer, 'not_', [sql.condition(typed.operand, 'value').code])
    case 'negative':
      return helper(writer, 'negative', [sql.column(typed.operand).code])
    case 'and':
    case 'or':
      return alchemy(
        writer,
        `${typed.kind}_`,
        typed.parts.map((part) => sql.condition(part, place).code),
      )
    case 'compare':
      return comparison(sql, typed, place)
    case 'arithmetic':
      return arithmetic(sql, typed)
    case 'choose': {
      const asked = sql.condition(typed.condition, 'value').code
      const yes = sql.column(typed.yes).code
      const no = sql.column(typed.no).code
      return canBeUnknown(typed.condition)
        ? alchemy(writer, 'case', [`(${asked}, ${yes})`, `(sa.not_(${asked}), ${no})`])
        : alchemy(writer, 'case', [`(${asked}, ${yes})`, `else_=${no}`])
    }
    case 'among':
      return among(sql, typed, place)
    case 'member':
      return helper(writer, 'member', [plain(typed.item), sql.column(typed.list).code])
    case 'call':
      return call(sql, typed)
    case 'aggregate':
      return atom(aggregate(sql, typed))
    case 'elements':
      return elements(sql, typed)
    default:
      throw new Error(`${typed.kind} is a value of Python`)
  }
}
