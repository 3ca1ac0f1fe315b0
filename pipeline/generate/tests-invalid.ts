import type { Field } from '../../schemas/generated/architecture.ts'
import { isMade, isRequired } from '../blueprint/field-kinds.ts'
import { listOf, refOf, shapeOf } from '../blueprint/names.ts'
import { literal, sample } from './tests-values.ts'

const limits = (field: Field, text: boolean): string[] => {
  const wrong: string[] = []
  const min = field.min === undefined ? undefined : Number(field.min)
  const max = field.max === undefined ? undefined : Number(field.max)
  const unit =
    field.type === 'int' || field.scale === 0 ? 1 : field.type === 'decimal' ? 10 ** -(field.scale ?? 2) : 0.5
  if (text) {
    if (min) wrong.push(min === 1 ? '""' : `"x" * ${min - 1}`)
    if (max !== undefined) wrong.push(`"x" * ${max + 1}`)
  } else {
    if (min !== undefined) wrong.push(literal(Number((min - unit).toFixed(8))))
    if (max !== undefined) wrong.push(literal(Number((max + unit).toFixed(8))))
  }
  return wrong
}

const shift = (date: string, days: number): string =>
  new Date(new Date(`${date.slice(0, 10)}T00:00:00Z`).getTime() + days * 86_400_000).toISOString().slice(0, 10)

const dayLimits = (field: Field, suffix: string): string[] => [
  ...(field.min === undefined ? [] : [literal(shift(String(field.min), -2) + suffix)]),
  ...(field.max === undefined ? [] : [literal(shift(String(field.max), 2) + suffix)]),
]

const ofType = (field: Field): string[] => {
  switch (field.type) {
    case 'string':
      return ['5', '"two\\nlines"', ...limits(field, true)]
    case 'text':
      return ['5', ...limits(field, true)]
    case 'int':
      return ['"five"', '1.5', ...limits(field, false)]
    case 'float':
      return ['"much"', ...limits(field, false)]
    case 'decimal':
      return ['"much"', literal(Number((10 ** -((field.scale ?? 2) + 1)).toFixed(9))), ...limits(field, false)]
    case 'bool':
      return ['"yes"', '2']
    case 'date':
      return ['"2030-02-30"', '20300131', ...dayLimits(field, '')]
    case 'datetime':
      return ['"yesterday"', '5', ...dayLimits(field, 'T00:00:00Z')]
    case 'time':
      return ['"25:00"', '5']
    case 'email':
      return ['"not an address"', '5']
    case 'url':
      return ['"not a link"', '"javascript:alert(1)"']
    case 'phone':
      return ['"call me"']
    case 'slug':
      return ['"Not a slug"', '""', '5']
    case 'enum':
      return ['"no such value"', '5']
    case 'uuid':
      return ['"not an id"', '5']
    default:
      return []
  }
}

/** Whether a form can say a value that is wrong: all that it says is text, and nothing is left out. */
const inForm = (field: Field, value: string): boolean => {
  if (value === 'None') return isRequired(field)
  if (field.type === 'string' || field.type === 'text') return value !== '5'
  return field.type !== 'list(string)' || (value !== '"not a list"' && value !== '[5]')
}

/**
 * Returns Python expressions of values that a field must not take; each is wrong in one way. With `asForm`, those that
 * are wrong in a form too.
 */
export const invalidValues = (name: string, field: Field, asForm = false): string[] =>
  wrongValues(name, field).filter((value) => !asForm || inForm(field, value))

const wrongValues = (name: string, field: Field): string[] => {
  const wrong = field.optional || isMade(field) ? [] : ['None']
  if (refOf(field.type)) return [...wrong, '"not an id"']
  if (shapeOf(field.type))
    return field.type.startsWith('list(')
      ? [...wrong, '"not a list"', '[5]', '[{"no_such_field": 1}]', ...listLimits(name, field)]
      : [...wrong, '"not an object"', '{"no_such_field": 1}']
  const item = listOf(field.type)
  if (item) return [...wrong, '"not a list"', `[${item === 'string' ? '5' : '"not one"'}]`, ...listLimits(name, field)]
  return [...wrong, ...ofType(field)]
}

const listLimits = (name: string, field: Field): string[] => {
  const one = literal((sample(name, field) as unknown[])[0])
  const wrong: string[] = []
  if (Number(field.min ?? 0) > 0) wrong.push('[]')
  if (field.max !== undefined) wrong.push(`[${one}] * ${Number(field.max) + 1}`)
  return wrong
}
