/** Whose wish a call to the world outside is: the row whose field holds the address. */
import type { Architecture, Step } from '../../schemas/generated/architecture.ts'
import { placesOfSteps, type Rows } from './taken.ts'

const DIRECT = /^\s*(\w+)\.\w+\s*$/

const inSteps = (steps: readonly Step[], before: Rows): string[] => {
  const names = { ...before }
  return steps.flatMap((step): string[] => {
    if (step.create?.as) names[step.create.as] = step.create.model
    if (step.each) return inSteps(step.each.do, { ...names, [step.each.as]: step.each.model })
    const name = step.call && DIRECT.exec(step.call.url)?.[1]
    return name && names[name] ? [names[name]] : []
  })
}

/** Returns the models whose rows name an address that the system calls, such as a subscription. */
export const subjectModels = (architecture: Architecture): Set<string> =>
  new Set(placesOfSteps(architecture).flatMap(({ at, rows }) => inSteps(at.do ?? [], rows)))
