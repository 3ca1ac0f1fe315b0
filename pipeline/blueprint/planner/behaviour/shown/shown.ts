import type { Read } from '../behaviour.ts'
import { applyShown } from './apply-shown.ts'
import { readShown } from './read-shown.ts'

/** Reads what is shown with each thing without being stored. Carried out when marks, rules and steps are known. */
export const readShownValues: Read = (said) => {
  const spec = readShown(said)
  return spec && { said, rest: [], after: 3, apply: (draft) => applyShown(draft, spec) }
}
