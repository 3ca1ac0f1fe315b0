import { commonWords } from '../lexicon/common-words.ts'
import { fieldTypes } from '../lexicon/field-types.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import { knownThings } from '../lexicon/things.ts'
import { baseVerb, operationsOf } from '../lexicon/verbs.ts'
import { singular } from './words.ts'

const known = new Set(
  commonWords.flatMap((word) => [
    word,
    singular(word),
    `${word}s`,
    word.replace(/e$/, 'ing'),
    `${word}d`,
    `${word}ed`,
    `${word}ing`,
  ]),
)

/** True where one slip of the keyboard parts two words: a letter too many, too few, or two swapped. A wrong letter is no slip: "tanks" are not "tasks". */
const isOneSlip = (a: string, b: string): boolean => {
  if (Math.abs(a.length - b.length) > 1 || a === b) return false
  let i = 0
  while (i < Math.min(a.length, b.length) && a[i] === b[i]) i += 1
  const [restA, restB] = [a.slice(i), b.slice(i)]
  return (
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  )
}

const corrections = new Map<string, string>()

/**
 * Returns the text with slips in common words mended. Only letters in the middle count as a slip, so that "tables" is
 * not "stables" and a plural is not a misspelling; short words are left alone.
 */
export const mendSpelling = (text: string): string => text.replace(/\p{L}{5,16}/gu, (word) => mend(word))

const mend = (word: string): string => {
  const lower = word.toLowerCase()
  if (
    known.has(lower) ||
    operationsOf.has(baseVerb(lower)) ||
    isPersonNoun(singular(lower)) ||
    knownThings.has(singular(lower)) ||
    fieldTypes.has(singular(lower))
  )
    return word
  const before = corrections.get(lower)
  if (before !== undefined) return before || word
  const found =
    commonWords.find(
      (one) => one[0] === lower[0] && one.at(-1) === lower.at(-1) && one.length >= 5 && isOneSlip(lower, one),
    ) ??
    commonWords.find(
      (one) =>
        one.length >= 5 &&
        one[0] === lower[0] &&
        one.length === lower.length &&
        [...one].sort().join('') === [...lower].sort().join('') &&
        isOneSlip(lower, one),
    )
  if (corrections.size < 5000) corrections.set(lower, found ?? '')
  return found ?? word
}
