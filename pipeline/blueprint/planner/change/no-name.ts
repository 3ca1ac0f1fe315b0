import { toWords } from '../../names.ts'
import { isClauseField, isClauseThing } from '../language/clause-names.ts'
import { toName } from '../language/words.ts'
import { type Draft, restorable } from './draft.ts'

/** What somebody asks to see or to be done; nothing that is stored is called so. */
const asks =
  /^(?:(?:please|only|just|also|and) )*(?:list|show|display|return|embed|include|expand|prefix|replay|retry|resend|wrap|fetch|get|give|send|answer|count|number|move|put|enable|disable|use|let|assign|notify|tell|remind|sort|order|filter|group)\b/i
/** Who asks to see something names nothing that is to be stored. */
const shows = /^(?:(?:please|only|just|also|and) )*(?:list|show|display|return|see|embed)\b/i
/** Words of a sentence rather than of a name. */
const ofSentence =
  /\b(?:that|which|who|whom|when|where|while|because|if|they|their|its|them|me|us|it|must|should|cannot|becomes?)\b/i
/** Words that a name of two has ("days before"), and a longer one does not. */
const bound = /\b(?:or|before|after|until|unless|each|every|with)\b/i

/** Says what a thing has, or that there is a new one. */
const describes = /\b(?:add|with|have|has|track|store|keep|also|and|create|new)\b|[:(]/i

/** Whether a clause may have been taken for the name of something; only then is it worth to look. */
const mayBeNoName = (clause: string): boolean => asks.test(clause) || ofSentence.test(clause) || bound.test(clause)

type Names = Map<string, Set<string>>
const namesIn = ({ architecture }: Draft): Names =>
  new Map(Object.entries(architecture.models).map(([name, { fields }]) => [name, new Set(Object.keys(fields))]))

/**
 * Carries out a clause, and takes everything back where a thing or field would then be called after the sentence ("list
 * tickets", "price when they are diagnosed"). Returns whether it stayed.
 */
export const carryNamed = (clause: string, draft: Draft, carry: () => void): boolean => {
  const before = namesIn(draft)
  const restore = restorable(draft)
  carry()
  const isUsual = !mayBeNoName(clause) && clause.trim().split(/\s+/).length > 4
  const isNew = (model: string, field?: string): boolean =>
    field === undefined ? !before.has(model) : before.get(model)?.has(field) !== true
  const isPiece = (name: string, field?: string): boolean => {
    const known = (noun: string): boolean =>
      [...before.keys()].some((one) => toWords(one).replaceAll(' ', '_') === noun)
    return field === undefined
      ? isClauseThing(toWords(name).replaceAll(' ', '_'), known)
      : isClauseField(field.replace(/_id$/, ''), draft.architecture.models[name]!.fields[field]!.type)
  }
  const isName = (name: string): boolean => {
    if (shows.test(clause)) return false
    const words = toWords(name)
    return !ofSentence.test(words) && !(bound.test(words) && words.split(' ').length > 2)
  }
  const kinds = (words: string): boolean => [...before.keys()].some((known) => words.endsWith(` ${toWords(known)}`))
  const isThing = (name: string): boolean => {
    const words = toWords(name)
    // "Only the board decides": who does something is no thing.
    const [first = '', second = ''] = words.split(' ')
    if (
      second !== '' &&
      toName([first]) in draft.architecture.policies.roles &&
      /^(?:only )?(?:the )?[\p{L}-]+ [\p{L}-]+s$/iu.test(clause.trim())
    )
      return false
    if (!isName(name) || (asks.test(words) && words.includes(' '))) return false
    // "Hide reviews": two words that are all of it, the second of which is there.
    if (clause.trim().split(/\s+/).length <= 3 && !describes.test(clause) && kinds(words)) return false
    // "List open tickets": tickets that are open, no things of another kind.
    return !(asks.test(clause) && kinds(words))
  }
  const sound = Object.entries(draft.architecture.models).every(
    ([model, { fields }]) =>
      (!isNew(model) || ((isUsual || isThing(model)) && !isPiece(model))) &&
      Object.keys(fields).every(
        (field) => !isNew(model, field) || ((isUsual || isName(field.replace(/_id$/, ''))) && !isPiece(model, field)),
      ),
  )
  if (sound) return true
  restore()
  draft.notCarried.push(`Not understood: “${clause}”.`)
  return false
}
