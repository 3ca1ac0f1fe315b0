import type { TakeStep } from '../../../../schemas/generated/architecture.ts'
import { partsOf } from '../../../expressions/conjunction.ts'
import { Mistake } from '../../../expressions/mistake.ts'
import { own } from '../../names.ts'
import type { Path } from '../report.ts'
import type { Checks } from './expression.ts'

/** Where a row is taken through a transition, and by whom. */
type Taking = {
  path: Path
  what: string
  /** Nobody is the caller. */
  byItself?: boolean
}

/** A row is taken through a transition of its model that needs nothing sent, and nobody where nobody asks. */
export const checkTake = (
  checks: Checks,
  { path, what, byItself }: Taking,
  { of, transition: name }: TakeStep,
  model: string,
): void => {
  const transitions = checks.architecture.models[model]!.states?.transitions
  const transition = own(transitions, name)
  const wrong = (message: string, meant?: { word: string; names: string[] }): void =>
    checks.report('take', [...path, 'take', 'transition'], `${what} takes ${of} through ${message}`, meant)
  if (!transition)
    wrong(`'${name}', which is no transition of ${model}`, { word: name, names: Object.keys(transitions ?? {}) })
  else if (transition.in !== undefined) wrong(`${name}, for which something is sent`)
  else if (byItself && transition.require?.some(({ check }) => needsSomebody(check)))
    wrong(`${name}, which asks who does it, and nobody does`)
}

/** Whether a part of what is required is only true for somebody: `me.id == this.owner_id`; others say what is asked of whom. */
const needsSomebody = (check: string): boolean => {
  try {
    return partsOf(check).some((part) => /\bme\b/.test(part) && !/\|\||!=|\?/.test(part))
  } catch (error) {
    // What is no expression is reported where it stands.
    if (error instanceof Mistake) return false
    throw error
  }
}
