import { keyOf, type Noun } from '../noun.ts'
import { meet } from '../reader.ts'
import { readParts, type Scene } from './parts-of.ts'
import { takeThing } from './take.ts'

export const parentOf = (child: Noun, parent: Noun, optional: boolean) =>
  ({ kind: 'parent', child, parent, optional, sure: true }) as const

/** "ratings: a member gives a book 1 to 5 stars": who and what the record ties, and what it has. */
export const readAct = (subject: Noun, text: string, scene: Scene): boolean => {
  const one = takeThing(text, scene.glossary)
  const act =
    one && one.number === 'one' && !one.noun.plural ? /^\s+(?!has\b|is\b)\p{L}+s\s+(.+)$/isu.exec(one.rest) : null
  const other = act ? takeThing(act[1]!, scene.glossary) : undefined
  if (!one || !other || other.number !== 'one' || keyOf(other.noun) === keyOf(subject)) return false
  meet(scene.reader, subject, 'named')
  scene.reader.facts.push(parentOf(subject, one.noun, false), parentOf(subject, other.noun, false))
  const list = other.rest
    .replace(/^\s*(?:,|with|and)?\s*/i, '')
    .replace(/^(\d+)\s*(?:to|-)\s*(\d+)\s+([\p{L}]+)/u, '$3 ($1 to $2)')
  if (list) readParts(subject, list, scene)
  return true
}
