import { plural, toName, withArticle } from '../language/words.ts'
import type { Outcome, Read } from './behaviour.ts'
import { wordsOf } from './between.ts'
import { canonical } from './canonical.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { type Groups, matching, pattern } from './phrases.ts'
import { timeField } from './places/fields.ts'
import { addRule, standing, where } from './rules.ts'

const article = '(?:the |its |their |an? |that |this |each |every |any |all )?'
const exceed =
  '(?:exceed|surpass|be (?:more|higher|greater|larger|bigger)(?: than)?|be (?:above|over|beyond)|go (?:over|above|beyond))'
const most =
  '(?<most>capacity|(?:number of |maximum (?:number of )?|max )?(?:seats|places|beds|berths|spots|people|persons|guests|passengers))'
const atMost =
  '(?:at most|no more than|not more than|up to|no higher than|not higher than|less than or equal to|limited (?:to|by)|never more than|only up to)'
const ofThing = `(?:${article}${most} of ${article}{thing}|${article}{thing}'s ${most.replace('<most>', '<most2>')})`
const holds = `(?:${ofThing}|${article}{thing2} (?:has|have|offers?|provides?) (?:a |the )?${most.replace('<most>', '<most3>')}(?: for)?|${article}{thing3} (?:can )?(?:holds?|seats?|takes?|fits?|carr(?:y|ies)|hold|has room for|allows?))`
const amount = '(?:number of |total (?:number )?of |count of )?{amount}'
const has = '(?:have|be (?:made |booked )?for|include|bring|take|carry|seat|hold|contain|list)'
const refused =
  '(?:are|is|must be|should be|will be|get) (?:refused|rejected|not (?:allowed|possible|accepted)|impossible|forbidden)'

const patterns: readonly RegExp[] = [
  `(?:the )?${amount}(?: (?:of|in|on|for) ${article}{row})? <cannot> ${exceed} ${ofThing}<tail>`,
  `(?:the )?${amount}(?: (?:of|in|on|for) ${article}{row})? (?:must|should|has to|have to|may|can|is|are|needs to)(?: only)?(?: be)?(?: only)? ${atMost} ${ofThing}<tail>`,
  `${article}{row} <cannot> ${has} more {amount} than ${holds}<tail>`,
  `(?:no {row}|(?:nobody|no one) can (?:make|enter|book) (?:an? )?{row2}) (?:can |may )?(?:for|with|${has}) more {amount} than ${holds}<tail>`,
  `${article}{row} (?:for|with|of) more {amount} than ${holds} ${refused}<tail>`,
  `(?:there (?:can|may|must) (?:not|never) be |never |no )more {amount} (?:in|on|for) ${article}{row} than ${holds}<tail>`,
  `${article}{thing} <cannot> (?:be (?:booked|used|rented|reserved|taken) for|carry|take|hold|seat|have|transport) more (?:{amount} )?than (?:its|their|the) ${most}<tail>`,
  `${article}{thing} (?:(?:can|may|must|should) )?(?:only )?(?:be (?:booked|used|rented|reserved) for|is booked for|carr(?:y|ies)|takes?|holds?|seats?|transports?) (?:only )?${atMost} (?:its|their|the) ${most}<tail>`,
  `(?:the )?${amount}(?: (?:of|in|on|for) ${article}{row})? (?:must|has to|have to|should) fit (?:in|into|in to|on) ${article}{thing}<tail>`,
].map(pattern)

/**
 * "The number of guests must not exceed the capacity of the kitchen": what a row says of how many they are, against what it is
 * for. Each booking of a kitchen has the kitchen to itself; those of one class share its places, and are added up.
 */
export const readWithinCapacity: Read = (sentence) => {
  const found = matching(patterns, canonical(sentence))
  return found && { said: sentence, rest: [], after: 1, apply: (draft) => apply(draft, found.groups) }
}

const seats =
  /^(?:capacity|seats|places|beds|berths|spots|max_(?:people|guests|persons|passengers|seats)|size|number_of_(?:seats|places|beds))$/
const heads =
  /(?:^|_)(?:guests|people|persons|passengers|participants|attendees|visitors|heads|players|children|adults|riders|diners|covers|party_size|group_size|seats|places)(?:_count)?$/

const apply = (draft: BehaviourDraft, said: Groups): Outcome => {
  const words = said.thing ?? said.thing2 ?? said.thing3
  const thing = words && draft.findModel(words)
  if (!thing) return { unresolved: '' }
  const wish = (said.most ?? said.most2 ?? said.most3)?.replace(/^number of /i, '')
  const limit =
    (wish ? draft.findField(thing, wish) : undefined) ??
    Object.keys(thing.model.fields).find((name) => seats.test(name))
  if (!limit || !isCount(thing, limit)) return { unresolved: '' }
  const named = said.row ?? said.row2
  const row = named ? draft.findModel(named) : undefined
  const rows = draft
    .childrenOf(thing)
    .filter(({ model }) => row === undefined || model.name === row.name)
    .flatMap(({ model, field }) => {
      const count = countOf(draft, model, said.amount)
      return count && count !== field ? [{ model, ref: field, count }] : []
    })
  const [one, other] = rows
  if (!one || other) return { unresolved: '' }
  const { model, ref, count } = one
  const max = `this.${ref.replace(/_id$/, '')}.${limit}`
  if (isShared(thing, model)) {
    const message = `The ${wordsOf(count)} of all ${plural(model.words)} of ${withArticle(thing.words)} are at most its ${wordsOf(limit)}.`
    addRule(model, {
      name: `within_${limit}`,
      message,
      limit: { per: [ref], max, sum: count },
      ...where(standing(model)),
    })
    return { understood: [message] }
  }
  addRule(model, {
    name: toName([`${count} at most ${limit}`]),
    message: `The ${wordsOf(count)} must be at most the ${wordsOf(limit)} of the ${thing.words}.`,
    check: `this.${count} <= ${max}`,
  })
  return {
    understood: [
      `The ${wordsOf(count)} of ${withArticle(model.words)} are at most the ${wordsOf(limit)} of the ${thing.words}.`,
    ],
  }
}

const isCount = ({ model }: Found, name: string): boolean => /^(?:int|decimal)$/.test(model.fields[name]?.type ?? '')

/** The number of a row that words name; without words the only one that counts people. */
const countOf = (draft: BehaviourDraft, model: Found, words: string | undefined): string | undefined => {
  const named = words ? draft.findField(model, words.replace(/^(?:number of|total) /i, '')) : undefined
  if (named) return isCount(model, named) ? named : undefined
  const counts = Object.keys(model.model.fields).filter((name) => heads.test(name) && isCount(model, name))
  return (words === undefined || /^(?:people|persons|guests)$/i.test(words)) && counts.length === 1
    ? counts[0]
    : undefined
}

const occasions =
  /(?:^|_)(?:event|class|course|trip|tour|show|concert|workshop|flight|session|performance|screening|lesson|departure|game|match|excursion|seminar|training|lecture|dinner|party)$/

/** Whether the rows of one thing share its places: it is at a time itself, and they are not at one of their own. */
const isShared = (thing: Found, row: Found): boolean => {
  const isTimed = (model: Found): boolean => {
    const time = timeField(model)
    return time !== undefined && model.model.fields[time]!.set === undefined
  }
  return !isTimed(row) && (isTimed(thing) || occasions.test(thing.key))
}
