import { listed, plural, sentence, toName } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { addTransition } from './apply-sequence.ts'
import { verbOf } from './verbs.ts'

const state = '["“‘\']?(?<NAME>[\\p{L}-]+(?: (?!between\\b|and\\b|of\\b|for\\b|in\\b|called\\b)[\\p{L}-]+)?)["”’\']?'
const named = (name: string): string => state.replace('NAME', name)
const between = new RegExp(
  `^(?:please )?(?:add|insert|put|introduce|we need|there is) (?:an? |the |another )?(?:new )?(?:state|status|step|stage)(?: called| named)? ${named('added')} between ${named('from')} and ${named('to')}(?: (?:of|for|in|to) (?:the |an? )?(?<things>[\\p{L}-]+))?$`,
  'iu',
)

/** "Add a state checked between packed and shipped": the way from one to the other leads through it. */
export const readBetweenStates: Read = (said) => {
  const found = between.exec(said.trim())?.groups
  if (!found) return undefined
  const [added, from, to] = [found.added!, found.from!, found.to!].map((one) => toName(one.toLowerCase().split(' ')))
  return { said, rest: [], sure: true, alone: true, after: 2, apply: (draft) => insert(draft, added!, from!, to!) }
}

const insert = (draft: BehaviourDraft, added: string, from: string, to: string): Outcome => {
  const models = draft.models().filter(({ model }) => {
    const values: readonly string[] = model.states ? (model.fields[model.states.field]?.values ?? []) : []
    return values.includes(from) && values.includes(to)
  })
  const [model, other] = models
  if (!model || other) return { unresolved: `It is not clear what goes from ${from} to ${to}.` }
  const states = model.model.states!
  const field = model.model.fields[states.field]!
  const values = field.values!
  if (values.includes(added)) return { unresolved: `${sentence(plural(model.words))} can be ${added} already.` }
  const direct = Object.values(states.transitions).filter((step) => step.to === to && step.from.includes(from))
  if (direct.length === 0) return { unresolved: `No step leads from ${from} to ${to}.` }
  const at = values.indexOf(from) + 1
  field.values = [...values.slice(0, at), added, ...values.slice(at)] as [string, ...string[]]
  for (const step of direct) step.from = step.from.map((one) => (one === from ? added : one)) as [string, ...string[]]
  addTransition(draft, model, states, verbOf(added), { from: [from], to: added })
  return {
    understood: [
      `${sentence(plural(model.words))} go from ${listed(
        [from, added, to].map((one) => one.replaceAll('_', ' ')),
        'to',
      )}.`,
    ],
    breaks: true,
  }
}
