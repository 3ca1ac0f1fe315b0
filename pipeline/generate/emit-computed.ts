import type { Computed } from '../../schemas/generated/architecture.ts'
import { toSnake, toWords } from '../blueprint/names.ts'
import { capital, withArticle } from '../blueprint/words.ts'
import { sqlOf } from '../expressions/sql.ts'
import type { Context } from './emit-context.ts'
import { attributeOf, rowClass } from './emit-names.ts'
import { docstring, type Imports, pythonModule, text } from './emit-python.ts'

/** The module of computed values. */
export const COMPUTED = 'app.computed'

/** Returns the constant that holds a model's computed values; undefined where it has none. */
export const computedOf = (context: Context, model: string): string | undefined =>
  context.architecture.models[model]?.computed ? `OF_${toSnake(model).toUpperCase()}` : undefined

/** Returns app/computed.py: a function for each computed value; undefined where there are none. */
export const emitComputed = (context: Context): string | undefined => {
  const models = Object.entries(context.architecture.models).filter(([, { computed }]) => computed)
  if (!models.length) return undefined
  const imports = new Map<string, Set<string>>()
  const use = (wanted: Imports): void => {
    for (const [module, names] of Object.entries(wanted))
      imports.set(module, new Set([...(imports.get(module) ?? []), ...names]))
  }
  use({ 'sqlalchemy as sa': [], typing: ['Any'], 'runtime.call': ['Call'], 'runtime.computing': ['Computed'] })
  const parts = models.flatMap(([name, { computed }]) => {
    const row = rowClass(name)
    use({ 'app.models': [row] })
    const functions = Object.entries(computed!).map(([field, value]) => {
      const code = sqlOf(
        rounded(field, value),
        { this: { kind: 'row', model: name }, me: { kind: 'caller' } },
        context.architecture,
        { this: 'this', me: 'call' },
      )
      use(code.imports)
      return [
        `def ${functionOf(name, field)}(call: Call, this: type[${row}]) -> sa.SQLColumnExpression[Any]:`,
        ...docstring(value.description || `${capital(toWords(field))} of ${withArticle(toWords(name))}.`, '    '),
        `    return ${code.code}`,
      ].join('\n')
    })
    const lines = Object.keys(computed!).map((field) => `    ${text(attributeOf(field))}: ${functionOf(name, field)},`)
    return [...functions, [`${computedOf(context, name)}: Computed = {`, ...lines, '}'].join('\n')]
  })
  return pythonModule(
    'Values that are computed when rows are read: of their other values, and of the rows that refer to them.',
    Object.fromEntries([...imports].map(([module, names]) => [module, [...names]])),
    parts,
  )
}

const functionOf = (model: string, field: string): string => `${toSnake(model)}_${field}`

/** A mean and a calculation can have more digits than are shown. */
const rounded = (field: string, { type, scale, expr, over }: Computed): string =>
  type === 'decimal' && (expr !== undefined || over?.take === 'avg')
    ? `round(this.${field}, ${scale ?? 2})`
    : `this.${field}`
