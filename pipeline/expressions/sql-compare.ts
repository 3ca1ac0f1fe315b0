import { at, atom, type Code, LEVEL } from './code.ts'
import { alchemy, bindValue, helper, infix, isHost, type Place, python, type Sql } from './sql-parts.ts'
import { asReference } from './sql-rows.ts'
import { canBeUnknown, type Typed } from './typed.ts'

const FLIPPED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const

/** Writes `a == b`, `a < b`. */
export const comparison = (sql: Sql, whole: Extract<Typed, { kind: 'compare' }>, place: Place): Code => {
  const { writer } = sql
  const typed = { ...whole, left: asReference(writer, whole.left), right: asReference(writer, whole.right) }
  if (isHost(writer, typed)) return bindValue(writer, typed)
  const swap = isHost(writer, typed.left)
  const [left, right] = swap ? [typed.right, typed.left] : [typed.left, typed.right]
  const op = swap ? FLIPPED[typed.op] : typed.op
  if (op !== '==' && op !== '!=') {
    if (left.type !== 'string') return infix(sql.column(left), op, sql.operand(right), LEVEL.comparison)
    const [a, b] = [left, right].map((side) => helper(writer, 'ordered', [sql.operand(side).code]))
    return infix(a!, op, b!, LEVEL.comparison)
  }
  const method = (name: string, argument: string): Code =>
    atom(`${at(LEVEL.atom, sql.column(left))}.${name}(${argument})`)
  if (right.type === 'null') return method(op === '==' ? 'is_' : 'is_not', 'None')
  if (right.kind === 'literal' && typeof right.value === 'boolean') {
    const code = sql.column(left)
    const grouped = left.kind === 'field' ? code : helper(writer, 'condition', [code.code])
    if (canBeUnknown(left))
      return atom(`${grouped.code}.${op === '==' ? 'is_' : 'is_not'}(${right.value ? 'True' : 'False'})`)
    return (op === '==') === right.value ? code : alchemy(writer, 'not_', [code.code])
  }
  if (left.type === 'bool' && right.type === 'bool') {
    const side = (each: Typed): Code =>
      isHost(writer, each) ? bindValue(writer, each) : helper(writer, 'condition', [sql.column(each).code])
    if (!canBeUnknown(left) && !canBeUnknown(right)) return infix(side(left), op, side(right), LEVEL.comparison)
    return atom(`${side(left).code}.${op === '==' ? 'is_not_distinct_from' : 'is_distinct_from'}(${side(right).code})`)
  }
  // A missing value of Python is compared by IS NULL: SQLAlchemy writes it so.
  const plainRight = isHost(writer, right) ? isPlain(right) : true
  const nullable = [left, right].filter(canBeUnknown).length
  const same =
    op === '==' && place === 'where'
      ? nullable < 2 || isHost(writer, right)
      : !canBeUnknown(left) && (nullable === 0 || isHost(writer, right))
  if (same && plainRight)
    return infix(
      sql.column(left),
      op,
      isHost(writer, right) ? python(writer, right) : sql.column(right),
      LEVEL.comparison,
    )
  return method(op === '==' ? 'is_not_distinct_from' : 'is_distinct_from', sql.operand(right).code)
}

/** Whether SQLAlchemy takes a value of Python for what the column on the other side holds. */
const isPlain = (typed: Typed): boolean => typed.type !== 'bool' || !canBeUnknown(typed)

/** Writes `item in [a, b]`. */
export const among = (sql: Sql, typed: Extract<Typed, { kind: 'among' }>, place: Place): Code => {
  const { writer } = sql
  const { item, items } = typed
  if (!isHost(writer, item) && items.every((each) => isHost(writer, each) && !canBeUnknown(each))) {
    const list = items.map((each) => python(writer, each).code).join(', ')
    const found = `${at(LEVEL.atom, sql.column(item))}.in_([${list}])`
    if (place === 'where' || !canBeUnknown(item)) return atom(found)
    return alchemy(writer, 'func.coalesce', [found, 'sa.false()'])
  }
  const parts = items.map(
    (each): Typed => ({ ...typed, nullable: false, kind: 'compare', op: '==', left: item, right: each }),
  )
  return parts.length === 1
    ? sql.write(parts[0]!, place)
    : alchemy(
        writer,
        'or_',
        parts.map((part) => sql.column(part, place).code),
      )
}
