import type { Operation } from '../../schemas/generated/architecture.ts'
import { toWords } from '../blueprint/names.ts'
import { handlerRoute, isHandler } from '../blueprint/operations.ts'
import { handlerScope, parametersOf } from '../blueprint/scopes.ts'
import type { Scope } from '../expressions/scope.ts'
import { answerOf } from './emit-answers.ts'
import type { Writing } from './emit-behaviour.ts'
import { type Draft, method, use } from './emit-draft.ts'
import { writeHandling } from './emit-handling.ts'
import { identifier } from './emit-names.ts'
import { text } from './emit-python.ts'
import { finished, newBody } from './emit-steps.ts'

/** Writes the operations of a port that say what they do; those that are called from outside as webhooks are written elsewhere. */
export const writeHandlers = (writing: Writing): void => {
  for (const [name, shape] of Object.entries(writing.port.ops ?? {}))
    if (writing.port.dir === 'in' && isHandler(shape) && !shape.webhook) writeHandler(writing, name, shape)
}

/** Returns the empty body of an operation, its route, the names in its path and what its method takes. */
export const beginOperation = ({ draft, port }: Writing, name: string, shape: Operation) => {
  const route = handlerRoute(port, name)
  const scope = handlerScope(draft.context.architecture, port, name)
  const parameters = parametersOf(route.path)
  const body = newBody(draft, scope, {
    ...Object.fromEntries(parameters.map((each) => [each, identifier(each)])),
    ...(shape.in ? { input: 'body' } : {}),
  })
  use(draft, 'runtime.call', 'Current')
  if (shape.in) use(draft, 'app.types', shape.in)
  const signature = [
    'call: Current',
    ...parameters.map((each) => `${identifier(each)}: ${parameterType(draft, scope, each)}`),
    ...(shape.in ? [`body: ${shape.in}`] : []),
  ].join(', ')
  return { route, parameters, body, signature }
}

/** Returns who may call an operation without a role, as an option of its route. */
export const accessOf = (shape: Operation): string[] =>
  shape.public ? ['access="public"'] : shape.signedIn ? ['access="signed-in"'] : []

/** Returns what the documentation of an operation says. */
export const describeOperation = (name: string, shape: Operation): string =>
  shape.description || `${toWords(name)}.`.replace(/^./, (first) => first.toUpperCase())

const writeHandler = (writing: Writing, name: string, shape: Operation) => {
  const { draft, portName, path, crud } = writing
  const { route, parameters, body, signature } = beginOperation(writing, name, shape)
  const shown = shape.answer && 'row' in shape.answer ? shape.answer.row : undefined
  writeHandling(body, shape, crud && { model: crud.model, store: crud.store, ...(shown ? { shown } : {}) })
  const { type, lines, options } = answerOf(body, name, shape)
  const verb = route.method.toLowerCase()
  use(draft, 'runtime.component', verb)
  const access = accessOf(shape)
  const finder = crud?.find && shape.in && parameters.includes('id') ? [`find=${crud.find}`] : []
  const once = route.method === 'GET' ? (shape.do?.length ? ['writes=True'] : []) : ['idempotent=True']
  const errors = statusesOf(route, shape, access.length === 0)
  const answers = errors.length ? [`answers=(${errors.join(', ')}${errors.length === 1 ? ',' : ''})`] : []
  const decorator = `    @${verb}(${[text(path + route.path), text(`${portName}.${name}`), ...access, ...options, ...once, ...answers, ...finder].join(', ')})`
  method(
    draft,
    name,
    decorator,
    `${signature}) -> ${type}`,
    describeOperation(name, shape),
    finished([...body.lines, ...lines]),
  )
}

/** Statuses of errors that its documentation would not name otherwise. */
const statusesOf = (route: { method: string; path: string }, shape: Operation, granted: boolean): number[] => {
  const known = new Set([422, ...(granted ? [403] : []), ...(route.path.includes('{') ? [404] : [])])
  if (route.method !== 'GET') for (const status of [409, ...(route.method === 'DELETE' ? [] : [400])]) known.add(status)
  const finds = Object.values(shape.find ?? {}).some(({ optional }) => !optional)
  const asked = (shape.require ?? []).map(({ status }) => status ?? 409)
  return [...new Set([...asked, ...(finds ? [404] : [])])].filter((status) => !known.has(status)).sort()
}

const parameterType = (draft: Draft, scope: Scope, name: string): string => {
  const binding = scope[name]
  if (binding?.kind !== 'value' || binding.type !== 'uuid') return 'str'
  use(draft, 'uuid', 'UUID')
  return 'UUID'
}
