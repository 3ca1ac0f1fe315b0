import type { Index, Physical, Table } from './migrations-physical.ts'
import type { Step } from './migrations-plan.ts'
import {
  columnExpression,
  list,
  onDelete,
  serverDefault,
  str,
  tableExpression,
  whereArguments,
} from './migrations-python.ts'

type Creation = Extract<Step, { kind: 'create-table' }>

/** Orders new tables so that each comes after those it refers to; `late` are the references that close a circle. */
const orderCreations = (creations: Creation[]) => {
  const pending = new Map(creations.map((step) => [step.table, step]))
  const ordered: Creation[] = []
  const late = new Set<string>()
  const needs = ({ table, definition }: Creation) =>
    Object.entries(definition.columns).filter(
      ([, { references }]) => references && references.table !== table && pending.has(references.table),
    )
  while (pending.size > 0) {
    const free = [...pending.values()].filter((step) => needs(step).length === 0)
    if (free.length === 0) {
      const first = [...pending.values()][0]!
      for (const [column] of needs(first)) late.add(`${first.table}.${column}`)
      free.push(first)
    }
    for (const step of free) {
      ordered.push(step)
      pending.delete(step.table)
    }
  }
  return { ordered, late }
}

const renderCreation = ({ table, definition }: Creation, late: Set<string>): string => {
  const columns = Object.entries(definition.columns).map(([name, column]) =>
    columnExpression(name, column, { key: definition.key.includes(name), late: late.has(`${table}.${name}`) }),
  )
  const indexes = Object.entries(definition.indexes).map(
    ([name, index]) =>
      `op.create_index(${str(name)}, ${str(table)}, ${list(index.columns)}${index.unique ? ', unique=True' : ''}${whereArguments(index)})`,
  )
  return [`op.create_table(\n${[str(table), ...columns].join(',\n')},\n)`, ...indexes].join('\n')
}

const renderLate = (creations: Creation[], late: Set<string>): string[] =>
  creations.flatMap(({ table, definition }) =>
    Object.entries(definition.columns)
      .filter(([name]) => late.has(`${table}.${name}`))
      .map(([name, { references }]) => `support.add_foreign_key(${reference(table, name, references!)})`),
  )

const reference = (table: string, name: string, to: NonNullable<Table['columns'][string]['references']>): string =>
  `${[table, name, to.table, to.column].map(str).join(', ')}, ${onDelete(to)}`

/** What has to hold before anything is changed. Columns that are only being added have nothing to check. */
const renderCheck = (step: Step, added: Set<string> = new Set()): string[] => {
  const isNew = (column: string) => added.has(`${step.table}.${column}`)
  if (step.kind === 'create-index' && step.index.unique && !columnsOf(step.index).some(isNew))
    return [
      `support.check_unique(${str(step.table)}, ${list(step.index.columns)}${step.show ? '' : ', show=False'}${whereArgument(step.index)})`,
    ]
  if (step.kind === 'require' && step.column.default === undefined)
    return [`support.check_no_nulls(${str(step.table)}, ${str(step.name)})`]
  return []
}

/** The columns that an index is over, and whatever could be one in its condition. */
const columnsOf = ({ columns, where }: Index): string[] => [...columns, ...(where?.postgresql.match(/\w+/g) ?? [])]

const whereArgument = ({ where }: Index): string =>
  where ? `, where=(${str(where.sqlite)}, ${str(where.postgresql)})` : ''

/** A reference comes with the alterations: SQLite has to rebuild the table for it. */
const renderAddition = ({ table, name, column }: Extract<Step, { kind: 'add-column' }>): string => {
  const { references: _references, ...plain } = column
  return `op.add_column(${str(table)}, ${columnExpression(name, plain)})`
}

const renderCarry = (step: Step): string[] =>
  step.kind === 'carry'
    ? [`support.carry(${[step.table, step.from, step.name, step.fromType, step.column.type].map(str).join(', ')})`]
    : []

const renderMade = (step: Step): string[] => {
  if (step.kind !== 'make') return []
  const column = [step.table, step.name].map(str).join(', ')
  if ('first' in step.made) {
    const { first, per, shape, created } = step.made
    const options = [
      ...(first === 1 ? [] : [`first=${first}`]),
      ...(per.length ? [`per=${list(per)}`] : []),
      ...(shape ? [`shape=${str(shape)}`] : []),
      ...(created ? [`created=${str(created)}`] : []),
    ]
    return [`support.make_numbers(${[column, ...options].join(', ')})`]
  }
  if ('reached' in step.made)
    return [`support.take_from_history(${column}, ${str(step.made.model)}, ${list([...new Set(step.made.reached)])})`]
  return 'code' in step.made
    ? [`support.make_codes(${column}, ${step.made.code})`]
    : [`support.make_slugs(${column}, ${str(step.made.slugOf)}, ${str(step.made.word)})`]
}

const renderBackfill = (step: Step): string[] => {
  if (step.kind !== 'require' || step.column.default === undefined) return []
  return [`support.fill_existing(${str(step.table)}, ${str(step.name)}, ${serverDefault(step.column)})`]
}

/** The statements for PostgreSQL, which can alter columns. */
const renderAlteration = (step: Step): string[] => {
  if (step.kind === 'loosen') {
    const alter = `op.alter_column(${str(step.table)}, ${str(step.name)}, nullable=True, server_default=None)`
    return [`support.keep_nulls(${str(step.table)}, ${str(step.name)})`, alter]
  }
  if (step.kind === 'refer')
    return [`support.replace_foreign_key(${reference(step.table, step.name, step.column.references!)})`]
  if (step.kind !== 'require') return []
  const value = step.column.default === undefined ? '' : `, server_default=${serverDefault(step.column)}`
  const alter = `op.alter_column(${str(step.table)}, ${str(step.name)}, nullable=False${value})`
  return step.column.fill ? [alter, `support.fill_nulls(${str(step.table)}, ${str(step.name)})`] : [alter]
}

const indent = (lines: string[]): string[] => lines.flatMap((line) => line.split('\n')).map((line) => `    ${line}`)

/** The table as it is at the end of the first file: with all its columns, without the indexes of the second. */
const rebuilt = (name: string, after: Physical, steps: Step[]): string => {
  const table = after.tables[name]!
  const later = new Set(steps.flatMap((step) => (step.kind === 'create-index' ? [step.name] : [])))
  const indexes = Object.fromEntries(Object.entries(table.indexes).filter(([index]) => !later.has(index)))
  return `support.rebuild(\n${tableExpression(name, { ...table, indexes })}\n)`
}

const renderAlterations = (steps: Step[], after: Physical): string[] => {
  const altering = steps.filter((step) => ['loosen', 'require', 'refer'].includes(step.kind))
  if (altering.length === 0) return []
  const tables = [...new Set(altering.map((step) => step.table))]
  return [
    'if support.is_sqlite():',
    ...indent(tables.map((table) => rebuilt(table, after, steps))),
    'else:',
    ...indent(altering.flatMap(renderAlteration)),
  ]
}

/** Returns the lines of upgrade() for everything that one transaction can hold; none where there is nothing. */
export const renderChanges = (steps: Step[], after: Physical): string[] => {
  const added = new Set(steps.flatMap((step) => (step.kind === 'add-column' ? [`${step.table}.${step.name}`] : [])))
  const { ordered, late } = orderCreations(steps.filter((step) => step.kind === 'create-table'))
  return [
    ...steps.flatMap((step) => renderCheck(step, added)),
    ...ordered.map((step) => renderCreation(step, late)),
    ...renderLate(ordered, late),
    ...steps.filter((step) => step.kind === 'add-column').map(renderAddition),
    ...steps.flatMap(renderCarry),
    ...steps.flatMap(renderMade),
    ...steps.flatMap(renderBackfill),
    ...renderAlterations(steps, after),
  ]
}

/** Returns the lines of upgrade() for indexes of tables in use: on PostgreSQL they are built outside a transaction. */
export const renderIndexes = (steps: Step[]): string[] =>
  steps.flatMap((step) => {
    if (step.kind === 'drop-index') return [`support.drop_index(${str(step.name)}, ${str(step.table)})`]
    if (step.kind !== 'create-index') return []
    const unique = step.index.unique ? ', unique=True' : ''
    return [
      ...renderCheck(step),
      `support.create_index(${str(step.name)}, ${str(step.table)}, ${list(step.index.columns)}${unique}${whereArgument(step.index)})`,
    ]
  })
