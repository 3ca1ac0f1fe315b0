import type { Architecture, EachStep, Model, Step } from '../../../../../schemas/generated/architecture.ts'
import { own } from '../../../names.ts'
import { placesOfSteps, type Rows } from '../../../taken.ts'

/**
 * Lets what writes the state of a row take the row there instead, through the transition that leads there, with all that goes
 * along with it: which there are is only known when everything is said.
 */
export const takeStates = (architecture: Architecture): void => {
  for (const { at, rows } of placesOfSteps(architecture)) if (at.do) at.do = takesOf(architecture.models, at.do, rows)
}

const takesOf = (models: Architecture['models'], steps: readonly Step[], before: Rows): Step[] => {
  let rows = before
  return steps.flatMap((step): Step[] => {
    const { create, set, each } = step
    if (create?.as) rows = { ...rows, [create.as]: create.model }
    const model = set && own(models, rows[set.of] ?? '')
    if (model) return taken(step, model)
    if (!each) return [step]
    const [only] = each.do
    const inner = { ...rows, [each.as]: each.model }
    if (each.do.length === 1 && only!.set?.of === each.as && only!.when === undefined)
      return takenEach(step, own(models, each.model)!)
    return [{ ...step, each: { ...each, do: takesOf(models, each.do, inner) as EachStep['do'] } }]
  })
}

/** The transitions to a state that need nothing sent. */
const leading = (model: Model, state: string | undefined) =>
  Object.entries(model.states?.transitions ?? {}).filter(([, one]) => one.to === state && one.in === undefined)

const CONSTANT = /^["'](\w+)["']$/

/** A step that writes a state, as one that writes the rest and others that take the row there. */
const taken = (step: Step, model: Model): Step[] => {
  const { of, values } = step.set!
  const { states } = model
  const text = states && own(values, states.field)?.trim()
  if (!states || text === undefined) return [step]
  const { [states.field]: _state, ...rest } = values
  const state = `${of}.${states.field}`
  const also = (condition: string) => [...(step.when ? [`(${step.when})`] : []), condition].join(' && ')
  const known = CONSTANT.exec(text)?.[1]
  // What is sent says where it goes: each state by its own step.
  const sent = /^input\.\w+/.exec(text)?.[0]
  const wanted = known ? [known] : sent ? (model.fields[states.field]?.values ?? []) : []
  const takes = wanted.flatMap((to) => {
    const steps = leading(model, to)
    return steps.map(([transition, { from }]): Step => {
      const place =
        steps.length > 1 ? `${state} in [${from.map((one) => `"${one}"`).join(', ')}]` : `${state} != "${to}"`
      return { when: also(known ? place : `${sent} == "${to}" && ${place}`), take: { of, transition } }
    })
  })
  if (takes.length === 0) return [step]
  return [...(Object.keys(rest).length > 0 ? [{ ...step, set: { of, values: rest } }] : []), ...takes]
}

/** Rows that go on by themselves: through each of the transitions that lead there, those that are not there yet. */
const takenEach = (step: Step, model: Model): Step[] => {
  const { as, where, do: steps } = step.each!
  const { states } = model
  const { values } = steps[0]!.set!
  const to = states && CONSTANT.exec(own(values, states.field)?.trim() ?? '')?.[1]
  const transitions = leading(model, to)
  if (!states || transitions.length === 0) return [step]
  const { [states.field]: _state, ...rest } = values
  const there = `${as}.${states.field} != "${to}"`
  const asked = where
    ?.split(' && ')
    .filter((part) => part !== there)
    .join(' && ')
  const { where: _where, ...each } = step.each!
  return transitions.map(([transition]) => ({
    ...step,
    each: {
      ...each,
      ...(asked ? { where: asked } : {}),
      do: [
        { take: { of: as, transition } },
        ...(Object.keys(rest).length > 0 ? [{ set: { of: as, values: rest } }] : []),
      ] as EachStep['do'],
    },
  }))
}
