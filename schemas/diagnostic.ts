/** A problem as data. Every list of diagnostics is complete: all problems at once, in the order of the source. */
export type Diagnostic = {
  /** Key of the catalogue in schemas/blueprint-codes.ts, such as `unknown-model`. */
  code: string
  severity: 'error' | 'warning'
  /** One sentence in plain words that names the thing. */
  message: string
  location?: { file: string; line: number; column: number; pointer: string }
  /** What to do about it. */
  help: string
}
