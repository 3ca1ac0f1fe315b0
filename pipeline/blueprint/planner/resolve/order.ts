import { singularName, toName } from '../language/words.ts'
import { titleFields } from '../lexicon/field-types.ts'
import type { Fact, ListingHint } from '../read/facts.ts'
import { readField } from '../read/field.ts'
import { keyOf } from '../read/noun.ts'
import { addField } from './items.ts'
import type { Sketch, Thing } from './sketch.ts'

const isDate = (type: string): boolean => type === 'date' || type === 'datetime'

/** Finds the fields that wishes about lists name, sets default orders, and adds a field that only a wish names. */
export const resolveListing = (sketch: Sketch, facts: readonly Fact[]): void => {
  for (const fact of facts) {
    if (fact.kind !== 'listing') continue
    const targets = targetsOf(sketch, fact.hint)
    for (const said of fact.hint.fields) {
      let met = false
      for (const thing of targets) {
        const field = fieldOf(thing, said)
        if (!field) continue
        met = true
        if (fact.hint.how === 'sort') thing.order ??= `${fact.hint.descending ? '-' : ''}${field}`
        if (targets.length > 1 && fact.hint.of === undefined && !said.startsWith('@')) break
      }
      if (!met && !said.startsWith('@') && fact.hint.how !== 'sort') addWanted(sketch, targets, said)
    }
  }
}

const targetsOf = (sketch: Sketch, hint: ListingHint): Thing[] => {
  const things = [...sketch.things.values()]
  const named = hint.of ? sketch.things.get(keyOf(hint.of)) : undefined
  if (named) {
    const knows = hint.fields.every((field) => field.startsWith('@') || fieldOf(named, field))
    return knows
      ? [named]
      : [named, ...things.filter((thing) => thing !== named && hint.fields.some((field) => fieldOf(thing, field)))]
  }
  return things
}

/** Returns the field (or reference) that words such as "skill", "date" or "@price" mean. */
export const fieldOf = (thing: Thing, said: string): string | undefined => {
  const names = [
    ...thing.fields.map((field) => field.name),
    ...thing.refs.map((ref) => ref.field),
    ...(thing.owned ? ['owner_id'] : []),
  ]
  if (said === '@time')
    return (
      thing.fields.find(
        (field) => isDate(field.type) && !/due|end|expir|deadline|until|birth|born|return/.test(field.name),
      )?.name ?? 'created_at'
    )
  if (said === '@date') return thing.fields.find((field) => isDate(field.type))?.name
  if (said === '@price') return names.find((name) => /price|cost|fee|rent|amount/.test(name))
  if (said === '@rating') return names.find((name) => /rating|score|stars/.test(name))
  if (said === '@title')
    return (
      titleFields.find((name) => names.includes(name)) ?? thing.fields.find((field) => field.type === 'string')?.name
    )
  const name = toName(said.replace(/^(?:the|their|its|an?)\s+/i, '').split(/\s+/))
  if (!name) return undefined
  const candidates = [name, singularName(name), `${name}_id`, `${singularName(name)}_id`]
  const exact =
    candidates.find((one) => names.includes(one)) ?? names.find((one) => singularName(one) === singularName(name))
  if (exact) return exact
  if (/^(?:date|day|time|when)$/.test(name))
    return thing.fields.find((field) => isDate(field.type))?.name ?? (name === 'date' ? 'created_at' : undefined)
  if (
    /^(?:creation_date|date_created|created|date_added|creation_time|creation|date_of_creation|when_created)$/.test(
      name,
    )
  )
    return 'created_at'
  if (/^(?:last_update|update_date|modified|last_modified|last_updated|updated)$/.test(name)) return 'updated_at'
  const long = names.filter(
    (one) =>
      one.endsWith(`_${singularName(name)}`) || one.startsWith(`${name}_`) || one.startsWith(`${singularName(name)}_`),
  )
  return long.length === 1 ? long[0] : undefined
}

const addWanted = (sketch: Sketch, targets: readonly Thing[], said: string): void => {
  const thing = targets.length === 1 || targets[0] ? targets[0] : undefined
  const field = thing ? readField(`optional ${said}`) : undefined
  if (
    !thing ||
    !field ||
    /^(?:keyword|text|word|name|title|everything|all|term|any_field|query|it|them|id|user|owner|free_text|phrase|content)s?$/.test(
      field.name,
    ) ||
    sketch.things.has(field.name)
  )
    return
  addField(thing, field)
  sketch.assumptions.push(onlyNamed(field.words, thing.words))
}

/** What is assumed of a field that nobody described. */
export const onlyNamed = (field: string, thing: string): string =>
  `${field.charAt(0).toUpperCase()}${field.slice(1)} is only named as a way to find ${thing} entries, so it is an optional field of theirs.`
