import { parse } from 'csv-parse/sync'
import type { Unreadable } from '../contract/document.ts'
import { plural, sentence, singular } from '../planner/language/words.ts'
import { type Column, columnOf, isValue } from './column.ts'

/** Lines that are looked at: more tell nothing new. */
const LOOKED_AT = 1000
const MOST_COLUMNS = 60
const SEPARATORS = [',', ';', '\t', '|'] as const
const HELP = 'Send a CSV file whose first line names the columns, such as "name,email,joined on".'

/** Whether a file is a table: its name says so. */
export const isTable = (name: string): boolean => /\.(?:csv|tsv)$/i.test(name)

/**
 * Describes what the rows of a CSV file are, as a heading with a line for each column, which the planner reads: the thing is
 * called after the file, the columns after its first line, and what they hold is told by their values. Nothing of the
 * values is kept but the few words of a choice.
 */
export const describeTable = (name: string, text: string): { words: string } | Unreadable => {
  const table = read(text)
  if ('problem' in table) return table
  const [head, ...rows] = table.lines
  if (!head || rows.length === 0) return { problem: `${name} has no line below its first one.`, help: HELP }
  if (head.length > MOST_COLUMNS)
    return { problem: `${name} has ${head.length} columns; at most ${MOST_COLUMNS} are read.`, help: HELP }
  const value = head.find(isValue)
  if (value !== undefined)
    return {
      problem: `The first line of ${name} does not name its columns: “${value.slice(0, 60)}” is a value.`,
      help: HELP,
    }
  const columns = named(head).map((column, at) =>
    columnOf(
      column,
      rows.map((row) => row[at] ?? ''),
    ),
  )
  return {
    words: `${thingsOf(name)}:\n${columns.map(lineOf).join('\n')}\nThe rows of ${name} are loaded.`,
  }
}

const read = (text: string): { lines: string[][] } | Unreadable => {
  const first = text.slice(0, text.search(/\r?\n|$/))
  const counts = SEPARATORS.map((sign) => first.split(sign).length)
  const delimiter = SEPARATORS[counts.indexOf(Math.max(...counts))]!
  try {
    const lines = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      to: LOOKED_AT + 1,
      trim: true,
    }) as string[][]
    return { lines }
  } catch (error) {
    return { problem: `The file is no CSV: ${(error as Error).message.split('\n')[0]}`, help: HELP }
  }
}

/** "Price (EUR)" is price eur, "joinedOn" joined on; two columns never have one name. */
const named = (head: readonly string[]): string[] => {
  const names: string[] = []
  for (const [at, said] of head.entries()) {
    const plain = wordsOf(said).slice(0, 40).trim() || `column ${at + 1}`
    let name = plain
    for (let n = 2; names.includes(name); n += 1) name = `${plain} ${n}`
    names.push(name)
  }
  return names
}

const wordsOf = (text: string): string =>
  text
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .toLowerCase()
    .trim()

const lineOf = ({ name, holds, gaps }: Column): string => {
  const notes = [...(holds ? [holds] : []), ...(gaps ? ['optional'] : [])]
  return `- ${name}${notes.length > 0 ? ` (${notes.join('; ')})` : ''}`
}

/** Words that say what kind of file it is, and not what stands in it. */
const fileWords =
  /^(?:export|exported|exports|data|dataset|list|liste|table|final|copy|new|old|backup|dump|report|all|the|our|my|csv|sheet|file|v|test|sample|example)$/

const thingsOf = (name: string): string => {
  const words = wordsOf(name.replace(/\.[^.]*$/, '').replace(/\d+/g, ' '))
    .split(' ')
    .filter((word) => word && !fileWords.test(word))
  const last = words.pop() ?? 'entries'
  return sentence([...words, plural(singular(last))].join(' '))
}
