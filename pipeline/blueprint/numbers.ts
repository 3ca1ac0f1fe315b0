import type { Field, Model, Numbers } from '../../schemas/generated/architecture.ts'
import { pluralWords, toWords, wordsOfField } from './names.ts'
import { joinWords, withArticle } from './words.ts'

const PART = /\{(year|month|number)(?::(\d))?\}/g

/** Returns a number as it is written: T-0007 for `T-{number:4}`; year and month are those of UTC. */
export const writtenNumber = (shape: string, number: number, at: Date): string =>
  shape.replaceAll(PART, (_, part: string, width = '1') =>
    part === 'year'
      ? String(at.getUTCFullYear())
      : part === 'month'
        ? String(at.getUTCMonth() + 1).padStart(2, '0')
        : String(number).padStart(Number(width), '0'),
  )

/** How often numbers begin again by themselves, undefined where never. */
export const periodOf = (numbers: Numbers | undefined): 'year' | 'month' | undefined =>
  numbers?.as?.includes('{month}') ? 'month' : numbers?.as?.includes('{year}') ? 'year' : undefined

/** Returns the first value of a numbered field. */
export const firstNumber = (field: Field, at: Date): number | string => {
  const first = field.numbers?.from ?? 1
  return field.numbers?.as ? writtenNumber(field.numbers.as, first, at) : first
}

/** Of which moment examples are. */
const SAMPLE = new Date('2026-01-15T12:00:00Z')

/** Returns the first few numbers as people read them: "1, 2, 3 …", "T-0001, T-0002 …", "2026-0001, 2026-0002 …". */
export const seriesInWords = ({ numbers }: Field): string => {
  const first = numbers?.from ?? 1
  const shape = numbers?.as
  return shape === undefined
    ? `${first}, ${first + 1}, ${first + 2} …`
    : `${writtenNumber(shape, first, SAMPLE)}, ${writtenNumber(shape, first + 1, SAMPLE)} …`
}

/** Returns how rows are numbered, in a sentence: "Invoices are numbered 1, 2, 3 … in the order in which they are made." */
export const numbersInWords = (name: string, model: Model, fieldName: string): string => {
  const field = model.fields[fieldName]!
  const { numbers } = field
  const many = pluralWords(name, model)
  const period = periodOf(numbers)
  const per = (numbers?.per ?? []).map((each) => (each === 'owner_id' ? 'person' : wordsOfField(each)))
  const again = per.length
    ? `; they begin again for each ${joinWords([...per, ...(period ? [period] : [])])}`
    : period
      ? `; they begin again each ${period}`
      : ''
  const plain = fieldName === 'number' || toWords(name).endsWith(toWords(fieldName).replace(/ number$/, ''))
  const start = plain ? 'are numbered' : `get ${withArticle(toWords(fieldName))}:`
  return `${many.charAt(0).toUpperCase()}${many.slice(1)} ${start} ${seriesInWords(field)} in the order in which they are made${again}.`
}
