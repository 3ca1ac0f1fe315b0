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
  if (known && (known.type !== 'datetime' || !known.optional)) return undefined
  // In a new request the steps may come of what is said later.
  const isState = model.model.states && model.model.fields[model.model.states.field]?.values?.includes(state)
  const isFirst = isState && model.model.fields[model.model.states!.field]!.default === state
  if (steps.length === 0 && (draft.changing || !isState || isFirst)) return undefined
  if (!known) draft.ensureField(model, name, { type: 'datetime', optional: true })
  for (const step of steps)
    if (!JSON.stringify(step.do ?? []).includes(`"${name}"`))
      step.do = [...(step.do ?? []), { set: { of: 'this', values: { [name]: 'now' } } }]
  return name
}

/** Writes down when rows came to a state, in steps that were only made after a timer had asked for it. */
export const stampAll = (draft: BehaviourDraft): void => {
  const timers = Object.values(draft.architecture.components)
    .flatMap(({ ports }) => Object.values(ports))
    .flatMap((port) => (port.kind === 'timer' ? (port.do ?? []) : []))
  for (const { each } of timers) {
    const model = each?.model === undefined ? undefined : draft.portOf(each.model)
    for (const [, state] of model ? (each!.where ?? '').matchAll(/\.(\w+)_at < now - /g) : [])
      if (model!.model.states && model!.model.fields[model!.model.states.field]?.values?.includes(state!))
        stampOf(draft, model!, state!)
  }
}
