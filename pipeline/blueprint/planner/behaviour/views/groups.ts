import { refOf } from '../../../names.ts'
import { toName } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { createdField, findField, isTime, refsTo, timeField, titleField } from '../places/fields.ts'

/** What rows are put together by: columns with their expressions, and the parameter that picks one. */
export type Group = {
  word: string
  columns: { [name: string]: string }
  /** A field of type uuid, string ... that may be given to see one group only. */
  param?: { name: string; type: string; path: string; values?: readonly string[] }
  /** The time that was used. */
  time?: string
}

/** Whether rows are put together by days or the like, which begin at another moment in each zone. */
export const isZoned = (columns: Group['columns']): boolean =>
  Object.values(columns).some((text) => /^(?:hour|day|week|month|year)\(/.test(text))

/** What is assumed where no zone was said. */
export const midnightUtc = 'Days, weeks and months of reports begin at midnight UTC.'

const units = /^(?:hour|day|week|month|year|date|weekday)$/

/** Returns how the rows of a model go by a word, such as "month", "campaign", "product category"; undefined if they do not. */
export const groupOf = (draft: BehaviourDraft, model: Found, said: string): Group | undefined => {
  const word = said.trim().toLowerCase()
  const unit = word.replace(/s$/, '').replace(/^date$/, 'day')
  if (units.test(unit) && unit !== 'weekday' && !Object.hasOwn(model.model.fields, word)) {
    const time = unit === 'hour' ? momentField(model) : timeField(model)
    if (!time) return undefined
    return { word: unit, columns: { [unit]: `${unit}(this.${time})` }, time }
  }
  return ownGroup(draft, model, word) ?? nextGroup(draft, model, word)
}

/** A day has no hours: then when the row was made. */
const momentField = (model: Found): string | undefined => {
  const own = timeField(model)
  return own && model.model.fields[own]?.type === 'datetime' ? own : createdField(model)
}

const ownGroup = (draft: BehaviourDraft, model: Found, word: string): Group | undefined => {
  const field = findField(model, word)
  const shape = field ? model.model.fields[field] : undefined
  const ref = shape ? refOf(shape.type) : undefined
  if (field && ref) return refGroup(draft, field, ref.model, `this.${field}`)
  if (field && shape && isTime(shape)) return { word: 'day', columns: { day: `day(this.${field})` }, time: field }
  if (field && shape && /^(?:enum|bool|string|int|email|url)$/.test(shape.type))
    return {
      word: field,
      columns: { [field]: `this.${field}` },
      param: {
        name: field,
        type: shape.type,
        path: `this.${field}`,
        ...(shape.values ? { values: shape.values } : {}),
      },
    }
  const target = draft.findModel(word)
  const through = target ? (draft.refFrom(model, target, word) ?? personRef(model, target)) : undefined
  return target && through ? refGroup(draft, through, target.name, `this.${through}`) : undefined
}

/** Whoever made a row is its person where no other is named. */
const personRef = (model: Found, target: Found): string | undefined =>
  target.endpoint.endsWith('.users') ? refsTo(model, target.name)[0] : undefined

const refGroup = (draft: BehaviourDraft, field: string, target: string, path: string): Group => {
  const base = field.replace(/_id$/, '')
  const title = titleField(draft.architecture, target)
  const row = path.replace(/_id$/, '')
  return {
    word: base === 'owner' ? 'user' : base,
    columns: {
      [field.endsWith('_id') ? field : `${field}_id`]: path,
      ...(title && field.endsWith('_id') ? { [base === title ? `${base}_${title}` : base]: `${row}.${title}` } : {}),
    },
    param: { name: field, type: 'uuid', path },
  }
}

/** By what the rows refer to: "category" of a product that is ordered, "region" of a customer. */
const nextGroup = (draft: BehaviourDraft, model: Found, word: string): Group | undefined => {
  for (const [field, shape] of Object.entries(model.model.fields)) {
    const ref = refOf(shape.type)
    const target = ref ? draft.portOf(ref.model) : undefined
    if (!target || target.endpoint.endsWith('.users') || !field.endsWith('_id')) continue
    const plain = word.startsWith(`${target.words} `) ? word.slice(target.words.length + 1) : word
    const one = ownGroup(draft, target, plain)
    if (!one || one.time) continue
    const row = `this.${field.replace(/_id$/, '')}`
    const deeper = (path: string): string => path.replace(/^this\./, `${row}.`)
    return {
      ...one,
      columns: Object.fromEntries(Object.entries(one.columns).map(([name, path]) => [toName([name]), deeper(path)])),
      ...(one.param ? { param: { ...one.param, path: deeper(one.param.path) } } : {}),
    }
  }
  return undefined
}
