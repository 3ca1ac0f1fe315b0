import type { Architecture, Field } from '../../schemas/generated/architecture.ts'
import { isRequired, type Shaped, withShapes } from './field-kinds.ts'
import { listOf, own, refOf, toWords } from './names.ts'

/** A value for JSON, or a reference to the id of a row that must be made first. */
export type Sample = { value: unknown } | { needs: string }

const lengthen = (text: string, min: number, max: number): string =>
  text.padEnd(min, ' and more').slice(0, Math.max(min, Math.min(max, text.length)) || undefined)

const texts: Record<string, string> = {
  email: 'someone@example.com',
  url: 'https://example.com',
  phone: '+12025550143',
  date: '2030-01-31',
  datetime: '2030-01-31T12:00:00Z',
  time: '12:00:00',
  uuid: '00000000-0000-4000-8000-000000000001',
}

const numberFor = (field: Field): number => {
  const min = typeof field.min === 'number' ? field.min : undefined
  const max = typeof field.max === 'number' ? field.max : undefined
  if (min === undefined && max === undefined) return 1
  if (min === undefined) return Math.min(1, max!)
  if (max === undefined) return Math.max(1, min)
  return Math.min(Math.max(1, min), max)
}

const dayFor = (field: Field, usual: string): string => {
  const from = typeof field.min === 'string' ? field.min : undefined
  const to = typeof field.max === 'string' ? field.max : undefined
  const bound = from !== undefined && usual < from ? from : to !== undefined && usual > to ? to : undefined
  if (bound === undefined) return usual
  return usual.includes('T') && !bound.includes('T') ? `${bound}T12:00:00Z` : bound
}

const objectOf = (shape: NonNullable<Shaped['shape']>): object =>
  Object.fromEntries(
    Object.entries(shape)
      .filter(([, field]) => isRequired(field))
      .map(([name, field]) => {
        const one = sampleOf(name, field)
        return [name, 'value' in one ? one.value : texts.uuid]
      }),
  )

/** Returns a value that the field's rules allow; texts speak of the field, so an example reads like one. */
export const sampleOf = (name: string, field: Field): Sample => {
  const ref = refOf(field.type)
  if (ref) return { needs: ref.model }
  if (field.type === 'enum') return { value: field.values?.[0] ?? '' }
  if (field.type === 'bool') return { value: false }
  if (field.type === 'int' || field.type === 'float' || field.type === 'decimal') return { value: numberFor(field) }
  const { shape } = field as Shaped
  if (shape) {
    const value = objectOf(shape)
    return { value: field.type.startsWith('list(') ? [value] : value }
  }
  if (field.type === 'json') return { value: {} }
  if (field.type === 'date' || field.type === 'datetime') return { value: dayFor(field, texts[field.type]!) }
  const element = listOf(field.type)
  if (element) {
    const one = sampleOf(name, { type: element as Field['type'] })
    const count = typeof field.min === 'number' ? Math.max(1, field.min) : 1
    return { value: Array.from({ length: count }, () => ('value' in one ? one.value : '')) }
  }
  const fixed = texts[field.type]
  if (fixed !== undefined) return { value: fixed }
  const words = `My first ${toWords(name)}`
  return {
    value: lengthen(
      words,
      typeof field.min === 'number' ? field.min : 0,
      typeof field.max === 'number' ? field.max : 200,
    ),
  }
}

/** Returns the fields that a client must send to make a row: not set by the system, not optional, without a default. */
export const requiredFields = (
  architecture: Architecture,
  model: string,
  owner: string | undefined,
): [string, Field][] =>
  Object.entries(own(withShapes(architecture).models, model)?.fields ?? {}).filter(
    ([name, field]) => isRequired(field) && name !== owner && field.class !== 'secret' && field.type !== 'roles',
  )
