import { describe, expect, it } from 'vitest'
import { canonicalArchitecture } from '../../../pipeline/blueprint/canonical.ts'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { Architecture } from '../../../schemas/generated/architecture.ts'

const systemOf = (request: string): Architecture => {
  const plan = planSystem(request)
  if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
  return canonicalArchitecture(plan.architecture).value
}

const orders = 'Orders have a total and a status (open, paid).'
const invoices = 'Invoices have a number, an amount, a due date and whether they are paid.'
const requests = 'Requests have a title. Staff approve or reject requests.'
const dues = 'Members have a name. Members pay dues.'
const tasks = 'Tasks have a title, a due date, points and a priority (low, high).'

/** Sentences that ask for rows which the filters of a list already give, with how it is asked. */
const so: [request: string, query: string, said: string[]][] = [
  [
    orders,
    '/v1/orders?status=paid',
    [
      'list all paid orders',
      'show paid orders',
      'a list of paid orders',
      'which orders are paid',
      'show orders that are paid',
    ],
  ],
  [
    orders,
    '/v1/orders?status=open',
    [
      'I want to see unpaid orders',
      'show unpaid orders',
      'a list of orders that are not paid yet',
      'we need a page with all open orders',
      'open orders are listed on the home page',
      'which orders are unpaid',
      'we need to see which orders are not paid yet',
    ],
  ],
  [
    orders,
    '/v1/orders?total_min=100 (what is exactly 100 as well)',
    [
      'show orders over 100 euros',
      'list orders with a total over 100',
      'all orders above 100 euros are shown',
      'which orders are over 100 euros',
    ],
  ],
  [
    invoices,
    '/v1/invoices?paid=false',
    ['show me the unpaid invoices', 'a page with all unpaid invoices', 'list invoices that are not paid'],
  ],
  [invoices, '/v1/invoices?amount_max=20', ['show invoices below 20 euros', 'list invoices under 20 €']],
  [
    requests,
    '/v1/requests?status=pending',
    ['show pending requests', 'a list of all requests that are not decided yet'],
  ],
  [
    dues,
    '/v1/dues?paid=false',
    [
      'list unpaid dues',
      'show who has not paid yet',
      'who has not paid',
      'a list of members who have not paid their dues',
    ],
  ],
  [tasks, '/v1/tasks?priority=high', ['show high priority tasks', 'list tasks with high priority']],
  [tasks, '/v1/tasks?points_min=6', ['list tasks with more than 5 points', 'show tasks with points over 5']],
]

describe.each(so)('of “%s” a list of %s', (request, query, said) => {
  const system = systemOf(request)

  it.each(said)('is there already: %s', (change) => {
    const plan = planChange(change, system)
    expect(plan).toMatchObject({ kind: 'refusal', already: true })
    expect('text' in plan && plan.text).toContain(query)
  })

  it.each(said)('is told of and makes nothing: %s', (sentence) => {
    const plan = planSystem(`${request} ${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`)
    if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
    const { models, components } = plan.architecture
    expect({ models, components }).toEqual({ models: system.models, components: system.components })
    expect(plan.assumptions.join('\n')).toContain(query)
  })
})

describe('rows of which nothing says whether they are so', () => {
  it.each([
    ['list cancelled invoices', 'Nothing here says of invoices whether they are “cancelled”'],
    ['show shipped invoices', 'Nothing here says of invoices whether they are “shipped”'],
  ])('are named: %s', (change, why) => {
    const plan = planChange(change, systemOf(invoices))
    expect(plan).toMatchObject({ kind: 'refusal' })
    expect('text' in plan && plan.text).toContain(why)
    const first = planSystem(`${invoices} ${change}.`)
    expect(first.kind === 'draft' && first.notCarried.join('\n')).toContain(why)
    expect(first.kind === 'draft' && Object.keys(first.architecture.models)).toEqual(['Invoice'])
  })
})
