import { refOf } from '../../../names.ts'
import { toName } from '../../language/words.ts'
import { nounOf } from '../../read/noun.ts'
import { chooseField, isAsking } from '../choose.ts'
import { type Draft, note } from '../draft.ts'
import { renameField, words } from '../fields.ts'
import { renameModel } from '../models.ts'
import { entriesOf, findAnyField, findEntry, findField, unknownThing } from '../view.ts'
import { type Command, problem } from './command.ts'

const titled =
  /^(?:(?:re)?name|call|title)\s+(?:it|this|(?:the|this|our|my)\s+(?:system|app|api|service|project|application|tool))\s+(?:to\s+|as\s+|be\s+)?["']?(.+?)["']?(?:\s+instead)?$/i
const titleTold =
  /^(?:change|set)\s+the\s+(?:(?:system|app|api|service|project)(?:'s)?\s+)?(?:name|title)(?:\s+of\s+(?:it|the (?:system|app|api|service|project)))?\s+to\s+["']?(.+?)["']?$/i

/** "rename done to finished", "call it Groceries", "todos should be called tasks". */
export const rename: Command = (clause, draft, preferred) => {
  const title = titled.exec(clause) ?? titleTold.exec(clause)
  const more = title ? /^(.+?)\s+and\s+((?:the\s+)?\S+(?: \S+)?\s+to\s+.+)$/i.exec(title[1]!) : null
  if (title && more)
    return rename(`call it ${more[1]!}`, draft, preferred) && rename(`rename ${more[2]!}`, draft, preferred)
  if (title) {
    const name = title[1]!
      .replace(/^(?:called|named)\s+/i, '')
      .trim()
      .slice(0, 80)
    if (draft.architecture.system.title === name) return true
    draft.architecture.system.title = name
    note(draft, `Calls it ${name}.`)
    return true
  }
  const found =
    /^(?:re-?name|change the name of)\s+(.+?)\s+(?:to|into|as|->|:)\s+(.+?)(?:\s+(?:in|on|of|for)\s+(?:the\s+)?(.+))?$/i.exec(
      clause,
    ) ??
    /^(.+?)\s+should (?:rather )?be (?:called|named|renamed to)\s+(.+?)(?:\s+instead)?$/i.exec(clause) ??
    /^call\s+(?:the\s+)?(.+?)\s+["']?([\p{L}_-]+(?: [\p{L}_-]+)?)["']?\s+instead$/iu.exec(clause) ??
    calledAnew(clause, draft)
  if (!found) return false
  const [, rawFrom = '', rawTo = '', rawIn] = found
  const both = /^(.+?)\s*(?:,|\band\b)\s*(.+?)\s+(?:to|into|as)\s+(.+)$/i.exec(rawTo)
  if (both)
    return (
      rename(`rename ${rawFrom} to ${both[1]!}`, draft, preferred) &&
      rename(`rename ${both[2]!} to ${both[3]!}`, draft, preferred)
    )
  const from = rawFrom
    .replace(/^(?:the|all)\s+/i, '')
    .replace(/\s+(?:field|column|property)\s*/i, ' ')
    .trim()
  const to = rawTo
    .replace(/["'`]/g, '')
    .replace(/^(?:the|a|an)\s+/i, '')
    .trim()
  const inside = /^(.+?)\s+(?:in|on|of|for)\s+(?:the\s+)?(.+)$/i.exec(from)
  const scope = findEntry(draft.architecture, rawIn ?? inside?.[2] ?? '')
  const subject = inside && scope ? inside[1]! : from
  const possessive = /^(.+?)(?:'s|s')\s+(.+)$/i.exec(subject) ?? /^(\S+)\s+(\S+)$/.exec(subject)
  const entry = scope ?? (possessive ? findEntry(draft.architecture, possessive[1]!) : undefined)
  const model = scope ? undefined : findEntry(draft.architecture, subject)
  const fields = entry
    ? (() => {
        const field = findField(entry, subject) ?? (possessive ? findField(entry, possessive[2]!) : undefined)
        return field ? [{ entry, field }] : []
      })()
    : model
      ? findAnyField(draft.architecture, subject)
      : chooseField(draft, subject, preferred)
  if (isAsking(draft)) return true
  const asField = /\b(?:field|column|property)\b/i.test(rawFrom)
  const said = toName(to.split(/\s+/))
  const target = said === 'version' ? 'version_number' : said
  if (!target)
    return problem(draft, {
      text: `“${to}” cannot be a name.`,
      help: 'A name has letters, such as "finished" or "due date".',
    })
  if (model && !asField) {
    const key = toName(nounOf(to)?.words ?? [])
    if (!key)
      return problem(draft, { text: `“${to}” cannot be a name for things.`, help: 'Use a noun, such as "tasks".' })
    if (key === model.key) return true
    if (entriesOf(draft.architecture).some((one) => one.key === key))
      return problem(draft, { text: `There are ${to} already.`, help: 'Choose another name.' })
    renameModel(draft, model, key)
    return true
  }
  if (fields.length === 0) return problem(draft, unknownThing(draft.architecture, subject))
  for (const one of fields) {
    const name = refOf(one.entry.model.fields[one.field]!.type) && !target.endsWith('_id') ? `${target}_id` : target
    if (name === one.field) continue
    if (Object.hasOwn(one.entry.model.fields, name))
      return problem(draft, {
        text: `${one.entry.words} has a ${words(name)} already.`,
        help: 'Choose another name, or remove that one first.',
      })
    renameField(draft, one.entry, one.field, name)
  }
  return true
}

/** "Call clients customers", of things that there are. */
const calledAnew = (clause: string, draft: Draft): RegExpExecArray | null => {
  const found = /^call\s+(?:the\s+|our\s+)?([\p{L}-]+s)\s+["']?([\p{L}-]+s)["']?(?:\s+from now on)?$/iu.exec(clause)
  return found && findEntry(draft.architecture, found[1]!) ? found : null
}
