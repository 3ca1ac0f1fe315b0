import type { Statement } from '../language/statements.ts'
import { singular } from '../language/words.ts'
import { functionWords } from '../lexicon/function-words.ts'
import type { Sketch } from './sketch.ts'

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
  return named
}

const nameOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\b(?:an?|the)\b/g, ' ')
    .trim()
    .replace(/[^\p{L}\d]+/gu, '_')
