import type { BehaviourDraft } from '../draft.ts'
import { addTransition } from './apply-sequence.ts'
import { consents, refusals, verbOf } from './verbs.ts'

/** What is refused or given up is no step on the way. */
const aside = /^(?:rejected|declined|denied|refused|cancell?ed|lost|failed|withdrawn|void|voided|expired|aborted)$/

const givenUp = /^(?:cancell?ed|withdrawn|aborted)$/

/**
 * Gives every state a way to it. Of states that were only listed ("reported, dispatched, on site, completed") and of which
 * some became steps, each follows the one before it.
 */
export const reachAll = (draft: BehaviourDraft): void => {
  for (const model of draft.models()) {
    const { states } = model.model
    const field = states && model.model.fields[states.field]
    if (!states || !field?.values) continue
    const initial = String(field.default ?? field.values[0])
    const reached = (): Set<string> => {
      const found = new Set([initial])
      for (let size = 0; size !== found.size; ) {
        size = found.size
        for (const { from, to } of Object.values(states.transitions))
          if (from.some((one) => found.has(one))) found.add(to)
      }
      return found
    }
    for (const value of field.values) {
      if (reached().has(value)) continue
      const before = field.values
        .slice(0, field.values.indexOf(value))
        .filter((one) => !aside.test(one) && !(refusals.test(value) && consents.test(one)))
      // What can still go on can be given up, and what has come to its end cannot.
      const going = givenUp.test(value)
        ? before.filter((one) =>
            Object.values(states.transitions).some((step) => step.from.some((each) => each === one)),
          )
        : []
      const from = (going.length > 0 ? going : [before.at(-1) ?? initial]) as [string, ...string[]]
      addTransition(draft, model, states, verbOf(value), { from, to: value })
    }
  }
}
