import type { Architecture } from '../../schemas/generated/architecture.ts'
import type { Imports } from '../generate/emit-python.ts'
import { type Bind, importsOf, type Options, prepare } from './back-end.ts'
import type { Scope } from './scope.ts'
import { writePython } from './write-python.ts'
import { writeAggregate } from './write-sql.ts'

/**
 * Returns an expression as Python over loaded rows, and the statements that must run before it, in their order: each is a
 * whole awaited assignment. The value is None where it is unknown. Throws where checkExpression has a problem.
 */
export const pythonOf = (
  text: string,
  scope: Scope,
  architecture: Architecture,
  bind: Bind,
  options: Options = {},
): { code: string; imports: Imports; loads: string[] } => {
  const { typed, writer } = prepare(text, scope, architecture, bind, options, (_, python) => ({ python }), true)
  const loads = { statements: [] as string[], names: new Map<string, string>() }
  const { code } = writePython({ ...writer, loads }, typed, writeAggregate)
  return { code, imports: importsOf(writer), loads: loads.statements }
}
