import type { Field } from '../../schemas/generated/architecture.ts'
import { listOf, refOf } from '../blueprint/names.ts'

/** What a value is. Texts of every kind (enum, email, url, phone, text, slug, code) are `string`; of a file it can only be said whether it is there. */
export type ValueType =
  | 'bool'
  | 'int'
  | 'float'
  | 'decimal'
  | 'string'
  | 'date'
  | 'datetime'
  | 'time'
  | 'duration'
  | 'uuid'
  | 'json'
  | `list(${string})`

/** What a name stands for. */
export type Binding =
  /** `this`, `that`, `was`, and rows that were found or made. `past`: as it was once, so that nobody writes it. */
  | { kind: 'row'; model: string; nullable?: boolean; past?: true }
  /** `input`, `params`, `event`. */
  | { kind: 'shape'; fields: { [name: string]: Field } }
  /** Parts of a path, columns of a view. */
  | { kind: 'value'; type: ValueType; nullable?: boolean }
  /** `me`. */
  | { kind: 'caller' }

/** The names that an expression may use. `now`, `today()` and models under exists, all and filter are always there. */
export type Scope = { [name: string]: Binding }

const PLAIN = /^(bool|int|float|decimal|date|datetime|time|uuid|json)$/

/** Returns the type of a field's values. */
export const valueTypeOf = (field: Field): ValueType => {
  const { type } = field
  if (PLAIN.test(type)) return type as ValueType
  if (refOf(type)) return 'uuid'
  const list = listOf(type)
  if (list) return `list(${list === 'int' || list === 'float' ? list : 'string'})`
  if (type === 'roles') return 'list(string)'
  return type.includes('(') || type === 'file' ? 'json' : 'string'
}

/** Whether a value of the field can be missing. */
export const isNullable = (field: Field): boolean => field.optional === true || field.type === 'file'

/** A type in the words of a message. */
export const typeWords = (type: string): string =>
  ({
    bool: 'yes or no',
    int: 'a whole number',
    float: 'a float',
    decimal: 'a decimal number',
    string: 'a text',
    date: 'a date',
    datetime: 'a moment',
    time: 'a time of day',
    duration: 'a duration',
    uuid: 'an id',
    json: 'JSON',
    null: 'null',
    row: 'a row',
  })[type] ?? `a ${type}`
