import { isPlural, singular } from '../../language/words.ts'
import { fieldTypes, titleFields } from '../../lexicon/field-types.ts'
import { listWords } from '../../lexicon/sharing.ts'
import { splitItems } from '../items.ts'
import { nounOf } from '../noun.ts'
import { lastNoun } from './heads.ts'
import { bracketOf, type Packed } from './pack.ts'

/** Nouns that hold fields of the thing they stand in, and are none of their own. */
export const groupNouns =
  /^(?:(?:gps|geo|home|postal|street|full) )?(?:coordinates?|location|position|address|contact(?: details| info| information)?|dimensions?|size|measurements?|details?|period|blood pressure|macros|nutrition|name)$/i

/** True where a bracket names the fields of the noun before it. */
export const isHeadOfBracket = (before: string, bracket: string, first: boolean, packed: Packed): boolean => {
  const inner = bracketOf(bracket, packed)
  if (!inner) return false
  const noun = nounOf(lastNoun(before))
  if (!noun || groupNouns.test(lastNoun(before)) || (!noun.plural && !first) || listWords.has(noun.words.at(-1)!))
    return false
  return looksLikeFields(splitItems(inner))
}

/** What follows the colon of "Escape rooms: rooms (name, theme), bookings (room, date)" are things, not fields. */
export const opensThings = (text: string, packed: Packed): boolean => {
  const first = splitItems(text)[0] ?? ''
  if (/^(?:i|we|it|users?|as|for|each|every)\s/i.test(text)) return true
  const inner = bracketOf(first, packed)
  return /\s(?:with|has|have|belongs?)\s/i.test(first)
    ? nounOf(first.replace(/\s(?:with|has|have|belongs?)\s.*$/i, ''))?.plural === true ||
        /\s(?:has|have|belongs?)\s/i.test(first)
    : inner !== undefined &&
        nounOf(lastNoun(first.replace(/⟦.*$/, '').trim()))?.plural === true &&
        looksLikeFields(splitItems(inner))
}

const fieldNotes = /\b(?:unique|optional|required|default|yes\/no|flag|in (?:kg|cm|km|ml|m|minutes|hours))\b|[(/]/i

const usualFieldWords = new Set(
  'start end plate brand maker manufacturer model status type kind category country city town street zip postcode language nationality gender species breed genre publisher author artist composer director unit value currency grade location place venue slot'.split(
    ' ',
  ),
)

/** "name, phone" names fields; "red, green" names values. */
export const looksLikeFields = (items: readonly string[]): boolean =>
  items.length > 1 &&
  items.some((item) => {
    const last =
      item
        .replace(/\(.*$/, '')
        .replace(/\s+in\s+\w+$/i, '')
        .trim()
        .toLowerCase()
        .split(/\s+/)
        .at(-1) ?? ''
    return (
      fieldTypes.has(last) ||
      titleFields.includes(last) ||
      usualFieldWords.has(last) ||
      (fieldTypes.has(singular(last)) && isPlural(last)) ||
      fieldNotes.test(item) ||
      /^(?:when|whether|how|which|who|where)\b/i.test(item) ||
      /\s(?:on|at|date|time|until|from|to)$/i.test(item)
    )
  })
