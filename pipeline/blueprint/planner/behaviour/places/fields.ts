import type { Architecture, Field } from '../../../../../schemas/generated/architecture.ts'
import { refOf } from '../../../names.ts'
import { titleOf } from '../../assemble/field.ts'
import { singularName, toName } from '../../language/words.ts'
import type { Found } from '../find.ts'

const numeric = new Set(['int', 'float', 'decimal'])

export const isNumber = (field: Field | undefined): boolean => field !== undefined && numeric.has(field.type)
export const isTime = (field: Field | undefined): boolean => field?.type === 'date' || field?.type === 'datetime'
const isShown = (field: Field): boolean => field.class !== 'secret' && !field.never?.includes('response')

/** Finds the field of a model that words mean, its measure, `is_` or `_id` left out where nothing else fits. */
export const findField = (place: Found, said: string): string | undefined => {
  const name = toName(
    said
      .trim()
      .replace(/^(?:the|an?|its|their|our|each|every)\s+/i, '')
      .split(/\s+/),
  )
  if (!name) return undefined
  const one = singularName(name)
  const names = Object.entries(place.model.fields)
    .filter(([, field]) => isShown(field))
    .map(([field]) => field)
  const computed = Object.keys(place.model.computed ?? {})
  const known = [...names, ...computed]
  return (
    known.find((field) => field === name) ??
    known.find(
      (field) => field === one || singularName(field) === one || field === `${one}_id` || field === `is_${name}`,
    ) ??
    onlyOne(
      known.filter((field) =>
        new RegExp(
          `^(?:${name}|${one})_(?:kg|g|mg|cm|mm|m|km|ml|l|minutes|hours|seconds|days|m2|lbs|miles|eur|usd|celsius|percent|degrees|amount|count|date|at|on|value|name|level|balance)$`,
        ).test(field),
      ),
    ) ??
    onlyOne(known.filter((field) => field.endsWith(`_${one}`) || field.endsWith(`_${name}`)))
  )
}

const onlyOne = (names: readonly string[]): string | undefined => (names.length === 1 ? names[0] : undefined)

/** The fields of a model that refer to another. */
export const refsTo = (place: Found, model: string): string[] =>
  Object.entries(place.model.fields)
    .filter(([, field]) => refOf(field.type)?.model === model)
    .map(([name]) => name)

/** The field that names a row of a model; a person's email is not shown to others. */
export const titleField = (architecture: Architecture, model: string): string | undefined => {
  const fields = Object.entries(architecture.models[model]?.fields ?? {}).filter(
    ([, field]) => isShown(field) && field.class !== 'pii',
  )
  return titleOf(fields)
}

/** The field that says when a row was made. */
export const createdField = (place: Found): string | undefined =>
  Object.entries(place.model.fields).find(([, { set }]) => set === 'created')?.[0]

const due = /^(?:due|deadline|expir|valid|end|until|return|closes?|finish|updated|best_before|use_by)/
/** The time at which a row happened: what was said to have happened, else when it was made. */
export const timeField = (place: Found): string | undefined => {
  const times = Object.entries(place.model.fields).filter(([, field]) => isTime(field))
  const own = times.filter(([name, field]) => field.set === undefined && !due.test(name) && field.class !== 'pii')
  return (
    own.find(([, field]) => !field.optional)?.[0] ??
    own[0]?.[0] ??
    times.find(([, field]) => field.set === 'created')?.[0]
  )
}

/** The time by which a row is due or ends. */
export const dueField = (place: Found): string | undefined => {
  const times = Object.entries(place.model.fields).filter(([, field]) => isTime(field) && field.set === undefined)
  return (
    times.find(([name]) => /^(?:due|deadline)|_(?:due|deadline)$|due_/.test(name))?.[0] ??
    times.find(([name]) => /expir|valid_(?:until|to)|best_before|use_by/.test(name))?.[0] ??
    times.find(([name]) => /^(?:ends?|closes?|until|to|finish)(?:_|$)|_(?:end|until)$/.test(name))?.[0] ??
    (times.length === 1 ? times[0]![0] : undefined)
  )
}

const rates =
  /rating|score|temperature|humidity|weight|height|level|pressure|latitude|longitude|percent|grade|age|speed|voltage|year|rank|position|capacity|max|min|number$|_no$|seats/
/** The number fields of a model that make sense when they are added up, money first. */
export const additiveFields = (place: Found): string[] => {
  const numbers = Object.entries(place.model.fields).filter(([name, field]) => isNumber(field) && !rates.test(name))
  return [
    ...numbers.filter(([, field]) => field.type === 'decimal'),
    ...numbers.filter(([, field]) => field.type !== 'decimal'),
  ].map(([name]) => name)
}

/** The number fields of a model, in their order. */
export const numberFields = (place: Found): string[] =>
  Object.entries(place.model.fields)
    .filter(([, field]) => isNumber(field))
    .map(([name]) => name)

/** Makes a field a number that was taken for words: lists no longer search it, and range by it. */
export const makeNumber = (
  { model, api: { list } }: Found,
  name: string,
  field: Field = { type: 'decimal', min: 0 },
): void => {
  model.fields[name] = field
  if (!list) return
  list.search = list.search.filter((one) => one !== name)
  list.range = [...(list.range ?? []), name]
}
