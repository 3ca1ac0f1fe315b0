import { toWords } from '../../names.ts'
import { plural, sentence, singularPhrase, toName } from '../language/words.ts'
import type { Outcome, Read } from './behaviour.ts'
import { fieldFor } from './between.ts'
import type { BehaviourDraft } from './draft.ts'
import { numberOf } from './phrases.ts'
import { addRule, standing, where } from './rules.ts'
import { numberPattern } from './terms/numbers.ts'

const pattern = new RegExp(
  `^(?:there (?:can|may|must|should|is|are) (?:only )?(?:be )?)?(?:at most|no more than|not more than|only|exactly|just|max(?:imum)?\\.?(?: of)?|up to) (?<n>one|${numberPattern}) (?<kind>[\\p{L}-]+(?: [\\p{L}-]+)?) (?:per|for each|for every|on each|in each|of each|on an?|in an?) (?<per>[\\p{L}-]+(?: [\\p{L}-]+)?)$`,
  'iu',
)

/** "At most one captain per ship", where members of a ship have a role: how many rows of one kind there may be. */
export const readLimitOfKind: Read = (said) => {
  const groups = said.length > 120 ? undefined : pattern.exec(said.trim())?.groups
  const max = groups ? numberOf(groups.n) : undefined
  if (!groups || max === undefined || !Number.isInteger(max)) return undefined
  return { said, rest: [], apply: (draft) => apply(draft, groups.kind!, groups.per!, max) }
}

const apply = (draft: BehaviourDraft, kind: string, per: string, max: number): Outcome => {
  const value = toName(singularPhrase(kind.toLowerCase()).split(/[\s-]+/))
  for (const model of draft.models()) {
    const field = Object.entries(model.model.fields).find(
      ([, { type, values }]) => type === 'enum' && values!.includes(value),
    )?.[0]
    const ref = field && fieldFor(draft, model, per)
    if (!field || !ref || ref === field) continue
    const message = sentence(
      `at most ${max} ${max === 1 ? toWords(value) : plural(toWords(value))} per ${per.toLowerCase()}.`,
    )
    addRule(model, {
      name: `limit_of_${value}`,
      message,
      limit: { per: [ref], max: String(max) },
      ...where([`this.${field} == '${value}'`, ...standing(model).filter((one) => !one.includes(`this.${field} `))]),
    })
    return { understood: [message] }
  }
  return { unresolved: `It does not say what ties ${kind} to ${per}.` }
}
