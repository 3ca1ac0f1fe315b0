import type { FieldSpec } from './field-spec.ts'
import { takeLimits } from './limits.ts'
import { typeOfPhrase } from './type-of.ts'

const examples = /^\s*(?:eg|like|ie|example|examples)\b/i
const unitNote =
  /^(?:in\s+)?(kg|g|grams|cm|mm|m|km|minutes|min|hours|seconds|days|weeks|months|years|ml|l|liters|litres|%|percent)$/i

/** Reads what stands in brackets or after a colon behind a field's name: type, values, limits, default, optionality. */
export const readNote = (note: string, spec: Partial<FieldSpec>, name: string): void => {
  if (examples.test(note) || note.trim() === '') return
  const list =
    /^\s*(?:(?:an?\s+)?(?:enum|choice|select|dropdown|options?|values?)\b(?: of| with| from| between)?(?: the values)?\s*:?\s*|(?:either|one of|any of|can be|is|are|may be|could be|must be|a choice of|choose from|allowed values|possible values)\s*:?\s*)+/i
  const plain = note.replace(/\s+-\s+/g, ', ').replace(/^\s*(?:which|that)\s+/i, '')
  const saidList = list.test(plain)
  const whole = typeOfPhrase(plain)
  if (whole) {
    spec.type = whole
    spec.typed = true
    return
  }
  const { rest, limits } = /^values:/.test(plain)
    ? { rest: plain, limits: {} }
    : takeLimits(plain.replace(/[[\]{}]/g, ''))
  const options = rest.split(/\s*,\s*|\s+or\s+/i).filter((one) => one.trim() !== '')
  const odd = options.filter((one) => typeOfPhrase(one)).length
  const sized = options.some((one) => unitNote.test(one.trim()))
  const choices =
    /^values:/.test(plain) ||
    (options.length >= 3 && (odd === 1 || (sized && odd === 0)) && !/\b(?:in|per)\b/i.test(rest)) ||
    (name === 'unit' && options.length >= 2)
  for (const [key, value] of Object.entries(limits))
    if (key !== 'type' || spec.type === undefined) Object.assign(spec, { [key]: value })
  const saidValues = saidList || choices
  const left: string[] = []
  const typeWords: string[] = []
  for (const piece of rest
    .replace(/^values:\s*/, '')
    .replace(list, '')
    .split(/\s*(?:,|;|\||\s\/\s|\/|\s+or\s+|\bor\s)\s*/i)) {
    const word = piece
      .trim()
      .replace(/^and\s+/i, '')
      .replace(/["'`]/g, '')
      .trim()
    if (!word) continue
    const type = typeOfPhrase(word)
    if (
      type &&
      !saidValues &&
      left.length === 0 &&
      !(/\bor\b/.test(rest) && /^(?:day|date|time|text|number|email|phone|link)$/i.test(word))
    ) {
      spec.type = type
      spec.typed = true
      typeWords.push(word)
    } else if (unitNote.test(word) && !saidValues)
      spec.unit = unitNote
        .exec(word)![1]!
        .toLowerCase()
        .replace(/^min$/, 'minutes')
        .replace(/^grams$/, 'g')
        .replace(/^(?:liters|litres)$/, 'l')
    else left.push(...(saidValues || left.length > 0 ? word.split(/\s+and\s+/i) : [word]))
  }
  if (left.length > 0 && typeWords.length > 0 && /(?:^|_)(?:type|kind|format|category|channel|method|mode)$/.test(name))
    left.unshift(...typeWords)
  const values = [...new Set(left.map(toValue).filter((value) => value.length > 0 && value.length <= 50))]
  const booleanPair = values.length === 2 && /^(?:yes no|true false|on off)$/i.test(values.join(' '))
  if (booleanPair) Object.assign(spec, { type: 'bool', typed: true })
  else if (values.length >= 2 && values.length <= 60 && values.every((value) => value.split('_').length <= 4)) {
    spec.values = values
    delete spec.type
  } else if (left.length > 0) spec.unread = `${name}: ${left.join(', ')}`.slice(0, 120)
}

/** Returns an enum value as it goes into JSON: its own letters, with _ between words. */
export const toValue = (text: string): string =>
  text
    .trim()
    .replace(/^(?:an?|the|either)\s+/i, '')
    .replace(/[.!?]+$/, '')
    .trim()
    .replace(/\s+/g, '_')
