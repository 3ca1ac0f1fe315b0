import type { Model } from '../../../../../schemas/generated/architecture.ts'
import { ANYONE, refOf, toSnake, toWords } from '../../../names.ts'
import { holdersOf, signUpRolesOf } from '../access/holders.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import type { Lead } from './lead.ts'
import type { RowTime } from './time-of.ts'

const dues = /^(?:due|deadline)|(?:^|_)(?:due|deadline)(?:_|$)|^return_(?:date|by)/
const expiries = /expir|valid_(?:until|to)|best_before|use_by/
const ends = /^(?:ends?|closes?|until|to|finish)(?:_|$)|_(?:end|until)(?:_|$)/
const starts = /^(?:starts?|begins?|from)(?:_|$)|_(?:start|begin)(?:_|$)/

/** Whether something is to be done by that time. */
export const isDueBy = (name: string): boolean => dues.test(name)

/** What a thing does at its time: "begins", "is due"; "was due" where that is over. */
export const happens = ({ name, field }: RowTime, way: Lead['way']): string => {
  const over = way === 'after'
  if (field.set === 'created') return over ? 'was made' : 'is made'
  if (dues.test(name)) return over ? 'was due' : 'is due'
  if (expiries.test(name)) return over ? 'expired' : 'expires'
  if (ends.test(name)) return over ? 'ended' : 'ends'
  if (starts.test(name)) return over ? 'began' : 'begins'
  return over ? 'was' : 'is'
}

const plainDay = /^(?:date|day|time|on|at|scheduled_(?:at|for|on)|date_(?:and_)?time)$/

/** Whether it is a time by a name of its own, and not when the thing is. */
export const isNamed = (one: RowTime): boolean => /^(?:is|was)$/.test(happens(one, 'on')) && !plainDay.test(one.name)

export const fieldWords = ({ name }: RowTime): string => name.replace(/_(?:at|on)$/, '').replaceAll('_', ' ')

/** The text of a reminder as an expression: "Reminder: your class “Yoga” begins on 2030-01-31 09:30 UTC." */
export const noticeText = (
  draft: BehaviourDraft,
  one: RowTime,
  as: string,
  way: Lead['way'],
  theirs: boolean,
): string => {
  const { row, thing, ref } = one
  const at = ref === undefined ? as : `${as}.${ref.slice(0, -3)}`
  const isKnown = ref === undefined || (!row.model.fields[ref]!.optional && isSeen(draft, thing))
  const own = isKnown ? labelOf(thing.model, at) : undefined
  const label = own ? ` “' + ${own} + '”` : ref === undefined ? labelOfRef(draft, row.model, as) : ''
  const named = `${theirs ? 'your' : 'the'} ${thing.words}${label}`
  const verb = happens(one, way)
  const what = isNamed(one) ? `the ${fieldWords(one)} of ${named} ${verb} ` : `${named} ${verb} on `
  return `'Reminder: ${what}' + ${timeText(one, as)} + '.'`
}

/** Whether some rows have no such time. */
export const mayLack = ({ row, field, ref }: RowTime): boolean =>
  field.optional === true || (ref !== undefined && row.model.fields[ref]!.optional === true)

/** The time of a row as a text, in an expression. */
export const timeText = (one: RowTime, as: string): string => {
  const path = `${as}.${one.path}`
  return mayLack(one) ? `(${path} == null ? '' : string(${path}))` : `string(${path})`
}

/** A text that is always there and that everybody sees who sees the row. */
const labelOf = (model: Model, at: string): string | undefined => {
  const name = Object.entries(model.fields).find(
    ([field, { type, optional, readers, class: kind }]) =>
      type === 'string' &&
      !optional &&
      !readers &&
      kind === undefined &&
      /(?:^|_)(?:title|name|subject|topic|number)$/.test(field),
  )?.[0]
  return name && `${at}.${name}`
}

/** " (book “Ulysses”)": a loan goes by what is lent. */
const labelOfRef = (draft: BehaviourDraft, model: Model, as: string): string => {
  for (const [ref, { type, optional }] of Object.entries(model.fields)) {
    const to = refOf(type)?.model
    const other =
      to && to !== draft.userModel()?.name && !optional && ref.endsWith('_id') ? draft.portOf(to) : undefined
    const label = other && isSeen(draft, other) ? labelOf(other.model, `${as}.${ref.slice(0, -3)}`) : undefined
    if (label) return ` (${toWords(toSnake(ref.slice(0, -3)))} “' + ${label} + '”)`
  }
  return ''
}

/** Whether whoever signs up sees all of a model: of other rows nobody is told the name. */
const isSeen = (draft: BehaviourDraft, model: Found): boolean => {
  const roles = [ANYONE, ...signUpRolesOf(draft)]
  return (
    model.api.public?.includes('read') === true ||
    holdersOf(draft, model, 'read').some(({ role, scope }) => scope === undefined && roles.includes(role))
  )
}
