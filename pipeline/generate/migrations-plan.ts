import { AppError } from '../../schemas/errors.ts'
import type { Column, ColumnType, Index, Made, Physical, Reference, Table } from './migrations-physical.ts'

/** One change of the database. Steps are data: migrations-render.ts turns them into Python. */
export type Step =
  | { kind: 'create-table'; table: string; definition: Table }
  | { kind: 'add-column'; table: string; name: string; column: Column }
  | { kind: 'loosen'; table: string; name: string; column: Column; hide: boolean }
  | { kind: 'require'; table: string; name: string; column: Column }
  | { kind: 'carry'; table: string; from: string; fromType: ColumnType; name: string; column: Column }
  | { kind: 'make'; table: string; name: string; made: Made }
  | { kind: 'refer'; table: string; name: string; column: Column }
  | { kind: 'create-index'; table: string; name: string; index: Index; show: boolean }
  | { kind: 'drop-index'; table: string; name: string }

export type Plan = { steps: Step[]; after: Physical }

const sameReference = (a: Reference | undefined, b: Reference | undefined): boolean =>
  a?.table === b?.table && a?.column === b?.column

const sameDelete = (a: Reference | undefined, b: Reference | undefined): boolean => a?.onDelete === b?.onDelete

/** Whether a column can hold a field's values as it is; otherwise the field gets a column of its own. */
export const compatible = (before: Column, wanted: Column): boolean =>
  before.type === wanted.type && sameReference(before.references, wanted.references)

/** What a hidden reference does when its target is deleted: it may neither forbid that nor take visible rows with it. */
const hiddenReference = (reference: Reference, tableHidden: boolean): Reference =>
  tableHidden && reference.onDelete === 'cascade' ? reference : { ...reference, onDelete: 'set-null' }

const hideColumn = (table: string, name: string, before: Column, steps: Step[]): Column => {
  if (before.hidden) return before
  const column: Column = { ...before, hidden: true }
  if (before.references) column.references = hiddenReference(before.references, false)
  if (!before.nullable && before.default === undefined) column.nullable = true
  if (column.references?.onDelete === 'set-null' && !before.nullable) {
    column.nullable = true
    delete column.default
    delete column.fill
  }
  if (column.nullable !== before.nullable) steps.push({ kind: 'loosen', table, name, column, hide: true })
  if (!sameDelete(column.references, before.references)) steps.push({ kind: 'refer', table, name, column })
  return column
}

const hideTable = (name: string, before: Table, steps: Step[]): Table => {
  if (before.hidden) return before
  const columns: Record<string, Column> = {}
  for (const [columnName, column] of Object.entries(before.columns)) {
    const after: Column = { ...column }
    if (column.references) {
      after.references = hiddenReference(column.references, true)
      if (after.references.onDelete === 'set-null' && !column.nullable) {
        after.nullable = true
        steps.push({ kind: 'loosen', table: name, name: columnName, column: after, hide: true })
      }
      if (!sameDelete(after.references, column.references))
        steps.push({ kind: 'refer', table: name, name: columnName, column: after })
    }
    columns[columnName] = after
  }
  return { ...before, columns, hidden: true }
}

/** To which types a type's values go without a loss. */
const CARRIES: Partial<Record<ColumnType, ColumnType[]>> = {
  int: ['float', 'decimal', 'text'],
  float: ['decimal'],
  decimal: ['float'],
  bool: ['text'],
  date: ['datetime', 'text'],
  uuid: ['uuid'],
}

/** What the release before, which does not know the column, stores in it. */
const EMPTY: Partial<Record<ColumnType, unknown>> = { float: 0, decimal: 0, text: '', datetime: '1970-01-01T00:00:00Z' }

/** Whether the values of a field that changed its type can move to its new column. */
const carries = (from: Column | undefined, to: Column): from is Column =>
  from !== undefined && !from.hidden && !to.references && (CARRIES[from.type]?.includes(to.type) ?? false)

const addColumn = (table: string, name: string, given: Column, before: Table, steps: Step[]): Column => {
  const { carry, ...asked } = given
  const source = carry === undefined ? undefined : before.columns[carry]
  const moved = carries(source, asked)
  const empty = EMPTY[asked.type]
  const wanted = moved && !asked.nullable && asked.default === undefined ? { ...asked, default: empty } : asked
  if (!wanted.nullable && wanted.default === undefined)
    throw new AppError(
      'migration-needs-default',
      `${table}.${name} is new and required, and the rows that exist have no value for it`,
      {
        help: 'Give the field a default, or make it optional.',
      },
    )
  const { nullable, default: value, private: _private, made, ...rest } = wanted
  const column: Column = nullable ? { ...rest, nullable } : { ...rest, nullable, default: value }
  steps.push({ kind: 'add-column', table, name, column })
  if (made) steps.push({ kind: 'make', table, name, made })
  if (moved) steps.push({ kind: 'carry', table, from: carry!, fromType: source.type, name, column })
  if (column.references) steps.push({ kind: 'refer', table, name, column })
  return column
}

const changeColumn = (table: string, name: string, before: Column, wanted: Column, steps: Step[]): Column => {
  if (!compatible(before, wanted)) throw new Error(`${table}.${name} changes its type: resolveColumns was not asked`)
  const { hidden: _hidden, numbered: wasNumbered, ...visible } = before
  const column: Column = {
    ...visible,
    ...(wanted.references && { references: wanted.references }),
    ...(wanted.numbered && { numbered: true }),
  }
  // Releases that did not know the column made rows without it.
  if (wanted.made && (before.hidden || (wanted.numbered && !wasNumbered)))
    steps.push({ kind: 'make', table, name, made: wanted.made })
  if (wanted.nullable) {
    column.nullable = true
    delete column.default
    delete column.fill
    // A default would fill in for a value that was left out on purpose.
    if (!before.nullable || before.default !== undefined)
      steps.push({ kind: 'loosen', table, name, column, hide: false })
  } else if (before.nullable) {
    column.nullable = false
    if (wanted.default !== undefined) Object.assign(column, { default: wanted.default, fill: true })
    steps.push({ kind: 'require', table, name, column })
  }
  if (!sameDelete(column.references, before.references)) steps.push({ kind: 'refer', table, name, column })
  return column
}

const planIndexes = (
  table: string,
  before: Table,
  wanted: Table,
  columns: Record<string, Column>,
  steps: Step[],
): Record<string, Index> => {
  const indexes: Record<string, Index> = {}
  for (const [name, index] of Object.entries(before.indexes)) {
    // An index over a hidden column costs nothing now and is what a roll back relies on.
    if (name in wanted.indexes || index.columns.some((column) => columns[column]?.hidden)) indexes[name] = index
    else steps.push({ kind: 'drop-index', table, name })
  }
  for (const [name, index] of Object.entries(wanted.indexes))
    if (!(name in indexes)) {
      const show = !index.columns.some((column) => wanted.columns[column]?.private)
      steps.push({ kind: 'create-index', table, name, index, show })
      indexes[name] = index
    }
  return indexes
}

const changeTable = (name: string, before: Table, wanted: Table, steps: Step[]): Table => {
  const columns: Record<string, Column> = {}
  for (const [columnName, column] of Object.entries(before.columns)) {
    const want = wanted.columns[columnName]
    columns[columnName] = want
      ? changeColumn(name, columnName, column, want, steps)
      : hideColumn(name, columnName, column, steps)
  }
  for (const [columnName, want] of Object.entries(wanted.columns))
    if (!(columnName in columns)) columns[columnName] = addColumn(name, columnName, want, before, steps)
  return { columns, key: before.key, indexes: planIndexes(name, before, wanted, columns, steps) }
}

/** A table as a new database makes it: no release exists that would need a default. */
const bare = (table: Table): Table => ({
  ...table,
  columns: Object.fromEntries(
    Object.entries(table.columns).map(
      ([name, { default: _default, private: _private, carry: _carry, made: _made, ...column }]) => [name, column],
    ),
  ),
})

/**
 * Returns the steps from one schema to another, and the schema after them, hidden tables and columns included. Nothing
 * is ever dropped but indexes. Throws AppError `migration-needs-default` for a new required column without a default.
 */
export const planMigration = (before: Physical | undefined, wanted: Physical): Plan => {
  const steps: Step[] = []
  const tables: Record<string, Table> = {}
  for (const [name, table] of Object.entries(before?.tables ?? {})) {
    const want = wanted.tables[name]
    tables[name] = want ? changeTable(name, table, want, steps) : hideTable(name, table, steps)
  }
  const created: [string, Table][] = []
  for (const [name, table] of Object.entries(wanted.tables))
    if (!(name in tables)) {
      tables[name] = bare(table)
      created.push([name, tables[name]])
    }
  const creations = created.map(([table, definition]): Step => ({ kind: 'create-table', table, definition }))
  return { steps: [...creations, ...steps], after: { tables } }
}
