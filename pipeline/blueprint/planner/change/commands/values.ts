import { splitItems } from '../../read/items.ts'
import { toValue } from '../../read/note.ts'
import { note } from '../draft.ts'
import { words } from '../fields.ts'
import { findAnyField, findEntry } from '../view.ts'
import type { Command } from './command.ts'

/** "add urgent to the priorities". */
export const addValues: Command = (clause, draft, preferred) => {
  const found =
    /^(?:add|allow|include|support|introduce)\s+(?:the\s+|a\s+|an\s+|also\s+)*(?:(?:new|another|possible)\s+)?(?:(?:values?|options?|choices?)\s+)?(.+?)\s+(?:to|as (?:an?(?:other)? )?(?:possible |new )?(?:value|option|choice)s? (?:of|for|to|in)|in|for)\s+(?:the\s+)?(?:possible |allowed |list of )?(.+?)(?:\s+(?:values|options|choices|list|enum|field))?(?:\s+of\s+(?:the\s+|each\s+|all\s+)?(.+))?$/i.exec(
      clause,
    )
  if (!found) return false
  const plainValues =
    !/\b(?:an?|field|column)\s/i.test(clause.slice(0, clause.length - found[2]!.length)) &&
    findAnyField(draft.architecture, found[2]!, preferred).some((one) => one.entry.model.fields[one.field]!.values)
  if (findEntry(draft.architecture, found[2]!) && !found[3] && !plainValues) return false
  const owner = found[3] ? findEntry(draft.architecture, found[3]) : undefined
  const possessive = /^(?:the\s+)?(\S+?)(?:'s)?\s+(\S+)$/i.exec(found[2]!)
  const scoped = owner ?? (possessive ? findEntry(draft.architecture, possessive[1]!) : undefined)
  const candidates = findAnyField(
    draft.architecture,
    scoped && !owner ? possessive![2]! : found[2]!,
    scoped ?? preferred,
  ).filter((one) => one.entry.model.fields[one.field]!.values)
  const target = candidates[0]
  if (!target) return false
  const shape = target.entry.model.fields[target.field]!
  const fresh = splitItems(found[1]!.replace(/\bor\b/gi, ','))
    .map((one) => toValue(one.replace(/["'`]/g, '').replace(/\s+(?:status|state|value|option)$/i, '')))
    .filter((one) => one && !shape.values!.some((known) => known.toLowerCase() === one.toLowerCase()))
  if (fresh.length === 0) return true
  shape.values = [...shape.values!, ...fresh] as [string, ...string[]]
  note(draft, `${words(target.field)} of ${target.entry.words} can also be ${fresh.join(', ')}.`)
  return true
}
