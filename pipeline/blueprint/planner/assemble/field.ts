import type { Field } from '../../../../schemas/generated/architecture.ts'
import { tellsApart } from '../../values.ts'
import { titleFields } from '../lexicon/field-types.ts'
import { beginningFirst } from '../lexicon/first-states.ts'
import { isLoose } from '../read/field.ts'
import type { FieldSpec } from '../read/field-spec.ts'

const numeric = new Set(['int', 'float', 'decimal'])
const isText = (type: string): boolean => type === 'string' || type === 'text' || type.startsWith('list(')

/** What an upload may weigh where nothing was said: 10 MB. */
const usualBytes = 10 * 2 ** 20

/** The greatest lengths where nothing was said. */
const lengths: Readonly<Record<string, number>> = { string: 200, text: 10_000 }

/** Returns the blueprint's field. `optional` is decided here: what was said wins, then what people leave empty. */
export const toField = (given: FieldSpec): Field => {
  if (given.file) return fileField(given)
  const spec = beginsInFirst(given) ? { ...given, values: beginningFirst(given.values!) } : given
  if (spec.numbered)
    return {
      type: spec.type,
      set: 'numbered',
      ...(Object.keys(spec.numbered).length > 0 && { numbers: spec.numbered }),
    }
  const type = spec.values ? 'enum' : spec.type
  const field: Field = { type }
  if (spec.values) field.values = spec.values.slice(0, 100) as [string, ...string[]]
  if (type === 'decimal') field.scale = 2
  const bounds = boundsOf(spec, type)
  if (bounds.min !== undefined) field.min = bounds.min
  if (bounds.max !== undefined) field.max = bounds.max
  const fallback = fallbackOf(spec, type)
  if (fallback !== undefined) field.default = fallback
  const optional =
    spec.said === 'optional'
      ? fallback === undefined
      : spec.said === 'required'
        ? false
        : fallback === undefined && isLoose(spec)
  if (optional) field.optional = true
  if (
    spec.said === 'required' &&
    spec.default === undefined &&
    type !== 'bool' &&
    !type.startsWith('list(') &&
    spec.values === undefined
  )
    delete field.default
  if (spec.unique && tellsApart(type)) field.unique = true
  if (isText(type) && type === 'string' && field.min === undefined && !optional && field.default === undefined)
    field.min = 1
  if (
    type === 'email' ||
    type === 'phone' ||
    /^(?:date_of_birth|birth_?date|birthday|born_on|ssn|passport_number|home_address)$/.test(spec.name)
  )
    field.class = 'pii'
  if (/(?:^|_)(?:password|secret|pin|token|api_key)$/.test(spec.name)) field.never = ['log']
  return field
}

/** A file may always be sent later, unless it was said to be required. */
const fileField = (spec: FieldSpec): Field => ({
  type: 'file',
  ...(spec.said === 'required' ? {} : { optional: true }),
  file: {
    maxBytes: spec.file!.maxBytes ?? usualBytes,
    types: [...spec.file!.types] as [string, ...string[]],
    linkMinutes: 60,
  },
})

const boundsOf = (spec: FieldSpec, type: string): { min?: number; max?: number } => {
  const numbers: { min?: number; max?: number } = {}
  if (typeof spec.min === 'number') numbers.min = spec.min
  if (typeof spec.max === 'number') numbers.max = spec.max
  if (numeric.has(type)) {
    const step = type === 'int' ? 1 : type === 'decimal' ? 0.01 : 0.000001
    if (spec.above !== undefined) numbers.min = type === 'int' ? Math.floor(spec.above) + 1 : round(spec.above + step)
    if (spec.below !== undefined) numbers.max = type === 'int' ? Math.ceil(spec.below) - 1 : round(spec.below - step)
    if (numbers.min !== undefined && numbers.max !== undefined && numbers.min > numbers.max)
      [numbers.min, numbers.max] = [numbers.max, numbers.min]
    if (type === 'float' && spec.name.endsWith('percentage') && numbers.max === undefined)
      Object.assign(numbers, { min: numbers.min ?? 0, max: 100 })
    return numbers
  }
  if (!isText(type)) return {}
  if (spec.above !== undefined) numbers.min = spec.above + 1
  if (spec.below !== undefined) numbers.max = spec.below - 1
  if (numbers.min !== undefined) numbers.min = Math.max(0, Math.floor(numbers.min))
  if (numbers.max !== undefined) numbers.max = Math.min(100_000, Math.max(1, Math.floor(numbers.max)))
  if (!type.startsWith('list(')) numbers.max ??= Math.max(lengths[type] ?? 200, numbers.min ?? 0)
  if (numbers.min !== undefined && numbers.max !== undefined && numbers.min > numbers.max)
    [numbers.min, numbers.max] = [numbers.max, numbers.min]
  return numbers
}

const round = (value: number): number => Math.round(value * 1e6) / 1e6

const fallbackOf = (spec: FieldSpec, type: string): Field['default'] => {
  if (spec.default !== undefined) {
    const number = typeof spec.default === 'number' ? spec.default : undefined
    const tooSmall = number !== undefined && typeof spec.min === 'number' && number < spec.min
    const tooBig = number !== undefined && typeof spec.max === 'number' && number > spec.max
    if (!(numeric.has(type) && (tooSmall || tooBig)))
      return type === 'string' || type === 'text' ? String(spec.default).slice(0, 200) : spec.default
  }
  if (type === 'bool') return false
  if (type.startsWith('list(') && spec.said !== 'required' && !(typeof spec.min === 'number' && spec.min > 0)) return []
  return beginsInFirst(spec) ? spec.values![0]! : undefined
}

/** States of which none was said to be the first: rows are made in the first one. */
const beginsInFirst = ({ name, values, said, default: first }: FieldSpec): boolean =>
  values !== undefined &&
  said === undefined &&
  first === undefined &&
  /^(?:\w+_)?(?:status|state|stage|phase)$/.test(name)

/** Returns the fields that ?q= looks into. */
export const searchable = (fields: readonly (readonly [string, Field])[]): string[] =>
  fields
    .filter(
      ([, field]) =>
        ['string', 'text', 'email'].includes(field.type) && field.class !== 'secret' && field.never === undefined,
    )
    .map(([name]) => name)

/** Returns the name of the field that names a row, where there is one. */
export const titleOf = (fields: readonly (readonly [string, Field])[]): string | undefined =>
  titleFields.find((name) => fields.some(([one, field]) => one === name && field.type === 'string')) ??
  fields.find(([, field]) => field.type === 'string')?.[0]
