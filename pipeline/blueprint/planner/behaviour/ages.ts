import { sentence, singular, withArticle } from '../language/words.ts'
import type { Outcome, Read } from './behaviour.ts'
import { canonical } from './canonical.ts'
import type { BehaviourDraft } from './draft.ts'
import { type Groups, matching, pattern } from './phrases.ts'
import { requireOn } from './rules.ts'

const patterns = [
  `(?:an? |every |each |all |the )?{who} (?:must|has to|have to|should|need to|needs to) be (?:at least|over|minimum) (?<n>\\d{1,2})(?: years?(?: old)?| years of age)?(?: old)?`,
  `(?:an? |every |each |all |the )?{who} (?:must|has to|have to) be (?<n>\\d{1,2}) (?:years old )?or (?:older|over|above)`,
  `(?:an? |all |the )?{who} under (?<n>\\d{1,2})(?: years?)? <cannot> be (?:added|registered|accepted|entered|stored)`,
].map(pattern)

const birth = /^(?:date_of_birth|birth_?date|birth_?day|born(?:_on)?|dob)$/
/** 365.2425 days, as the Gregorian calendar has them on average: 18 years are 6574 days and a half. */
const daysOf = (years: number): number => Math.ceil(years * 365.2425)

/** Reads how old people must be when they are entered: "a donor must be at least 18". */
export const readAges: Read = (said) => {
  const found = matching(patterns, canonical(said))?.groups
  return found && { said, rest: [], apply: (draft) => apply(draft, found, said) }
}

const apply = (draft: BehaviourDraft, { who, n }: Groups, said: string): Outcome => {
  const model = draft.findModel(who!)
  const field = Object.entries(model?.model.fields ?? {}).find(
    ([name, { type }]) => type === 'date' && birth.test(name),
  )
  const age = Object.entries(model?.model.fields ?? {}).find(
    ([name, { type }]) => (type === 'int' || type === 'float') && /^age(?:_in_years)?$/.test(name),
  )
  if (model && !field && age) {
    age[1].min = Number(n)
    return { understood: [`The age of ${withArticle(model.words)} is at least ${Number(n)}.`], breaks: draft.changing }
  }
  if (!model || !field)
    return { unresolved: `Nothing here says when ${withArticle(singular(who!.toLowerCase()))} was born.` }
  if (model.name === draft.userModel()?.name)
    return { unresolved: 'Whoever signs up says how old they are; that is not checked.' }
  const [name, { optional }] = field
  const old = `this.${name} <= today() - days(${daysOf(Number(n))})`
  const message = `${sentence(said.replace(/[.!]+$/, ''))}.`
  for (const op of ['create', 'update'] as const)
    requireOn(model, op, { check: optional ? `this.${name} == null || ${old}` : old, message, status: 409 })
  return { understood: [message] }
}
