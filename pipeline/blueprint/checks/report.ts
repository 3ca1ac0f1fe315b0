import { type BlueprintCode, blueprintCodes } from '../../../schemas/blueprint-codes.ts'
import { closest } from '../suggest.ts'

export type Path = (string | number)[]

/** A finding before it has a place in a file. `near` are the names that might have been meant. */
export type Finding = {
  code: BlueprintCode
  message: string
  path: Path
  file: 'architecture' | 'deployment'
  help: string
}

export type Report = (
  code: BlueprintCode,
  path: Path,
  message: string,
  meant?: { word: string; names: Iterable<string> },
  /** What to do, where that is known better than by the code. */
  help?: string,
) => void

/** Returns a list and the function that adds to it. */
export const createReport = (file: Finding['file']): { findings: Finding[]; report: Report } => {
  const findings: Finding[] = []
  return {
    findings,
    report: (code, path, message, meant, help) => {
      const near = meant ? closest(meant.word, meant.names) : undefined
      findings.push({
        code,
        message,
        path,
        file,
        help: near ? `Did you mean '${near}'?` : (help ?? blueprintCodes[code][2]),
      })
    },
  }
}
