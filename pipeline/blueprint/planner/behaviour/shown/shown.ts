import type { Read } from '../behaviour.ts'
import { applyShown } from './apply-shown.ts'
import { readShown } from './read-shown.ts'

/** A page is no thing of its own: it shows what the thing shows. */
const isPage = / (?:page|profile|card|screen)s?$/i

/** Reads what is shown with each thing without being stored. Carried out when marks, rules and steps are known. */
export const readShownValues: Read = (said) => {
  const spec = readShown(said)
  if (!spec) return undefined
  return {
    said,
    rest: [],
    ...(spec.own || isPage.test(spec.thing) ? { sure: true } : {}),
    // Sums may be over what rows work out themselves.
    after: 3.1,
    apply: (draft) => applyShown(draft, spec),
  }
}
