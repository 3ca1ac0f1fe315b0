import type { TakeStep } from '../../../../schemas/generated/architecture.ts'
import { own } from '../../names.ts'
import type { Path } from '../report.ts'
import type { Checks } from './expression.ts'

/** Where a row is taken through a transition: by whom, and of which rows it is one. */
type Taking = {
  path: Path
  what: string
  /** Nobody is the caller. */
  byItself?: boolean
  /** What the rows are called for each of which it is done. */
  each?: string
}

/** A row is taken through a transition of its model that needs nothing sent, and nobody where nobody asks. */
export const checkTake = (
  checks: Checks,
  { path, what, byItself, each }: Taking,
  { of, transition: name }: TakeStep,
  model: string,
  when: string | undefined,
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
  // Of which rows it is done is asked of the database, before any step.
  else if (of === each && when !== undefined) wrong(`${name} for some rows only; say in \`each.where\` for which`)
}

/** Whether a part of what is required is only true for somebody: `me.id == this.owner_id`; others say what is asked of whom. */
const needsSomebody = (check: string): boolean =>
  check.split('&&').some((part) => /\bme\b/.test(part) && !/\|\||!=|\?/.test(part))
