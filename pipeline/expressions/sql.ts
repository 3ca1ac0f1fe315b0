import type { Architecture } from '../../schemas/generated/architecture.ts'
import type { Imports } from '../generate/emit-python.ts'
import { type Bind, importsOf, type Options, prepare } from './back-end.ts'
import type { Bound } from './code.ts'
import type { Scope } from './scope.ts'
import type { Variable } from './typed.ts'
import { writeCondition, writeSql } from './write-sql.ts'

/** Returns an expression as one of SQLAlchemy, NULL where it is unknown. Throws where checkExpression has a problem. */
export const sqlOf = (
  text: string,
  scope: Scope,
  architecture: Architecture,
  bind: Bind,
  options: Options = {},
): { code: string; imports: Imports } => {
  const bound = ({ binding }: Variable, code: string): Bound =>
    binding.kind === 'row' ? { sql: code } : { python: code }
  const { typed, writer } = prepare(text, scope, architecture, bind, options, bound, false)
  const { code } = options.where ? writeCondition(writer, typed) : writeSql(writer, typed)
  return { code, imports: importsOf(writer) }
}
