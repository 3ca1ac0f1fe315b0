import { refOf } from '../../../names.ts'
import { takeLimits } from '../../read/limits.ts'
import { chooseField, isAsking } from '../choose.ts'
import type { Draft } from '../draft.ts'
import { type Entry, fieldNames, findEntry, findField, unknownThing } from '../view.ts'
import { type Command, problem } from './command.ts'
import { tighten } from './tighten.ts'

/** "make the description optional", "title up to 100 characters", "make email unique", "rating from 1 to 10". */
export const limit: Command = (said, draft, preferred) => {
  const clause = plainLimit(said, draft)
  const plain = clause
    .replace(/^(?:make sure (?:that )?|ensure (?:that )?|make|set|mark|limit|restrict|allow|let|have|the)\s+/i, '')
    .replace(/^the\s+/i, '')
  const { rest, limits } = takeLimits(
    /^(?:limit|restrict)/i.test(clause) ? plain.replace(/\bto (\d)/i, 'up to $1') : plain,
  )
  if (Object.keys(limits).length === 0) return false
  if (/\b(?:needs?|have|has|gets?)\s+(?:an?|some|optional|unique)\s/i.test(clause)) return false
  if (eachAlone(clause, draft, preferred)) return true
  const subject = rest
    .replace(
      /\s+(?:should|must|can|may|has to|have to|is|are|be|to be|field|a|as|have|has|need to|needs to|needs?|an?|values?|goes?|go|between|long|only|now|always|at|the|length|of|kg|g|cm|mm|m|km|characters|chars|minutes|hours|days|not)(?=\s|$)/gi,
      ' ',
    )
    .replace(/\s+/g, ' ')
    .trim()
  if (!subject || subject.split(' ').length > 5) return false
  const inside = /^(.+?)\s+(?:of|for|in|on)\s+(.+)$/i.exec(rest.replace(/\s+(?:should|must|can|is|are|be)\b.*$/i, ''))
  const possessive = /^(.+?)(?:'s|s')?\s+(\S+)$/i.exec(subject)
  const entry =
    (inside ? findEntry(draft.architecture, inside[2]!) : undefined) ??
    (possessive ? findEntry(draft.architecture, possessive[1]!) : undefined)
  const scoped = entry
    ? (findField(entry, inside?.[1] ?? '') ?? findField(entry, possessive?.[2] ?? '') ?? findField(entry, subject))
    : undefined
  const targets = entry && scoped ? [{ entry, field: scoped }] : chooseField(draft, subject, preferred)
  if (isAsking(draft)) return true
  if (targets.length === 0 || onlyReference(targets)) {
    const measured = byUnit(findEntry(draft.architecture, subject), clause)
    if (measured) {
      tighten(draft, measured.entry, measured.field, limits)
      return true
    }
  }
  if (targets.length === 0)
    return /^(?:make|set|mark|limit|restrict)\b/i.test(clause)
      ? problem(draft, unknownThing(draft.architecture, subject))
      : false
  for (const { entry: model, field } of targets) tighten(draft, model, field, limits)
  return true
}

const onlyReference = (targets: readonly { entry: Entry; field: string }[]): boolean =>
  targets.every(({ entry, field }) => refOf(entry.model.fields[field]!.type) !== undefined)

const units: readonly (readonly [RegExp, RegExp])[] = [
  [/\b(?:kg|kilos?|kilograms?|g|grams?|lbs?|pounds|tons?|tonnes?)\b/i, /weight|mass|_(?:kg|g|lbs)$/],
  [/\b(?:cm|mm|m|metres?|meters?|feet|inch(?:es)?)\b/i, /height|length|width|size|_(?:cm|mm|m)$/],
  [/\b(?:km|kilomet(?:er|re)s?|miles?)\b/i, /distance|length|_(?:km|miles)$/],
  [/\b(?:minutes?|hours?|seconds?|mins?)\b/i, /duration|time|minutes|hours|seconds/],
  [/\b(?:years? old|years?)\b/i, /age|years/],
  [/(?:€|\$|£|\b(?:euros?|dollars?|pounds|eur|usd|chf|cents?)\b)/i, /price|cost|amount|fee|rent|salary|total/],
]

/** "pets can't be more than 120 kg": the one field of the thing that is measured so. */
const byUnit = (entry: Entry | undefined, clause: string): { entry: Entry; field: string } | undefined => {
  const unit = units.find(([pattern]) => pattern.test(clause))
  if (!entry || !unit) return undefined
  const fields = fieldNames(entry).filter(
    (name) => ['int', 'float', 'decimal'].includes(entry.model.fields[name]!.type) && unit[1].test(name),
  )
  return fields.length === 1 ? { entry, field: fields[0]! } : undefined
}

/** "make the title optional and the description at most 200 characters": one verb, two fields. */
const eachAlone: Command = (clause, draft, preferred) => {
  const found = /^(make|set|limit|restrict)\s+(.+?)\s+and\s+(.+)$/i.exec(clause)
  if (!found) return false
  const parts = [found[2]!, found[3]!.replace(/^(?:make|set|limit|restrict)\s+/i, '')]
  if (!parts.every((part) => Object.keys(takeLimits(part).limits).length > 0 && takeLimits(part).rest !== ''))
    return false
  return parts.map((part) => limit(`${found[1]!} ${part}`, draft, preferred)).every(Boolean)
}

/** "set the maximum of servings to 50" -> "servings at most 50"; "it" is the field that was last spoken of. */
const plainLimit = (clause: string, draft: Draft): string => {
  const bound =
    /^(?:(?:set|change|raise|lower|increase|reduce|make)\s+)?(?:the\s+)?(max(?:imum)?|min(?:imum)?|upper limit|lower limit)(?: length| value| number)?\s+(?:of|for|on)\s+(?:the\s+)?(.+?)\s+(?:to|is|be|should be|at)\s+(\d.*)$/i.exec(
      clause,
    )
  if (bound) return `${bound[2]!} ${/^(?:min|lower)/i.test(bound[1]!) ? 'at least' : 'at most'} ${bound[3]!}`
  const last = draft.last?.field?.replaceAll('_', ' ')
  return last ? clause.replace(/^(make|set|mark)\s+(?:it|this|that)\s/i, `$1 ${last} `) : clause
}
