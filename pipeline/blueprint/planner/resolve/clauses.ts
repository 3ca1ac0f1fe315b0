import { isClauseField, isClauseThing } from '../language/clause-names.ts'
import type { Statement } from '../language/statements.ts'
import { pluralPhrase, singular } from '../language/words.ts'
import { functionWords } from '../lexicon/function-words.ts'
import { usualFields } from './defaults.ts'
import type { Sketch, Thing } from './sketch.ts'

/** What begins a wish for something to be shown or done is no name of a field. */
const orders = /^(?:show|display|list|warn|remind|notify|send|print|count|calculate|compute|report)$/

/**
 * Takes out fields that are the beginning of a sentence about somebody, or of a wish to be shown something, which no reader
 * read ("singers say yes" of "Singers say yes, no or maybe to a concert"), with what else it gave the thing. Returns a
 * line that names each such sentence.
 */
export const dropClauses = (sketch: Sketch, statements: readonly Statement[]): string[] => {
  const named: string[] = []
  for (const thing of sketch.things.values())
    for (const { name } of [...thing.fields]) {
      const [first = '', verb = '', ...more] = name.split('_')
      const many = singular(first) !== first && !functionWords.has(verb)
      if (more.length === 0 || (!many && !orders.test(first))) continue
      const said = statements.find(({ text }) => text.toLowerCase().startsWith(`${first} ${verb} ${more[0]}`))
      if (!said) continue
      const words = `_${nameOf(said.text)}_`
      const parts = new Set(said.text.split(/,|\b(?:and|or)\b/i).map(nameOf))
      thing.fields = thing.fields.filter(
        (field) => !(parts.has(field.name) || (field.name.includes('_') && words.includes(`_${field.name}_`))),
      )
      named.push(`Not understood, so not built: “${said.text}”.`)
    }
  return [...named, ...dropParts(sketch, statements)]
}

/**
 * Takes out fields and things that are parts of a sentence ("price are public", "mechanic diagnoses bike", "editor reads"),
 * and names these in people's own words.
 */
const dropParts = (sketch: Sketch, statements: readonly Statement[]): string[] => {
  const all = [...sketch.things.values()]
  const others = (noun: string): boolean => sketch.things.has(noun)
  const things = all.filter(({ key }) => isClauseThing(key, others))
  const kept = all.filter((thing) => !things.includes(thing))
  return [
    ...(kept.length > 0 ? things.flatMap((thing) => dropThing(sketch, thing, statements)) : []),
    ...kept.flatMap((thing) => dropFields(sketch, thing, statements)),
  ]
}

const dropThing = (sketch: Sketch, { key, words }: Thing, statements: readonly Statement[]): string[] => {
  for (const one of sketch.things.values()) {
    one.refs = one.refs.filter(({ to }) => to !== key)
    if (one.parent === `${key}_id`) delete one.parent
  }
  for (const known of [sketch.things, sketch.permissions, sketch.barred, sketch.linkRoles]) known.delete(key)
  sketch.assumptions = sketch.assumptions.filter((line) => !line.toLowerCase().includes(pluralPhrase(words)))
  return [notBuilt(key, statements)]
}

/** Says what things have; another sentence has no names of fields in it. */
const lists =
  /[(:]|\b(?:has|have|having|with|keeps?|stores?|records?|notes?|needs?|wants?|contains?|consists?|includes?|enters?|writes?|adds?|tracks?|saves?|logs?)\b/i

const dropFields = (sketch: Sketch, thing: Thing, statements: readonly Statement[]): string[] => {
  const torn = thing.fields.filter(({ name, type }) => isClauseField(name, type))
  if (torn.length === 0) return []
  // What else such a sentence gave is a piece of it too: "order per child" and "day".
  const rules = torn.flatMap(({ name }) => {
    const saying = statements.filter(({ text }) => mentions(text, name))
    return saying.length === 1 && !saying[0]!.items && !lists.test(saying[0]!.text) ? saying : []
  })
  // Another sentence that lists what this has may well have named it.
  const about = [nameOf(thing.words), nameOf(pluralPhrase(thing.words))]
  const isOnlyIn = (name: string, rule: Statement): boolean =>
    mentions(rule.text, name) &&
    !statements.some((one) => {
      const said = [one.text, ...(one.items ?? [])].join(', ')
      return (
        one.text !== rule.text && lists.test(said) && mentions(said, name) && about.some((noun) => mentions(said, noun))
      )
    })
  const parts = thing.fields.filter((field) => torn.includes(field) || rules.some((one) => isOnlyIn(field.name, one)))
  thing.fields = thing.fields.filter((field) => !parts.includes(field))
  const gone = thing.fields.length === 0 && forget(sketch, thing)
  // What others belong to is still known by its name.
  if (!gone && thing.fields.length === 0 && thing.refs.length === 0) thing.fields = usualFields(thing.key).fields
  return parts.flatMap(({ name }) => {
    // "Borrowers who sign in": that is read besides.
    if (/_who_(?:sign|log)_(?:in|up)$/.test(name)) return []
    const said = gone
      ? statements.find(({ text }) => mentions(text, name))?.text
      : rules.find(({ text }) => mentions(text, name))?.text
    return [said ? `Not understood, so not built: “${said}”.` : notBuilt(name, statements)]
  })
}

/** Says that a name is a part of a sentence, with the words as they stand there. */
const notBuilt = (name: string, statements: readonly Statement[]): string => {
  const [first = '', ...rest] = name
    .split('_')
    .map((word, at, all) => (at === all.length - 1 ? `${stem(word)}\\p{L}*` : word))
  const pattern = new RegExp(
    `\\b(?:(?:an?|the) )?${[first, ...rest].join('(?:[^\\p{L}\\d]+(?:an?|the))*[^\\p{L}\\d]+')}(?!\\p{L})`,
    'iu',
  )
  for (const { text, items } of statements)
    for (const one of [text, ...(items ?? [])]) {
      const words = pattern.exec(one)?.[0]
      if (words) return `Not understood, so not built: “${words}”${words === one ? '' : `, in “${one}”`}.`
    }
  return `Not understood, so not built: “${name.replaceAll('_', ' ')}”.`
}

/** What a word begins with in one and in many of them: "estimate", "cities". */
const stem = (word: string): string => (word.length > 3 ? word.replace(/(?:y|ies|s)$/, '') : word)

const mentions = (text: string, name: string): boolean => `_${nameOf(text)}_`.includes(`_${name}_`)

const nameOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\b(?:an?|the)\b/g, ' ')
    .trim()
    .replace(/[^\p{L}\d]+/gu, '_')

/** Takes out a thing that was only the beginning of a sentence, where nothing else speaks of it. Returns whether it did. */
const forget = (sketch: Sketch, { key, refs, words }: Thing): boolean => {
  const others = [...sketch.things.values()].filter((one) => one.key !== key)
  if (others.length === 0 || refs.length > 0 || others.some((one) => one.refs.some(({ to }) => to === key)))
    return false
  for (const known of [sketch.things, sketch.permissions, sketch.barred, sketch.linkRoles]) known.delete(key)
  sketch.assumptions = sketch.assumptions.filter((line) => !line.toLowerCase().includes(pluralPhrase(words)))
  return true
}
