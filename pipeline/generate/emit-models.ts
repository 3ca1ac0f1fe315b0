import type { Architecture, Field, Model } from '../../schemas/generated/architecture.ts'
import { CODE_LENGTH, isMade, isNumbered } from '../blueprint/field-kinds.ts'
import { hidingModels } from '../blueprint/hiding.ts'
import { own, refOf, shapeOf } from '../blueprint/names.ts'
import { withComputed } from './computed-fields.ts'
import { type Context, modelOf } from './emit-context.ts'
import { storedDefault, storedType } from './emit-fields.ts'
import { attributeOf, rowClass } from './emit-names.ts'
import { docstring, type Imports, pythonModule, text } from './emit-python.ts'
import { readersLine } from './emit-readers.ts'
import { backgroundModules } from './migrations-background-tables.ts'
import { columnOf, indexName, numberColumns, ruleIndexes, tableOf, uniqueIndex } from './migrations-physical.ts'
import { whereArguments } from './migrations-python.ts'

const ON_DELETE = { cascade: 'CASCADE', restrict: 'RESTRICT', 'set-null': 'SET NULL' } as const

/** Returns app/models.py: one class a table. */
export const emitModels = (context: Context): string => {
  const classes = Object.entries(context.architecture.models).map(([name, model]) => emitModel(context, name, model))
  const body = classes.join('\n')
  // Imported so that migrations and tests know the tables of what is done in the background.
  const behind = backgroundModules(context.architecture)
  const imports: Imports = {
    ...(/\bdt\./.test(body) ? { 'datetime as dt': [] } : {}),
    ...(/\bdecimal\./.test(body) ? { decimal: [] } : {}),
    ...(/\btyping\./.test(body) ? { typing: [] } : {}),
    ...(/\buuid\./.test(body) ? { uuid: [] } : {}),
    ...(/\bsa\./.test(body) ? { 'sqlalchemy as sa': [] } : {}),
    sqlalchemy: ['orm'],
    runtime: [
      ...(/\bfile_fields\./.test(body) ? ['file_fields'] : []),
      ...(/\bmade\./.test(body) ? ['made'] : []),
      ...(/\bnumbering\./.test(body) ? ['numbering'] : []),
      'tables',
      ...['account_tables', 'key_tables'].filter((name) => new RegExp(`[( ]${name}\\.`).test(body)),
      ...behind,
    ],
    'runtime.tables': ['Base'],
  }
  return pythonModule('The tables. Rules on values are in the schemas; what holds between rows is here.', imports, [
    '__all__ = [\n' +
      ['Base', ...Object.keys(context.architecture.models).map(rowClass), ...behind]
        .map((name) => `    ${text(name)},\n`)
        .join('') +
      ']',
    ...classes,
  ])
}

const basesOf = (context: Context, name: string, hides: boolean): string => {
  const hidden = modelOf(context, name).softDelete ? 'tables.Restorable' : 'tables.Hideable'
  const base =
    name === context.accountModel
      ? 'account_tables.Account'
      : context.keyRoles.has(name)
        ? 'key_tables.KeyHolder'
        : undefined
  return [...(hides ? [hidden] : []), ...(base ? [base] : hides ? [] : ['tables.Entity'])].join(', ')
}

const emitModel = (context: Context, name: string, model: Model): string => {
  const table = tableOf(name, model)
  const row = rowClass(name)
  const hides = hidingModels(context.architecture).has(name)
  const indexes = (model.unique ?? []).map((group) => {
    const columns = group.map((field) => columnOf(field, model.fields[field] ?? { type: 'uuid' }))
    return unique(table, columns, hides)
  })
  for (const [fieldName, field] of Object.entries(model.fields)) {
    if (field.key || !(field.unique || field.index || isNumbered(field))) continue
    const column = columnOf(fieldName, field)
    if (isNumbered(field)) indexes.push(unique(table, numberColumns(model, fieldName, field), false))
    else
      indexes.push(
        field.unique
          ? unique(table, [column], hides)
          : `sa.Index(${text(indexName('ix', table, [column]))}, ${text(column)})`,
      )
  }
  const known = new Set(indexes)
  for (const { name: index, index: definition } of ruleIndexes(context.architecture, name, model).values()) {
    const written = `sa.Index(${[index, ...definition.columns].map(text).join(', ')}, unique=True${whereArguments(definition)})`
    if (!known.has(written)) indexes.push(written)
  }
  return [
    `class ${row}(${basesOf(context, name, hides)}):`,
    ...docstring(model.description || `A row of ${table}.`, '    '),
    '',
    ...(row === name ? [] : [`    __model__ = ${text(name)}`]),
    `    __tablename__ = ${text(table)}`,
    ...readersLine(context, name),
    ...(indexes.length > 1 ? ['    __table_args__ = (', ...indexes.map((index) => `        ${index},`), '    )'] : []),
    ...(indexes.length === 1 ? [`    __table_args__ = (${indexes[0]},)`] : []),
    '',
    ...Object.entries(model.fields)
      .filter(([, field]) => !field.key)
      .map(([fieldName, field]) => `    ${emitColumn(context.architecture, model, fieldName, field)}`),
    ...computedLines(context, name),
    ...(model.concurrency === 'version'
      ? ['    row_version: orm.Mapped[int] = orm.mapped_column("version", default=1)']
      : []),
  ].join('\n')
}

const unique = (table: string, columns: string[], hides: boolean): string => {
  const [name, index] = uniqueIndex(table, columns, hides)
  return `sa.Index(${[name, ...columns].map(text).join(', ')}, unique=True${whereArguments(index)})`
}

/** What is no column: the database works it out when a row is read. See app/computed.py. */
const computedLines = (context: Context, name: string): string[] => {
  const { fields } = withComputed(context.architecture, name)
  return Object.keys(context.architecture.models[name]!.computed ?? {}).map(
    (field) => `    ${attributeOf(field)}: orm.Mapped[${storedType(fields[field]!)}] = tables.computed()`,
  )
}

const emitColumn = (architecture: Architecture, model: Model, name: string, field: Field): string => {
  const attribute = attributeOf(name)
  const column = columnOf(name, field)
  const options: string[] = []
  if (column !== attribute) options.push(text(column))
  const ref = refOf(field.type)
  if (ref) {
    const target = own(architecture.models, ref.model)
    if (!target) throw new Error(`unknown model ${ref.model}`)
    const key = columnOf(ref.field, target.fields[ref.field] ?? { type: 'uuid' })
    const onDelete = ON_DELETE[field.onDelete ?? (field.optional ? 'set-null' : 'restrict')]
    options.push(`sa.ForeignKey(${text(`${tableOf(ref.model, target)}.${key}`)}, ondelete=${text(onDelete)})`)
  }
  if (field.type === 'json' || field.type === 'roles' || field.type.startsWith('list(') || shapeOf(field.type))
    options.push('tables.json_type()')
  if (field.type === 'file') options.push('file_fields.FileType()')
  if (field.type === 'json') options.push(`nullable=${field.optional ? 'True' : 'False'}`)
  if (field.set && !isNumbered(field)) options.push('default=tables.utc_now')
  if (field.set === 'updated') options.push('onupdate=tables.utc_now')
  if (field.default !== undefined && field.default !== null)
    options.push(`default=${storedDefault(field, field.default)}`)
  if (isMade(field)) options.push(`info=${maker(model, field)}`)
  const declared = `${attribute}: orm.Mapped[${storedType(field)}]`
  return options.length ? `${declared} = orm.mapped_column(${options.join(', ')})` : declared
}

/** Who makes the value where a request gives none. */
const maker = (model: Model, field: Field): string =>
  field.type === 'slug'
    ? `made.slug(${text(attributeOf(field.from ?? ''))})`
    : isNumbered(field)
      ? numberMaker(model, field)
      : `made.code(${field.length ?? CODE_LENGTH})`

const numberMaker = (model: Model, { numbers }: Field): string => {
  const created = Object.entries(model.fields).find(([, { set }]) => set === 'created')?.[0]
  const options = [
    ...(numbers?.from === undefined ? [] : [`first=${numbers.from}`]),
    ...(numbers?.per ? [`per=(${numbers.per.map((each) => `${text(attributeOf(each))},`).join(' ')})`] : []),
    ...(numbers?.as ? [`shape=${text(numbers.as)}`] : []),
    ...(created ? [`created=${text(attributeOf(created))}`] : []),
  ]
  return `numbering.numbered(${options.join(', ')})`
}
