import type { Step } from '../../../../../schemas/generated/architecture.ts'
import { plural, sentence } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { assignmentOf } from '../timers/assign.ts'
import { ensureHappening } from '../told/ensure-happening.ts'
import { causeOf } from './cause.ts'
import { type Consequence, readConsequence } from './read-consequence.ts'
import { targetOf } from './target.ts'

/**
 * "When a payment is recorded, its invoice is paid", "an idea with ten votes is accepted", "expenses under 50 euros are approved
 * automatically": rows become something by themselves, when something has come about.
 */
export const readConsequences: Read = (said) => {
  const found = readConsequence(said)
  if (!found) return undefined
  const { cause } = found
  return {
    said,
    rest: [],
    // What rows become is known when all steps are.
    after: 2.6,
    yields: true,
    sure: true,
    ...(cause.kind === 'happens'
      ? { ahead: { said, rest: [], after: 1.5, apply: (draft) => ensureHappening(draft, cause.happening) } }
      : {}),
    apply: (draft) => apply(draft, found, said),
  }
}

const apply = (draft: BehaviourDraft, { cause, target, state }: Consequence, said: string): Outcome => {
  const found = causeOf(draft, cause, target)
  if (typeof found === 'string') return { unresolved: found }
  const { places } = found
  const rows = targetOf(draft, found, target)
  if (typeof rows === 'string') return { unresolved: rows }
  const { model, row, where, when } = rows
  const becoming = becomes(draft, model, state, row)
  if (!becoming) return { unresolved: `${sentence(plural(model.words))} have no “${state.replaceAll('_', ' ')}”.` }
  const set: Step = { set: { of: row, values: becoming.values } }
  const step: Step =
    row === 'this'
      ? set
      : {
          each: {
            as: row,
            model: model.name,
            where: when ? where! : `${where} && ${becoming.undone}`,
            do: [when ? { when: `${when} && ${becoming.undone}`, ...set } : set],
          },
        }
  for (const place of places) place.add([structuredClone(step)])
  return {
    understood: [`${sentence(said.trim().replace(/[.!]$/, ''))}.`],
    ...(becoming.added ? { assumptions: [becoming.added] } : {}),
  }
}

/** What is written where rows become something: a state that they have or may come to, a yes or no. */
const becomes = (draft: BehaviourDraft, model: Found, state: string, row: string) => {
  const { fields } = model.model
  const known = Object.entries(fields).some(
    ([name, { type, values }]) =>
      values?.includes(state) || (type === 'bool' && [state, `is_${state}`].includes(name)) || name === `${state}_at`,
  )
  // A word that is no state of it may mean anything else.
  return known || model.model.states || /(?:ed|en|id|ne|ght|out|ll|dy)$/.test(state)
    ? assignmentOf(draft, model, state, row)
    : undefined
}
