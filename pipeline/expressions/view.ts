import type { Architecture, Field, Measure, View } from '../../schemas/generated/architecture.ts'
import { checkExpression } from './check.ts'
import { partsOf } from './conjunction.ts'
import type { Scope, ValueType } from './scope.ts'

/** One column of a view's answer. */
export type ViewColumn = { name: string; type: ValueType; nullable: boolean }

/** A condition of a view; it is left out where one of the parameters `params` was not sent. */
export type Conjunct = { text: string; params: string[] }

/** What a view's expressions over rows may name. `sent` are parameters that are known to be there. */
export const rowScope = (view: View, sent: readonly string[] = []): Scope => ({
  this: { kind: 'row', model: view.of },
  me: { kind: 'caller' },
  params: {
    kind: 'shape',
    fields: Object.fromEntries(
      Object.entries(view.params ?? {}).map(([name, field]): [string, Field] => {
        const { optional, ...there } = field
        return [name, optional && !sent.includes(name) ? field : there]
      }),
    ),
  },
})

/** What `having` may name: the columns and the parameters. */
export const columnScope = (view: View, columns: readonly ViewColumn[]): Scope => ({
  ...Object.fromEntries(columns.map(({ name, type, nullable }) => [name, { kind: 'value' as const, type, nullable }])),
  params: rowScope(view).params!,
})

/** Returns the columns of a view: those of its groups, then its measures. Columns whose expressions are wrong are left out. */
export const columnsOf = (architecture: Architecture, view: View): { groups: ViewColumn[]; measures: ViewColumn[] } => {
  const scope = rowScope(view)
  return {
    groups: Object.entries(view.group).flatMap(([name, text]) => {
      const { expression } = checkExpression(text, scope, architecture)
      return expression ? [{ name, type: expression.type, nullable: expression.nullable }] : []
    }),
    measures: Object.entries(view.select).flatMap(([name, measure]) => {
      const of = measure.of === undefined ? undefined : checkExpression(measure.of, scope, architecture).expression
      return measure.of !== undefined && !of ? [] : [{ name, ...measured(measure, of?.type) }]
    }),
  }
}

/** Only a count is always there: others are null where there is nothing, or where a sum leaves its range. */
const measured = ({ take }: Measure, of: ValueType | undefined): { type: ValueType; nullable: boolean } => {
  if (take === 'count') return { type: 'int', nullable: false }
  return { type: take === 'avg' && of === 'int' ? 'float' : (of ?? 'int'), nullable: true }
}

/** Returns the parts of a view's `where` that must all be true. Throws a Mistake where it is no expression. */
export const conjunctsOf = (view: View): Conjunct[] => {
  if (view.where === undefined) return []
  const optional = Object.entries(view.params ?? {}).flatMap(([name, field]) => (field.optional ? [name] : []))
  return partsOf(view.where).map((part) => {
    const named = [...part.matchAll(/\bparams\.([a-z]\w*)/g)].map(([, name]) => name!)
    return { text: part, params: [...new Set(named)].filter((name) => optional.includes(name)) }
  })
}
