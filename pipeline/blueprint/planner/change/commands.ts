import { refOf } from '../../names.ts'
import { toName } from '../language/words.ts'
import { splitItems } from '../read/items.ts'
import { scalar, takeLimits } from '../read/limits.ts'
import { toValue } from '../read/note.ts'
import { nounOf } from '../read/noun.ts'
import { typeOfPhrase } from '../read/type-of.ts'
import { type Draft, note } from './draft.ts'
import { removeField, renameField, words } from './fields.ts'
import { removeModel, renameModel } from './models.ts'
import { type Entry, entriesOf, findAnyField, findEntry, findField, unknownThing } from './view.ts'

/** One way of saying a change. Returns true where the clause was that, also where it then had a problem. */
export type Command = (clause: string, draft: Draft, preferred: Entry | undefined) => boolean

const titled =
  /^(?:(?:re)?name|call|title)\s+(?:it|this|(?:the|this|our|my)\s+(?:system|app|api|service|project|application|tool))\s+(?:to\s+|as\s+|be\s+)?["']?(.+?)["']?(?:\s+instead)?$/i
const titleTold =
  /^(?:change|set)\s+the\s+(?:(?:system|app|api|service|project)(?:'s)?\s+)?(?:name|title)(?:\s+of\s+(?:it|the (?:system|app|api|service|project)))?\s+to\s+["']?(.+?)["']?$/i

const rename: Command = (clause, draft, preferred) => {
  const title = titled.exec(clause) ?? titleTold.exec(clause)
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
    /^call\s+(?:the\s+)?(.+?)\s+["']?([\p{L}_-]+(?: [\p{L}_-]+)?)["']?\s+instead$/iu.exec(clause)
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
    : findAnyField(draft.architecture, subject, model ? undefined : preferred)
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

const problem = (draft: Draft, value: { text: string; help: string }): true => {
  draft.problem ??= value
  return true
}

const remove: Command = (clause, draft, preferred) => {
  const found =
    /^(?:remove|delete|drop|get rid of|take (?:out|away|off)|lose|scrap|strip|(?:we |i )?(?:do not|no longer) (?:need|want|store)|stop (?:storing|tracking)|no more)\s+(.+?)$/i.exec(
      clause,
    )
  if (!found || /\b(?:only|can|may|allowed)\b/i.test(clause)) return false
  if (
    /\b(?:accounts?|log-?in|authentication|sign-?in|sign-?up)\b/i.test(found[1]!) &&
    !findEntry(draft.architecture, found[1]!)
  )
    return problem(draft, {
      text: 'Taking accounts away would show everybody what belongs to one person, so I do not do that.',
      help: 'Say "everyone can read ..." for what may be public.',
    })
  const from = /^(.+?)\s+(?:from|in|on|of|for)\s+(?:the\s+|all\s+|each\s+|every\s+)?(.+)$/i.exec(found[1]!)
  const entry = from ? findEntry(draft.architecture, from[2]!) : undefined
  const enumField =
    from && !entry
      ? findAnyField(draft.architecture, from[2]!, preferred).find((one) => one.entry.model.fields[one.field]!.values)
      : undefined
  if (from && enumField) return removeValues(draft, enumField, from[1]!)
  const list = from && entry ? from[1]! : found[1]!
  for (const item of splitItems(list.replace(/\bor\b/gi, ','))) {
    const said = item
      .replace(/^(?:the|all|any|every|these|those)\s+/i, '')
      .replace(/\s+(?:feature|again|anymore|please|altogether|completely|entirely)$/i, '')
    const field = entry ? findField(entry, said) : undefined
    if (entry && field) removeField(draft, entry, field)
    else {
      const model = entry ? undefined : findEntry(draft.architecture, said)
      const fields = model ? [] : findAnyField(draft.architecture, said, preferred)
      if (model && entriesOf(draft.architecture).filter((one) => one.name !== 'User').length === 1)
        return problem(draft, {
          text: `${model.words} is all that this system stores, so I do not remove it.`,
          help: 'Say "remove the system" to take the whole system down.',
        })
      if (model) removeModel(draft, model)
      else if (fields.length > 0) for (const one of fields) removeField(draft, one.entry, one.field)
      else return problem(draft, unknownThing(draft.architecture, said))
    }
  }
  return true
}

const removeValues = (draft: Draft, { entry, field }: { entry: Entry; field: string }, list: string): boolean => {
  const shape = entry.model.fields[field]!
  const gone = splitItems(list).map((one) => toValue(one.replace(/["'`]/g, '')).toLowerCase())
  const left = (shape.values ?? []).filter((one) => !gone.includes(one.toLowerCase()))
  if (left.length === (shape.values ?? []).length)
    return problem(draft, {
      text: `${words(field)} has no value “${list}”.`,
      help: `It can be ${shape.values?.join(', ')}.`,
    })
  if (left.length === 0)
    return problem(draft, {
      text: `Then ${words(field)} could be nothing at all.`,
      help: `Say "remove ${words(field)}" to take the whole field away.`,
    })
  shape.values = left as [string, ...string[]]
  if (typeof shape.default === 'string' && !left.includes(shape.default)) shape.default = left[0]!
  note(
    draft,
    `${words(field)} of ${entry.words} can no longer be ${gone.join(', ')}. Rows that have it keep it until they are changed.`,
    'major',
  )
  return true
}

const addValues: Command = (clause, draft, preferred) => {
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

const physical = (type: string): string =>
  /^(?:string|text|email|url|phone|enum)$/.test(type)
    ? 'text'
    : type.startsWith('list(') || type === 'json'
      ? 'json'
      : type

const retype: Command = (clause, draft, preferred) => {
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

const makeDefault: Command = (clause, draft, preferred) => {
  const found =
    /^(?:set|make|change|let)?\s*(?:the\s+)?default\s+(?:value\s+)?(?:of\s+|for\s+)?(.+?)\s+(?:to|be|is|as|=|should be)\s+["']?(.+?)["']?$/i.exec(
      clause,
    ) ?? /^(?:make|use)\s+["']?(.+?)["']?\s+(?:as )?the default\s+(?:value\s+)?(?:for\s+|of\s+)?(.+)$/i.exec(clause)
  if (!found) return false
  const swapped = /^(?:make|use)/i.test(clause)
  const [target] = findAnyField(
    draft.architecture,
    (swapped ? found[2]! : found[1]!).replace(/\s+of\s+.*$/i, ''),
    preferred,
  )
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

/** "make the description optional", "title up to 100 characters", "make email unique", "rating from 1 to 10". */
const limit: Command = (clause, draft, preferred) => {
  const plain = clause
    .replace(/^(?:make sure (?:that )?|ensure (?:that )?|make|set|mark|limit|restrict|allow|let|have|the)\s+/i, '')
    .replace(/^the\s+/i, '')
  const { rest, limits } = takeLimits(
    /^(?:limit|restrict)/i.test(clause) ? plain.replace(/\bto (\d)/i, 'up to $1') : plain,
  )
  if (Object.keys(limits).length === 0) return false
  const subject = rest
    .replace(
      /\s+(?:should|must|can|may|has to|have to|is|are|be|to be|field|a|as|have|need to|needs to|an?|values?|goes?|go|between|long|only|now|always|at|the|length|of|kg|g|cm|mm|m|km|characters|chars|minutes|hours|days|not)(?=\s|$)/gi,
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
  const targets = entry && scoped ? [{ entry, field: scoped }] : findAnyField(draft.architecture, subject, preferred)
  if (targets.length === 0)
    return /^(?:make|set|mark|limit|restrict)\b/i.test(clause)
      ? problem(draft, unknownThing(draft.architecture, subject))
      : false
  for (const { entry: model, field } of targets) tighten(draft, model, field, limits)
  return true
}

const tighten = (draft: Draft, entry: Entry, name: string, limits: ReturnType<typeof takeLimits>['limits']): void => {
  const field = entry.model.fields[name]!
  const place = `${words(name)} of ${entry.words}`
  if (limits.said === 'optional' && !field.optional) {
    if (field.default !== undefined && field.type === 'bool')
      draft.assumptions.push(`${place} may be left out already.`)
    else {
      field.optional = true
      if (refOf(field.type)) field.onDelete = field.onDelete === 'cascade' ? 'cascade' : 'set-null'
      note(draft, `${place} may be left empty.`)
    }
  }
  if (limits.said === 'required' && (field.optional || field.default !== undefined)) {
    if (field.optional) {
      draft.problem ??= {
        text: `${place} may be empty in rows that exist, so it cannot be required without a value for them.`,
        help: `Say which value they should get, such as "set the default of ${words(name)} to ...".`,
      }
      return
    }
    delete field.default
    note(draft, `${place} must be given.`, 'major')
  }
  if (limits.unique && !field.unique) {
    field.unique = true
    note(
      draft,
      `No two ${entry.words} entries may have the same ${words(name)}. If rows that exist clash, the build stops and says so.`,
      'major',
    )
  }
  const looser = (before: Field['min'], after: number, smaller: boolean): boolean =>
    before !== undefined && (smaller ? after <= Number(before) : after >= Number(before))
  const step = field.type === 'int' || ['string', 'text'].includes(field.type) ? 1 : 0.01
  const min = typeof limits.min === 'number' ? limits.min : limits.above !== undefined ? limits.above + step : undefined
  const max = typeof limits.max === 'number' ? limits.max : limits.below !== undefined ? limits.below - step : undefined
  if (min !== undefined && field.min !== min) {
    note(
      draft,
      `${place} is at least ${min}${isText(field.type) ? ' characters' : ''}.`,
      looser(field.min, min, true) ? 'minor' : 'major',
    )
    field.min = min
  }
  if (max !== undefined && field.max !== max) {
    note(
      draft,
      `${place} is at most ${max}${isText(field.type) ? ' characters' : ''}.`,
      looser(field.max, max, false) ? 'minor' : 'major',
    )
    field.max = max
  }
  if (limits.default !== undefined && field.default !== limits.default) {
    const value = field.values
      ? field.values.find((one) => one.toLowerCase() === String(limits.default).toLowerCase())
      : limits.default
    if (value !== undefined) {
      field.default = value
      delete field.optional
      note(draft, `${place} is ${String(value)} where nothing is given.`)
    }
  }
}

type Field = Entry['model']['fields'][string]
const isText = (type: string): boolean => type === 'string' || type === 'text'

/** In the order in which they are tried. */
export const commands: readonly Command[] = [rename, addValues, remove, makeDefault, retype, limit]
