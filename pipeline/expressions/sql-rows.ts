import { hidingModels } from '../blueprint/hiding.ts'
import { toSnake } from '../blueprint/names.ts'
import { attributeOf, identifier } from '../generate/emit-names.ts'
import { atom, boundOf, type Code, fresh, rowsOf, type Writer } from './code.ts'
import { alchemy, COLUMN_TYPES, helper, type Sql } from './sql-parts.ts'
import type { Row, Typed } from './typed.ts'

type Aggregate = Extract<Typed, { kind: 'aggregate' }>

/** An attribute of a row; behind references, a subquery for each. */
export const followed = (writer: Writer, row: Row, attribute: string): Code => {
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

/** What a reference names is there, unless it is hidden: the reference itself says whether it names something. */
export const asReference = (writer: Writer, typed: Typed): Typed => {
  const last = typed.kind === 'row' ? typed.row.path.at(-1) : undefined
  if (typed.kind !== 'row' || !last || hidingModels(writer.architecture).has(typed.row.model)) return typed
  const path = typed.row.path.slice(0, -1)
  const row: Row = { ...typed.row, path, model: path.at(-1)?.model ?? typed.row.base, nullable: true }
  return { ...typed, type: 'uuid', kind: 'field', row, field: last.field }
}

/** Writes what is asked over rows of a model, in a subquery of its own. */
export const aggregate = (sql: Sql, typed: Aggregate): string => {
  const { writer } = sql
  const { variable, model, take } = typed
  const rows = rowsOf(writer, model)
  const name = fresh(writer, identifier(toSnake(variable.name)))
  writer.bound.set(variable, { sql: name })
  const lambda = (code: string): string => `lambda ${name}: ${code}`
  const where = (asked: Typed | undefined): string =>
    lambda(asked ? sql.condition(asked, 'where').code : alchemy(writer, 'true', []).code)
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
        return helper(writer, 'total', [rows, where(typed.where), lambda(sql.column(typed.of!).code)]).code
      default: {
        const value = sql.column(typed.of!).code
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

/** Writes what is asked over the elements of a list. */
export const elements = (sql: Sql, typed: Extract<Typed, { kind: 'elements' }>): Code => {
  const { writer } = sql
  const name = fresh(writer, identifier(toSnake(typed.variable.name)))
  writer.bound.set(typed.variable, { sql: name })
  const list = sql.column(typed.list).code
  const asked = `lambda ${name}: ${sql.condition(typed.where, 'where').code}`
  writer.taken.delete(name)
  const element = /\((.+)\)/.exec(typed.list.type)![1]!
  return helper(writer, TAKES[typed.take], [list, COLUMN_TYPES[element]![2], asked])
}
