import type { Architecture } from '../../schemas/generated/architecture.ts'
import { rowClass } from '../generate/emit-names.ts'
import type { Variable } from './typed.ts'

/** How tightly Python binds what was written: parentheses stand where something looser is put into something tighter. */
export const LEVEL = { choice: 0, or: 1, and: 2, not: 3, comparison: 4, sum: 5, product: 6, sign: 7, atom: 9 } as const

export type Code = { code: string; level: number }

export const atom = (code: string): Code => ({ code, level: LEVEL.atom })

/** Returns code in parentheses where it binds more loosely than its place asks for. */
export const at = (level: number, { code, level: own }: Code): string => (own < level ? `(${code})` : code)

/** How a name is written: a value of Python, or a class, an alias or a column of the database. */
export type Bound = { python: string } | { sql: string }

/** What one expression is being written with. */
export type Writer = {
  architecture: Architecture
  bound: Map<Variable, Bound>
  imports: Map<string, Set<string>>
  /** Statements that must run before, and the variables that they fill: key -> name. Undefined where none can. */
  loads: { statements: string[]; names: Map<string, string> } | undefined
  /** Python's names that are taken. */
  taken: Set<string>
  /** The variable that holds the call, and what the present moment is. */
  call: string
  now: string
  /** The time zone of days, weeks and hours. */
  zone: string
}

export const use = (writer: Writer, module: string, ...names: string[]): void => {
  const known = writer.imports.get(module) ?? new Set()
  for (const name of names) known.add(name)
  writer.imports.set(module, known)
}

/** Returns the class of a model's rows, which is then imported. */
export const rowsOf = (writer: Writer, model: string): string => {
  const name = rowClass(model)
  use(writer, 'app.models', name)
  return name
}

/** Returns a name that nothing has yet. */
export const fresh = (writer: Writer, wanted: string): string => {
  let name = wanted
  for (let number = 2; writer.taken.has(name); number++) name = `${wanted}_${number}`
  writer.taken.add(name)
  return name
}

export const boundOf = (writer: Writer, variable: Variable): Bound => {
  const bound = writer.bound.get(variable)
  if (!bound) throw new Error(`nothing says how '${variable.name}' is written`)
  return bound
}

/** The name of a variable as Python has it. */
export const pythonName = (writer: Writer, variable: Variable): string => {
  const bound = boundOf(writer, variable)
  if (!('python' in bound)) throw new Error(`'${variable.name}' is in the database`)
  return bound.python
}
