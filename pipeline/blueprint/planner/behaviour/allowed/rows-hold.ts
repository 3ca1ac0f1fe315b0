import { negated } from '../../../../expressions/negate.ts'
import { singular } from '../../language/words.ts'
import { tiesOf } from '../between.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { conditionFor } from '../places/conditions.ts'
import { findField } from '../places/fields.ts'
import { numberOf, numberPattern } from '../terms/numbers.ts'

const noun = '[\\p{L}-]+(?: [\\p{L}-]+)?'
const hasField = new RegExp(
  `^(?:it|they|(?:the |an? )?${noun}) (?:has|have|got) (?<none>no|not an?|an?|the|its|their|some|any) (?<field>${noun})$`,
  'iu',
)
const empty = new RegExp(
  `^(?:its|the|their|an?) (?<field>${noun}?)(?: of (?:it|the ${noun}))? (?:is|are|was|has been) (?<not>not )?(?:still )?(?<how>empty|missing|blank|unset|unknown|given|set|filled(?: in| out)?|entered|there|known|written|recorded|present)$`,
  'iu',
)
const some = new RegExp(
  `^(?:it|they|there|(?:the |an? )?${noun}) (?:still )?(?:has|have|is|are)(?: still)?(?: any)? (?<state>[\\p{L}-]+) (?<rows>[\\p{L}-]+)(?: left| in it| on it)?$`,
  'iu',
)
const all = new RegExp(
  `^(?:all|every one|each) (?:of )?(?:its|the|their) (?<rows>${noun}) (?:is|are|have been|were) (?<state>.+)$`,
  'iu',
)
const atLeast = new RegExp(
  `^(?:(?:it|they|there|(?:the |an? )?${noun}) (?:has|have|is|are) )?(?<sign>at least|more than|no fewer than|not less than) (?<count>${numberPattern}) (?<rows>[\\p{L}-]+)(?: (?:have |has )?(?<deed>[\\p{L}]+(?:ed|ne|t|id))(?: (?:it|in|up|for it|up for it))?)?$`,
  'iu',
)

/** The field of which a clause says that it is there or not: "it has a fee", "its purpose is empty". `there`: it is. */
export const presenceIn = (model: Found, clause: string): { field: string; there: boolean } | undefined => {
  const text = clause.trim()
  const had = hasField.exec(text)?.groups
  const was = had ? undefined : empty.exec(text)?.groups
  const words = had?.field ?? was?.field
  const field = words ? findField(model, words) : undefined
  const shape = field ? model.model.fields[field] : undefined
  if (!field || !shape || shape.type === 'bool') return undefined
  const lacks = was
    ? /^(?:empty|missing|blank|unset|unknown)$/i.test(was.how!) !== (was.not !== undefined)
    : /^no/i.test(had!.none!)
  return { field, there: !lacks }
}

/** What rows that refer to one say of it: "it has open tasks", "all its tasks are done", "at least 4 people joined". */
export const byRows = (draft: BehaviourDraft, model: Found, clause: string): string | undefined => {
  const text = clause.trim()
  const whole = all.exec(text)?.groups
  if (whole) {
    const rows = childCalled(draft, model, whole.rows!)
    const condition = rows && conditionFor(rows.model, whole.state!, 'other')
    return condition && `!${rows.model.name}.exists(other, other.${rows.ref} == this.id && ${negated(condition.text)})`
  }
  const many = atLeast.exec(text)?.groups
  if (many) {
    const count = numberOf(many.count!)
    const tied = many.deed ? tiesOf(draft, model, many.deed) : undefined
    const ref = tied && draft.refFrom(tied, model)
    const rows = childCalled(draft, model, many.rows!) ?? (tied && ref ? { model: tied, ref } : undefined)
    const sign = /^more/i.test(many.sign!) ? '>' : '>='
    return rows && count !== undefined
      ? `${rows.model.name}.filter(other, other.${rows.ref} == this.id).size() ${sign} ${count}`
      : undefined
  }
  const left = some.exec(text)?.groups
  const rows = left && childCalled(draft, model, left.rows!)
  const condition =
    rows && (conditionFor(rows.model, left!.state!, 'other')?.text ?? stillOpen(rows.model, left!.state!))
  return condition && `${rows.model.name}.exists(other, other.${rows.ref} == this.id && ${condition})`
}

/** "Open tasks", where tasks are only said to be done or not. */
const stillOpen = ({ model }: Found, state: string): string | undefined => {
  const done = Object.entries(model.fields).find(
    ([name, { type }]) =>
      type === 'bool' && /^(?:is_)?(?:done|completed?|finished|closed|resolved|settled|paid|returned)$/.test(name),
  )?.[0]
  return done && /^(?:open|unfinished|undone|pending|unresolved|incomplete|outstanding)$/i.test(state)
    ? `!other.${done}`
    : undefined
}

const childCalled = (draft: BehaviourDraft, model: Found, words: string): { model: Found; ref: string } | undefined => {
  const named = draft.findModel(singular(words.toLowerCase())) ?? draft.findModel(words)
  const ref = named && named.name !== model.name ? draft.refFrom(named, model) : undefined
  return named && ref ? { model: named, ref } : undefined
}
