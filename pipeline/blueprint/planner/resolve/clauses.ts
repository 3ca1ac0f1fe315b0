import type { Statement } from '../language/statements.ts'
import { singular } from '../language/words.ts'
import { functionWords } from '../lexicon/function-words.ts'
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

/** Words of a sentence between or before others; no field is called by them. */
const ofSentence =
  /(?:^|_)(?:their|than)(?:_|$)|_(?:is|are|were|who)_|^(?:of|let|only|there|were|while|whom|because)_|^it_(?:to|by|is|was|has|starts|ends)(?:_|$)|^while$/
/** "How it was read", "the sound they train" are what people call something. */
const called = /(?:^|_)(?:it|they|what|how|where)_(?!to(?:_|$)|by(?:_|$)|starts|ends)/

/** Takes out fields that are parts of a sentence ("price are public", "than half of votes"), and names these. */
const dropParts = (sketch: Sketch, statements: readonly Statement[]): string[] =>
  [...sketch.things.values()].flatMap((thing) => {
    const parts = thing.fields.filter(({ name }) => ofSentence.test(name) && !called.test(name))
    if (parts.length === 0) return []
    thing.fields = thing.fields.filter((field) => !parts.includes(field))
    const gone = thing.fields.length === 0 && forget(sketch, thing)
    return parts.flatMap(({ name }) => {
      // "Borrowers who sign in": that is read besides.
      if (/_who_(?:sign|log)_(?:in|up)$/.test(name)) return []
      const said = statements.find(({ text }) => `_${nameOf(text)}_`.includes(`_${name}_`))?.text
      const words = name.replaceAll('_', ' ')
      if (said && gone) return `Not understood, so not built: “${said}”.`
      return said
        ? `Not understood, so not built: “${words}”, in “${said}”.`
        : `Not understood, so not built: “${words}”.`
    })
  })

const nameOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\b(?:an?|the)\b/g, ' ')
    .trim()
    .replace(/[^\p{L}\d]+/gu, '_')

/** Takes out a thing that was only the beginning of a sentence, where nothing else speaks of it. Returns whether it did. */
const forget = (sketch: Sketch, { key, refs }: Thing): boolean => {
  const others = [...sketch.things.values()].filter((one) => one.key !== key)
  if (others.length === 0 || refs.length > 0 || others.some((one) => one.refs.some(({ to }) => to === key)))
    return false
  for (const known of [sketch.things, sketch.permissions, sketch.barred, sketch.linkRoles]) known.delete(key)
  return true
}
