import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'

const counted = /^(?:the )?(?:number of )?(?<unit>days|nights|hours|minutes)$/i
const starts = /^(?:starts?|from|begins?|check_?in|arrival|pick_?up|departure)(?:_|$)|(?:^|_)(?:start|from)(?:_|$)/
const ends = /^(?:ends?|to|until|till|check_?out|departure|return|drop_?off)(?:_|$)|(?:^|_)(?:end|until|to)(?:_|$)/
const inHours = /^(?:hours|minutes)$/

type Span = { unit: string; start: string; end: string; whole: boolean }

/** The start and the end of a row, `whole` where these are days, and the unit that words name; undefined where it has not both. */
const spanOfRow = (model: Found, words: string): Span | undefined => {
  const unit = counted.exec(words.trim())?.groups?.unit?.toLowerCase()
  if (!unit) return undefined
  const times = Object.entries(model.model.fields).filter(([, { type, set }]) => /^date(?:time)?$/.test(type) && !set)
  const start = times.find(([name]) => starts.test(name))
  const end = times.find(([name, { type }]) => name !== start?.[0] && ends.test(name) && type === start?.[1].type)
  if (!start || !end) return undefined
  const whole = start[1].type === 'date'
  return whole && inHours.test(unit) ? undefined : { unit, start: start[0], end: end[0], whole }
}

/**
 * Returns how long a row lasts, as an expression to be added up: in minutes for hours, since halves are to count, else in whole
 * days. Undefined where it has no start and end, or no days.
 */
export const lengthSummed = (model: Found, words: string): { text: string; unit: 'minutes' | 'days' } | undefined => {
  const found = spanOfRow(model, words)
  if (!found) return undefined
  const span = `this.${found.end} - this.${found.start}`
  if (inHours.test(found.unit)) return { text: `inMinutes(${span})`, unit: 'minutes' }
  return found.whole ? { text: `(inDays(${span}) + 1)`, unit: 'days' } : undefined
}

/**
 * Returns how many days, nights or hours a row lasts, as an expression, where it has a start and an end. What an amount
 * depends on must be there: the two are required in a new system. `told`: what is assumed by it.
 */
export const lengthOfRow = (
  draft: BehaviourDraft,
  model: Found,
  words: string,
): { text: string; type: string; told?: string } | undefined => {
  const found = spanOfRow(model, words)
  if (!found) return undefined
  const { unit, start, end, whole } = found
  const { fields } = model.model
  if (!draft.changing) for (const name of [start, end]) delete fields[name]!.optional
  else if (fields[start]!.optional || fields[end]!.optional) return undefined
  const span = `this.${end} - this.${start}`
  if (unit === 'hours') return { text: `inHours(${span})`, type: 'int' }
  if (unit === 'minutes') return { text: `inMinutes(${span})`, type: 'int' }
  const both = unit === 'days'
  const lies = whole ? `inDays(${span})` : `inDays(date(this.${end}) - date(this.${start}))`
  return {
    text: both ? `(${lies} + 1)` : lies,
    type: 'int',
    told: both
      ? `The first and the last day of a ${model.words} both count.`
      : `A ${model.words} has as many ${unit} as lie between its start and its end.`,
  }
}
