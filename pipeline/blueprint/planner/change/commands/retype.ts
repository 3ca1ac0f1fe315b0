import { typeOfPhrase } from '../../read/type-of.ts'
import { note } from '../draft.ts'
import { words } from '../fields.ts'
import { findAnyField, unknownThing } from '../view.ts'
import { type Command, problem } from './command.ts'

const physical = (type: string): string =>
  /^(?:string|text|email|url|phone|enum)$/.test(type)
    ? 'text'
    : type.startsWith('list(') || type === 'json'
      ? 'json'
      : type

/** "make the notes long text": only what is stored the same way. */
export const retype: Command = (clause, draft, preferred) => {
  const found =
    /^(?:change|convert|turn|make|switch)\s+(?:the\s+)?(?:type of\s+)?(.+?)\s+(?:from .+? )?(?:to be|to|into|be)?\s*(?:an?\s+|as\s+an?\s+)?(number|integer|int|whole number|float|decimal|text|long text|string|date|datetime|boolean|yes\/no|yes or no|list|email|url|phone|time|money|list of [\p{L}]+)(?:\s+(?:field|instead|type))?$/iu.exec(
      clause,
    )
  if (!found) return false
  const said = typeOfPhrase(found[2]!)
  const [target] = findAnyField(draft.architecture, found[1]!.replace(/\s+of\s+.*$/i, ''), preferred)
  if (!said) return false
  if (!target) return problem(draft, unknownThing(draft.architecture, found[1]!))
  const shape = target.entry.model.fields[target.field]!
  const type = said === 'number' ? 'float' : said
  if (type === shape.type) return true
  if (physical(type) !== physical(shape.type) && !(shape.type === 'int' && type === 'float'))
    return problem(draft, {
      text: `${words(target.field)} of ${target.entry.words} is stored as ${shape.type}; what is stored cannot be turned into ${type} without risk, so I do not change it.`,
      help: `Add a new field instead, such as "add ${words(target.field)} ${type === 'text' ? 'text' : words(type)} to ${target.entry.words}", and remove the old one later.`,
    })
  if (shape.type === 'int' && type === 'float')
    return problem(draft, {
      text: `${words(target.field)} is stored as whole numbers, and I do not change how a field is stored.`,
      help: `Add a new field for it, such as "add an exact ${words(target.field)} (decimal) to ${target.entry.words}".`,
    })
  shape.type = type
  if (type !== 'enum') delete shape.values
  if (type === 'text') shape.max = Math.max(Number(shape.max ?? 0), 10_000)
  note(
    draft,
    `${words(target.field)} of ${target.entry.words} becomes ${type}.`,
    type === 'text' || type === 'string' ? 'minor' : 'major',
  )
  return true
}
