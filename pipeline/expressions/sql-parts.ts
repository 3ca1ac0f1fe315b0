import { at, atom, boundOf, type Code, LEVEL, use, type Writer } from './code.ts'
import { canBeUnknown, type Typed } from './typed.ts'
import { writePython } from './write-python.ts'

/** `where`: unknown may come out as false, because only what is true counts there. */
export type Place = 'where' | 'value'

/** How the parts of an expression are written. */
export type Sql = {
  writer: Writer
  /** As one of SQLAlchemy. */
  write: (typed: Typed, place: Place) => Code
  /** As Python's value or as the database's, where SQLAlchemy takes either. */
  operand: (typed: Typed) => Code
  /** As an expression of the database, whose methods are then called. */
  column: (typed: Typed, place?: Place) => Code
  /** As a condition: for the type checker, what is stored and may be missing is none yet. */
  condition: (typed: Typed, place: Place) => Code
}

/** Calls a function of runtime/sql.py. */
export const helper = (writer: Writer, name: string, args: readonly string[]): Code => {
  use(writer, 'runtime', 'sql')
  return atom(`sql.${name}(${args.join(', ')})`)
}

/** Calls a function of SQLAlchemy. */
export const alchemy = (writer: Writer, name: string, args: readonly string[]): Code => {
  use(writer, 'sqlalchemy as sa')
  return atom(`sa.${name}(${args.join(', ')})`)
}

/** Whether Python knows the value before the database is asked. */
export const isHost = (writer: Writer, typed: Typed): boolean => {
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

/** The types of columns, and what they are imported from. */
export const COLUMN_TYPES: { [type: string]: [module: string, name: string, code: string] } = {
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
export const bindValue = (writer: Writer, typed: Typed): Code => {
  const { code } = python(writer, typed)
  if (typed.type === 'bool') return helper(writer, 'truth', [code])
  if (typed.type === 'null') return alchemy(writer, 'null', [])
  const [module, name, type] = COLUMN_TYPES[typed.type] ?? ['runtime', 'tables', 'tables.json_type()']
  use(writer, module, ...(name ? [name] : []))
  if (canBeUnknown(typed) && /^(float|decimal)$/.test(typed.type)) return helper(writer, 'given', [code, type])
  return alchemy(writer, 'literal', [code, type])
}

/** Writes what Python knows. */
export const python = (writer: Writer, typed: Typed): Code =>
  writePython(writer, typed, () => {
    throw new Error('an aggregate is no value of Python')
  })

/** Writes an operator between two parts. */
export const infix = (left: Code, op: string, right: Code, level: number): Code => ({
  code: `${at(level === LEVEL.comparison ? LEVEL.sum : level, left)} ${op} ${at(level + 1, right)}`,
  level,
})
