import pluralize from 'pluralize'
import type { Field } from '../../schemas/generated/architecture.ts'
import { listOf, refOf, shapeOf, toWords } from './names.ts'

const plain: { [type: string]: string } = {
  uuid: 'an id',
  string: 'text',
  text: 'long text',
  int: 'whole number',
  float: 'number',
  decimal: 'decimal number',
  bool: 'yes or no',
  date: 'date',
  datetime: 'date and time',
  time: 'time of day',
  email: 'e-mail address',
  url: 'web address',
  phone: 'phone number',
  json: 'free-form data',
  roles: 'roles',
  file: 'file',
  slug: 'readable address',
  code: 'random code',
}

/** Of a type whose words do not simply take the plural at their end. */
const many: { [type: string]: string } = {
  uuid: 'ids',
  text: 'long texts',
  bool: 'answers of yes or no',
  datetime: 'dates and times',
  time: 'times of day',
  json: 'free-form data',
  roles: 'roles',
}

const manyOf = (type: string): string => many[type] ?? pluralize(plain[type] ?? type)

/** Returns a field's type in plain words: "one of low, high", "a todo", "text, at most 200 characters". */
export const wordsOfType = (field: Field): string => {
  if (field.set === 'numbered') return 'running number'
  if (field.type === 'enum') return `one of ${(field.values ?? []).join(', ')}`
  const ref = refOf(field.type)
  if (ref) return `which ${toWords(ref.model)}`
  const shape = shapeOf(field.type)
  if (shape) return `${field.type.startsWith('list') ? 'list of ' : ''}${toWords(shape)}`
  const element = listOf(field.type)
  if (element) return `list of ${manyOf(element)}`
  return plain[field.type] ?? field.type
}

/** Returns a list in words, each of them once: "a, b and c". */
export const joinWords = (words: readonly string[], last = 'and'): string => {
  const all = [...new Set(words)]
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} ${last} ${all.at(-1)}`
}

/** `a` or `an`, by the first letters of a lower-case noun. */
export const withArticle = (noun: string): string => `${/^(?:[aeio]|u(?!ni|s|t))/.test(noun) ? 'an' : 'a'} ${noun}`

/** A text with a capital at its beginning. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
