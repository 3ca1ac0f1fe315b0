import { typeOfPhrase } from '../../read/type-of.ts'
import { findAnyField, findEntry } from '../view.ts'
import type { Command } from './command.ts'
import { rename } from './rename.ts'

/** "change done to finished and title to name": where the new word is neither a type nor a value, it is a name. */
export const become: Command = (clause, draft, preferred) => {
  const found =
    /^(?:change|turn|alter|switch)\s+(?:the\s+)?(.+?)\s+(?:to|into)\s+(?:an?\s+|the\s+)?(["']?[\p{L}_-]+(?: [\p{L}_-]+){0,2}["']?)((?:\s*,\s*|\s+and\s+).+)?$/iu.exec(
      clause,
    )
  if (!found || typeOfPhrase(found[2]!) !== undefined) return false
  const said = found[1]!.replace(/\s+(?:of|in|on)\s+.*$/i, '')
  const fields = findAnyField(draft.architecture, said, preferred)
  if (fields.length === 0 && !findEntry(draft.architecture, said)) return false
  const isValue = fields.some(({ entry, field }) => entry.model.fields[field]!.values?.some((one) => one === found[2]))
  if (isValue) return false
  return rename(`rename ${found[1]!} to ${found[2]!}${found[3] ?? ''}`, draft, preferred)
}
