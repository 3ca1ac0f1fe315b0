import { own, toSnake } from '../blueprint/names.ts'
import { attributeOf, identifier } from '../generate/emit-names.ts'
import { atom, type Code, fresh, LEVEL, pythonName, rowsOf, use, type Writer } from './code.ts'
import { helper } from './python-parts.ts'
import type { Row, Typed } from './typed.ts'

/** Writes an aggregate over rows as an expression of the database. */
export type WriteAggregate = (writer: Writer, typed: Extract<Typed, { kind: 'aggregate' }>) => string

/** The value of a row's attribute; None where there is no row. */
export const field = (writer: Writer, row: Row, attribute: string): Code => {
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
export const loadedRow = (writer: Writer, row: Row): string => {
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

/** Returns the variable that holds what the database was asked for before. */
export const loadedAggregate = (
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
