import type { Operation } from '../../schemas/generated/architecture.ts'
import { toWords } from '../blueprint/names.ts'
import { handlerRoute } from '../blueprint/operations.ts'
import { handlerScope, parametersOf } from '../blueprint/scopes.ts'
import type { Writing } from './emit-behaviour.ts'
import { method, use } from './emit-draft.ts'
import { writeHandling } from './emit-handling.ts'
import { identifier } from './emit-names.ts'
import { text } from './emit-python.ts'
import { finished, newBody, pythonValue } from './emit-steps.ts'

/** Writes the operations that are called from outside: what comes is stored by the kernel, then handled, once for each id. */
export const writeWebhooks = (writing: Writing): void => {
  for (const [name, shape] of Object.entries(writing.port.ops ?? {}))
    if (writing.port.dir === 'in' && shape.webhook) writeWebhook(writing, name, shape)
}

const writeWebhook = ({ draft, portName, port, path, crud }: Writing, name: string, shape: Operation) => {
  const route = handlerRoute(port, name)
  const scope = handlerScope(draft.context.architecture, port, name)
  const parameters = parametersOf(route.path)
  const body = newBody(draft, scope, {
    ...Object.fromEntries(parameters.map((each) => [each, identifier(each)])),
    ...(shape.in ? { input: 'body' } : {}),
  })
  body.taken.add('receipt')
  const { id, secret } = shape.webhook!
  body.lines.push('receipt = received(call)')
  if (id !== undefined) {
    const value = pythonValue(body, id)
    body.lines.push(`if not await receipt.first(call, ${value}):`, '    return receipt.answer()')
  }
  writeHandling(body, shape, crud && { model: crud.model, store: crud.store })
  use(draft, 'runtime.component', 'post')
  use(draft, 'runtime.call', 'Current')
  use(draft, 'runtime.webhooks', 'Received', 'Webhook', 'received')
  if (shape.in) use(draft, 'app.types', shape.in)
  const parameterTypes = parameters.map((each) => {
    const binding = scope[each]
    const isId = binding?.kind === 'value' && binding.type === 'uuid'
    if (isId) use(draft, 'uuid', 'UUID')
    return `${identifier(each)}: ${isId ? 'UUID' : 'str'}`
  })
  const options = [
    ...(shape.public ? ['access="public"'] : shape.signedIn ? ['access="signed-in"'] : []),
    `status=${shape.answer?.status ?? 200}`,
    ...answersOf(route.path, shape),
    `webhook=Webhook(${secret === undefined ? '' : `secret=${text(secret)}`})`,
  ]
  method(
    draft,
    name,
    `    @post(${[text(path + route.path), text(`${portName}.${name}`), ...options].join(', ')})`,
    `${['call: Current', ...parameterTypes, ...(shape.in ? [`body: ${shape.in}`] : [])].join(', ')}) -> Received`,
    shape.description || `${toWords(name)}.`.replace(/^./, (first) => first.toUpperCase()),
    finished([...body.lines, 'return receipt.answer()']),
  )
}

/** Statuses of errors that its documentation would not name otherwise. */
const answersOf = (path: string, { find, require: asked }: Operation): string[] => {
  const finds = !path.includes('{') && Object.values(find ?? {}).some(({ optional }) => !optional)
  const known = new Set([400, 409, 422])
  const statuses = [...(finds ? [404] : []), ...(asked ?? []).map(({ status }) => status ?? 409)]
  const more = [...new Set(statuses)].filter((status) => !known.has(status)).sort()
  return more.length ? [`answers=(${more.join(', ')}${more.length === 1 ? ',' : ''})`] : []
}
