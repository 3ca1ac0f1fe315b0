import type { Field } from '../../schemas/generated/architecture.ts'
import { isMade } from '../blueprint/field-kinds.ts'
import { listOf, refOf, shapeOf } from '../blueprint/names.ts'
import { literal, text } from './emit-python.ts'

const SENT: Record<string, string> = {
  uuid: 'fields.Key',
  string: 'fields.Line',
  text: 'fields.Text',
  int: 'fields.Int',
  float: 'fields.Float',
  decimal: 'fields.Number',
  bool: 'fields.Bool',
  date: 'fields.Date',
  datetime: 'fields.DateTime',
  time: 'fields.Time',
  email: 'fields.Email',
  url: 'fields.Url',
  phone: 'fields.Phone',
  json: 'fields.Json',
  slug: 'fields.Slug',
  file: 'file_fields.StoredFile',
}

/** What single values are in answers, by the type that fields and expressions share. */
export const SHOWN_VALUES: Record<string, string> = {
  uuid: 'uuid.UUID',
  string: 'str',
  int: 'int',
  float: 'float',
  decimal: 'fields.Number',
  bool: 'bool',
  date: 'dt.date',
  datetime: 'fields.Moment',
  time: 'fields.ShownTime',
}

const SHOWN: Record<string, string> = {
  ...SHOWN_VALUES,
  text: 'str',
  email: 'fields.ShownEmail',
  url: 'fields.ShownUrl',
  phone: 'str',
  json: 'fields.Json',
  slug: 'str',
  code: 'str',
}

const ASKED: Record<string, string> = {
  ...SENT,
  string: 'fields.QueryText',
  text: 'fields.QueryText',
  email: 'fields.QueryText',
  url: 'fields.QueryText',
  phone: 'fields.QueryText',
  slug: 'fields.QueryText',
  code: 'fields.QueryText',
  int: 'fields.QueryInt',
  float: 'fields.QueryFloat',
  decimal: 'fields.QueryNumber',
  bool: 'bool',
}

const STORED: Record<string, string> = {
  uuid: 'uuid.UUID',
  int: 'int',
  float: 'float',
  decimal: 'decimal.Decimal',
  bool: 'bool',
  date: 'dt.date',
  datetime: 'dt.datetime',
  time: 'dt.time',
  json: 'typing.Any',
  file: 'file_fields.StoredFile',
}

const listed = (field: Field, type: string): string => (field.type.startsWith('list(') ? `list[${type}]` : type)

const element = (type: string): string => (refOf(type) ? 'uuid' : type)

/** Returns the type of a value as clients send it. `values` is the alias of an enum's values. */
export const sentType = (field: Field, values: string): string => {
  const list = listOf(field.type)
  if (field.type === 'roles') return 'list[Role]'
  if (list) return `list[${SENT[list]}]`
  const shape = shapeOf(field.type)
  if (shape) return listed(field, `Annotated[app_types.${shape}, fields.AsJson]`)
  return field.type === 'enum' ? values : SENT[element(field.type)]!
}

/** Returns the type of a value as clients get it. It does not check: what is stored is shown, also after rules changed. */
export const shownType = (field: Field, values: string): string => {
  const list = listOf(field.type)
  if (field.type === 'roles') return 'list[Annotated[str, fields.Values(Role)]]'
  if (list) return `list[${SHOWN[list]}]`
  const shape = shapeOf(field.type)
  if (shape) return listed(field, `Annotated[Any, fields.Shown(app_types.${shape})]`)
  if (field.type === 'file')
    return `Annotated[file_fields.File, file_fields.linked(minutes=${field.file!.linkMinutes})]`
  return field.type === 'enum' ? `Annotated[str, fields.Values(${values})]` : SHOWN[element(field.type)]!
}

/** Returns the type of a value to filter by: of a list, a member. */
export const askedType = (field: Field, values: string): string => {
  const list = listOf(field.type)
  if (field.type === 'roles') return 'Role'
  if (list) return ASKED[list]!
  return field.type === 'enum' ? values : ASKED[element(field.type)]!
}

/** Returns the type of a row's attribute. */
export const storedType = (field: Field): string => {
  const list = listOf(field.type)
  if (shapeOf(field.type)) return listed(field, 'dict[str, typing.Any]') + (field.optional ? ' | None' : '')
  const type =
    field.type === 'roles' || list
      ? `list[${list === 'int' || list === 'float' ? list : 'str'}]`
      : (STORED[element(field.type)] ?? 'str')
  return (field.optional || isMade(field)) && type !== 'typing.Any' ? `${type} | None` : type
}

/** Returns a default as a Python expression of the attribute's type. */
export const storedDefault = (field: Field, value: unknown): string => {
  if (Array.isArray(value)) return value.length ? `lambda: ${literal(value)}` : 'list'
  if (field.type === 'decimal') return `decimal.Decimal(${text(String(value))})`
  if (field.type === 'float' && Number.isInteger(value)) return `${value}.0`
  return temporal(field, value) ?? literal(value)
}

const temporal = (field: Field, value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined
  if (field.type === 'date') return `dt.date.fromisoformat(${text(value)})`
  if (field.type === 'time') return `dt.time.fromisoformat(${text(value)})`
  if (field.type === 'datetime')
    return `dt.datetime.fromisoformat(${text(/Z|[+-]\d\d:\d\d$/.test(value) ? value : `${value}+00:00`)})`
  return undefined
}

/** Returns a type with a field's rules around it. */
export const ruled = (field: Field, type: string): string => {
  const rules: string[] = []
  const list = listOf(field.type) || field.type === 'roles' || (shapeOf(field.type) && field.type.startsWith('list('))
  const lengths = ['string', 'text', 'email', 'url', 'phone'].includes(field.type) || list
  if (field.type === 'decimal') {
    const bounds = (['min', 'max'] as const).flatMap((key) =>
      field[key] === undefined ? [] : [`${key === 'min' ? 'least' : 'most'}=${text(String(field[key]))}`],
    )
    return `Annotated[${type}, fields.Digits(${[String(field.scale ?? 2), ...bounds].join(', ')})]`
  }
  const bound = (value: number | string) => temporal(field, value) ?? String(value)
  if (field.min !== undefined) rules.push(`${lengths ? 'min_length' : 'ge'}=${bound(field.min)}`)
  if (field.max !== undefined) rules.push(`${lengths ? 'max_length' : 'le'}=${bound(field.max)}`)
  else if (list) rules.push('max_length=1000')
  return rules.length ? `Annotated[${type}, Field(${rules.join(', ')})]` : type
}

/** Returns the argument that describes a field, where somebody described it. */
export const wordsOf = (field: Field): string[] => (field.description ? [`description=${text(field.description)}`] : [])
