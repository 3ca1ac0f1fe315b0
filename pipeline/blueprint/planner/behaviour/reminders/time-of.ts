import type { Field } from '../../../../../schemas/generated/architecture.ts'
import { refOf } from '../../../names.ts'
import { toName } from '../../language/words.ts'
import { isBookingLike } from '../between.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { dueField, findField, isTime } from '../places/fields.ts'
import { findPhrase } from '../places/phrase.ts'
import { startOfSpan } from '../spans.ts'
import { isMark } from './marks.ts'
import { isDueBy } from './notice-text.ts'
import type { Reminder, TimeKind } from './read-reminder.ts'

/**
 * The rows of which somebody is reminded, and their time: `path` leads from a row to it, through `ref` where what the row
 * refers to has it (the start of the class that is booked). `which` are words for some of the rows: "unpaid".
 */
export type RowTime = {
  row: Found
  thing: Found
  path: string
  field: Field
  name: string
  ref?: string
  which: string
}

/** Returns the times that words may mean, the likeliest first; why there is none where there is none. */
export const timesMeant = (draft: BehaviourDraft, { time, about }: Reminder): RowTime[] | string => {
  const said = time.noun ?? about
  const phrase = said === undefined ? undefined : phraseOf(draft, said)
  const all = timesOf(draft)
  // "The pickup date": what ends in the words for a time may be the name of it.
  const field = time.field && time.noun && !phrase ? `${time.noun} ${time.field}` : time.field
  const own = said !== undefined && !phrase && !(time.noun && time.field) ? said : undefined
  const fitting = all.filter(
    (one) =>
      (phrase === undefined || isAbout(draft, one, phrase.model)) &&
      (own === undefined || isNamed(one, own, time.kind)) &&
      (own !== undefined || isMeant(one, time.kind, field)),
  )
  if (fitting.length === 0)
    return said !== undefined && !phrase && own !== undefined
      ? `There is nothing called “${said}” that has a day or a time.`
      : phrase
        ? `${phrase.model.words} entries have no such day or time: say which one it is, as in "a ${phrase.model.words} has a due date".`
        : 'It is not clear which day or time that is: say "a day before the class starts".'
  // "Before it starts": what was spoken of last.
  const isPronoun = said === undefined && time.kind !== undefined && time.field === undefined
  const it = isPronoun
    ? draft.it(({ name }) => fitting.some(({ row, thing }) => name === row.name || name === thing.name))
    : undefined
  const near = it ? fitting.filter((one) => isAbout(draft, one, it)) : fitting
  return near.map((one) => ({ ...one, which: phrase?.which ?? '' }))
}

/** "The vaccination is due", "the hearing", of vaccination_due_on and hearing_date. */
const isNamed = ({ thing, name }: RowTime, said: string, kind: TimeKind | undefined): boolean => {
  const key = toName(said.toLowerCase().split(/\s+/))
  if (findField(thing, said) === name) return true
  return name.startsWith(`${key}_`) && (kind !== 'due' || isDueBy(name) || name === dueOf(thing))
}

const phraseOf = (draft: BehaviourDraft, said: string): { model: Found; which: string } | undefined => {
  const found = findPhrase(draft, said)
  return found && found.model.name !== draft.userModel()?.name ? found : undefined
}

/** The system's own rows are no things of which anybody is reminded. */
const isThing = (model: Found): boolean => model.key !== 'notification' && !isMark(model)

const timesOf = (draft: BehaviourDraft): RowTime[] => {
  const things = draft.models().filter(isThing)
  return things.flatMap((row) => [
    ...fieldsOf(row).map(([name, field]): RowTime => ({ row, thing: row, path: name, field, name, which: '' })),
    ...Object.entries(row.model.fields).flatMap(([ref, { type }]) => {
      const to = things.find(({ name }) => name === refOf(type)?.model)
      if (!to || to.name === row.name || !ref.endsWith('_id')) return []
      return fieldsOf(to).map(
        ([name, field]): RowTime => ({
          row,
          thing: to,
          path: `${ref.slice(0, -3)}.${name}`,
          field,
          name,
          ref,
          which: '',
        }),
      )
    }),
  ])
}

/** What others may not see is told to nobody; when a row was made is no day that comes. */
const fieldsOf = ({ model }: Found): [string, Field][] =>
  Object.entries(model.fields).filter(
    ([name, field]) =>
      isTime(field) && field.set !== 'updated' && field.class === undefined && !field.readers && !closes.test(name),
  )

const closes =
  /^(?:returned|brought_back|given_back|paid|cancel+ed|closed|completed|finished|resolved|done|approved|rejected|confirmed|checked_in|checked_out|archived|deleted|answered)_(?:at|on|date)$/

/** Of the thing itself, of what refers to it (the loans of a book), or of what it refers to (the class of a booking). */
const isAbout = (draft: BehaviourDraft, { row, thing, ref }: RowTime, model: Found): boolean =>
  thing.name === model.name || row.name === model.name || (ref === undefined && draft.refFrom(row, model) !== undefined)

const isMeant = (one: RowTime, kind: TimeKind | undefined, field: string | undefined): boolean => {
  const { thing, name, field: shape } = one
  if (shape.set === 'created') return kind === 'made'
  const start = startOf(thing)
  const due = dueOf(thing)
  if (field !== undefined) {
    const named = findField(thing, field)
    if (named !== undefined && isTime(thing.model.fields[named])) return named === name
    if (!kind) return isNamed(one, field, undefined)
  }
  if (kind === 'made') return false
  if (kind === 'start') return name === start
  if (kind === 'due' || kind === 'end') return name === due
  return name === (start ?? due)
}

/** When it begins, or the only day or time that it has. */
const startOf = (thing: Found): string | undefined => {
  const start = startOfSpan(thing)
  if (start && isTime(thing.model.fields[start])) return start
  const others = fieldsOf(thing).filter(([name, { set }]) => set === undefined && !lasts.test(name) && !past.test(name))
  return others.find(([name]) => /(?:^|_)(?:starts?|begins?|date|day|time|at|on)$/.test(name))?.[0] ?? others[0]?.[0]
}

const past =
  /^(?:borrowed|lent|rented|bought|made|issued|joined|signed|sent|created|ordered|booked|placed|born|hired|added|started|opened)_(?:at|on|date)$|birth/
const lasts =
  /^(?:due|deadline|expir|valid|ends?|end|until|return|closes?|finish|to|best_before|use_by)(?:_|$)|_(?:due|deadline|end|until)(?:_|$)/

const dueOf = (thing: Found): string | undefined => {
  const field = dueField(thing)
  return field !== undefined && !past.test(field) ? field : undefined
}

/** Whether people tie themselves to a thing by such rows: bookings of a class. */
export const isTie = (one: RowTime): boolean => one.ref !== undefined && isBookingLike(one.row)
