import { own, toSnake } from '../blueprint/names.ts'
import { attributeOf, identifier } from '../generate/emit-names.ts'
import { at, atom, type Code, fresh, LEVEL, pythonName, rowsOf, use, type Writer } from './code.ts'
import { canBeUnknown, type Row, type Typed } from './typed.ts'
import { writeLiteral } from './write-literal.ts'

/** Writes an aggregate over rows as an expression of the database. */
export type WriteAggregate = (writer: Writer, typed: Extract<Typed, { kind: 'aggregate' }>) => string

const helper = (writer: Writer, name: string, args: readonly string[]): Code => {
  use(writer, 'runtime', 'expressions')
  return atom(`expressions.${name}(${args.join(', ')})`)
}

/** Writes an expression over values of Python. What the database must be asked for is written into the loads. */
export const writePython = (writer: Writer, typed: Typed, aggregate: WriteAggregate): Code => {
  const write = (part: Typed): Code => writePython(writer, part, aggregate)
  const plain = (part: Typed): string => write(part).code
  switch (typed.kind) {
    case 'literal':
      return writeLiteral(writer, typed)
    case 'now':
      return atom(writer.now)
    case 'today':
      return atom(`${writer.now}.date()`)
    case 'variable':
      return atom(pythonName(writer, typed.variable))
    case 'input':
      return atom([pythonName(writer, typed.variable), ...typed.path.map(attributeOf)].join('.'))
    case 'caller':
      return atom(`${writer.call}.${typed.part === 'id' ? 'caller' : 'roles'}`)
    case 'field':
      return field(writer, typed.row, attributeOf(typed.field))
    case 'row':
      return atom(loadedRow(writer, typed.row))
    case 'not': {
      const { operand } = typed
      if (canBeUnknown(operand)) return helper(writer, 'negate', [plain(operand)])
      return { code: `not ${at(LEVEL.not, write(operand))}`, level: LEVEL.not }
    }
    case 'negative':
      if (canBeUnknown(typed)) return helper(writer, 'negative', [plain(typed.operand)])
      return { code: `-${at(LEVEL.sign, write(typed.operand))}`, level: LEVEL.sign }
    case 'and':
    case 'or':
      return junction(writer, typed, write)
    case 'compare':
      return comparison(writer, typed, write)
    case 'arithmetic':
      return arithmetic(writer, typed, write)
    case 'choose':
      if (canBeUnknown(typed.condition))
        return helper(writer, 'choose', [plain(typed.condition), plain(typed.yes), plain(typed.no)])
      return {
        code: `${at(1, write(typed.yes))} if ${at(1, write(typed.condition))} else ${at(0, write(typed.no))}`,
        level: LEVEL.choice,
      }
    case 'among': {
      const items = typed.items.map(plain)
      const tuple = items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`
      return { code: `${at(LEVEL.sum, write(typed.item))} in ${tuple}`, level: LEVEL.comparison }
    }
    case 'member':
      if (canBeUnknown(typed.list)) return helper(writer, 'member', [plain(typed.item), plain(typed.list)])
      return {
        code: `${at(LEVEL.sum, write(typed.item))} in ${at(LEVEL.sum, write(typed.list))}`,
        level: LEVEL.comparison,
      }
    case 'call':
      return call(writer, typed, write)
    case 'aggregate':
      return atom(loadedAggregate(writer, typed, aggregate))
    case 'elements':
      return elements(writer, typed, write)
  }
}

/** The value of a row's attribute; None where there is no row. */
const field = (writer: Writer, row: Row, attribute: string): Code => {
  const name = loadedRow(writer, row)
  if (row.nullable) return { code: `None if ${name} is None else ${name}.${attribute}`, level: LEVEL.choice }
  if (mayBeNone(row) && !row.narrowed) return atom(`${helper(writer, 'known', [name]).code}.${attribute}`)
  return atom(`${name}.${attribute}`)
}

/** Whether the variable that holds a row can hold None, whatever is known where it is used. */
const mayBeNone = ({ variable, path }: Row): boolean =>
  variable.binding.kind === 'caller' ||
  (variable.binding.kind === 'row' && variable.binding.nullable === true) ||
  path.some(({ nullable }) => nullable)

/** Returns the variable that holds a row; where a reference is followed, the row is loaded before. */
const loadedRow = (writer: Writer, row: Row): string => {
  const isCaller = row.variable.binding.kind === 'caller'
  const name = isCaller ? writer.call : pythonName(writer, row.variable)
  if (row.path.length === 0 && !isCaller) return name
  if (!writer.loads) throw new Error('rows cannot be loaded here')
  const key = [name, ...row.path.map((step) => step.name)].join('.')
  const known = writer.loads.names.get(key)
  if (known) return known
  const rows = rowsOf(writer, row.model)
  const last = row.path.at(-1)
  if (!last)
    return load(writer, key, 'account', `await ${follow(writer)}(${writer.call}.session, ${rows}, ${name}.caller)`)
  const path = row.path.slice(0, -1)
  const holder: Row = {
    variable: row.variable,
    base: row.base,
    path,
    model: path.at(-1)?.model ?? row.base,
    nullable: false,
  }
  const id = field(writer, { ...holder, nullable: mayBeNone(holder) }, attributeOf(last.field)).code
  const loaded = mayBeNone(row)
    ? `await ${follow(writer)}(${writer.call}.session, ${rows}, ${id})`
    : `await ${writer.call}.session.get_one(${rows}, ${id})`
  return load(writer, key, identifier(last.name), loaded)
}

const follow = (writer: Writer): string => {
  use(writer, 'runtime', 'expressions')
  return 'expressions.follow'
}

const load = (writer: Writer, key: string, wanted: string, value: string): string => {
  const name = fresh(writer, wanted)
  writer.loads!.statements.push(`${name} = ${value}`)
  writer.loads!.names.set(key, name)
  return name
}

const NAMES = { exists: 'found', all: 'all_fit', one: 'just_one', count: 'count' } as const

const loadedAggregate = (
  writer: Writer,
  typed: Extract<Typed, { kind: 'aggregate' }>,
  aggregate: WriteAggregate,
): string => {
  if (!writer.loads) throw new Error('rows cannot be asked for here')
  const asked = aggregate(writer, typed)
  const known = writer.loads.names.get(asked)
  if (known) return known
  use(writer, 'runtime', 'expressions')
  const wanted = `${toSnake(typed.model)}_${own(NAMES, typed.take) ?? typed.take}`
  return load(writer, asked, wanted, `await expressions.fetch(${writer.call}.session, ${asked})`)
}

/** What cannot be unknown stands first: then Python's own `and` and `or` come to the same as those of SQL. */
const junction = (
  writer: Writer,
  typed: Extract<Typed, { kind: 'and' | 'or' }>,
  write: (part: Typed) => Code,
): Code => {
  const level = LEVEL[typed.kind]
  const certain = typed.parts.filter((part) => !canBeUnknown(part)).map(write)
  const unknown = typed.parts.filter(canBeUnknown).map(write)
  const rest =
    unknown.length > 1
      ? [
          helper(
            writer,
            typed.kind === 'and' ? 'both' : 'either',
            unknown.map(({ code }) => code),
          ),
        ]
      : unknown
  const parts = [...certain, ...rest]
  if (parts.length === 1) return parts[0]!
  return { code: parts.map((part) => at(level + 1, part)).join(` ${typed.kind} `), level }
}

const COMPARED = { '<': 'less', '<=': 'at_most', '>': 'more', '>=': 'at_least' } as const

const comparison = (writer: Writer, typed: Extract<Typed, { kind: 'compare' }>, write: (part: Typed) => Code): Code => {
  const { op, left, right } = typed
  const two = (middle: string, a: Code, b: Code): Code => ({
    code: `${at(LEVEL.sum, a)} ${middle} ${at(LEVEL.sum, b)}`,
    level: LEVEL.comparison,
  })
  if (op === '==' || op === '!=') {
    for (const [value, other] of [
      [right, left],
      [left, right],
    ] as const) {
      if (value.kind !== 'literal') continue
      if (value.value === null && other.kind === 'literal')
        return atom((op === '==') === (other.value === null) ? 'True' : 'False')
      if (value.value === null) return two(op === '==' ? 'is' : 'is not', write(other), atom('None'))
      if (typeof value.value !== 'boolean' || other.kind === 'literal') continue
      const wanted = (op === '==') === value.value
      if (canBeUnknown(other)) return two(op === '==' ? 'is' : 'is not', write(other), write(value))
      const code = write(other)
      return wanted ? code : { code: `not ${at(LEVEL.not, code)}`, level: LEVEL.not }
    }
    return two(op, write(left), write(right))
  }
  if (canBeUnknown(left) || canBeUnknown(right))
    return helper(writer, COMPARED[op], [write(left).code, write(right).code])
  return two(op, write(left), write(right))
}

const HELPERS = { '+': 'plus', '-': 'minus', '*': 'times', '/': 'divide', '%': 'remainder' } as const

const arithmetic = (
  writer: Writer,
  typed: Extract<Typed, { kind: 'arithmetic' }>,
  write: (part: Typed) => Code,
): Code => {
  const { op, left, right, type } = typed
  const args = () => [write(left).code, write(right).code]
  const sum = (a: number, b: number): Code => {
    const level = op === '+' || op === '-' ? LEVEL.sum : LEVEL.product
    return { code: `${at(a, write(left))} ${op} ${at(b, write(right))}`, level }
  }
  const unknown = canBeUnknown(typed)
  if (type === 'date' || type === 'datetime')
    return unknown ? helper(writer, op === '+' ? 'later' : 'earlier', args()) : sum(LEVEL.sum, LEVEL.product)
  if (type === 'duration' && left.type !== 'duration')
    return unknown ? helper(writer, 'between', args()) : sum(LEVEL.sum, LEVEL.product)
  // Python's own division rounds down and its decimals are cut to 28 digits.
  const own = op === '+' || op === '-' || (op === '*' && type === 'int')
  if (unknown) return helper(writer, type === 'string' ? 'joined' : HELPERS[op], args())
  if (own) return op === '*' ? sum(LEVEL.product, LEVEL.sign) : sum(LEVEL.sum, LEVEL.product)
  const positive = type === 'int' && left.range![0] >= 0n && right.range![0] > 0n
  if (positive) {
    const middle = op === '/' ? '//' : op
    return { code: `${at(LEVEL.product, write(left))} ${middle} ${at(LEVEL.sign, write(right))}`, level: LEVEL.product }
  }
  return helper(writer, 'known', [helper(writer, HELPERS[op], args()).code])
}

const CALENDAR: { [name: string]: string } = {
  day: 'day',
  date: 'day',
  week: 'week',
  month: 'month',
  year: 'year',
  hour: 'hour',
  time: 'time_of_day',
  weekday: 'weekday',
  hourOf: 'hour_of',
}
const UNITS: { [name: string]: string } = { inMinutes: 'in_minutes', inHours: 'in_hours', inDays: 'in_days' }
const TEXTS: { [name: string]: [string, string] } = {
  startsWith: ['startswith', 'starts_with'],
  endsWith: ['endswith', 'ends_with'],
}
const TOTAL: { [name: string]: string } = { abs: 'size_of', round: 'rounded', min: 'smaller', max: 'larger' }

const call = (writer: Writer, typed: Extract<Typed, { kind: 'call' }>, write: (part: Typed) => Code): Code => {
  const { name, args } = typed
  const codes = args.map((arg) => write(arg).code)
  const unknown = canBeUnknown(typed)
  const [first, second] = args
  const calendar = own(CALENDAR, name)
  if (calendar) {
    const zone = first!.type === 'date' || writer.zone === 'UTC' ? [] : [`"${writer.zone}"`]
    return helper(writer, calendar, [...codes, ...zone])
  }
  const sure = (code: Code): Code => (unknown ? code : helper(writer, 'known', [code.code]))
  switch (name) {
    case 'decimal':
      use(writer, 'decimal', 'Decimal')
      return unknown ? helper(writer, 'decimal', codes) : atom(`Decimal(${codes[0]})`)
    case 'minutes':
    case 'hours':
    case 'days':
      if (unknown) return helper(writer, name, codes)
      use(writer, 'datetime as dt')
      return atom(`dt.timedelta(${name}=${codes[0]})`)
    case 'contains':
      if (unknown) return helper(writer, name, codes)
      return { code: `${at(LEVEL.sum, write(second!))} in ${at(LEVEL.sum, write(first!))}`, level: LEVEL.comparison }
    case 'startsWith':
    case 'endsWith': {
      const [method, total] = TEXTS[name]!
      return unknown ? helper(writer, total, codes) : atom(`${at(LEVEL.atom, write(first!))}.${method}(${codes[1]})`)
    }
    case 'lower':
      return unknown ? helper(writer, 'lower', codes) : atom(`${at(LEVEL.atom, write(first!))}.lower()`)
    case 'size':
      return unknown ? helper(writer, 'length', codes) : atom(`len(${codes[0]})`)
    case 'string':
      return unknown ? helper(writer, 'as_text', codes) : atom(`str(${codes[0]})`)
    case 'min':
    case 'max':
      return unknown ? helper(writer, TOTAL[name]!, codes) : atom(`${name}(${codes.join(', ')})`)
    case 'abs':
      return unknown ? helper(writer, TOTAL[name]!, codes) : atom(`abs(${codes[0]})`)
    case 'round':
      return sure(helper(writer, 'rounded', codes))
    default:
      return sure(helper(writer, UNITS[name]!, codes))
  }
}

const elements = (writer: Writer, typed: Extract<Typed, { kind: 'elements' }>, write: (part: Typed) => Code): Code => {
  const name = fresh(writer, identifier(toSnake(typed.variable.name)))
  writer.bound.set(typed.variable, { python: name })
  const condition = canBeUnknown(typed.where)
    ? at(LEVEL.sum, write(typed.where))
    : at(LEVEL.comparison, write(typed.where))
  const holds = canBeUnknown(typed.where) ? `${condition} is True` : condition
  const fails = canBeUnknown(typed.where) ? `${condition} is not False` : condition
  const list = canBeUnknown(typed.list) ? `${at(LEVEL.or, write(typed.list))} or []` : write(typed.list).code
  const each = `for ${name} in ${list}`
  const counted = `sum(1 ${each} if ${holds})`
  const code =
    typed.take === 'exists'
      ? `any(${holds} ${each})`
      : typed.take === 'all'
        ? `all(${fails} ${each})`
        : typed.take === 'one'
          ? `${counted} == 1`
          : counted
  writer.taken.delete(name)
  const value: Code = { code, level: typed.take === 'one' ? LEVEL.comparison : LEVEL.atom }
  if (!canBeUnknown(typed.list)) return value
  return { code: `None if ${at(LEVEL.sum, write(typed.list))} is None else ${code}`, level: LEVEL.choice }
}
