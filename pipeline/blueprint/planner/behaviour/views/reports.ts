import type { Read } from '../behaviour.ts'
import { applyView } from './apply-view.ts'
import { readView } from './read-view.ts'
import { namedRoles } from './see.ts'

/** "Show donations per month and campaign": a report over what is stored. */
export const readReport: Read = (sentence) => {
  const spec = readView(sentence)
  return (
    spec && {
      said: sentence,
      rest: namedRoles(spec?.who?.words ?? '').length > 0 ? ['With user accounts'] : [],
      apply: (draft) => applyView(draft, spec),
    }
  )
}
