import type { Operation } from '../../schemas/generated/architecture.ts'
import type { Writing } from './emit-behaviour.ts'
import { method, use } from './emit-draft.ts'
import { accessOf, beginOperation, describeOperation } from './emit-handlers.ts'
import { writeHandling } from './emit-handling.ts'
import { text } from './emit-python.ts'
import { finished, pythonValue } from './emit-steps.ts'

/** Writes the operations that are called from outside: what comes is stored by the kernel, then handled, once for each id. */
export const writeWebhooks = (writing: Writing): void => {
  for (const [name, shape] of Object.entries(writing.port.ops ?? {}))
    if (writing.port.dir === 'in' && shape.webhook) writeWebhook(writing, name, shape)
}

const writeWebhook = (writing: Writing, name: string, shape: Operation) => {
  const { draft, portName, path, crud } = writing
  const { route, body, signature } = beginOperation(writing, name, shape)
  body.taken.add('receipt')
  const { id, secret } = shape.webhook!
  body.lines.push('receipt = received(call)')
  if (id !== undefined) {
    const value = pythonValue(body, id)
    body.lines.push(`if not await receipt.first(call, ${value}):`, '    return receipt.answer()')
  }
  writeHandling(body, shape, crud && { model: crud.model, store: crud.store })
  use(draft, 'runtime.component', 'post')
  use(draft, 'runtime.webhooks', 'Received', 'Webhook', 'received')
  const options = [
    ...accessOf(shape),
    `status=${shape.answer?.status ?? 200}`,
    ...answersOf(route.path, shape),
    `webhook=Webhook(${secret === undefined ? '' : `secret=${text(secret)}`})`,
  ]
  method(
    draft,
    name,
    `    @post(${[text(path + route.path), text(`${portName}.${name}`), ...options].join(', ')})`,
    `${signature}) -> Received`,
    describeOperation(name, shape),
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
