/**
 * The physical schema: tables and columns as they are in the database. It is the seam between app/models.py (SQLAlchemy)
 * and migrations/ (Alembic): both must say the same, and a check proves it by asking Alembic for differences.
 *
 * What models.py has to declare for a model:
 * - table `table ?? plural`, column `column ?? field`, primary key column without autoincrement;
 * - NOT NULL unless `optional`; `version` (int, NOT NULL) where concurrency is `version`; no server defaults;
 * - the Python types of COLUMN_TYPES;
 * - a foreign key per ref with ON DELETE CASCADE, RESTRICT or SET NULL;
 * - `Index("ix_<table>_<column>", ...)` per `index`, `Index("uq_<table>_<columns>", ..., unique=True)` per `unique` (an
 *   index, not a constraint: an index can be added to a table in use without rebuilding or locking it). Names come from
 *   indexName(), which keeps them within PostgreSQL's 63 bytes.
 */
import { createHash } from 'node:crypto'
import type { Architecture, Field, Model, Rule } from '../../schemas/generated/architecture.ts'
import { CODE_LENGTH, isMade, isNumbered } from '../blueprint/field-kinds.ts'
import { hidingModels } from '../blueprint/hiding.ts'
import { predicateOf } from './migrations-predicate.ts'
import { runtimeTables } from './migrations-runtime-tables.ts'

export type ColumnType =
  | 'uuid'
  | 'text'
  | 'int'
  | 'float'
  | 'decimal'
  | 'bool'
  | 'date'
  | 'datetime'
  | 'time'
  | 'json'
  | 'bytes'

export type Reference = { table: string; column: string; onDelete: 'cascade' | 'restrict' | 'set-null' }

/**
 * A slug of another column's words (of `word` where that has none), a random code of so many characters, numbers in the
 * order in which rows were made (`created`), which begin again for each of `per`; `shape` says how they are written; or when
 * rows of a model came to one of the states last, by what the history has.
 */
export type Made =
  | { slugOf: string; word: string }
  | { code: number }
  | { first: number; per: string[]; shape?: string; created?: string }
  | { reached: string[]; model: string }

export type Column = {
  type: ColumnType
  nullable: boolean
  /** Server default as JSON value: present where rows or an older release may exist that do not know the column. */
  default?: unknown
  /** The database turns an explicit NULL into the default: the column was optional in an older release. */
  fill?: true
  references?: Reference
  /** No release needs it any longer; kept for a roll back and a change of mind. */
  hidden?: true
  /** Its values are not for error messages. Known while planning only. */
  private?: true
  /** The column that held the field's values until it changed its type. Known while planning only. */
  carry?: string
  /** The system numbers the rows in it. */
  numbered?: true
  /** How rows that have none get their value. Known while planning only. */
  made?: Made
}

/** The default of a column that holds the time of a change: the time of the migration. */
export const NOW = { now: true } as const

/** `where`: of which rows, as each database has it. */
export type Index = { columns: string[]; unique: boolean; where?: Predicate }

export type Predicate = { sqlite: string; postgresql: string }

/** The column that holds when a row was hidden. */
export const HIDDEN_AT = 'deleted_at'

/** Of the rows that are not hidden. */
export const SHOWN_ROWS: Predicate = { sqlite: `${HIDDEN_AT} IS NULL`, postgresql: `${HIDDEN_AT} IS NULL` }

export type Table = {
  columns: Record<string, Column>
  key: string[]
  indexes: Record<string, Index>
  hidden?: true
}

export type Physical = { tables: Record<string, Table> }

/** Returns `<prefix>_<table>_<columns>`, shortened with a hash where it is longer than PostgreSQL's 63 bytes. */
export const indexName = (prefix: 'ix' | 'uq', table: string, columns: string[]): string => {
  const name = [prefix, table, ...columns].join('_')
  if (name.length <= 63) return name
  return `${name.slice(0, 54)}_${createHash('sha256').update(name).digest('hex').slice(0, 8)}`
}

/** Returns the unique indexes behind a model's rules: rule -> name and index. One of some rows is named for which. */
export const ruleIndexes = (
  architecture: Architecture,
  name: string,
  model: Model,
): Map<Rule, { name: string; index: Index }> => {
  const table = tableOf(name, model)
  return new Map(
    (model.rules ?? []).flatMap((rule): [Rule, { name: string; index: Index }][] => {
      if (!rule.unique) return []
      const columns = rule.unique.map((field) => columnOf(field, model.fields[field] ?? { type: 'uuid' }))
      const hides = hidingModels(architecture).has(name)
      if (!rule.where) {
        const [plain, index] = uniqueIndex(table, columns, hides)
        return [[rule, { name: plain, index }]]
      }
      const asked = predicateOf(architecture, name, (field) => columnOf(field, model.fields[field]!), rule.where)
      const where = hides ? both(asked, SHOWN_ROWS) : asked
      const mark = createHash('sha256').update(where.postgresql).digest('hex').slice(0, 8)
      return [[rule, { name: indexName('uq', table, [...columns, mark]), index: { columns, unique: true, where } }]]
    }),
  )
}

const both = (a: Predicate, b: Predicate): Predicate => ({
  sqlite: `(${a.sqlite}) AND ${b.sqlite}`,
  postgresql: `(${a.postgresql}) AND ${b.postgresql}`,
})

/** Returns a unique index by its name; where rows are hidden, it is of those that are not: their values are free again. */
export const uniqueIndex = (table: string, columns: string[], hides: boolean): [string, Index] =>
  hides
    ? [indexName('uq', table, [...columns, 'shown']), { columns, unique: true, where: SHOWN_ROWS }]
    : [indexName('uq', table, columns), { columns, unique: true }]

/** Returns the table's name of a model. */
export const tableOf = (name: string, model: Model): string =>
  model.table ?? model.plural ?? `${name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase()}s`

/** Returns the column's name of a field. */
export const columnOf = (name: string, field: Field): string => field.column ?? name

const PLAIN: Record<string, ColumnType> = {
  uuid: 'uuid',
  string: 'text',
  text: 'text',
  email: 'text',
  url: 'text',
  phone: 'text',
  slug: 'text',
  code: 'text',
  enum: 'text',
  int: 'int',
  float: 'float',
  decimal: 'decimal',
  bool: 'bool',
  date: 'date',
  datetime: 'datetime',
  time: 'time',
  json: 'json',
  roles: 'json',
  file: 'json',
}

/** Returns the column type of a field's type: kinds that differ only by validation share one, so they need no migration. */
export const columnTypeOf = (type: string): ColumnType =>
  type.startsWith('list(') || type.startsWith('object(') ? 'json' : type.startsWith('ref(') ? 'uuid' : PLAIN[type]!

/** Returns model and field of `ref(Model.field)`, undefined for any other type. */
export const refOf = (type: string): { model: string; field: string } | undefined => {
  const match = /^ref\((\w+)\.(\w+)\)$/.exec(type)
  return match ? { model: match[1]!, field: match[2]! } : undefined
}

/** What rows that are older than a field get, as far as the blueprint says; `now` for a time stamp of the system's. */
const defaultOf = (field: Field): { default?: unknown } => {
  if (isNumbered(field)) return {}
  if (field.set) return { default: NOW }
  return field.default === undefined || field.default === null ? {} : { default: field.default }
}

/** Returns the column that a field wants. */
export const toColumn = (architecture: Architecture, field: Field): Column => {
  const ref = refOf(field.type)
  const target = ref && architecture.models[ref.model]
  const references: Reference | undefined =
    ref && target
      ? {
          table: tableOf(ref.model, target),
          column: columnOf(ref.field, target.fields[ref.field] ?? { type: 'uuid' }),
          onDelete: field.onDelete ?? (field.optional ? 'set-null' : 'restrict'),
        }
      : undefined
  return {
    type: columnTypeOf(field.type),
    nullable: !field.key && (field.optional === true || isMade(field)),
    ...defaultOf(field),
    ...(references && { references }),
    ...(field.class && { private: true as const }),
  }
}

const madeOf = (name: string, model: Model, fieldName: string): { made?: Made; numbered?: true } => {
  const field = model.fields[fieldName]!
  if (field.type === 'code') return { made: { code: field.length ?? CODE_LENGTH } }
  if (isNumbered(field)) return { made: numbersOf(model, field), numbered: true }
  const source = field.type === 'slug' ? model.fields[field.from ?? ''] : undefined
  if (source) return { made: { slugOf: columnOf(field.from!, source), word: name.toLowerCase() } }
  const reached = model.history ? statesNotedIn(model, fieldName) : []
  return reached.length > 0 ? { made: { reached, model: name } } : {}
}

/** The states for which a field has the time at which rows came to them: steps that lead there set it to now. */
const statesNotedIn = ({ states }: Model, field: string): string[] =>
  Object.values(states?.transitions ?? {})
    .filter((step) => step.do?.some(({ when, set }) => !when && set?.of === 'this' && set.values[field] === 'now'))
    .map(({ to }) => to)

const numbersOf = (model: Model, { numbers }: Field): Made => {
  const created = Object.entries(model.fields).find(([, { set }]) => set === 'created')
  return {
    first: numbers?.from ?? 1,
    per: (numbers?.per ?? []).map((each) => columnOf(each, model.fields[each]!)),
    ...(numbers?.as && { shape: numbers.as }),
    ...(created && { created: columnOf(...created) }),
  }
}

/** Returns the columns in which a numbered field's values are unique together. */
export const numberColumns = (model: Model, name: string, field: Field): string[] => [
  ...(field.numbers?.per ?? []).map((each) => columnOf(each, model.fields[each]!)),
  columnOf(name, field),
]

const toTable = (architecture: Architecture, name: string, model: Model): Table => {
  const table = tableOf(name, model)
  const columns: Record<string, Column> = {}
  const indexes: Record<string, Index> = {}
  const hides = hidingModels(architecture).has(name)
  const addIndex = (names: string[], unique: boolean) => {
    const [index, definition] = unique
      ? uniqueIndex(table, names, hides)
      : [indexName('ix', table, names), { columns: names, unique }]
    indexes[index] = definition
  }
  for (const [fieldName, field] of Object.entries(model.fields)) {
    const column = columnOf(fieldName, field)
    columns[column] = { ...toColumn(architecture, field), ...madeOf(name, model, fieldName) }
    // Of hidden rows too: a number is not given again.
    if (isNumbered(field)) {
      const [index, definition] = uniqueIndex(table, numberColumns(model, fieldName, field), false)
      indexes[index] = definition
    } else if (field.unique && !field.key) addIndex([column], true)
    else if (field.index && !field.key) addIndex([column], false)
  }
  if (hides) columns[HIDDEN_AT] = { type: 'datetime', nullable: true }
  if (model.concurrency === 'version') columns.version = { type: 'int', nullable: false, default: 1 }
  for (const group of model.unique ?? [])
    addIndex(
      group.map((field) => columnOf(field, model.fields[field] ?? { type: 'uuid' })),
      true,
    )
  for (const { name: index, index: definition } of ruleIndexes(architecture, name, model).values())
    indexes[index] = definition
  const key = Object.entries(model.fields)
    .filter(([, field]) => field.key)
    .map(([fieldName, field]) => columnOf(fieldName, field))
  return { columns, key, indexes }
}

/** Returns the schema that a blueprint wants, runtime tables included; nothing in it is hidden. Pure. */
export const physicalOf = (architecture: Architecture): Physical => {
  const tables: Record<string, Table> = {}
  for (const [name, model] of Object.entries(architecture.models))
    tables[tableOf(name, model)] = toTable(architecture, name, model)
  for (const [name, table] of Object.entries(runtimeTables(architecture))) tables[name] = table
  return { tables }
}
