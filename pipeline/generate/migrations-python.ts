/** Pieces of Python that migrations are made of. Layout is ruff's business; here only the content counts. */
import { type Column, type ColumnType, type Index, NOW, type Reference, type Table } from './migrations-physical.ts'

/** SQLAlchemy's type of a column type, as an expression. */
export const COLUMN_TYPES: Record<ColumnType, string> = {
  uuid: 'sa.Uuid()',
  text: 'sa.Text()',
  int: 'sa.BigInteger()',
  float: 'sa.Double()',
  decimal: 'support.decimal_type()',
  bool: 'sa.Boolean()',
  date: 'sa.Date()',
  datetime: 'sa.DateTime(timezone=True)',
  time: 'sa.Time()',
  json: 'support.json_type()',
  bytes: 'sa.LargeBinary()',
}

/** Returns a string as a Python literal. JSON's escapes are Python's too, for what is not a lone surrogate. */
export const str = (text: string): string => JSON.stringify(text.toWellFormed())

export const list = (items: string[]): string => `[${items.map(str).join(', ')}]`

const ON_DELETE = { cascade: 'CASCADE', restrict: 'RESTRICT', 'set-null': 'SET NULL' } as const

export const onDelete = (reference: Reference): string => str(ON_DELETE[reference.onDelete])

/** Returns the text that a database takes for a default's value; both engines read the same one. */
const defaultText = (type: ColumnType, value: unknown): string => {
  if (type === 'json') return JSON.stringify(value)
  if (type === 'uuid') return String(value).replaceAll('-', '')
  if (type === 'datetime') return new Date(String(value)).toISOString().replace('T', ' ').replace('Z', '000')
  if (type === 'time') return `${String(value).replace(/Z$/, '')}:00:00`.slice(0, 8)
  return String(value)
}

/** Returns the expression of a server default. */
export const serverDefault = (column: Column): string => {
  const value = column.default
  if (value === NOW || (typeof value === 'object' && value !== null && 'now' in value)) return 'support.now()'
  if (column.type === 'bool') return value ? 'sa.true()' : 'sa.false()'
  if (column.type === 'decimal') return `support.decimal_default(${str(String(value))})`
  return str(defaultText(column.type, value))
}

const foreignKey = (reference: Reference, extra = ''): string =>
  `sa.ForeignKey(${str(`${reference.table}.${reference.column}`)}, ${extra}ondelete=${onDelete(reference)})`

/** Returns `sa.Column(...)`. `late` leaves the reference to a later statement on PostgreSQL. */
export const columnExpression = (name: string, column: Column, { key = false, late = false } = {}): string => {
  const extra = late ? `use_alter=True, name=${str(`${name}_late`)}, ` : ''
  const parts = [str(name), COLUMN_TYPES[column.type]]
  if (column.references) parts.push(foreignKey(column.references, extra))
  if (key) parts.push('primary_key=True', 'autoincrement=False')
  else parts.push(`nullable=${column.nullable ? 'True' : 'False'}`)
  if (column.default !== undefined) parts.push(`server_default=${serverDefault(column)}`)
  // SQLite's own way to turn a NULL into the default; PostgreSQL has support.fill_nulls.
  if (column.fill) parts.push('sqlite_on_conflict_not_null="REPLACE"')
  return `sa.Column(${parts.join(', ')})`
}

/** Returns the arguments that say of which rows an index is. */
export const whereArguments = ({ where }: Index): string =>
  where ? `, sqlite_where=sa.text(${str(where.sqlite)}), postgresql_where=sa.text(${str(where.postgresql)})` : ''

const indexExpression = (name: string, index: Index): string =>
  `sa.Index(${[name, ...index.columns].map(str).join(', ')}${index.unique ? ', unique=True' : ''}${whereArguments(index)})`

/** Returns `sa.Table(...)` with its indexes: the whole definition, for a table that SQLite has to rebuild. */
export const tableExpression = (name: string, table: Table): string => {
  const columns = Object.entries(table.columns).map(([column, definition]) =>
    columnExpression(column, definition, { key: table.key.includes(column) }),
  )
  const indexes = Object.entries(table.indexes).map(([index, definition]) => indexExpression(index, definition))
  return `sa.Table(\n${[str(name), 'sa.MetaData()', ...columns, ...indexes].join(',\n')},\n)`
}
