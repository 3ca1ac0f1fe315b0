import { describe, expect, it } from 'vitest'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { fitSamples } from '../../pipeline/generate/tests-ruled.ts'
import { planEntry } from '../blueprint/planner/behaviour-c.ts'
import { type Caller, type System, startSystem } from '../generate/system.ts'
import { day, make, moment, refused, step, withRole } from './outsiders.ts'

const tryOut = async (say: string | string[], tried: (system: System) => Promise<void>): Promise<void> => {
  const system = await startSystem({ yaml: canonicalArchitecture(planEntry({ say }).architecture).yaml })
  try {
    await tried(system)
  } finally {
    await system.stop()
  }
}

const done = async (by: Caller, method: string, path: string, body?: object): Promise<void> => {
  const answer = await by.ask(method, path, body)
  expect([200, 201, 204], `${method} ${path} ${JSON.stringify(answer.body)}`).toContain(answer.status)
}

describe('what others decided on', { timeout: 120_000 }, () => {
  it('is changed by its maker no more, with all that it consists of', () =>
    tryOut(
      'Employees file expense claims with a reason. A claim has items with an amount. A manager approves or rejects a claim.',
      async (system) => {
        const admin = await system.admin()
        const boss = await withRole(system, admin, 'mia', 'manager')
        const ann = await system.person('ann')
        const claim = await make(ann, '/v1/expense-claims', { reason: 'Train' })
        const other = await make(ann, '/v1/expense-claims', { reason: 'Hotel' })
        const item = await make(ann, '/v1/items', { expense_claim_id: claim.id, amount: 10 })
        const loose = await make(ann, '/v1/items', { expense_claim_id: other.id, amount: 10 })
        await done(ann, 'PATCH', `/v1/items/${item.id}`, { amount: 11 })
        await done(ann, 'PATCH', `/v1/expense-claims/${claim.id}`, { reason: 'Train to Bonn' })
        await step(boss, `/v1/expense-claims/${claim.id}/approve`)
        const { detail } = await refused(ann, 'PATCH', `/v1/expense-claims/${claim.id}`, { reason: 'Plane' }, 409)
        expect(detail).toBe(
          'Once an expense claim is approved or rejected, its maker can no longer change or delete it.',
        )
        await refused(ann, 'DELETE', `/v1/expense-claims/${claim.id}`, undefined, 409)
        await refused(ann, 'POST', '/v1/items', { expense_claim_id: claim.id, amount: 5000 }, 409)
        await refused(ann, 'PATCH', `/v1/items/${item.id}`, { amount: 5000 }, 409)
        await refused(ann, 'PATCH', `/v1/items/${loose.id}`, { expense_claim_id: claim.id }, 409)
        await refused(ann, 'PATCH', `/v1/items/${item.id}`, { expense_claim_id: other.id }, 409)
        await refused(ann, 'DELETE', `/v1/items/${item.id}`, undefined, 409)
        await done(admin, 'PATCH', `/v1/expense-claims/${claim.id}`, { reason: 'Train to Bonn, second class' })
        await refused(boss, 'PATCH', `/v1/expense-claims/${claim.id}`, { reason: 'Tram' }, 403)
        await done(admin, 'PATCH', `/v1/items/${item.id}`, { amount: 12 })
        await done(ann, 'PATCH', `/v1/items/${loose.id}`, { amount: 12 })
        await done(ann, 'DELETE', `/v1/expense-claims/${other.id}`)
        await done(admin, 'DELETE', `/v1/expense-claims/${claim.id}`)
      },
    ))
})

describe('when bookings are made and called off', { timeout: 120_000 }, () => {
  it('is not got round by moving the booking', () =>
    tryOut(
      'Members book a court with a start and an end. Bookings can be made up to 14 days ahead and at least 2 hours ahead. A member can cancel up to 24 hours before it starts.',
      async (system) => {
        const admin = await system.admin()
        const ann = await system.person('ann')
        const court = await make(admin, '/v1/courts', { name: 'One' })
        const at = (hours: number) => ({ start: moment(hours), end: moment(hours + 1) })
        const soon = await make(ann, '/v1/bookings', { court_id: court.id, ...at(5) })
        const later = await make(ann, '/v1/bookings', { court_id: court.id, ...at(100) })
        await refused(ann, 'POST', '/v1/bookings', { court_id: court.id, ...at(400) }, 422)
        await refused(ann, 'POST', '/v1/bookings', { court_id: court.id, ...at(1) }, 409)
        await refused(ann, 'DELETE', `/v1/bookings/${soon.id}`, undefined, 409)
        const { detail } = await refused(ann, 'PATCH', `/v1/bookings/${soon.id}`, at(90), 409)
        expect(detail).toBe('A booking is moved to another time only while it can still be called off.')
        await refused(ann, 'PATCH', `/v1/bookings/${later.id}`, at(400), 422)
        await refused(ann, 'PATCH', `/v1/bookings/${later.id}`, at(1), 409)
        await done(ann, 'PATCH', `/v1/bookings/${soon.id}`, { end: moment(7) })
        await done(ann, 'PATCH', `/v1/bookings/${later.id}`, at(110))
        await done(admin, 'PATCH', `/v1/bookings/${soon.id}`, at(80))
        await done(ann, 'DELETE', `/v1/bookings/${later.id}`)
      },
    ))

  it('goes by the course, also where another one is booked instead', () =>
    tryOut(
      'Members book courses. A course has a title and a start. Bookings have an optional start time. Bookings can be made only until 2 hours before it starts. A member can cancel up to 24 hours before it starts.',
      async (system) => {
        const admin = await system.admin()
        const ann = await system.person('ann')
        const [over, soon, later] = await Promise.all(
          [1, 5, 100].map((hours) => make(admin, '/v1/courses', { title: 'Yoga', start: moment(hours) })),
        )
        await refused(ann, 'POST', '/v1/bookings', { course_id: over!.id, start_time: moment(500) }, 409)
        const late = await make(ann, '/v1/bookings', { course_id: soon!.id })
        const early = await make(ann, '/v1/bookings', { course_id: later!.id })
        await refused(ann, 'DELETE', `/v1/bookings/${late.id}`, undefined, 409)
        await refused(ann, 'PATCH', `/v1/bookings/${late.id}`, { course_id: later!.id }, 409)
        await refused(ann, 'PATCH', `/v1/bookings/${early.id}`, { course_id: over!.id }, 409)
        await done(ann, 'PATCH', `/v1/bookings/${late.id}`, { start_time: moment(30) })
        await done(ann, 'DELETE', `/v1/bookings/${early.id}`)
      },
    ))
})

describe('what the system sets', { timeout: 120_000 }, () => {
  it('is put right by staff, not by whose row it is', () =>
    tryOut(
      'Members sign up and borrow tools. A loan is due after 7 days. Members return tools. Staff manages tools and loans.',
      async (system) => {
        const admin = await system.admin()
        const keeper = await withRole(system, admin, 'kim', 'staff')
        const ann = await system.person('ann')
        const tool = await make(admin, '/v1/tools', { name: 'Saw' })
        await refused(ann, 'POST', '/v1/loans', { tool_id: tool.id, returned_on: day(0) }, 422)
        const loan = await make(ann, '/v1/loans', { tool_id: tool.id })
        expect(loan.due_on).toBe(day(7))
        await refused(ann, 'PATCH', `/v1/loans/${loan.id}`, { due_on: day(70) }, 403)
        await refused(ann, 'PATCH', `/v1/loans/${loan.id}`, { returned_on: day(-3) }, 403)
        await done(ann, 'PATCH', `/v1/loans/${loan.id}`, { borrowed_on: day(0) })
        await done(keeper, 'PATCH', `/v1/loans/${loan.id}`, { due_on: day(9) })
        expect((await step(ann, `/v1/loans/${loan.id}/return`)).returned_on).toBe(day(0))
        await refused(ann, 'PATCH', `/v1/loans/${loan.id}`, { returned_on: null }, 403)
        await done(keeper, 'PATCH', `/v1/loans/${loan.id}`, { returned_on: null })
      },
    ))

  it('lets a loan that was granted be returned, and nothing else', () =>
    tryOut(
      'Tools have a name. Members request loans. A loan is of a tool and has a reason. The board grants or declines loans. Members return loans.',
      async (system) => {
        const admin = await system.admin()
        const board = await withRole(system, admin, 'bo', 'board')
        const ann = await system.person('ann')
        const tool = await make(admin, '/v1/tools', { name: 'Saw' })
        const loan = await make(ann, '/v1/loans', { tool_id: tool.id, reason: 'Shed' })
        await step(board, `/v1/loans/${loan.id}/grant`)
        await refused(ann, 'PATCH', `/v1/loans/${loan.id}`, { reason: 'Boat' }, 409)
        await refused(ann, 'DELETE', `/v1/loans/${loan.id}`, undefined, 409)
        await step(ann, `/v1/loans/${loan.id}/return`)
      },
    ))
})

describe('what people see of each other', { timeout: 120_000 }, () => {
  it('is what they are called, not how to reach them', () =>
    tryOut('Members sign up. Members rate other members. Members follow each other.', async (system) => {
      const admin = await system.admin()
      const ann = await system.person('ann', { name: 'Ann' })
      const bob = await system.person('bob', { name: 'Bob' })
      const seen = await ann.ask('GET', `/v1/users/${bob.id}`)
      expect(seen.body).toMatchObject({ id: bob.id, name: 'Bob' })
      expect(JSON.stringify((await ann.ask('GET', '/v1/users')).body)).not.toContain('bob@')
      await done(ann, 'PUT', `/v1/users/${bob.id}/follow`)
      expect(JSON.stringify((await ann.ask('GET', `/v1/users/${bob.id}/followers`)).body)).not.toContain('@example')
      await refused(ann, 'GET', '/v1/users?email=bob@example.com', undefined, 422)
      expect((await bob.ask('GET', '/v1/auth/me')).body).toMatchObject({ email: 'bob@example.com', name: 'Bob' })
      expect((await admin.ask('GET', `/v1/users/${bob.id}`)).body).toMatchObject({ email: 'bob@example.com' })
    }))
})

it('leaves it to the generated tests to make, change and delete such rows', () => {
  for (const say of [
    'Employees file expense claims with a reason. A claim has items with an amount. A manager approves or rejects a claim.',
    'Members book a court with a start and an end. Bookings can be made up to 14 days ahead. A member can cancel up to 24 hours before it starts.',
  ]) {
    const { value } = canonicalArchitecture(planEntry({ say }).architecture)
    expect(fitSamples(value)).toEqual({ unmade: new Set(), undeletable: new Set() })
  }
})
