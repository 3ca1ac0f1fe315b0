import pluralize from 'pluralize'
import { toWords } from './names.ts'

/** What is written in capitals though it is a word of people: departments, which are many already, and single people. */
const departments = new Set('hr it pr qa qc rd bi pmo noc soc'.split(' '))
const titles = new Set(
  'ceo cfo cio cmo coo cso cto cpo vip dba dpo hod mvp npc sme sre emt cna phd mp gm tpm'.split(' '),
)

/** Words of two letters that are no abbreviation are no people either. */
const isShort = (word: string): boolean => /^[a-z]{2}$/.test(word) || titles.has(word) || departments.has(word)

/** Returns a role as people write it: "print shop", "HR", "CEO". */
export const wordsOfRole = (role: string): string =>
  toWords(role)
    .split(' ')
    .map((word) => (isShort(word) ? word.toUpperCase() : word))
    .join(' ')

const manyOf = (word: string): string => (/^(?:staff|personnel|management|crew)$/.test(word) ? word : pluralize(word))

/** Returns those who have a role: "managers", "HR", "CEOs", "IT staff". */
export const peopleOfRole = (role: string, plural: (word: string) => string = manyOf): string => {
  const words = wordsOfRole(role).split(' ')
  const last = words.pop()!
  const many = !/^[A-Z]+$/.test(last) ? plural(last) : departments.has(last.toLowerCase()) ? last : `${last}s`
  return [...words, many].join(' ')
}
