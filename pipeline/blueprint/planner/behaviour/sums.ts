import type { Limit } from '../../../../schemas/generated/architecture.ts'
import { toName, withArticle } from '../language/words.ts'
import type { Outcome, Read } from './behaviour.ts'
import { fieldFor, wordsOf } from './between.ts'
import { canonical } from './canonical.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { type Groups, matching, numberOf, pattern } from './phrases.ts'
import { addRule, makeExact, standing, where } from './rules.ts'

const measure =
  '(?<measure>hours?|minutes?|km|kilometers|kilometres|miles|kg|kilos|kilograms?|tons?|litres|liters|ml|euros?|dollars|eur|points|credits|pages|megabytes)'
const unit = '(?<unit>day|week|month|year)'
const per = '(?:per|a|an|each|every|in (?:a|one|the same))'

const patterns: readonly RegExp[] = [
  `<atmost> {n#} ${measure} ${per} ${unit} (?:and|per|for each|for every|for) {who}`,
  `<atmost> {n#} ${measure} (?:per|for each|for every) {who} (?:and|per|a|each|every) ${unit}`,
  `(?:there (?:can|may|must) be )?<atmost> {n#} ${measure} ${per} ${unit}`,
  `<atmost> {n#} ${measure} (?:of .+ )?(?:per|for each|for every|for an?|in an?|on an?) {who}`,
  `(?:nobody can|<same>? ?{who} <cannot>) (?:work|log|drive|book|record|report|spend|donate|enter|use|have|give|earn|order|carry|take|fly|train|play|clock)(?: up)? more than {n#} ${measure}(?: ${per} ${unit})?<tail>`,
  `<same>? ?{who} (?:can|may|must|should)(?: only)? (?:work|log|drive|book|record|report|spend|donate|enter|use|have|give|earn|order|carry|take|fly|train|play|clock)(?: up)? (?:only )?<atmost> {n#} ${measure}(?: ${per} ${unit})?<tail>`,
  `the (?:total |sum of (?:the )?)?${measure} of (?:<same> )?{who} <cannot> (?:exceed|be more than|be over|go over) {n#}(?: ${measure.replace('measure', 'measure2')})?(?: ${per} ${unit})?<tail>`,
  `(?:the )?(?:total|sum|combined)(?: of(?: the| all)?)? {amount} (?:of|on|in|for|per|under|by|from) (?:all |the )*(?:{things} (?:of|on|in|for|per|under|from|by) )?(?:<same> )?{thing} <cannot> (?:exceed|be (?:more|higher|greater|larger|bigger|above|over)(?: than)?|go (?:over|above|beyond)) (?:(?:the|its|that|their) )?(?:{thing2}'s )?{most}(?: of (?:the |that |its )?{thing3})?<tail>`,
  `(?:the )?{things} (?:of|on|in|for|under) (?:<same> )?{thing} (?:together |in total |in sum |combined |altogether )?<cannot> (?:together |in total )?(?:exceed|cost more than|weigh more than|go over|add up to more than|sum up to more than|be more than) (?:(?:the|its|that|their) )?(?:{thing2}'s )?{most}(?: of (?:the |that |its )?{thing3})?<tail>`,
  `(?:the )?{things} <cannot> (?:together |in total )?(?:exceed|cost more than|weigh more than|go over|add up to more than|sum up to more than) (?:the |its |their )?{most} of (?:the |that |its |a |their ){thing}<tail>`,
].map(pattern)

/** Reads how much there may be in all: hours per day and employee, expenses within a budget. */
export const readSum: Read = (sentence) => {
  const found = matching(patterns, canonical(sentence))
  if (!found) return undefined
  return { said: sentence, rest: [], apply: (draft) => apply(draft, found.groups) }
}

const apply = (draft: BehaviourDraft, said: Groups): Outcome => {
  const most = numberOf(said.n)
  return most === undefined ? withinField(draft, said) : withinNumber(draft, said, most)
}

const withinNumber = (draft: BehaviourDraft, said: Groups, most: number): Outcome => {
  const one = said.measure!.toLowerCase().replace(/s$/, '')
  const names = new RegExp(
    `(?:^|_)(?:${one}s?${one === 'hour' ? '|time_spent' : ''}${/euro|dollar|eur/.test(one) ? '|amount|price|cost|total' : ''}${/km|kilomet|mile/.test(one) ? '|distance|distance_km|kilometers|mileage' : ''}${/kg|kilo|ton/.test(one) ? '|weight|weight_kg|kg' : ''}${/lit|ml/.test(one) ? '|volume|amount|quantity' : ''})(?:$|_)`,
  )
  const who = said.who ?? ''
  for (const model of draft.models()) {
    const field = Object.entries(model.model.fields).find(
      ([name, { type }]) => /^(?:int|float|decimal)$/.test(type) && names.test(name),
    )?.[0]
    const about = field && who !== model.words ? refOrOwner(draft, model, who) : undefined
    if (!field || !about) continue
    if (!makeExact(model, field, draft.changing)) return { unresolved: `The ${wordsOf(field)} are no exact numbers.` }
    const day = said.unit ? dayOf(model) : undefined
    const message = `At most ${most} ${said.measure!.replace(/s?$/, 's')} per ${wordsOf(about).replace(/^owner$/, 'person')}${said.unit ? ` and ${said.unit}` : ''}.`
    addRule(model, {
      name: `limit_of_${field}`,
      message,
      limit: {
        per: [about],
        max: String(most),
        sum: field,
        ...(said.unit
          ? {
              within: {
                field: day!,
                unit: said.unit.toLowerCase() as NonNullable<Limit['within']>['unit'],
                zone: 'UTC',
              },
            }
          : {}),
      },
      ...where(standing(model)),
    })
    return { understood: [message] }
  }
  return { unresolved: `Nothing here has ${said.measure} of ${who || 'somebody'} that could be added up.` }
}

const refOrOwner = (draft: BehaviourDraft, model: Found, who: string): string | undefined => {
  const user = draft.userModel()
  const thing = who ? draft.findModel(who) : user
  if (!thing) return draft.findField(model, who)
  return draft.refFrom(model, thing, who)
}

const dayOf = (model: Found): string =>
  Object.entries(model.model.fields).find(
    ([name, field]) => /^date/.test(field.type) && field.set === undefined && !/due|end|paid|return/.test(name),
  )?.[0] ?? 'created_at'

/** "the expenses of a project may not exceed its budget". */
const withinField = (draft: BehaviourDraft, said: Groups): Outcome => {
  const parent = [said.thing, said.thing2, said.thing3]
    .map((words) => (words ? draft.findModel(words) : undefined))
    .find((one) => one && said.most && draft.findField(one, said.most))
  if (!parent) return { unresolved: `Nothing here has ${withArticle(said.most!)}.` }
  const most = draft.findField(parent, said.most!)!
  if (
    !said.amount &&
    /^(?:seats|capacity|places|spots|copies|beds|slots|max_(?:people|participants|guests|seats|players|members))$/.test(
      most,
    )
  )
    return { unresolved: `The ${wordsOf(most)} of ${withArticle(parent.words)} is no amount.` }
  const named = said.things ? draft.findModel(said.things) : undefined
  const children = draft.childrenOf(parent).map(({ model }) => model)
  const candidates = named && children.some(({ name }) => name === named.name) ? [named] : children
  for (const model of candidates) {
    const field = (said.amount ? draft.findField(model, said.amount) : undefined) ?? sameMeasure(model, most)
    const ref = draft.refFrom(model, parent)
    if (!field || !ref || !/^(?:int|float|decimal)$/.test(model.model.fields[field]!.type)) continue
    if (!makeExact(model, field, draft.changing) || !makeExact(parent, most, draft.changing))
      return { unresolved: `The ${wordsOf(field)} are no exact numbers.` }
    const message = `The ${wordsOf(field)} of all ${model.model.plural?.replaceAll('_', ' ') ?? model.words} of ${withArticle(parent.words)} is at most its ${wordsOf(most)}.`
    addRule(model, {
      name: `within_${toName([most])}`,
      message,
      limit: {
        per: [ref],
        max: `this.${fieldFor(draft, model, parent.words)!.replace(/_id$/, '')}.${most}`,
        sum: field,
      },
      ...where(standing(model)),
    })
    return { understood: [message] }
  }
  return { unresolved: `Nothing that belongs to a ${parent.words} has an amount to add up.` }
}

/** The number of a row that is measured like the most: amount for a budget, weight for a maximum weight. */
const sameMeasure = (model: Found, most: string): string | undefined => {
  const numbers = Object.entries(model.model.fields)
    .filter(([, { type }]) => /^(?:int|float|decimal)$/.test(type))
    .map(([name]) => name)
  const stem = most.replace(/^(?:max|maximum|total)_/, '')
  return (
    numbers.find((name) => name === stem || stem.startsWith(name) || name.startsWith(stem)) ??
    numbers.find((name) =>
      /^(?:amount|price|cost|total|sum|hours|quantity|weight|weight_kg|volume|pledge)$/.test(name),
    ) ??
    (numbers.length === 1 ? numbers[0] : undefined)
  )
}
