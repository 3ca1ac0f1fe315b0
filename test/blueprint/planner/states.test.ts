import { describe, expect, it } from 'vitest'
import { checkBlueprint } from '../../../pipeline/blueprint/check.ts'
import { readActors } from '../../../pipeline/blueprint/planner/behaviour/states/read-actors.ts'
import { readSequence } from '../../../pipeline/blueprint/planner/behaviour/states/read-sequence.ts'
import { readLock, readStep } from '../../../pipeline/blueprint/planner/behaviour/states/read-steps.ts'
import { verbOf } from '../../../pipeline/blueprint/planner/behaviour/states/verbs.ts'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { PlanResult } from '../../../pipeline/blueprint/planner/result.ts'

describe('readSequence', () => {
  it.each([
    [
      'A print job goes quoted, approved, printed, collected and cannot skip a step',
      'quoted>approved>printed>collected',
    ],
    ['An order is placed, then paid, then shipped and finally delivered', 'placed>paid>shipped>delivered'],
    ['A claim is submitted, assessed, and then either approved or rejected', 'submitted>assessed>approved|rejected'],
    ['Repairs go from received to diagnosed to repaired to picked up', 'received>diagnosed>repaired>picked_up'],
    ['Each ticket moves through open, in progress, resolved and closed', 'open>in_progress>resolved>closed'],
    ['workflow: draft -> review -> published', 'draft>review>published'],
    ['The status of an order goes from new to packed to sent', 'new>packed>sent'],
    [
      'An application starts as draft, then becomes submitted, and finally accepted or declined',
      'draft>submitted>accepted|declined',
    ],
    ['Invoices have a status that goes from draft to sent to paid', 'draft>sent>paid'],
    ['Jobs have a status: queued, running, finished, in this order', 'queued>running>finished'],
    ['A loaf goes through mixed, proofed, baked and cooled; steps cannot be skipped', 'mixed>proofed>baked>cooled'],
    ['A bike is available, then reserved, then rented out, then returned', 'available>reserved>rented_out>returned'],
  ])('reads %j', (sentence, steps) => {
    expect(
      readSequence(sentence)
        ?.steps.map((step) => step.join('|'))
        .join('>'),
    ).toBe(steps)
  })
  it.each([
    'Parcels have a tracking code and a status: registered, in transit, delivered',
    'Students sign up for courses and then pay',
    'Posts have a title and then a body',
    'A book is lent to a member',
  ])('leaves %j to others', (sentence) => {
    expect(readSequence(sentence)).toBeUndefined()
  })
})

describe('readStep and readLock', () => {
  it.each([
    ['Only paid orders can be shipped', { to: 'shipped', from: { only: ['paid'] } }],
    ['An order can only be shipped once it is paid', { to: 'shipped', from: { only: ['paid'] } }],
    ['Orders can be cancelled any time before shipping', { to: 'cancelled', from: { before: 'shipped' } }],
    ['Customers can cancel their order as long as it is not shipped', { to: 'cancelled', from: { before: 'shipped' } }],
    ['Closed tickets can be reopened', { verb: 'reopen', from: { only: ['closed'] } }],
    ['Photos can be cancelled at any time', { to: 'cancelled', from: 'anywhere' }],
  ])('reads the step of %j', (sentence, step) => {
    expect(readStep(sentence)).toMatchObject(step)
  })
  it.each([
    ['Once published it cannot be edited', { ops: ['update'], states: ['published'], only: false }],
    ['Paid invoices cannot be changed or deleted', { ops: ['update', 'delete'], states: ['paid'], only: false }],
    ['A post can only be edited while it is draft', { ops: ['update'], states: ['draft'], only: true }],
  ])('reads the lock of %j', (sentence, lock) => {
    expect(readLock(sentence)).toMatchObject(lock)
  })
})

describe('readActors', () => {
  it.each([
    ['Only managers can approve requests', 'managers', 'seen', ['approve requests'], []],
    ['Customers approve their jobs', 'Customers', 'own', ['approve jobs'], []],
    ['printers print them and mark them as collected', 'printers', 'seen', ['print them', 'collect them'], []],
    [
      'Assessors see all claims, assess them, approve and reject them',
      'Assessors',
      'seen',
      ['assess them', 'approve them', 'reject them'],
      ['Assessors see all claims'],
    ],
    ['Nobody may approve their own claim', 'nobody', 'others', ['approve claim'], []],
    ['An expense can not be approved by the person who submitted it', 'nobody', 'others', ['approve expense'], []],
    ['the warehouse packs and ships orders', 'the warehouse', 'seen', ['pack orders', 'ship orders'], []],
  ] as const)('reads who may take steps in %j', (sentence, who, whose, acts, rest) => {
    const found = readActors(sentence)
    expect(found?.actors).toMatchObject({ who, whose })
    expect(found?.actors.acts.map(({ verb, thing }) => `${verb} ${thing}`)).toEqual(acts)
    expect(found?.rest).toEqual(rest)
  })
  it.each([
    'Users can sign up and log in',
    'Members can borrow books',
    'Guests can read published posts',
    'We process orders',
  ])('leaves %j to others', (sentence) => {
    expect(readActors(sentence)).toBeUndefined()
  })
})

describe('verbOf', () => {
  it.each([
    ['approved', 'approve'],
    ['shipped', 'ship'],
    ['baked', 'bake'],
    ['queued', 'queue'],
    ['picked_up', 'pick_up'],
    ['in_progress', 'start'],
    ['verified', 'verify'],
    ['red', 'mark_red'],
  ])('names the step to %s %s', (state, verb) => {
    expect(verbOf(state)).toBe(verb)
  })
})

const architectureOf = (result: PlanResult) => {
  if (result.kind !== 'draft') throw new Error(JSON.stringify(result))
  expect(checkBlueprint(result.architecture)).toEqual([])
  return result.architecture
}

describe('states in a request', () => {
  const request =
    'A print shop: customers sign up and create print jobs with a title, and see only their own. A print job goes quoted, approved, printed, collected. Customers approve their jobs, printers print them. Nobody may collect their own job. Printed jobs cannot be deleted.'

  it('become steps, with who may take them, kept history, and what they forbid', () => {
    const { models, policies } = architectureOf(planSystem(request))
    const job = models.PrintJob!
    expect(job.fields.status).toMatchObject({
      values: ['quoted', 'approved', 'printed', 'collected'],
      default: 'quoted',
    })
    expect(job.states?.transitions).toMatchObject({
      approve: { from: ['quoted'], to: 'approved' },
      print: { from: ['approved'], to: 'printed' },
      collect: { from: ['printed'], to: 'collected' },
    })
    expect(job.history).toBe(true)
    expect(job.on?.delete?.require).toEqual([
      { check: "this.status != 'printed'", message: 'What is printed can no longer be deleted.' },
    ])
    expect(policies.roles.customer).toContain('print_jobs.api:approve@own')
    expect(policies.roles.customer?.join()).not.toMatch(/:print\b/)
    expect(policies.roles.printer).toContain('print_jobs.api:print')
    expect(job.states?.transitions.collect?.require?.[0]?.check).toBe('this.owner_id != me.id')
  })

  it('can come later, as a change', () => {
    const before = architectureOf(planSystem('Track repairs with a title and a price'))
    const after = architectureOf(planChange('Repairs go from received to diagnosed to repaired to picked up', before))
    expect(Object.keys(after.models.Repair!.states!.transitions)).toEqual(['diagnose', 'repair', 'pick_up'])
    expect(after.policies.roles.anyone).toContain('repairs.api:diagnose')
  })

  it('leave decisions to those who may change everything, until somebody is named', () => {
    const { policies } = architectureOf(
      planSystem(
        'Employees sign up and file expenses with an amount, each sees their own. An expense is submitted, then approved or rejected.',
      ),
    )
    expect(policies.roles.employee?.join()).not.toMatch(/approve/)
    expect(policies.roles.admin).toContain('expenses.api:*')
  })
})
