import type { Answer, Operation } from '../../schemas/generated/architecture.ts'
import { own, toPascal, toWords } from '../blueprint/names.ts'
import { handlerScope, scopeAfter } from '../blueprint/scopes.ts'
import { checkExpression } from '../expressions/check.ts'
import type { Scope } from '../expressions/scope.ts'
import { type Context, isRpc, modelOf } from './emit-context.ts'
import { portsOf, use } from './emit-draft.ts'
import { SHOWN_VALUES } from './emit-fields.ts'
import { attributeOf, packageOf } from './emit-names.ts'
import { docstring, text } from './emit-python.ts'
import { isGuarded, shownTo } from './emit-readers.ts'
import { type Body, pythonValue } from './emit-steps.ts'

/** What a handler answers: the type, the lines at its end, and what the decorator says about it. */
type Answered = { type: string; lines: string[]; options: string[] }

/** The type of the values that a handler answers, where they have no type in the blueprint. */
const shapeName = (op: string): string => `${toPascal(op)}Answer`

/** Writes the end of a handler. */
export const answerOf = (body: Body, op: string, shape: Operation): Answered => {
  const { draft } = body
  const { row, values, redirect, status } = shape.answer ?? {}
  if (row) {
    const binding = body.scope[row]
    if (binding?.kind !== 'row') throw new Error(`${op} answers ${row}, which is no row`)
    const type = `${binding.model}Out`
    use(draft, `${packageOf(draft.name)}.schemas`, type)
    // A version says nothing of what the caller may see.
    const versioned =
      modelOf(draft.context, binding.model).concurrency === 'version' && !isGuarded(draft.context, binding.model)
    const variable = body.bind[row]!
    return {
      type,
      lines: [
        ...(versioned ? [`call.etag(${variable}.row_version)`] : []),
        `return ${type}.model_validate(${variable}${shownTo(draft.context, binding.model)})`,
      ],
      options: [`status=${status ?? 200}`],
    }
  }
  if (values) {
    const known = shape.out !== undefined && own(draft.context.architecture.types, shape.out) !== undefined
    const type = known ? shape.out! : shapeName(op)
    use(draft, known ? 'app.types' : `${packageOf(draft.name)}.schemas`, type)
    const items = Object.entries(values).map(([name, each]) => `${attributeOf(name)}=${pythonValue(body, each)}`)
    return { type, lines: [`return ${type}(${items.join(', ')})`], options: [`status=${status ?? 200}`] }
  }
  if (redirect) {
    use(draft, 'starlette.responses', 'Response')
    use(draft, 'runtime.handling', 'redirect')
    return { type: 'Response', lines: [`return redirect(${pythonValue(body, redirect)})`], options: ['status=302'] }
  }
  return { type: 'None', lines: [], options: [`status=${status ?? 204}`] }
}

/** The models whose rows the handlers of a component answer. */
export const answeredModels = (context: Context, component: string): Set<string> =>
  new Set(
    answersOf(context, component).flatMap(({ answer, scope }) => {
      const binding = answer.row === undefined ? undefined : scope[answer.row]
      return binding?.kind === 'row' ? [binding.model] : []
    }),
  )

/** Shapes of the values that a component's handlers answer. */
export const answerShapes = (context: Context, component: string): string[] =>
  answersOf(context, component).flatMap(({ op, shape, answer, scope }) => {
    if (!answer.values || own(context.architecture.types, shape.out ?? '')) return []
    const lines = Object.entries(answer.values).map(([name, expression]) => {
      const { expression: found } = checkExpression(expression, scope, context.architecture)
      if (!found) throw new Error(`${component}: ${expression} was not checked`)
      const attribute = attributeOf(name)
      const alias = attribute === name ? '' : ` = Field(serialization_alias=${text(name)})`
      return `    ${attribute}: ${SHOWN_VALUES[found.type] ?? 'fields.Json'}${found.nullable ? ' | None' : ''}${alias}`
    })
    return [
      [
        `class ${shapeName(op)}(fields.Record):`,
        ...docstring(`What ${toWords(op)} answers.`, '    '),
        '',
        ...lines,
      ].join('\n'),
    ]
  })

const answersOf = (
  context: Context,
  component: string,
): { op: string; shape: Operation; answer: Answer; scope: Scope }[] =>
  portsOf(context, component).flatMap(([, port]) => {
    if (!isRpc(port) || port.dir !== 'in') return []
    return Object.entries(port.ops ?? {}).flatMap(([op, shape]) =>
      shape.answer
        ? [{ op, shape, answer: shape.answer, scope: scopeAfter(handlerScope(context.architecture, port, op), shape) }]
        : [],
    )
  })
