import { sentence, singular } from '../../language/words.ts'
import { baseVerb } from '../../lexicon/verbs.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { matching, pattern } from '../phrases.ts'
import { unlock } from '../states/kept-once-decided.ts'

const deed = '(?:edit|change|update|modify|correct|amend|adjust|revise|delete|remove)'
const done = '(?:edited|changed|updated|modified|corrected|amended|adjusted|revised|deleted|removed)'
const state =
  '(?:is|are|was|were|has been|have been)(?: already)? [\\p{L}]+(?:ed|en|nt|id)(?: or [\\p{L}]+(?:ed|en|nt|id))?'
const when = `(?:at any time|at all times|any ?time|whenever they (?:like|want)|(?:even|also|still)(?: if| when| after| once)? (?:(?:it|they) ${state}|approval|(?:the|a|its|their) (?:approval|decision|rejection)))`

const patterns: readonly RegExp[] = [
  `(?:an? |the |all |any |each |every |their )?{thing} (?:<can>|can still) (?:still |always )?be (?<verbs>${done}(?:(?: and|, | or) ${done})*),? ${when}`,
  `(?:an? |the |all )?{who:2} (?:<can>|can still) (?:still |always )?(?<verbs>${deed}(?:(?: and|, | or) ${deed})*) (?:an? |the |all |any |their |his |her |their own )*{thing},? ${when}`,
].map(pattern)

/** Reads that something may be changed whatever became of it: "claims can be edited at any time", "even after they are approved". */
export const readAnyTime: Read = (said) => {
  if (!/\b(?:any ?time|all times|whenever|even|also|still)\b/i.test(said)) return undefined
  const found = matching(patterns, said.trim().replace(/[.!]+$/, ''))?.groups
  if (!found) return undefined
  const { who, thing = '', verbs = '' } = found
  const ops = opsOf(verbs)
  return {
    said,
    rest: who ? [`${who} can ${listOf(ops)} their own ${thing}`] : [],
    sure: true,
    // Who may change it is known by then.
    after: 9,
    apply: (draft) => apply(draft, thing, ops, said),
  }
}

const opsOf = (verbs: string): ('update' | 'delete')[] => {
  const words = verbs.toLowerCase().split(/,? and |,? or |, /)
  const gone = words.filter((word) => /^(?:delet|remov)/.test(baseVerb(word)) || /^(?:delet|remov)/.test(word))
  return [...(gone.length < words.length ? ['update' as const] : []), ...(gone.length > 0 ? ['delete' as const] : [])]
}

const listOf = (ops: readonly string[]): string =>
  ops.map((op) => (op === 'update' ? 'change' : 'delete')).join(' and ')

const apply = (draft: BehaviourDraft, thing: string, ops: readonly ('update' | 'delete')[], said: string): Outcome => {
  const model = draft.findModel(singular(thing)) ?? draft.findModel(thing)
  if (!model || model.name === draft.userModel()?.name) return { unresolved: `There is no ${thing} here.` }
  const there = ops.map((op) => unlock(draft, model, op)).includes(true)
  for (const op of ops) draft.unlock(model, op)
  // What nothing forbids is so already.
  if (draft.changing && !there) return { unresolved: 'It is so already.' }
  return { understood: [`${sentence(said.replace(/[.!]+$/, ''))}.`] }
}
