import { allOf } from '../../../../expressions/conjunction.ts'
import { toName } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { type Condition, conditionFor } from '../places/conditions.ts'
import { createdField } from '../places/fields.ts'
import { stampOf } from '../states/stamp.ts'
import { verbOf } from '../states/verbs.ts'
import { durationOf, durationPattern, secondsOf } from '../terms/durations.ts'

const lead =
  /^(?:(?:that|which|who|have|has|had|been|are|is|was|were|be|they|it|still|already|currently|stays?|remains?|stood|since|only) )+/i
const long = '(?:more than |longer than |over |at least |already )*'
const lasting: readonly RegExp[] = [
  `^(?<rest>.*?) ?\\b(?:within|in|for|after|since|over) ${long}(?<length>${durationPattern})(?: (?:of|after|since|from) (?<from>.+))?(?: ago| already| long| or more)?$`,
  `^(?<rest>.*?) ?\\b(?:more than|longer than|over|at least) (?<length>${durationPattern})(?: ago| already)?$`,
  `^(?<rest>.*?) ?\\b(?<length>${durationPattern}) (?:ago|or more)$`,
].map((source) => new RegExp(source, 'iu'))

/**
 * "Offered and not accepted within 7 days", "submitted for 14 days and not decided": what is in a state counts from when it came
 * to it, which the steps that lead there write down, and what is so from the first from when it was made. Undefined where no
 * state of the model is named.
 */
export const sinceState = (
  draft: BehaviourDraft,
  model: Found,
  parts: readonly string[],
  row: string,
): Condition | undefined => {
  const pieces = parts
    .flatMap((part) => part.split(/\s*(?:,\s*)?\b(?:and|but|yet)\s+(?!\d)/i))
    .map((piece) => piece.trim().replace(lead, ''))
    .filter(Boolean)
  const timed = pieces.map((piece) => lasting.map((one) => one.exec(piece)?.groups).find(Boolean))
  const at = timed.findIndex(Boolean)
  const seconds = at < 0 ? undefined : secondsOf(timed[at]!.length!)
  if (seconds === undefined || timed.filter(Boolean).length > 1) return undefined
  const rest = timed[at]!.rest!.trim().replace(lead, '')
  const others = pieces.filter((_, i) => i !== at)
  const named = [rest, ...others, ...fromOf(timed[at]!.from)].find((words) => stateOf(model, words) !== undefined)
  const state = named === undefined ? stateBefore(model, [rest, ...others]) : stateOf(model, named)
  if (state === undefined) return undefined
  const since = timeIn(draft, model, state, seconds, row)
  if (since === undefined) return undefined
  const field = model.model.states!.field
  const is = `${row}.${field} == "${state}"`
  const more = [rest, ...others]
    .filter((words) => words !== '' && words !== named)
    .map((words) => conditionFor(model, words, row))
  if (more.some((one) => one === undefined)) return undefined
  // What is offered is not accepted.
  const besides = more.map((one) => one!.text).filter((text) => !isOfOtherStates(text, `${row}.${field}`, state))
  return {
    text: allOf([is, ...besides, since]),
    words: parts.join(' '),
  }
}

/** "Within 7 days after they were offered", "of the offer". */
const fromOf = (said: string | undefined): string[] =>
  said === undefined
    ? []
    : [said.replace(/^(?:being |having been |they |it |the |an? |its |their )+/i, '').replace(lead, '')]

/** The state that words name: "offered", "on loan"; of a deed as a noun too: "the offer". */
const stateOf = ({ model }: Found, words: string): string | undefined => {
  const values = model.states ? model.fields[model.states.field]?.values : undefined
  const name = toName(words.split(/[\s-]+/))
  return values?.find((value) => value === name) ?? (name ? values?.find((value) => verbOf(value) === name) : undefined)
}

/** "Not picked up": in the one state, after the first, from which that is the next step. */
const stateBefore = ({ model }: Found, pieces: readonly string[]): string | undefined => {
  const { states } = model
  if (!states) return undefined
  const not = pieces.flatMap((words) => /^(?:still )?(?:not|un)(?: yet)?(?: been)? ?(.+)$/i.exec(words)?.[1] ?? [])
  const from = not.flatMap((words) => {
    const name = toName(words.split(/[\s-]+/))
    return Object.values(states.transitions).flatMap((step) => (step.to === name ? step.from : []))
  })
  const [only, ...more] = new Set(from)
  return only !== undefined && more.length === 0 && only !== model.fields[states.field]!.default ? only : undefined
}

/** That it has been in a state for so long; undefined where nothing says since when. */
const timeIn = (
  draft: BehaviourDraft,
  model: Found,
  state: string,
  seconds: number,
  row: string,
): string | undefined => {
  const before = (field: string): string => `${row}.${field} < now - ${durationOf(seconds)}`
  const created = createdField(model)
  const isFirst = model.model.fields[model.model.states!.field]!.default === state
  const stamp = stampOf(draft, model, state)
  if (!isFirst) return stamp && `${row}.${stamp} != null && ${before(stamp)}`
  if (!created) return undefined
  return stamp
    ? `${row}.${stamp} == null && ${before(created)} || ${row}.${stamp} != null && ${before(stamp)}`
    : before(created)
}

const isOfOtherStates = (text: string, field: string, state: string): boolean =>
  (text.startsWith(`${field} != `) || text.startsWith(`!(${field} in [`)) && !text.includes(`"${state}"`)
    ? true
    : text.startsWith(`${field} in [`) && text.includes(`"${state}"`) && !text.includes('&&')
