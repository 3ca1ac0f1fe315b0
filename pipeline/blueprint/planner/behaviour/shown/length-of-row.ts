import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'

const counted = /^(?:the )?(?:number of )?(?<unit>days|nights|hours|minutes)$/i
const starts = /^(?:starts?|from|begins?|check_?in|arrival|pick_?up|departure)(?:_|$)|(?:^|_)(?:start|from)(?:_|$)/
const ends = /^(?:ends?|to|until|till|check_?out|departure|return|drop_?off)(?:_|$)|(?:^|_)(?:end|until|to)(?:_|$)/

/** A length in minutes for hours, since halves are to count, else in whole days. */
const lengthIn = (unit: string, span: string, whole: boolean): string | undefined =>
  /^(?:hours|minutes)$/.test(unit) ? `inMinutes(${span})` : whole ? `(inDays(${span}) + 1)` : undefined

/**
 * Returns how many days, nights or hours a row lasts, as an expression, where it has a start and an end. What an amount
 * depends on must be there: the two are required in a new system, unless it is only added up (`needed` false).
 */
export const lengthOfRow = (
  draft: BehaviourDraft,
  model: Found,
  words: string,
  needed = true,
): { text: string; type: string; told?: string } | undefined => {
  const unit = counted.exec(words.trim())?.groups?.unit?.toLowerCase()
  if (!unit) return undefined
  const times = Object.entries(model.model.fields).filter(([, { type, set }]) => /^date(?:time)?$/.test(type) && !set)
  const start = times.find(([name]) => starts.test(name))
  const end = times.find(([name, { type }]) => name !== start?.[0] && ends.test(name) && type === start?.[1].type)
  if (!start || !end) return undefined
  const whole = start[1].type === 'date'
  if (whole && /^(?:hours|minutes)$/.test(unit)) return undefined
  if (!needed) return { text: lengthIn(unit, `this.${end[0]} - this.${start[0]}`, whole) ?? '', type: 'int' }
  if (!draft.changing) for (const [name] of [start, end]) delete model.model.fields[name]!.optional
  else if (start[1].optional || end[1].optional) return undefined
  const span = `this.${end[0]} - this.${start[0]}`
  if (unit === 'hours') return { text: `inHours(${span})`, type: 'int' }
  if (unit === 'minutes') return { text: `inMinutes(${span})`, type: 'int' }
  const both = unit === 'days'
  const lies = whole ? `inDays(${span})` : `inDays(date(this.${end[0]}) - date(this.${start[0]}))`
  return {
    text: both ? `(${lies} + 1)` : lies,
    type: 'int',
    told: both
      ? `The first and the last day of a ${model.words} both count.`
      : `A ${model.words} has as many ${unit} as lie between its start and its end.`,
  }
}
