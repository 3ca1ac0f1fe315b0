import { isPersonNoun } from '../lexicon/people.ts'
import { knownThings } from '../lexicon/things.ts'
import type { FieldSpec } from '../read/field-spec.ts'
import { typeOfName } from '../read/type-of.ts'

/** `status:enum(open|done)=open`, `rating:int(1..5)`, `notes?` -> a field. */
const fromNotation = (notation: string): FieldSpec => {
  const found = /^(\w+)(\?)?(?::(\w+)(?:\(([^)]*)\))?)?(?:=(\w+))?$/.exec(notation.trim())!
  const [, name = '', optional, said, inner, fallback] = found
  const guess = typeOfName(name)
  const type = said ?? guess.type
  const values = type === 'enum' ? inner!.split('|') : undefined
  const [min, max] =
    type !== 'enum' && inner
      ? inner.split('..').map((part) => (part === '' ? undefined : Number(part)))
      : [type === guess.type ? guess.min : undefined, undefined]
  return {
    name,
    words: name.replaceAll('_', ' '),
    type,
    typed: true,
    several: false,
    said: optional ? 'optional' : type === 'bool' || fallback || type.startsWith('list') ? undefined : 'required',
    ...(values ? { values } : {}),
    ...(min !== undefined ? { min } : {}),
    ...(max !== undefined ? { max } : {}),
    ...(fallback ? { default: fallback } : {}),
  }
}

const parts = (fields: string): string[] => fields.split(/,\s*(?![^(]*\))/)

/**
 * Returns the usual fields of a noun: of the words together, else of the last. Where none is known, people have
 * a name and an email address, and things a name and a description.
 */
export const usualFields = (key: string): { fields: FieldSpec[]; known: boolean } => {
  const last = key.split('_').at(-1)!
  const known = knownThings.get(key.replaceAll('_', ' ')) ?? knownThings.get(last)
  const others = isPersonNoun(last) ? 'name, email?' : 'name, description?'
  return { fields: parts(known?.fields ?? others).map(fromNotation), known: known !== undefined }
}

export const isKnown = (key: string): boolean =>
  knownThings.has(key.replaceAll('_', ' ')) || knownThings.has(key.split('_').at(-1)!)

/** True for one person's own affairs, such as todos and expenses. */
export const isPersonal = (key: string): boolean =>
  (knownThings.get(key.replaceAll('_', ' ')) ?? knownThings.get(key.split('_').at(-1)!))?.mine === true
