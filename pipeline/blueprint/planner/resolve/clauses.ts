import type { Statement } from '../language/statements.ts'
import { singular } from '../language/words.ts'
import { functionWords } from '../lexicon/function-words.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import type { Sketch } from './sketch.ts'

/**
 * Takes out fields that are the beginning of a sentence about people, which no reader read ("singers say yes" of "Singers
 * say yes, no or maybe to a concert"), with what else it gave the thing. Returns a line that names each such sentence.
 */
export const dropClauses = (sketch: Sketch, statements: readonly Statement[]): string[] => {
  const named: string[] = []
  for (const thing of sketch.things.values())
    for (const { name } of [...thing.fields]) {
      const [person = '', verb = '', ...more] = name.split('_')
      if (
        more.length === 0 ||
        singular(person) === person ||
        !isPersonNoun(singular(person)) ||
        functionWords.has(verb)
      )
        continue
      const said = statements.find(({ text }) =>
        text.toLowerCase().startsWith(`${person} ${verb} ${more[0]} `.trimEnd()),
      )
      if (!said) continue
      const words = said.text.toLowerCase().replace(/[^\p{L}\d]+/gu, '_')
      thing.fields = thing.fields.filter((field) => !words.includes(field.name))
      named.push(`Not understood, so not built: “${said.text}”.`)
    }
  return named
}
