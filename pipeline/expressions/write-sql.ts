import { hidingModels } from '../blueprint/hiding.ts'
import { own, toSnake } from '../blueprint/names.ts'
import { attributeOf, identifier } from '../generate/emit-names.ts'
import { at, atom, boundOf, type Code, fresh, LEVEL, rowsOf, use, type Writer } from './code.ts'
import { canBeUnknown, type Row, type Typed } from './typed.ts'
import { writePython } from './write-python.ts'

/** `where`: unknown may come out as false, because only what is true counts there. */
export type Place = 'where' | 'value'

type Aggregate = Extract<Typed, { kind: 'aggregate' }>

const helper = (writer: Writer, name: string, args: readonly string[]): Code => {
  use(writer, 'runtime', 'sql')
  return atom(`sql.${name}(${args.join(', ')})`)
}

const alchemy = (writer: Writer, name: string, args: readonly string[]): Code => {
  use(writer, 'sqlalchemy as sa')
  return atom(`sa.${name}(${args.join(', ')})`)
}

/** Whether Python knows the value before the database is asked. */
const isHost = (writer: Writer, typed: Typed): boolean => {
  const host = (part: Typed): boolean => isHost(writer, part)
  switch (typed.kind) {
    case 'literal':
    case 'now':
    case 'today':
    case 'caller':
      return true
    case 'variable':
    case 'input':
      return 'python' in boundOf(writer, typed.variable)
    case 'field':
    case 'row':
      return (
        typed.row.path.length === 0 &&
        typed.row.variable.binding.kind !== 'caller' &&
        'python' in boundOf(writer, typed.row.variable)
      )
    case 'not':
    case 'negative':
      return host(typed.operand)
    case 'and':
    case 'or':
      return typed.parts.every(host)
    case 'compare':
    case 'arithmetic':
      return host(typed.left) && host(typed.right)
    case 'choose':
      return host(typed.condition) && host(typed.yes) && host(typed.no)
    case 'among':
      return host(typed.item) && typed.items.every(host)
    case 'member':
      return host(typed.item) && host(typed.list)
    case 'call':
      return typed.args.every(host)
    case 'aggregate':
      return false
    case 'elements':
      return host(typed.list)
  }
}

const COLUMN_TYPES: { [type: string]: [module: string, name: string, code: string] } = {
  int: ['sqlalchemy as sa', '', 'sa.BigInteger()'],
  float: ['sqlalchemy as sa', '', 'sa.Double()'],
  decimal: ['runtime', 'tables', 'tables.ExactDecimal()'],
  string: ['sqlalchemy as sa', '', 'sa.Text()'],
  date: ['sqlalchemy as sa', '', 'sa.Date()'],
  datetime: ['runtime', 'tables', 'tables.UtcDateTime()'],
  time: ['sqlalchemy as sa', '', 'sa.Time()'],
  duration: ['runtime', 'sql', 'sql.Span()'],
  uuid: ['sqlalchemy as sa', '', 'sa.Uuid()'],
}

/** Writes a value of Python as a part of the statement. */
const bindValue = (writer: Writer, typed: Typed): Code => {
  const { code } = python(writer, typed)
  if (typed.type === 'bool') return helper(writer, 'truth', [code])
  if (typed.type === 'null') return alchemy(writer, 'null', [])
  const [module, name, type] = COLUMN_TYPES[typed.type] ?? ['runtime', 'tables', 'tables.json_type()']
  use(writer, module, ...(name ? [name] : []))
  if (canBeUnknown(typed) && /^(float|decimal)$/.test(typed.type)) return helper(writer, 'given', [code, type])
  return alchemy(writer, 'literal', [code, type])
}

const python = (writer: Writer, typed: Typed): Code =>
  writePython(writer, typed, () => {
    throw new Error('an aggregate is no value of Python')
  })

/** Writes a part that may be of Python or of the database, where SQLAlchemy takes either. */
const operand = (writer: Writer, typed: Typed): Code => {
  if (!isHost(writer, typed)) return writeSql(writer, typed, 'value')
  return canBeUnknown(typed) ? bindValue(writer, typed) : python(writer, typed)
}

/** Writes a part as an expression of the database, whose methods are then called. */
const column = (writer: Writer, typed: Typed, place: Place = 'value'): Code =>
  isHost(writer, typed) ? bindValue(writer, typed) : writeSql(writer, typed, place)

/** Writes a condition: for the type checker, what is stored and may be missing is none yet. */
export const condition = (writer: Writer, typed: Typed, place: Place): Code => {
  const code = column(writer, typed, place)
  const stored = /^(field|variable|choose|aggregate)$/.test(typed.kind) && !isHost(writer, typed)
  return stored && canBeUnknown(typed) ? helper(writer, 'condition', [code.code]) : code
}

/** Writes an expression as one of SQLAlchemy. */
export const writeSql = (writer: Writer, typed: Typed, place: Place): Code => {
  if (isHost(writer, typed)) return bindValue(writer, typed)
  const plain = (part: Typed): string => operand(writer, part).code
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
        ? helper(writer, 'negate', [condition(writer, typed.operand, 'value').code])
        : alchemy(writer, 'not_', [condition(writer, typed.operand, 'value').code])
    case 'negative':
      return helper(writer, 'negative', [column(writer, typed.operand).code])
    case 'and':
    case 'or':
      return alchemy(
        writer,
        `${typed.kind}_`,
        typed.parts.map((part) => condition(writer, part, place).code),
      )
    case 'compare':
      return comparison(writer, typed, place)
    case 'arithmetic':
      return arithmetic(writer, typed)
    case 'choose': {
      const asked = condition(writer, typed.condition, 'value').code
      const yes = column(writer, typed.yes).code
      const no = column(writer, typed.no).code
      return canBeUnknown(typed.condition)
        ? alchemy(writer, 'case', [`(${asked}, ${yes})`, `(sa.not_(${asked}), ${no})`])
        : alchemy(writer, 'case', [`(${asked}, ${yes})`, `else_=${no}`])
    }
    case 'among':
      return among(writer, typed, place)
    case 'member':
      return helper(writer, 'member', [plain(typed.item), column(writer, typed.list).code])
    case 'call':
      return call(writer, typed)
    case 'aggregate':
      return atom(writeAggregate(writer, typed))
    case 'elements':
      return elements(writer, typed)
    default:
      throw new Error(`${typed.kind} is a value of Python`)
  }
}

/** An attribute of a row; behind references, a subquery for each. */
const followed = (writer: Writer, row: Row, attribute: string): Code => {
  const isCaller = row.variable.binding.kind === 'caller'
  const bound = isCaller ? undefined : boundOf(writer, row.variable)
  const start = bound && ('sql' in bound ? bound.sql : bound.python)
  const nullable =
    bound !== undefined && 'python' in bound && row.variable.binding.kind === 'row' && row.variable.binding.nullable
  const from = (owner: string, steps: Row['path']): string => {
    const [first, ...rest] = steps
    if (!first) return `${owner}.${attribute}`
    const id = `${owner}.${attributeOf(first.field)}`
    return through(
      first.model,
      owner === start && nullable ? `None if ${owner} is None else ${id}` : id,
      first.name,
      rest,
    )
  }
  const through = (model: string, id: string, wanted: string, rest: Row['path']): string => {
    const rows = rowsOf(writer, model)
    const name = fresh(writer, identifier(wanted))
    const code = helper(writer, 'of', [rows, id, `lambda ${name}: ${from(name, rest)}`]).code
    writer.taken.delete(name)
    return code
  }
  return atom(
    start === undefined ? through(row.base, `${writer.call}.caller`, 'account', row.path) : from(start, row.path),
  )
}

const infix = (left: Code, op: string, right: Code, level: number): Code => ({
  code: `${at(level === LEVEL.comparison ? LEVEL.sum : level, left)} ${op} ${at(level + 1, right)}`,
  level,
})

const FLIPPED = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' } as const

/** What a reference names is there, unless it is hidden: the reference itself says whether it names something. */
const asReference = (writer: Writer, typed: Typed): Typed => {
  const last = typed.kind === 'row' ? typed.row.path.at(-1) : undefined
  if (typed.kind !== 'row' || !last || hidingModels(writer.architecture).has(typed.row.model)) return typed
  const path = typed.row.path.slice(0, -1)
  const row: Row = { ...typed.row, path, model: path.at(-1)?.model ?? typed.row.base, nullable: true }
  return { ...typed, type: 'uuid', kind: 'field', row, field: last.field }
}

const comparison = (writer: Writer, whole: Extract<Typed, { kind: 'compare' }>, place: Place): Code => {
  const typed = { ...whole, left: asReference(writer, whole.left), right: asReference(writer, whole.right) }
  if (isHost(writer, typed)) return bindValue(writer, typed)
  const swap = isHost(writer, typed.left)
  const [left, right] = swap ? [typed.right, typed.left] : [typed.left, typed.right]
  const op = swap ? FLIPPED[typed.op] : typed.op
  if (op !== '==' && op !== '!=') {
    if (left.type !== 'string') return infix(column(writer, left), op, operand(writer, right), LEVEL.comparison)
    const [a, b] = [left, right].map((side) => helper(writer, 'ordered', [operand(writer, side).code]))
    return infix(a!, op, b!, LEVEL.comparison)
  }
  const method = (name: string, argument: string): Code =>
    atom(`${at(LEVEL.atom, column(writer, left))}.${name}(${argument})`)
  if (right.type === 'null') return method(op === '==' ? 'is_' : 'is_not', 'None')
  if (right.kind === 'literal' && typeof right.value === 'boolean') {
    const code = column(writer, left)
    const grouped = left.kind === 'field' ? code : helper(writer, 'condition', [code.code])
    if (canBeUnknown(left))
      return atom(`${grouped.code}.${op === '==' ? 'is_' : 'is_not'}(${right.value ? 'True' : 'False'})`)
    return (op === '==') === right.value ? code : alchemy(writer, 'not_', [code.code])
  }
  if (left.type === 'bool' && right.type === 'bool') {
    const side = (each: Typed): Code =>
      isHost(writer, each) ? bindValue(writer, each) : helper(writer, 'condition', [column(writer, each).code])
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
      column(writer, left),
      op,
      isHost(writer, right) ? python(writer, right) : column(writer, right),
      LEVEL.comparison,
    )
  return method(op === '==' ? 'is_not_distinct_from' : 'is_distinct_from', operand(writer, right).code)
}

/** Whether SQLAlchemy takes a value of Python for what the column on the other side holds. */
const isPlain = (typed: Typed): boolean => typed.type !== 'bool' || !canBeUnknown(typed)

const among = (writer: Writer, typed: Extract<Typed, { kind: 'among' }>, place: Place): Code => {
  const { item, items } = typed
  if (!isHost(writer, item) && items.every((each) => isHost(writer, each) && !canBeUnknown(each))) {
    const list = items.map((each) => python(writer, each).code).join(', ')
    const found = `${at(LEVEL.atom, column(writer, item))}.in_([${list}])`
    if (place === 'where' || !canBeUnknown(item)) return atom(found)
    return alchemy(writer, 'func.coalesce', [found, 'sa.false()'])
  }
  const parts = items.map(
    (each): Typed => ({ ...typed, nullable: false, kind: 'compare', op: '==', left: item, right: each }),
  )
  return parts.length === 1
    ? writeSql(writer, parts[0]!, place)
    : alchemy(
        writer,
        'or_',
        parts.map((part) => column(writer, part, place).code),
      )
}

const HELPERS = { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide', '%': 'remainder' } as const

const arithmetic = (writer: Writer, typed: Extract<Typed, { kind: 'arithmetic' }>): Code => {
  const { op, left, right, type } = typed
  const args = [operand(writer, left).code, operand(writer, right).code]
  if (type === 'date' || type === 'datetime') return helper(writer, op === '+' ? 'later' : 'earlier', args)
  if (type === 'duration' && left.type !== 'duration') return helper(writer, 'between', args)
  if (type === 'int' && !typed.partial && /[-+*]/.test(op) && !isHost(writer, left)) {
    const level = op === '*' ? LEVEL.product : LEVEL.sum
    return infix(column(writer, left), op, operand(writer, right), level)
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

const call = (writer: Writer, typed: Extract<Typed, { kind: 'call' }>): Code => {
  const { name, args } = typed
  const codes = args.map((arg, index) =>
    index > 0 && name === 'round'
      ? python(writer, arg).code
      : EITHER.test(name)
        ? operand(writer, arg).code
        : column(writer, arg).code,
  )
  const zone = ZONED.test(name) && args[0]!.type === 'datetime' && writer.zone !== 'UTC' ? [`"${writer.zone}"`] : []
  return helper(writer, own(NAMES, name)!, [...codes, ...zone])
}

/** Writes what is asked over rows of a model, in a subquery of its own. */
export const writeAggregate = (writer: Writer, typed: Aggregate): string => {
  const { variable, model, take } = typed
  const rows = rowsOf(writer, model)
  const name = fresh(writer, identifier(toSnake(variable.name)))
  writer.bound.set(variable, { sql: name })
  const lambda = (code: string): string => `lambda ${name}: ${code}`
  const where = (asked: Typed | undefined): string =>
    lambda(asked ? condition(writer, asked, 'where').code : alchemy(writer, 'true', []).code)
  const write = (): string => {
    switch (take) {
      case 'exists':
        return helper(writer, 'exists', [rows, where(typed.where)]).code
      case 'all': {
        const broken: Typed = { ...typed.where!, kind: 'not', operand: typed.where! }
        return alchemy(writer, 'not_', [helper(writer, 'exists', [rows, where(broken)]).code]).code
      }
      case 'one':
        return `${helper(writer, 'count', [rows, where(typed.where)]).code} == 1`
      case 'count':
        return helper(writer, 'count', [rows, where(typed.where)]).code
      case 'sum':
        return helper(writer, 'total', [rows, where(typed.where), lambda(column(writer, typed.of!).code)]).code
      default: {
        const value = column(writer, typed.of!).code
        const made = take === 'avg' ? helper(writer, 'mean_of', [value]) : alchemy(writer, `func.${take}`, [value])
        return helper(writer, 'summary', [rows, where(typed.where), lambda(made.code)]).code
      }
    }
  }
  const code = write()
  writer.taken.delete(name)
  return code
}

const TAKES = { exists: 'any_of', all: 'all_of', one: 'one_of', count: 'count_of' } as const

const elements = (writer: Writer, typed: Extract<Typed, { kind: 'elements' }>): Code => {
  const name = fresh(writer, identifier(toSnake(typed.variable.name)))
  writer.bound.set(typed.variable, { sql: name })
  const list = column(writer, typed.list).code
  const asked = `lambda ${name}: ${condition(writer, typed.where, 'where').code}`
  writer.taken.delete(name)
  const element = /\((.+)\)/.exec(typed.list.type)![1]!
  return helper(writer, TAKES[typed.take], [list, COLUMN_TYPES[element]![2], asked])
}
