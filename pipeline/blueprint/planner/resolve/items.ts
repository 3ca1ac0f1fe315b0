import { isPlural, plural, singular } from '../language/words.ts'
import { fieldTypes, looseFields, notLists, titleFields } from '../lexicon/field-types.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import { childThings, listWords } from '../lexicon/sharing.ts'
import { readField } from '../read/field.ts'
import type { FieldSpec } from '../read/field-spec.ts'
import { groupNouns } from '../read/grammar/field-lists.ts'
import { splitItems } from '../read/items.ts'
import { keyOf, nounOf } from '../read/noun.ts'
import { asOfThing } from './as-of-thing.ts'
import type { Collected } from './collect.ts'
import { isKnown } from './defaults.ts'
import { addChild, addRef, createThing } from './relate.ts'
import type { Sketch, Thing } from './sketch.ts'

const several =
  /^(?:(?:an?|the|its|their)\s+)?(?:(?:one|zero|0|1) or more|many|several|multiple|any number of|lots of|a list of|list of|a set of|a collection of|some|different|various)\s+/i
const reserved =
  /^(?:id|ids|uuid|created_at|updated_at|created|updated|creation_date|created_on|updated_on|timestamps|created_date|date_created|last_updated)$/

const valued =
  /^(?:grade|mark|score|price|rating|vote|weight|height|temperature|measurement|reading|rate|fee|bid|amount|salary|speed|level|hour|quantity|cost|dose|balance|budget|result)$/
const written = /^(?:comment|message|note|answer|remark|review|wish|question|quote|statement|feedback|complaint)$/

/** "Grades have a student, a grade and a date": what a row is called after is its value, and no other row. */
const isItsValue = ({ key, fields, refs }: Thing): boolean =>
  valued.test(key) ||
  (written.test(key) &&
    fields.length + refs.length > 0 &&
    !fields.some(({ name }) => /^(?:text|content|body|title|message|name|subject)$/.test(name)))

/**
 * Adds what one item of a thing's list means: a field of its own, a reference to another thing, or that the other thing
 * belongs to this one. `extends`: the item follows the system's name ("todo API with due dates"), so plurals are meant
 * one by one.
 */
export const addItem = (sketch: Sketch, thing: Thing, item: string, extend: boolean, collected: Collected): void => {
  const person = /@person (\w+)/.exec(item)
  if (person) {
    addPerson(sketch, thing, person[1]!, true)
    return
  }
  const named = /@ref (\w+) (\w+)/.exec(item)
  if (named) {
    const field = `${named[1]!}_id`
    const optional = /^optional /.test(item) || named[2] === thing.key
    if (addRef(sketch, thing.key, named[2]!, { optional, field, nested: true })) nest(thing, field)
    return
  }
  const rounding = /^(.*?\S)?(?:,?\s+|^)\(?(rounded(?: (?:up|down|off))?(?: to\b[^()]*)?)\)?$/i.exec(item)
  if (rounding) {
    sketch.notCarried.push(`Not built: “${item}”. Values are kept as exactly as they are given, and not rounded.`)
    if (rounding[1]) addItem(sketch, thing, rounding[1], extend, collected)
    return
  }
  if (happens.test(item) || aside.test(item)) {
    sketch.notCarried.push(`Not understood, so not built: “${item}”.`)
    return
  }
  const bare = item
    .replace(/,?\s+(?:who|which|that)\s+(?:is|are)\s+(?:an?\s+|also\s+|another\s+|one of the\s+)*[\p{L}]+s?$/iu, '')
    .replace(/\([^)]*\)/g, ' ')
    .replace(/\s*[:=].*$/, '')
    .replace(/^(?:optionally|optional|and|with|also)\s+/gi, '')
    .trim()
  const quantified = several.test(bare)
  const noun = nounOf(
    bare
      .replace(/^(?:which|what)\s+(?=\p{L}+\s+\p{L}+)/iu, '')
      .replace(several, '')
      .replace(/^(\p{L}+)\s+(?:scored|won|lost|played|made|did|wrote|ordered|bought|took|borrowed|owns|has)$/iu, '$1')
      .replace(/\s+(?:it|they|that|which|who|whose)\s+(?:belongs? to|is|are|was|were|has|have|can)\b.*$/i, '')
      .replace(/\s+(?:field|reference|id)$/i, ''),
  )
  const key = noun ? keyOf(noun) : ''
  const optional = /\b(?:optional(?:ly)?|if any|may have|possibly|maybe)\b/i.test(item)
  const direct = sketch.things.get(key)
  const head =
    noun && noun.words.length === 2 && !noun.plural && !/[:(]/.test(item)
      ? sketch.things.get(noun.words.at(-1)!)
      : undefined
  const own =
    noun && noun.words.length === 2 && noun.plural && noun.words[0] === thing.key
      ? sketch.things.get(noun.words[1]!)
      : undefined
  const target = direct ?? head ?? own
  if (extend && target === thing) return
  if (
    noun &&
    target &&
    !(target === thing && isItsValue(thing)) &&
    !/\b(?:number|amount|count|quantity) of\b/i.test(bare)
  ) {
    if (extend && noun.plural && groups.test(target.key)) {
      addRef(sketch, thing.key, target.key, { optional: true, nested: true })
      nest(thing, `${target.key}_id`)
    } else if (noun.plural || quantified) relateMany(sketch, thing, target, optional)
    else if (target !== thing)
      addRef(sketch, thing.key, target.key, {
        optional,
        field: `${noun.words[0] === thing.key ? target.key : key}_id`,
        nested: true,
      }) && nest(thing, `${noun.words[0] === thing.key ? target.key : key}_id`)
    else addRef(sketch, thing.key, thing.key, { field: `parent_${thing.key}_id`, optional: true })
    return
  }
  if (
    noun &&
    /^(?:sub_?|child_?|parent_?|nested_)/.test(key) &&
    key.replace(/^(?:sub|child|parent|nested)_?-?/, '') === thing.key
  ) {
    addRef(sketch, thing.key, thing.key, { optional: true })
    return
  }
  if (
    noun &&
    sketch.accounts &&
    (collected.roles.includes(key) ||
      /^(?:user|assignee|assigned_user|responsible_(?:person|user)|account)$/.test(key)) &&
    !noun.plural
  ) {
    addPerson(sketch, thing, key, true)
    return
  }
  if (
    noun &&
    sketch.accounts &&
    (/^(?:owner|creator)$/.test(key) || (key === 'author' && collected.roles.includes('author'))) &&
    !/[:(]/.test(item) &&
    !sketch.things.has(key)
  ) {
    thing.owned = true
    return
  }
  const grouped = /^(?:an?\s+|the\s+|its\s+|their\s+)?([\p{L} ]+?)\s*\(([^()]+)\)$/iu.exec(item.trim())
  const inner =
    grouped && groupNouns.test(grouped[1]!) && !/\bor\b|\b(?:optional|required|unique|text|string)\b/i.test(grouped[2]!)
      ? splitItems(grouped[2]!)
      : []
  if (inner.length > 1 && looksLikeFields(inner)) {
    for (const part of inner) addItem(sketch, thing, part, extend, collected)
    return
  }
  const brackets = /\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*$/.exec(item)?.[1]
  if (
    noun?.plural &&
    brackets &&
    !listWords.has(noun.words.at(-1)!) &&
    ((isKnown(key) && !fieldTypes.has(key)) ||
      /:|\(|\bdate\b/.test(brackets) ||
      looksLikeFields(splitItems(brackets))) &&
    splitItems(brackets).length > 1
  ) {
    const child = createThing(key)
    child.exact = true
    sketch.things.set(key, child)
    addChild(sketch, key, thing.key, false)
    for (const part of splitItems(brackets)) addItem(sketch, child, part, false, collected)
    return
  }
  const known =
    noun !== undefined &&
    !/\b(?:number|amount|count|quantity) of\b/i.test(bare) &&
    isKnown(key) &&
    !listWords.has(key) &&
    !listWords.has(noun.words.at(-1)!) &&
    ((!fieldTypes.has(key) && !looseFields.has(key)) ||
      (extend && noun.plural && childThings.has(key) && key !== 'note'))
  if (
    noun &&
    known &&
    !/[:(]/.test(item) &&
    ((quantified && noun.plural) ||
      (noun.plural &&
        childThings.has(noun.words.at(-1)!) &&
        ((!notLists.has(pluralKey(key)) && !notLists.has(plural(noun.words.at(-1)!))) ||
          (extend && key !== 'note') ||
          key === 'comment')) ||
      (extend && noun.plural && (childThings.has(key) || isPersonNoun(key) || groups.test(key))))
  ) {
    sketch.things.set(key, createThing(key))
    if (extend && groups.test(key)) {
      addRef(sketch, thing.key, key, { optional: true, nested: true })
      nest(thing, `${key}_id`)
      return
    }
    if (isPersonNoun(key)) relateMany(sketch, thing, sketch.things.get(key)!, optional)
    else addChild(sketch, key, thing.key, false)
    return
  }
  const single =
    extend &&
    noun?.plural &&
    !quantified &&
    !listWords.has(noun.words.at(-1)!) &&
    !notLists.has(key) &&
    !notLists.has(pluralKey(key))
      ? singularItem(item)
      : item
  const field = readField(single)
  if (!field || reserved.test(field.name) || (field.name === 'password' && sketch.accounts && isPersonNoun(thing.key)))
    return
  const spec = field.unread ? withoutUnread(sketch, thing, field) : field
  addField(thing, asOfThing(spec, thing.key))
}

/** "The stock goes up again" says what happens, and names nothing that is kept. */
const happens =
  /^(?:(?:the|an?|its|their|all|no) (?:(?!it\b|they\b|he\b|she\b|when\b|that\b|which\b|who\b|whether\b)[\p{L}-]+ ){1,3}|it |they )(?:goes|becomes|falls|rises|happens)\b/iu

/** "Otherwise the manager gets a notification", "if it is late": what happens on terms is nothing that is kept. */
const aside =
  /^(?:otherwise|or else|else|unless|in that case|in which case|in this case|after that|afterwards)\s+(?:it|they|he|she|the|an?|its|their|all|no|nobody|not|there|every\p{L}*|some\p{L}*|any\p{L}*|[\p{L}]+s)\s+\S/iu

/** "exercise, reps, weight in kg" names fields; "red, green, blue" names values. */
const looksLikeFields = (items: readonly string[]): boolean =>
  items.some((item) => {
    const last =
      item
        .replace(/\s+in\s+\w+$/i, '')
        .trim()
        .toLowerCase()
        .split(/\s+/)
        .at(-1) ?? ''
    return (
      fieldTypes.has(last) ||
      fieldTypes.has(singular(last)) ||
      titleFields.includes(last) ||
      /\sin (?:kg|cm|km|ml|minutes|hours|seconds|euros?)$/i.test(item)
    )
  })

const groups = /^(?:folder|notebook|category|project|collection|album|group|workspace|board|shelf|deck|list)$/

const nest = (thing: Thing, field: string): void => {
  if (thing.parent) return
  thing.parent = field
  thing.parentOfField = true
}

const relateMany = (sketch: Sketch, thing: Thing, target: Thing, optional: boolean): void => {
  if (target === thing) {
    addRef(sketch, thing.key, thing.key, { optional: true })
    return
  }
  if (target.refs.some((ref) => ref.to === thing.key)) {
    if (!target.parent) target.parent = target.refs.find((ref) => ref.to === thing.key)!.field
    return
  }
  sketch.many.push([thing.key, target.key, optional])
}

const addPerson = (sketch: Sketch, thing: Thing, key: string, optional: boolean): void => {
  if (!sketch.accounts) {
    addField(thing, readField(optional ? `optional ${key}` : key)!)
    return
  }
  if (key === 'owner') {
    thing.owned = true
    return
  }
  addRef(sketch, thing.key, 'user', { field: `${key}_id`, optional, onDelete: 'set-null' })
}

export const addField = (thing: Thing, field: FieldSpec): void => {
  const at = thing.fields.findIndex((one) => one.name === field.name)
  if (at < 0) thing.fields.push(field)
  else thing.fields[at] = { ...thing.fields[at]!, ...field, ...(field.typed ? {} : { type: thing.fields[at]!.type }) }
}

const withoutUnread = (sketch: Sketch, thing: Thing, field: FieldSpec): FieldSpec => {
  const { unread, ...rest } = field
  if (
    unread &&
    !/^\w+: (?:eg|ie|the|an?|for|in|of|its|their)\b/i.test(unread) &&
    unread.split(' ').length < 12 &&
    /\b(?:must|not|only|before|after|later|than|future|past|calculated)\b/i.test(unread)
  )
    sketch.notCarried.push(
      `Of the ${thing.words}'s ${rest.words}: “${unread.slice(unread.indexOf(':') + 2)}” is not checked.`,
    )
  return rest
}

const pluralKey = (key: string): string => plural(key.replaceAll('_', ' ')).replaceAll(' ', '_')

const singularItem = (item: string): string =>
  item.replace(/[\p{L}-]+(?=\s*(?:\(|:|$))/u, (word) =>
    isPlural(word.toLowerCase()) && plural(singular(word.toLowerCase())) === word.toLowerCase()
      ? singular(word.toLowerCase())
      : word,
  )
