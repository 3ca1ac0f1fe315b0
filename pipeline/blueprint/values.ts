import type { Field } from '../../schemas/generated/architecture.ts'
import { listOf, refOf, shapeOf } from './names.ts'

const patterns: { [type: string]: RegExp } = {
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  date: /^\d{4}-\d{2}-\d{2}$/,
  datetime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/,
  time: /^\d{2}:\d{2}(:\d{2})?$/,
  email: /^[^@\s]+@[^@\s]+\.[^@\s]+$/,
  url: /^https?:\/\/\S+$/,
  slug: /^[a-z0-9]+(-[a-z0-9]+)*$/,
}

/** Whether rows can be told apart by a field of this type: lists and objects are not compared, the rest has few values. */
export const tellsApart = (type: string): boolean =>
  !listOf(type) && !shapeOf(type) && !['json', 'bool', 'enum', 'roles', 'file'].includes(type)

/** Returns what is wrong with a value for a field ("is not a number"), or undefined where it fits. */
export const valueProblem = (field: Field, value: unknown): string | undefined => {
  if (shapeOf(field.type))
    return Array.isArray(value) === field.type.startsWith('list(') ? undefined : 'is not of this shape'
  const element = listOf(field.type)
  if (element) {
    if (!Array.isArray(value)) return 'is not a list'
    return (
      outside(field, value.length) ??
      value.map((item) => valueProblem({ type: element }, item)).find((problem) => problem)
    )
  }
  if (refOf(field.type)) return 'is no row that is there'
  switch (field.type) {
    case 'file':
    case 'code':
      return 'is made by the system'
    case 'bool':
      return typeof value === 'boolean' ? undefined : 'is neither true nor false'
    case 'int':
      return Number.isInteger(value) ? outside(field, value as number) : 'is not a whole number'
    case 'float':
    case 'decimal':
      return typeof value === 'number' && Number.isFinite(value) ? outside(field, value) : 'is not a number'
    case 'enum':
      return field.values?.includes(value as string) ? undefined : `is not one of ${field.values?.join(', ')}`
    case 'json':
    case 'roles':
      return undefined
    default: {
      if (typeof value !== 'string') return 'is not a text'
      const pattern = patterns[field.type]
      if (pattern && !pattern.test(value)) return `is not a ${field.type}`
      return field.type === 'date' || field.type === 'datetime' ? outside(field, value) : outside(field, value.length)
    }
  }
}

const outside = (field: Field, size: number | string): string | undefined => {
  if (field.min !== undefined && size < field.min) return `is below ${field.min}`
  if (field.max !== undefined && size > field.max) return `is above ${field.max}`
  return undefined
}
