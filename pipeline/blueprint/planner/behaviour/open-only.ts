import { negated } from '../../../expressions/negate.ts'
import { sentence, toName, withArticle } from '../language/words.ts'
import type { Outcome, Read } from './behaviour.ts'
import { nounOfVerb, tiesOf } from './between.ts'
import { canonical } from './canonical.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { type Groups, matching, pattern } from './phrases.ts'
import { requireOn } from './rules.ts'

const verb =
  '(?<verb>book|reserve|rent|hire|borrow|join|order|buy|enrol in|enroll in|enrol for|register for|sign up for|apply for|bid on|rate|review|donate to|lend|attend|comment on|vote on|vote for|add to|reply to)'
const done =
  '(?<done>booked|reserved|rented|hired|borrowed|joined|ordered|bought|lent|attended|rated|reviewed|taken|used|commented on|bid on|voted on|applied for|signed up for|enrolled in)'
const state =
  '(?<state>(?!same\\b|full\\b|new\\b|own\\b|other\\b|single\\b|more\\b|second\\b)[\\p{L}-]+(?:ed|en|wn|ired|ken|open|active|inactive|past|live|hidden|draft)|closed|open|active|inactive|draft|live|broken|sold|lost|hidden|public|private|archived)'
const is = '(?:is|are|was|were|has been|have been|got|gets)(?: already)?'

const shut: readonly RegExp[] = [
  `(?:nobody can|(?:{who:2} )?<cannot>) ${verb} (?:an? |the |any )?${state} {thing:2}(?: any ?more| any longer)?`,
  `(?:nobody can|(?:{who:2} )?<cannot>) ${verb} (?:an? |the |any )?{thing:2} (?:(?:that|which|who|once it|when it|after it|if it) ${is} )${state}(?: any ?more| any longer)?`,
  `(?:an? |the |all |any )?${state} {thing:2} (?:<cannot>|can no longer|may no longer) be ${done}(?: any ?more| any longer| again)?`,
  `(?:an? |the |all |any )?{thing:2} (?:that|which|who) ${is} ${state} (?:<cannot>|can no longer|may no longer) be ${done}(?: any ?more| any longer| again)?`,
  `(?:once|when|if|after|as soon as) (?:an? |the |any )?{thing:2} ${is} ${state},? (?:nobody|no one) can ${verb} it(?: any ?more| any longer)?`,
  `(?:once|when|if|after|as soon as) (?:an? |the |any )?{thing:2} ${is} ${state},? it (?:<cannot>|can no longer|may no longer) be ${done}(?: any ?more| any longer| again)?`,
].map(pattern)
const only: readonly RegExp[] = [
  `only (?:an? |the )?${state} {thing:2} (?:can|may) be ${done}`,
  `(?:{who:2} )(?:can|may) only ${verb} (?:an? |the )?${state} {thing:2}`,
  `(?:an? |the )?{thing:2} (?:can|may) only be ${done} (?:when|while|if|as long as|once) (?:it|they) (?:is|are) ${state}`,
].map(pattern)

/** Reads that something is booked, joined or ordered only while it is in some state: "you cannot book a cancelled session". */
export const readOpenOnly: Read = (sentence) => {
  const text = canonical(sentence)
  const closed = matching(shut, text)
  const found = closed ?? matching(only, text)
  return (
    found && {
      said: sentence,
      rest: [],
      after: 3,
      apply: (draft) => applyOpenOnly(draft, found.groups, closed !== undefined),
    }
  )
}

const applyOpenOnly = (draft: BehaviourDraft, said: Groups, not: boolean): Outcome => {
  const thing = draft.findModel(said.thing!)
  if (!thing || thing.name === draft.userModel()?.name) return { unresolved: `There is no ${said.thing} here.` }
  const named = nounOfVerb((said.verb ?? '').replace(/ (?:in|for|on|to)$/, ''))
  const children = draft.childrenOf(thing)
  const tie =
    children.find(({ model }) => model.key === named)?.model ??
    tiesOf(draft, thing, said.verb) ??
    (children.length === 1 ? children[0]!.model : undefined)
  const ref = tie ? draft.refFrom(tie, thing) : undefined
  const condition = inState(thing, toName([said.state!.toLowerCase()]))
  if (!tie || !ref) return { unresolved: `Nothing here takes ${withArticle(thing.words)}.` }
  if (!condition)
    return { unresolved: `${sentence(withArticle(thing.words))} does not say whether it is ${said.state}.` }
  const path = `this.${ref.replace(/_id$/, '')}.`
  const is = condition.replace('this.', path)
  const words = said.state!.toLowerCase()
  const message = not
    ? `What is ${words} cannot be taken: this ${thing.words} is.`
    : `Only ${withArticle(thing.words)} that is ${words} can be taken.`
  requireOn(tie, 'create', { check: not ? negated(is) : is, message, status: 409 })
  return {
    understood: [
      `${sentence(withArticle(tie.words))} is ${not ? 'never' : 'only'} made for ${withArticle(thing.words)} that is ${words}.`,
    ],
  }
}

const inState = (thing: Found, state: string): string | undefined => {
  for (const [name, { type, values }] of Object.entries(thing.model.fields)) {
    const value = values?.find((one) => one.toLowerCase() === state || (state === 'canceled' && one === 'cancelled'))
    if (value) return `this.${name} == '${value}'`
    if (type === 'bool' && (name === state || name === `is_${state}`)) return `this.${name}`
  }
  return undefined
}
