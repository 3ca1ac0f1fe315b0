import type { Architecture } from '../../schemas/generated/architecture.ts'
import { typeExpression } from '../expressions/check.ts'
import { isPredicate } from '../expressions/predicate.ts'
import type { Typed } from '../expressions/typed.ts'
import type { Predicate } from './migrations-physical.ts'

type Dialect = keyof Predicate

/**
 * Returns the condition of a partial index in the words of both databases. Throws where the expression is more than
 * isPredicate allows.
 */
export const predicateOf = (
  architecture: Architecture,
  model: string,
  columns: (field: string) => string,
  text: string,
): Predicate => {
  const { typed } = typeExpression(text, { this: { kind: 'row', model } }, architecture, ['bool'])
  if (!isPredicate(typed)) throw new Error(`${model}: an index cannot be limited to where ${text}`)
  return { sqlite: render(typed, 'sqlite', columns), postgresql: render(typed, 'postgresql', columns) }
}

const render = (typed: Typed, dialect: Dialect, columns: (field: string) => string): string => {
  const part = (each: Typed): string => render(each, dialect, columns)
  switch (typed.kind) {
    case 'literal':
      return literal(typed, dialect)
    case 'field':
      return `"${columns(typed.field)}"`
    case 'not':
      return `NOT (${part(typed.operand)})`
    case 'and':
    case 'or':
      return typed.parts.map((each) => `(${part(each)})`).join(typed.kind === 'and' ? ' AND ' : ' OR ')
    case 'compare':
      return compare(typed, part)
    case 'among':
      return `${part(typed.item)} IN (${typed.items.map(part).join(', ')})`
    default:
      throw new Error(`an index cannot be limited by ${typed.kind}`)
  }
}

const isNull = (typed: Typed): boolean => typed.kind === 'literal' && typed.value === null

/** Null is compared like any value by == and !=; every other comparison with it is unknown, as in SQL. */
const compare = (typed: Extract<Typed, { kind: 'compare' }>, part: (each: Typed) => string): string => {
  const { op, left, right } = typed
  if (op !== '==' && op !== '!=') return `${part(left)} ${op} ${part(right)}`
  const denied = op === '!='
  if (isNull(left) || isNull(right)) return `${part(isNull(left) ? right : left)} IS ${denied ? 'NOT ' : ''}NULL`
  const nullable = [left, right].filter((each) => each.nullable).map(part)
  if (nullable.length === 0) return `${part(left)} ${denied ? '<>' : '='} ${part(right)}`
  const same = [`${part(left)} = ${part(right)}`, ...nullable.map((each) => `${each} IS NOT NULL`)].join(' AND ')
  const both = nullable.length === 2 ? ` OR (${nullable.map((each) => `${each} IS NULL`).join(' AND ')})` : ''
  return denied ? `NOT ((${same})${both})` : `(${same})${both}`
}

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`

/** Returns a constant as the database stores values of its type. */
const literal = (typed: Extract<Typed, { kind: 'literal' }>, dialect: Dialect): string => {
  const { value, type } = typed
  const sqlite = dialect === 'sqlite'
  if (value === null) return 'NULL'
  if (typeof value === 'boolean') return sqlite ? String(Number(value)) : String(value)
  if (type === 'decimal') return sqlite ? String(Math.round(Number(value) * 1e8)) : String(value)
  if (typeof value !== 'string') return String(value)
  if (type === 'datetime') {
    const moment = new Date(value).toISOString().replace('T', ' ')
    return quoted(sqlite ? moment.replace('Z', '000') : moment.replace('Z', '+00'))
  }
  if (type === 'time') return quoted(sqlite ? `${`${value}:00`.slice(0, 8)}.000000` : value)
  if (type === 'uuid' && sqlite) return quoted(value.replaceAll('-', '').toLowerCase())
  return quoted(value)
}
