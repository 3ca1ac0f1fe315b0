import { pluralOf, refOf } from '../../../names.ts'
import { splitItems } from '../../read/items.ts'
import { toValue } from '../../read/note.ts'
import { chooseField, isAsking } from '../choose.ts'
import { ask, type Draft, note } from '../draft.ts'
import { removeField, words } from '../fields.ts'
import { removeModel } from '../models.ts'
import { type Entry, entriesOf, findAnyField, findEntry, findField, unknownThing } from '../view.ts'
import { type Command, problem } from './command.ts'

/** "Books no longer have an ISBN", "a book does not need a year any more". */
const fewer =
  /^(?:(?:the|all|our|an?|each|every) )?(?<things>[\p{L}-]+(?: [\p{L}-]+)?) (?:(?:should |shall |must |will )?no longer (?:ha(?:s|ve)|needs?|requires?|stores?|shows?)|(?:should|shall|must|need) no longer (?:have|need)|(?:do|does|should|shall) not (?:have|need|require) )\s*(?:an? |the |their |its |any )?(?<field>[\p{L}-]+(?: [\p{L}-]+){0,2}?)(?: field)?(?: any ?more| any longer)?$/iu

const wanted =
  /^(?:we|i|you) (?:can|may|could|should|must|want to|would like to|have to|need to) (?=(?:remove|delete|drop|get rid|take (?:the|out|away|off)|scrap|lose|do away)\b)/i
/** "The ISBN can go", "the field “isbn” should be removed": of fields; that bookings can be deleted is a right. */
const mayGo =
  /^(?:the |all )?(?<sort>field |column |attribute )?(?<what>.{2,40}?)(?: field| column)? (?:can|may|should|shall|must|has to|have to) (?:go|be (?:removed|dropped|deleted|taken (?:out|away)|scrapped))$/i

/** "remove the description", "get rid of tags and notes", "remove urgent from the priorities". */
export const remove: Command = (said, draft, preferred) => {
  const clause = said
    .replace(wanted, '')
    .replace(/^do away with /i, 'remove ')
    .replace(
      /^take (?:the |all )?(.{2,40}?) (?:out|away|off)(?: of| from)?(?: (the .+|[\p{L}-]+s))?$/iu,
      (_, one: string, from?: string) => `remove ${one}${from ? ` from ${from}` : ''}`,
    )
  const gone = mayGo.exec(clause)?.groups
  if (
    gone &&
    (gone.sort ||
      (!findEntry(draft.architecture, gone.what!) && findAnyField(draft.architecture, gone.what!).length > 0))
  )
    return remove(`remove ${gone.what!}`, draft, preferred)
  const found =
    /^(?:remove|delete|drop|get rid of|take (?:out|away|off)|lose|scrap|strip|(?:we |i )?(?:do not|no longer) (?:need|want|store)|stop (?:storing|tracking)|no more|undo|take back|without|turn off|disable|switch off)\s+(.+?)$/i.exec(
      clause,
    )
  const useless =
    /^(?:the |all )?(.{2,40}?) (?:is|are) (?:(?:not|no longer) (?:needed|necessary|used|wanted)(?: any ?more| any longer)?|superfluous|obsolete)$/i.exec(
      clause,
    )
  const without = fewer.exec(clause)?.groups
  const less = without && findEntry(draft.architecture, without.things!)
  if (without && less && findField(less, without.field!)) {
    removeField(draft, less, findField(less, without.field!)!)
    return true
  }
  if (useless) return remove(`remove ${useless[1]!}`, draft, preferred)
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
    const name = item
      .replace(/^(?:the|all|any|every|these|those|an?|their|its)\s+/i, '')
      .replace(/\s+(?:feature|again|any ?more|any longer|please|altogether|completely|entirely)$/i, '')
      .replace(
        /^(?:fields?|columns?|attributes?|propert(?:y|ies))\s+(?:called\s+|named\s+)?(?=\S)|\s+(?:field|column|attribute|property)s?$/i,
        '',
      )
      .replace(/^["'“‘`](.+)["'”’`]$/, '$1')
    const field = entry ? findField(entry, name) : undefined
    if (entry && field) removeField(draft, entry, field)
    else {
      const model = entry ? undefined : findEntry(draft.architecture, name)
      if (model && isAlsoField(draft, name, model)) continue
      const fields = model ? [] : chooseField(draft, name, preferred)
      if (isAsking(draft)) return true
      if (model && entriesOf(draft.architecture).filter((one) => one.name !== 'User').length === 1)
        return problem(draft, {
          text: `${model.words} is all that this system stores, so I do not remove it.`,
          help: 'Say "remove the system" to take the whole system down.',
        })
      if (model) removeModel(draft, model)
      else if (fields.length > 0) for (const one of fields) removeField(draft, one.entry, one.field)
      else return problem(draft, unknownThing(draft.architecture, name))
    }
  }
  return true
}

/** "remove notes" where notes are things and something else has notes: then it is asked which, the lesser loss first. */
const isAlsoField = (draft: Draft, said: string, model: Entry): boolean => {
  const places = findAnyField(draft.architecture, said).filter(
    ({ entry, field }) => entry.name !== model.name && refOf(entry.model.fields[field]!.type) === undefined,
  )
  if (places.length === 0) return false
  const value = ask(draft, {
    id: `remove_${model.key}`,
    text: `Which ${words(pluralOf(model.name, model.model))} shall go?`,
    choices: [
      ...places
        .slice(0, 3)
        .map(({ entry, field }) => ({ label: `The ${words(field)} of ${entry.words}`, value: entry.name })),
      { label: `All ${words(pluralOf(model.name, model.model))} themselves`, value: 'model' },
    ],
  })
  const place = places.find(({ entry }) => entry.name === value)
  if (place) removeField(draft, place.entry, place.field)
  return value !== 'model'
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
