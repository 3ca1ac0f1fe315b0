import { describe, expect, it } from 'vitest'
import { checkBlueprint } from '../../../pipeline/blueprint/check.ts'
import { readTold } from '../../../pipeline/blueprint/planner/behaviour/told/read-told.ts'
import { planSystem } from '../../../pipeline/blueprint/planner/plan.ts'

describe('readTold', () => {
  it.each([
    [
      'When a job is printed, the front desk is told',
      'the front desk',
      { kind: 'done', thing: 'job', done: 'printed' },
    ],
    ['The owner is notified when a bid is placed', 'The owner', { kind: 'done', thing: 'bid', done: 'placed' }],
    [
      'the customer gets a message when the order ships',
      'the customer',
      { kind: 'deed', verb: 'ships', thing: 'order' },
    ],
    ['assessors are informed about new claims', 'assessors', { kind: 'created', thing: 'claims' }],
    [
      'Notify the author when somebody comments on their post',
      'the author',
      { kind: 'deed', verb: 'comments', thing: 'post' },
    ],
    ['managers get an email whenever an expense is submitted', 'managers', { kind: 'done', done: 'submitted' }],
    [
      'When the stock of a product falls below 5, the purchaser is alerted',
      'the purchaser',
      { kind: 'crosses', field: 'stock', below: true, limit: '5' },
    ],
    ['let the kitchen know when a new order comes in', 'the kitchen', { kind: 'created', thing: 'order' }],
    ['Whenever its status changes, the customer is informed', 'the customer', { kind: 'state', thing: 'it' }],
    ['If a claim is rejected, inform the claimant', 'the claimant', { kind: 'done', thing: 'claim', done: 'rejected' }],
  ] as const)('reads %j', (sentence, who, happening) => {
    expect(readTold(sentence)).toMatchObject({ who, happening })
  })
  it.each([
    'remind borrowers two days before the due date',
    'when an order is placed, the stock goes down',
    'Users have a name and an email',
  ])('leaves %j to others', (sentence) => {
    expect(readTold(sentence)).toBeUndefined()
  })
})

describe('telling in a request', () => {
  it('makes a notification for each who holds the role, and one for whoever it belongs to', () => {
    const result = planSystem(
      'Customers sign up and create print jobs with a title, and see only their own. A print job goes quoted, approved, printed. When a job is printed, the front desk is told. The customer is told when the job is approved.',
    )
    if (result.kind !== 'draft') throw new Error(JSON.stringify(result))
    const { models, policies, components } = result.architecture
    expect(checkBlueprint(result.architecture)).toEqual([])
    const { print, approve } = models.PrintJob!.states!.transitions
    expect(print!.do).toMatchObject([
      { each: { model: 'User', where: "'front_desk' in person.roles", do: [{ create: { model: 'Notification' } }] } },
    ])
    expect(approve!.do).toMatchObject([{ create: { model: 'Notification', values: { owner_id: 'this.owner_id' } } }])
    expect(policies.roles.front_desk).toContain('notifications.api:list@own')
    expect(Object.values(components.print_jobs!.ports)).toContainEqual({
      dir: 'out',
      kind: 'store',
      model: 'Notification',
    })
    expect(result.notCarried).toEqual([])
  })

  it('says who cannot be told, instead of pretending', () => {
    const result = planSystem(
      'Customers have a name. Orders belong to a customer. Orders are placed, then shipped. The customer gets a message when the order ships.',
    )
    expect(result).toMatchObject({
      kind: 'draft',
      notCarried: [expect.stringContaining('The customer gets a message')],
    })
  })
})
