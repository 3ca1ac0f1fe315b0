import { toName } from '../language/words.ts'
import { booleanWords } from '../lexicon/field-types.ts'
import type { Fact } from '../read/facts.ts'
import { readField } from '../read/field.ts'
import { toValue } from '../read/note.ts'
import { keyOf } from '../read/noun.ts'
import { addField } from './items.ts'
import { fieldOf } from './order.ts'
import type { Sketch, Thing } from './sketch.ts'

/** Applies statements about single fields: "title is required", "status can be draft or active", "mark tasks as done". */
export const resolveRules = (sketch: Sketch, facts: readonly Fact[]): void => {
  for (const fact of facts) {
    if (fact.kind !== 'rule') continue
    const named = fact.of ? sketch.things.get(keyOf(fact.of)) : undefined
    if (fact.subject.startsWith('@mark ')) {
      if (named) mark(named, fact.subject.slice(6))
      continue
    }
    const things =
      named && fieldOf(named, fact.subject)
        ? [named]
        : [...sketch.things.values()].filter((thing) => fieldOf(thing, fact.subject))
    for (const thing of things.length > 0 ? things : named ? [named] : []) applyRule(thing, fact.subject, fact.note)
  }
}

const applyRule = (thing: Thing, subject: string, note: string): void => {
  const name = fieldOf(thing, subject)
  const ref = thing.refs.find((one) => one.field === name)
  const field = readField(/^\(/.test(note) ? `${subject} ${note}` : `${subject} (${note})`)
  if (!field) return
  if (ref) {
    if (field.said === 'optional') Object.assign(ref, { optional: true, onDelete: 'set-null' })
    if (field.said === 'required')
      Object.assign(ref, { optional: false, onDelete: ref.onDelete === 'set-null' ? 'restrict' : ref.onDelete })
    return
  }
  const known = thing.fields.find((one) => one.name === name)
  if (
    !known &&
    !note &&
    /^(?:status|state|stage|price|due date|priority|assignee|role|quantity|name|title|description)$/i.test(subject) ===
      false
  )
    return
  if (known && !note) return
  if (known) addField(thing, { ...field, name: known.name, words: known.words })
  else if (subject.split(/\s+/).length <= 3) addField(thing, field)
}

const doneWords: Readonly<Record<string, readonly string[]>> = {
  done: ['done', 'completed', 'finished', 'complete'],
  complete: ['completed', 'done', 'finished', 'complete'],
  completed: ['completed', 'done', 'finished', 'complete'],
  finished: ['finished', 'done', 'completed', 'complete'],
}

/** "mark todos as done": a yes/no field, unless a state already has that value or the field is there under a near name. */
const mark = (thing: Thing, state: string): void => {
  const name = toName(state.split(/\s+/))
  if (!name) return
  const near = Object.hasOwn(doneWords, name) ? doneWords[name]! : [name]
  const value = toValue(state).toLowerCase()
  if (
    thing.fields.some(
      (field) =>
        near.includes(field.name) ||
        near.map((one) => `is_${one}`).includes(field.name) ||
        field.values?.some((one) => one.toLowerCase() === value || near.includes(one.toLowerCase())),
    )
  )
    return
  addField(
    thing,
    readField(`whether it is ${name === 'complete' ? 'completed' : booleanWords.has(name) ? name : state}`)!,
  )
}
