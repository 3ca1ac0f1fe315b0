import type { Architecture, EachStep, Model, Step } from '../../../../../schemas/generated/architecture.ts'
import { allOf, partsOf } from '../../../../expressions/conjunction.ts'
import { own } from '../../../names.ts'
import { placesOfSteps, type Rows } from '../../../taken.ts'

/**
 * Lets what writes the state of a row take the row there instead, through the transition that leads there, with all that goes
 * along with it: which there are is only known when everything is said.
 */
export const takeStates = (architecture: Architecture): void => {
  // What was asked for twice happens once.
  for (const { at, rows } of placesOfSteps(architecture))
    if (at.do) at.do = uniqueSteps(takesOf(architecture.models, at.do, rows))
}

const uniqueSteps = (steps: readonly Step[]): Step[] => [
  ...new Map(steps.map((step) => [JSON.stringify(step), step])).values(),
]

/** `loops`: what rows that are gone through are called. */
const takesOf = (
  models: Architecture['models'],
  steps: readonly Step[],
  before: Rows,
  loops: readonly string[] = [],
): Step[] => {
  let rows = before
  const isAlong = (of: string): boolean => of === 'this' || loops.includes(of)
  return steps.flatMap((step): Step[] => {
    const { create, set, each } = step
    if (create?.as) rows = { ...rows, [create.as]: create.model }
    const model = set && own(models, rows[set.of] ?? '')
    if (model) return isAlong(set.of) ? takenAlong(step, model) : taken(step, model)
    if (!each) return [step]
    const [only] = each.do
    const inner = { ...rows, [each.as]: each.model }
    if (each.do.length === 1 && only!.set?.of === each.as && only!.when === undefined)
      return takenEach(step, own(models, each.model)!)
    return [{ ...step, each: { ...each, do: takesOf(models, each.do, inner, [...loops, each.as]) as EachStep['do'] } }]
  })
}

/** The transitions to a state that need nothing sent. */
const leading = (model: Model, state: string | undefined) =>
  Object.entries(model.states?.transitions ?? {}).filter(([, one]) => one.to === state && one.in === undefined)

const CONSTANT = /^["'](\w+)["']$/

/** Which state a step writes by which expression, and what else it writes. */
const writtenBy = ({ set }: Step, { states }: Model) => {
  const { of, values } = set!
  const text = states && own(values, states.field)?.trim()
  if (!states || text === undefined) return undefined
  const { [states.field]: _state, ...rest } = values
  const others: Step[] = Object.keys(rest).length > 0 ? [{ set: { of, values: rest } }] : []
  return { of, text, state: `${of}.${states.field}`, field: states.field, others }
}

/** A row that something is said of, by its id or number: where it cannot go on, that is refused. */
const taken = (step: Step, model: Model): Step[] => {
  const written = writtenBy(step, model)
  if (!written) return [step]
  const { of, text, state, field, others } = written
  const known = CONSTANT.exec(text)?.[1]
  // What is sent says where it goes: each state by its own step.
  const sent = /^input\.\w+/.exec(text)?.[0]
  const wanted = known ? [known] : sent ? (model.fields[field]?.values ?? []) : []
  const takes = wanted.flatMap((to) => {
    const steps = leading(model, to)
    return steps.map(([transition, { from }]): Step => {
      const place =
        steps.length > 1 ? `${state} in [${from.map((one) => `"${one}"`).join(', ')}]` : `${state} != "${to}"`
      const all = [...(step.when ? [`(${step.when})`] : []), ...(known ? [] : [`${sent} == "${to}"`]), place]
      return { when: all.join(' && '), take: { of, transition } }
    })
  })
  return takes.length === 0 ? [step] : [...others.map((one) => ({ ...step, ...one })), ...takes]
}

/** A row that only goes along with something else: where it cannot go on, it stays as it is. */
const takenAlong = (step: Step, model: Model): Step[] => {
  const written = writtenBy(step, model)
  const to = written && CONSTANT.exec(written.text)?.[1]
  const transitions = leading(model, to)
  if (!written || transitions.length === 0) return [step]
  const when = step.when === undefined ? undefined : without(step.when, `${written.state} != "${to}"`)
  const asked = when === undefined ? {} : { when }
  return [
    ...written.others.map((one) => ({ ...asked, ...one })),
    ...transitions.map(([transition]) => ({ ...asked, take: { of: written.of, transition, optional: true } })),
  ]
}

/** A condition without one of its parts; undefined where nothing is left. */
const without = (condition: string, part: string): string | undefined =>
  allOf(partsOf(condition).filter((one) => one !== part)) || undefined

/** Rows that go on by themselves: through each of the transitions that lead there, those that can. */
const takenEach = (step: Step, model: Model): Step[] => {
  const { where, ...each } = step.each!
  const written = writtenBy(each.do[0]!, model)
  const to = written && CONSTANT.exec(written.text)?.[1]
  const transitions = leading(model, to)
  if (!written || transitions.length === 0) return [step]
  const asked = where === undefined ? undefined : without(where, `${written.state} != "${to}"`)
  return transitions.map(([transition]) => ({
    ...step,
    each: {
      ...each,
      ...(asked === undefined ? {} : { where: asked }),
      do: [{ take: { of: each.as, transition, optional: true } }, ...written.others] as EachStep['do'],
    },
  }))
}
