import type { Architecture, Field } from '../../schemas/generated/architecture.ts'
import { accountModelOf, toWords, wordsOfField } from './names.ts'
import { restrictedFields } from './readers.ts'
import { peopleOfRole, wordsOfRole } from './role-words.ts'
import { joinWords, withArticle } from './words.ts'

/** One group of people as they are spoken of: "HR", "managers", "the owner", "the mentor". */
const wordsOfReader = (reader: string, ofAccounts: boolean): string => {
  if (reader === '@own') return ofAccounts ? 'the person themselves' : 'the owner'
  if (reader.startsWith('@')) return `the ${wordsOfField(reader.slice(1))}`
  const words = wordsOfRole(reader)
  return /(staff|team|desk|board|crew|management|personnel|office)$/.test(words) ? `the ${words}` : peopleOfRole(reader)
}

/** Returns who sees a field, administrators among them: "administrators", "HR, administrators and the owner". */
export const readersInWords = (readers: readonly string[], ofAccounts = false): string => {
  const roles = readers.filter((each) => !each.startsWith('@') && each !== 'admin')
  const named = readers.filter((each) => each.startsWith('@'))
  return joinWords([
    ...roles.map((each) => wordsOfReader(each, ofAccounts)),
    'administrators',
    ...named.map((each) => wordsOfReader(each, ofAccounts)),
  ])
}

/** Returns a line for all fields of a model that the same people see: "Only HR and administrators see the salary of an employee." */
export const hiddenFieldsInWords = (architecture: Architecture): string[] =>
  Object.entries(architecture.models).flatMap(([name, model]) => {
    const ofAccounts = name === accountModelOf(architecture)
    const groups = Map.groupBy(restrictedFields(model), ([, { readers }]) => readersInWords(readers ?? [], ofAccounts))
    return [...groups].map(
      ([who, fields]) =>
        `Only ${who} see the ${joinWords(fields.map(([field]) => wordsOfField(field)))} of ${withArticle(toWords(name))}.`,
    )
  })

/** Returns what changes for those who see a field: the words, and whether more people see it than before. */
export const changeOfReaders = (
  before: Field,
  after: Field,
  what: string,
): { text: string; more: boolean } | undefined => {
  const [old, now] = [before.readers, after.readers].map((each) => each && new Set([...each, 'admin']))
  if (!now) return old && { text: `shows ${what} to whoever sees the row`, more: true }
  if (old && old.size === now.size && [...old].every((each) => now.has(each))) return undefined
  return {
    text: `shows ${what} only to ${readersInWords([...now])}`,
    more: old !== undefined && [...now].some((each) => !old.has(each)),
  }
}
