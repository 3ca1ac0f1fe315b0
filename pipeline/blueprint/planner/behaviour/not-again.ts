import { sentence as capital, singular, withArticle } from '../language/words.ts'
import type { Outcome, Read } from './behaviour.ts'
import { wordsOf } from './between.ts'
import { canonical } from './canonical.ts'
import type { BehaviourDraft } from './draft.ts'
import { type Groups, matching, pattern } from './phrases.ts'
import { findField, timeField } from './places/fields.ts'
import { requireOn } from './rules.ts'
import { durationOf, durationPattern, secondsOf } from './terms/durations.ts'

const within = `(?:within|in|inside|during) (?:less than )?(?<length>${durationPattern})`
const twice = '(?:twice|again|more than once|two times|a second time)'
const patterns: readonly RegExp[] = [
  `(?:an? |each |every |the )?{who:2} <cannot> (?:be )?(?<verb>get|be given|receive|take|have|book|borrow|order|request|use|do|given) the same {thing:3} ${twice} ${within}`,
  `the same {thing:3} <cannot> be (?<verb>given|taken|booked|borrowed|ordered|used|requested|done) (?:to the same {who:2} )?${twice} ${within}(?: (?:per|to|by|for) (?:the same |a |one |each )?{who2:2})?`,
].map(pattern)

/** "No resident may get the same medicine twice within 4 hours": so long must lie between two rows of the same two. */
export const readNotAgain: Read = (said) => {
  const groups = matching(patterns, canonical(said))?.groups
  return groups && { said, rest: [], sure: true, after: 2, apply: (draft) => apply(draft, groups) }
}

const apply = (draft: BehaviourDraft, said: Groups): Outcome => {
  const seconds = secondsOf(said.length!)
  const who = said.who ?? said.who2
  const person = who ? draft.findModel(who) : undefined
  const thing = draft.findModel(said.thing!)
  for (const model of draft.models()) {
    const time = timeField(model)
    const what =
      (thing ? draft.refFrom(model, thing) : undefined) ?? findField(model, singular(said.thing!.toLowerCase()))
    const whose = person && person.name !== model.name ? draft.refFrom(model, person) : undefined
    if (!time || !what || (who && !whose) || seconds === undefined) continue
    const same = [whose, what].filter((field) => field !== undefined)
    const day = model.model.fields[time]!.type === 'date'
    if (day && seconds < 86_400) continue
    const length = day ? `days(${Math.round(seconds / 86_400)})` : durationOf(seconds)
    const message = `${capital(withArticle(model.words))} of the same ${same.map(wordsOf).join(' and ')} comes no sooner than ${said.length} after another.`
    requireOn(model, 'create', {
      check: `!${model.name}.exists(other, ${same.map((field) => `other.${field} == this.${field} && `).join('')}other.id != this.id && other.${time} > this.${time} - ${length} && other.${time} < this.${time} + ${length})`,
      message,
    })
    return { understood: [message] }
  }
  return { unresolved: `It is not known where ${said.thing} and its time are kept${who ? ` for each ${who}` : ''}.` }
}
