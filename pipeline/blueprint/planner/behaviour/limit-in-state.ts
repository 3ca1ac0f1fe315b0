import { toWords } from '../../names.ts'
import { plural, sentence, toName } from '../language/words.ts'
import { addLimit } from './add-limit.ts'
import type { Outcome, Read } from './behaviour.ts'
import { fieldFor } from './between.ts'
import type { BehaviourDraft } from './draft.ts'
import { numberOf } from './phrases.ts'
import { stateFieldOf } from './states/state-field.ts'
import { numberPattern } from './terms/numbers.ts'

const most = `(?:at most|no more than|not more than|never more than|max(?:imum)?\\.?(?: of)?|up to|only) (?<n>${numberPattern})`
const once = '(?: at (?:once|a time|the same time|any (?:one )?time))?'
const per = '(?:per|for each|for every|for one|of (?:an?|each|one)) (?<per>[\\p{L}-]+(?: [\\p{L}-]+)?)'
const state =
  '(?<state>in (?:the )?[\\p{L}-]+|on [\\p{L}-]+|under [\\p{L}-]+|(?:being )?[\\p{L}-]+(?:ed|en|wn|open|active))'
const thing = '(?<thing>[\\p{L}-]+?)'

const patterns: readonly RegExp[] = [
  `^(?:there (?:can|may|must|should) (?:only )?be )?${most} ${thing} (?:(?:can|may|must|should) be |(?:that )?are |that is )?${state}${once}(?:,? ${per})?${once}$`,
  `^${most} ${thing} ${per} (?:(?:can|may|must|should) be |are )?${state}${once}$`,
  `^(?:an?|each|every|the|one) (?<per>[\\p{L}-]+(?: [\\p{L}-]+)?) (?:can|may|must|should) (?:only )?(?:have|work on|keep|hold|do) ${most} ${thing} (?:that are )?${state}${once}$`,
].map((source) => new RegExp(source, 'iu'))

/** "At most 3 repairs in progress at the same time per mechanic": how many rows may be in a state at once. */
export const readLimitInState: Read = (said) => {
  const groups = said.length > 160 ? undefined : patterns.map((one) => one.exec(said.trim())?.groups).find(Boolean)
  const max = groups ? numberOf(groups.n) : undefined
  if (!groups || max === undefined || !Number.isInteger(max)) return undefined
  return {
    said,
    rest: [],
    after: 2.5,
    apply: (draft) => apply(draft, { thing: groups.thing!, state: groups.state!, per: groups.per, max }),
  }
}

type Said = { thing: string; state: string; per: string | undefined; max: number }

const apply = (draft: BehaviourDraft, said: Said): Outcome => {
  const model = draft.findModel(said.thing)
  const known = model && stateFieldOf(model)
  const name = toName(
    said.state
      .toLowerCase()
      .replace(/^being |\bthe /g, '')
      .split(/[\s-]+/),
  )
  const value = known?.values.find((one) => one === name || one === name.replace(/^(?:in|on|under)_/, ''))
  if (!model || !known || !value) return { unresolved: `I know no ${said.thing} that are ${said.state}.` }
  const field = said.per === undefined ? undefined : fieldFor(draft, model, said.per)
  if (said.per !== undefined && !field)
    return { unresolved: `It does not say whose ${plural(model.words)} are: name what ties them to ${said.per}.` }
  const told = sentence(
    `at most ${said.max} ${plural(model.words)} ${said.per ? `per ${said.per.toLowerCase()} ` : ''}are ${toWords(value)} at once.`,
  )
  const much = { max: String(said.max), what: value, open: false, state: value, told }
  return addLimit(draft, { model, per: field ? [field] : [] }, much)
}
