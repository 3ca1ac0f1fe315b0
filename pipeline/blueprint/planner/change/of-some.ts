import { seenIn } from '../behaviour/seen/read-seen.ts'
import { tidy } from '../behaviour/take.ts'
import type { Draft } from './draft.ts'
import { findEntry } from './view.ts'

/** "Nobody can book a class that has started": what is kept from some is not taken away from all. */
const keepsFromSome =
  /\b(?:nobody|no one|cannot|can not|can't|may not|must not|should not)\b.*\b(?:an?|any|the) [\p{L}-]+(?: [\p{L}-]+)? (?:that|which|who) (?:is|are|has|have|was|were)\b/iu

/** "Only admins can delete defects that are in progress": what is said of some rows is no right to all of them. */
const saidOfSome =
  /\b(?:only|nobody|no one|cannot|can not|can't|may not|must not|should not)\b.*\b(?:delete|remove|erase|change|edit|update|modify|alter)d?\b (?:an?|any|all|the)? ?[\p{L}-]+(?: [\p{L}-]+)? (?:that|which|who|whose|while|where)\b(?! (?:(?:is|are) )?(?:they|he|she|theirs|belongs?|assigned|own)\b)/iu

/** Whether a clause speaks of some rows or of a field of them only: read as a right, it would be one to all of the thing. */
export const isOfSome = (clause: string, draft: Draft): boolean =>
  keepsFromSome.test(clause) || saidOfSome.test(clause) || hidesNoThing(clause, draft)

/** "Technicians cannot see the price": of what is no thing by itself, hidden or not it takes nothing else from anybody. */
const hidesNoThing = (clause: string, { architecture }: Draft): boolean => {
  const { object, who } = seenIn(tidy(clause)) ?? {}
  if (!object || !who || who.kind === 'also' || who.kind === 'private') return false
  const parts = object
    .replace(/^(?:the|an?|any|their|its|his|her) /i, '')
    .replace(/ (?:of|for|on|in) (?:the |an? |any |all |every |each |their )?[\p{L} -]+$/iu, '')
    .split(/(?:,| and| or) (?:the |an? |any )?/i)
  return parts.some(
    (part) =>
      /^[\p{L}-]+(?: [\p{L}-]+)?$/u.test(part) &&
      !wholes.test(part) &&
      !findEntry(architecture, part) &&
      !findEntry(architecture, part.split(' ').at(-1)!),
  )
}
const wholes =
  /\b(?:it|them|this|that|these|those|all|any|anything|everything|others?|own|one|ones|another|theirs|users?|people|members?|data|who|what|which|how|when)\b/i
