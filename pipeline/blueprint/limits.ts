import type { Diagnostic } from '../../schemas/diagnostic.ts'

/** What makes a YAML parser slow is size, nesting, long lines, and the number of signs that mean something to it. */
export type Limits = { maxBytes?: number; maxSigns?: number }

/** A blueprint of 100 components is about 80 KB with 12,000 signs. Callers that read our own stored files raise both. */
const defaults = { maxBytes: 128 * 1024, maxSigns: 16_000 }
/** The schema nests ten deep. */
export const maxDepth = 32
/** The longest text a blueprint holds is a description of 2,000 characters. */
const maxLine = 5_000

const signs = new Set(':?,[]{}&*!|>\'"\n#%@`')

/** Looks at the raw text before a parser sees it, in one linear pass. Returns one diagnostic, or none. */
export const checkLimits = (text: string, file: string, limits: Limits = {}): Diagnostic | undefined => {
  const { maxBytes, maxSigns } = { ...defaults, ...limits }
  const problem = (code: string, message: string, line = 1, column = 1): Diagnostic => ({
    code,
    severity: 'error',
    message: `${file} ${message}`,
    location: { file, line, column, pointer: '' },
    help:
      code === 'blueprint-too-large'
        ? 'Split the system into several.'
        : 'Write it flatter: a blueprint needs ten levels.',
  })
  const bytes = Buffer.byteLength(text)
  if (bytes > maxBytes) return problem('blueprint-too-large', `has ${bytes} bytes; at most ${maxBytes} are read`)

  let count = 0
  let line = 1
  let lineStart = 0
  let indentation = 0
  let blocks = 0
  let atLineStart = true
  let flow = 0
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i]!
    if (signs.has(char)) count += 1
    if (char === '\n') {
      line += 1
      lineStart = i + 1
      indentation = 0
      blocks = 0
      atLineStart = true
    } else if (atLineStart && char === ' ') indentation += 1
    else if (atLineStart && (char === '-' || char === '?') && text[i + 1] === ' ') blocks += 1
    else {
      atLineStart = false
      // Brackets inside quotes count too: no blueprint has 32 of them open in its texts.
      if (char === '[' || char === '{') flow += 1
      else if ((char === ']' || char === '}') && flow > 0) flow -= 1
    }
    const column = i - lineStart + 1
    if (flow > maxDepth || blocks > maxDepth || indentation > maxDepth * 8)
      return problem('blueprint-too-deep', `nests deeper than ${maxDepth} levels`, line, column)
    if (count > maxSigns) return problem('blueprint-too-large', `has more than ${maxSigns} values`, line, column)
    if (column > maxLine)
      return problem('blueprint-too-large', `has a line of more than ${maxLine} characters`, line, column)
  }
  return undefined
}
