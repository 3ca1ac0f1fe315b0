import { scalar } from '../../read/limits.ts'
import { toValue } from '../../read/note.ts'
import { chooseField, isAsking, type Place } from '../choose.ts'
import { type Draft, note } from '../draft.ts'
import { words } from '../fields.ts'
import { entriesOf, findAnyField, unknownThing } from '../view.ts'
import { type Command, problem } from './command.ts'

/** The field that was last added or changed: what "it" means. */
const lastField = (draft: Draft): Place[] => {
  const entry = entriesOf(draft.architecture).find(({ name }) => name === draft.last?.model)
  return entry && draft.last?.field ? [{ entry, field: draft.last.field }] : []
}

/** "the default of priority should be medium". */
export const makeDefault: Command = (clause, draft, preferred) => {
  const found =
    /^(?:set|make|change|let)?\s*(?:the\s+)?default\s+(?:value\s+)?(?:of\s+|for\s+)?(.+?)\s+(?:to|be|is|as|=|should be)\s+["']?(.+?)["']?$/i.exec(
      clause,
    ) ?? /^(?:make|use)\s+["']?(.+?)["']?\s+(?:as )?the default\s+(?:value\s+)?(?:for\s+|of\s+)?(.+)$/i.exec(clause)
  const begins = found
    ? null
    : /^(?:the\s+)?(.{2,40}?)\s+(?:starts?|begins?)\s+(?:out\s+)?(?:as|at|with|in)\s+["']?(.+?)["']?$/i.exec(clause)
  if (begins) {
    const [place] = /^(?:it|they)$/i.test(begins[1]!)
      ? lastField(draft)
      : findAnyField(draft.architecture, begins[1]!, preferred)
    return place ? makeDefault(`set the default of ${words(place.field)} to ${begins[2]!}`, draft, place.entry) : false
  }
  if (!found) return false
  const swapped = /^(?:make|use)/i.test(clause)
  const [target] = chooseField(draft, (swapped ? found[2]! : found[1]!).replace(/\s+of\s+.*$/i, ''), preferred)
  if (isAsking(draft)) return true
  if (!target) return problem(draft, unknownThing(draft.architecture, swapped ? found[2]! : found[1]!))
  const shape = target.entry.model.fields[target.field]!
  const raw = scalar(toValue(swapped ? found[1]! : found[2]!))
  const value = shape.values
    ? shape.values.find((one) => one.toLowerCase() === String(raw).toLowerCase())
    : ['int', 'float', 'decimal'].includes(shape.type)
      ? typeof raw === 'number'
        ? raw
        : undefined
      : shape.type === 'bool'
        ? typeof raw === 'boolean'
          ? raw
          : undefined
        : ['string', 'text'].includes(shape.type)
          ? String(raw)
          : undefined
  if (value === undefined)
    return problem(draft, {
      text: `“${String(raw)}” is no value that ${words(target.field)} can have.`,
      help: shape.values ? `It can be ${shape.values.join(', ')}.` : `It is of the type ${shape.type}.`,
    })
  if (shape.default === value) return true
  shape.default = value
  delete shape.optional
  note(draft, `${words(target.field)} of ${target.entry.words} is ${String(value)} where nothing is given.`)
  return true
}
