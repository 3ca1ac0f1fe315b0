import { expect, it } from 'vitest'
import { takeStates } from '../../../pipeline/blueprint/planner/behaviour/states/take-states.ts'
import type { Architecture, EachStep } from '../../../schemas/generated/architecture.ts'

/** Orders that a timer shuts, of those that meet a condition. */
const shutting = (where: string, step: object = {}): EachStep => {
  const set = { of: 'order', values: { status: '"shut"' } }
  const tick = { kind: 'timer', do: [{ each: { as: 'order', model: 'Order', where, do: [{ set, ...step }] } }] }
  const states = { field: 'status', transitions: { shut: { from: ['open'], to: 'shut' } } }
  const architecture = {
    models: { Order: { fields: { status: { type: 'enum', values: ['open', 'shut'] } }, states } },
    components: { orders: { ports: { tick } } },
  } as unknown as Architecture
  takeStates(architecture)
  const port = architecture.components.orders!.ports.tick as unknown as { do: { each: EachStep }[] }
  return port.do[0]!.each
}

it.each([
  ['order.a && (order.b || order.c)', 'order.status != "shut" && order.a && (order.b || order.c)'],
  ['order.b || order.c', 'order.status != "shut" && (order.b || order.c)'],
  [undefined, 'order.status != "shut"'],
])('takes the rows where %s, for which it was said', (where, said) => {
  expect(shutting(said).where).toBe(where)
})

it('takes a row under the condition under which its state was to be written', () => {
  const [step] = shutting('order.a', { when: 'order.d && (order.b || order.c) && order.status != "shut"' }).do
  expect(step).toEqual({
    when: 'order.d && (order.b || order.c)',
    take: { of: 'order', transition: 'shut', optional: true },
  })
})
