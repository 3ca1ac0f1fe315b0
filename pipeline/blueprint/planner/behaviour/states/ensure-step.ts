import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { addTransition, statesOf } from './apply-sequence.ts'
import { stateFieldOf } from './state-field.ts'
import { consents, isDecided, processVerbs, refusals, verbOf } from './verbs.ts'

const alike: readonly (readonly string[])[] = [
  ['approved', 'accepted', 'granted'],
  ['rejected', 'refused', 'declined', 'denied'],
  ['cancelled', 'canceled', 'called_off'],
  ['done', 'completed', 'finished'],
]
const final =
  /^(?:rejected|declined|refused|denied|dismissed|vetoed|turned_down|cancell?ed|closed|done|completed|finished|withdrawn|archived|expired|delivered)$/
const stateLike =
  /^(?:cancelled|canceled|called_off|grounded|suspended|blocked|closed|opened|archived|locked|published|confirmed|deactivated|retired|released)$/

/**
 * Gives a model a step to a state that is only spoken of ("when a session is cancelled"): a value of its state where it has
 * one, else a state of its own. Returns the names of the steps; none where the word is no state.
 */
export const ensureStep = (draft: BehaviourDraft, model: Found, to: string): string[] => {
  const known = stateFieldOf(model)
  const values: string[] = [...(known?.values ?? [])]
  const group = alike.find((one) => one.includes(to)) ?? []
  if (!values.includes(to) && !stateLike.test(to) && group.length === 0 && !processVerbs.has(verbOf(to))) return []
  // A usual word for the same gives way to the one that was said.
  const same = values.find((value) => group.includes(value))
  if (known && same && same !== to && !model.model.states && !draft.changing) {
    const renamed = values.map((value) => (value === same ? to : value))
    model.model.fields[known.name] = { ...model.model.fields[known.name]!, values: renamed as [string, ...string[]] }
    values.splice(0, values.length, ...renamed)
  }
  const first = values.length > 0 ? undefined : isDecided(to) ? 'pending' : 'active'
  const states = statesOf(draft, model, [...(first ? [first] : []), to], first)
  const all = model.model.fields[states.field]!.values!
  const at = all.indexOf(to)
  const from = all.filter(
    (value, i) =>
      value !== to &&
      !final.test(value) &&
      !(refusals.test(to) && consents.test(value)) &&
      (values.length === 0 || i < at || at < 0),
  )
  return [
    addTransition(draft, model, states, verbOf(to), {
      from: (from.length > 0 ? from : [all[0]!]) as [string, ...string[]],
      to,
    }),
  ]
}
