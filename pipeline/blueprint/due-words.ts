import type { Step } from '../../schemas/generated/architecture.ts'
import { toWords } from './names.ts'

const span = /^(?:day\()?this\.(\w+?)\)? \+ (day|hour|minute)s\((\d+)\)$/

/** Returns "a loan is due 14 days after it is made" for a step that sets a day or moment of its own row so, or undefined. */
export const dueWords = (model: string, { set, when }: Step): string | undefined => {
  const [[field, value] = ['', ''], ...others] = Object.entries(set?.values ?? {})
  const [, start = '', unit = '', count = ''] = span.exec(value) ?? []
  if (set?.of !== 'this' || when || others.length > 0 || !start) return undefined
  const word = toWords(model)
  const one = `${/^[aeiou]/i.test(word) ? 'an' : 'a'} ${word}`
  const after = `${count} ${unit}${count === '1' ? '' : 's'} after ${start === 'created_at' ? 'it is made' : `its ${toWords(start)}`}`
  if (/^due_(?:on|at|date)$/.test(field)) return `${one} is due ${after}`
  if (/^valid_until$/.test(field)) return `${one} is valid until ${after}`
  return `${toWords(field).replace(/^closes (?:at|on)$/, 'the end')} of ${one} is ${after}`
}
