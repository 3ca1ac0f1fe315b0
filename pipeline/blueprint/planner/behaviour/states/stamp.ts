import type { Transition } from '../../../../../schemas/generated/architecture.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { verbOf } from './verbs.ts'

/** Returns the steps that lead to a state, in the words of people: "closed". */
export const stepsTo = ({ model }: Found, state: string): Transition[] =>
  Object.values(model.states?.transitions ?? {}).filter(({ to }) => to === state || verbOf(to) === verbOf(state))

/**
 * Returns the field with the time at which a row came to a state, which the steps that lead there write down; undefined where
 * none does, or where a field of that name is something else.
 */
export const stampOf = (draft: BehaviourDraft, model: Found, state: string): string | undefined => {
  const steps = stepsTo(model, state)
  const name = `${state}_at`
  const known = model.model.fields[name]
  if (steps.length === 0 || (known && (known.type !== 'datetime' || !known.optional))) return undefined
  if (!known) draft.ensureField(model, name, { type: 'datetime', optional: true })
  for (const step of steps)
    if (!JSON.stringify(step.do ?? []).includes(`"${name}"`))
      step.do = [...(step.do ?? []), { set: { of: 'this', values: { [name]: 'now' } } }]
  return name
}
