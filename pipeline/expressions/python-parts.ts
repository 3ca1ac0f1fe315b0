import { atom, type Code, use, type Writer } from './code.ts'
import type { Typed } from './typed.ts'

/** Writes a part of an expression. */
export type Write = (part: Typed) => Code

/** Calls a function of runtime/expressions.py. */
export const helper = (writer: Writer, name: string, args: readonly string[]): Code => {
  use(writer, 'runtime', 'expressions')
  return atom(`expressions.${name}(${args.join(', ')})`)
}
