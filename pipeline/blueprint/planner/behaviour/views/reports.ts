import type { Read } from '../behaviour.ts'
import { applyView } from './apply-view.ts'
import { readView } from './read-view.ts'
import { namedRoles } from './see.ts'

const paper = /,?\s+(?:as|in|by) (?:an? )?(pdf|excel|spreadsheet|xlsx|e-?mail|image|png)s?(?: files?| format| sheet)?$/i

/** "Show donations per month and campaign": a report over what is stored. */
export const readReport: Read = (sentence) => {
  const form = paper.exec(sentence)
  const spec = readView(form ? sentence.slice(0, form.index) : sentence)
  if (!spec) return undefined
  const rest = [
    ...(namedRoles(spec.who?.words ?? '').length > 0 ? ['With user accounts'] : []),
    ...(form
      ? [/mail/i.test(form[1]!) ? 'Send the report by email' : `Export the report as ${form[1]!.toUpperCase()}`]
      : []),
  ]
  return { said: sentence, rest, apply: (draft) => applyView(draft, spec) }
}
