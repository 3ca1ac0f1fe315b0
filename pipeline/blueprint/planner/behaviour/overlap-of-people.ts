import { plural, sentence, toName, withArticle } from '../language/words.ts'
import { type Attendance, attendanceOf } from './attendance.ts'
import type { Outcome } from './behaviour.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import type { Groups } from './phrases.ts'
import { addRule, requireOn, standing, where } from './rules.ts'
import { isTimed, type Said, spanOf } from './spans.ts'

/**
 * "A helper must not be in two shifts that overlap", where registrations say who is in which shift: none is made for a
 * shift during another one of the same helper. Undefined where nothing ties them so.
 */
export const noTwoAtOnce = (draft: BehaviourDraft, said: Groups, time: Said): Outcome | undefined => {
  const thing = said.bookings ? draft.findModel(said.bookings) : undefined
  const found = thing && said.thing ? attendanceOf(draft, said.thing, thing) : undefined
  if (!thing || !found) return undefined
  const who = said.thing!.toLowerCase().replace(/^(?:the same|each|every|any|the|an?) /, '')
  const message = `${sentence(withArticle(singularOf(draft, who)))} cannot be in two ${plural(thing.words)} that overlap.`
  if (!isTimed(thing)) return isTimed(found.tie) ? ofTheTie(draft, found, time, message) : undefined
  const apartFrom = `!${found.tie.name}.exists(other, ${apart(draft, found, thing, time).join(' && ')})`
  // Where nobody is named yet, nobody is in two.
  const open = found.tie.model.fields[found.person]?.optional === true
  const check = open ? `this.${found.person} == null || ${apartFrom}` : apartFrom
  for (const op of ['create', 'update'] as const) requireOn(found.tie, op, { check, message, status: 409 })
  return { understood: [message] }
}

const singularOf = (draft: BehaviourDraft, who: string): string =>
  draft.findRole(who)?.replaceAll('_', ' ') ?? draft.findModel(who)?.words ?? who

/** What another row would be: of the same person, for a thing that is at the same time. */
const apart = (draft: BehaviourDraft, { tie, person, thing: ref }: Attendance, thing: Found, time: Said): string[] => {
  const path = ref.replace(/_id$/, '')
  const [mine, other] = [`this.${path}`, `other.${path}`]
  const span = spanOf(draft, thing, time)
  const stands = [
    ...standing(thing).map((one) => one.replaceAll('this.', `${other}.`)),
    ...standing(tie).map((one) => one.replaceAll('this.', 'other.')),
  ]
  return [`other.${person} == this.${person}`, 'other.id != this.id', ...meets(span, mine, other), ...stands]
}

const meets = (span: ReturnType<typeof spanOf>, mine: string, other: string): string[] => {
  if ('unique' in span) return span.unique.map((field) => `${other}.${field} == ${mine}.${field}`)
  const { start, end, minutes, closed } = span.exclude
  const until = (row: string): string =>
    end ? `${row}.${end}` : `${row}.${start} + minutes(${typeof minutes === 'string' ? `${row}.${minutes}` : minutes})`
  const sign = closed ? '=' : ''
  return [
    ...span.beside.map((field) => `${other}.${field} == ${mine}.${field}`),
    `${other}.${start} <${sign} ${until(mine)}`,
    `${until(other)} >${sign} ${mine}.${start}`,
  ]
}

/** The booking itself is at a time: "a member cannot book two courts at once". */
const ofTheTie = (draft: BehaviourDraft, { tie, person }: Attendance, time: Said, message: string): Outcome => {
  const span = spanOf(draft, tie, time)
  const name = `no_overlap_of_${toName([person.replace(/_id$/, '')])}`
  if ('unique' in span)
    addRule(tie, { name, message, unique: [person, ...span.unique] as [string, ...string[]], ...where(standing(tie)) })
  else
    addRule(tie, {
      name,
      message,
      exclude: { same: [person, ...span.beside], ...span.exclude },
      ...where(standing(tie)),
    })
  return { understood: [message] }
}
