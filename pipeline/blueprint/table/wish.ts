import type { Unreadable } from '../contract/document.ts'
import { describeTable } from './describe-table.ts'

/** Words that say no more than that a file is to be built from. */
const only =
  /^(?:(?:please|can you|could you|now|hi|hey)[, ]+)*(?:build|make|create|do|implement|draft|plan|set up)?(?: (?:me|us))?(?: (?:this|that|it|an?|the))?(?: (?:new |small |simple )*(?:api|app|system|backend|database|service|crud api))?(?: (?:from|of|for|out of|with|around|about)(?: (?:this|that|the|my|our|it))?(?: (?:attached |following )*(?:csv|tsv|file|table|list|data|spreadsheet|sheet)(?: file)?)?)*[\s:.!?]*(?:please)?[\s.!?]*$/i

/** Returns what is wished for by a message with a CSV file: what it says, and what the rows are. */
export const wishFromTable = (said: string, name: string, text: string): { words: string } | Unreadable => {
  const table = describeTable(name, text)
  if ('problem' in table) return table
  const plain = said
    .replaceAll(name, '')
    .replace(
      / (?:from|of|for|out of) (?:this|the|my|our)(?: attached)? (?:csv|tsv|file|table|list|data|spreadsheet|sheet)(?: file)?\b/i,
      '',
    )
    .trim()
  return { words: only.test(plain) ? table.words : `${plain}\n${table.words}` }
}
