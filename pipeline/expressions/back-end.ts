import type { Architecture } from '../../schemas/generated/architecture.ts'
import type { Imports } from '../generate/emit-python.ts'
import { typeExpression } from './check.ts'
import type { Bound, Writer } from './code.ts'
import type { Scope, ValueType } from './scope.ts'
import type { Typed, Variable } from './typed.ts'

/**
 * How each name is written. A text is a variable of Python in `pythonOf`; in `sqlOf` it is the class or alias of a row,
 * or a value of Python where the name is no row. `{ python }` and `{ sql }` say it outright: a row that was loaded, a
 * column of a view. `me` is the call (`call` unless said otherwise), `now` is `call.now`.
 */
export type Bind = { [name: string]: string | Bound }

export type Options = {
  /** The time zone of day(), week(), hour() and their like; UTC unless said otherwise. */
  zone?: string
  /** The types that will do; a literal is then written as the first that fits. */
  expected?: readonly ValueType[]
  /** In `sqlOf`: a condition of which only what is true counts, so that unknown may come out as false. */
  where?: boolean
}

/** Types an expression and prepares its writer. Throws a Mistake where checkExpression has a problem. */
export const prepare = (
  text: string,
  scope: Scope,
  architecture: Architecture,
  bind: Bind,
  options: Options,
  plain: (variable: Variable, code: string) => Bound,
  inOrder: boolean,
): { typed: Typed; writer: Writer } => {
  const { typed, variables } = typeExpression(text, scope, architecture, options.expected, inOrder)
  const call = codeOf(bind.me) ?? 'call'
  const writer: Writer = {
    architecture,
    bound: new Map(),
    imports: new Map(),
    loads: undefined,
    taken: new Set(['call', call, 'self', 'sa', 'dt', 'sql', 'expressions', 'tables']),
    call,
    now: codeOf(bind.now) ?? `${call}.now`,
    zone: options.zone ?? 'UTC',
  }
  for (const variable of variables) {
    const given = bind[variable.name] ?? (variable.binding.kind === 'caller' ? call : undefined)
    if (given === undefined) continue
    writer.bound.set(variable, typeof given === 'string' ? plain(variable, given) : given)
  }
  for (const given of Object.values(bind)) writer.taken.add(codeOf(given)!.split('.')[0]!)
  return { typed, writer }
}

const codeOf = (given: string | Bound | undefined): string | undefined =>
  given === undefined || typeof given === 'string' ? given : 'sql' in given ? given.sql : given.python

/** Names that the code needs from elsewhere, as emit-python.ts has them. */
export const importsOf = (writer: Writer): Imports =>
  Object.fromEntries([...writer.imports].map(([module, names]) => [module, [...names].sort()]))
