import { describe, expect, it } from 'vitest'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { planEntry } from '../blueprint/planner/behaviour-c.ts'
import { type Caller, type System, startSystem } from '../generate/system.ts'
import { make, refused, step } from './outsiders.ts'

const tryOut = async (say: string | string[], tried: (system: System) => Promise<void>): Promise<void> => {
  const system = await startSystem({ yaml: canonicalArchitecture(planEntry({ say }).architecture).yaml })
  try {
    await tried(system)
  } finally {
    await system.stop()
  }
}

const withRole = async (system: System, admin: Caller, name: string, role: string) => {
  const person = await system.person(name)
  expect((await admin.ask('PATCH', `/v1/users/${person.id}`, { roles: [role] })).status).toBe(200)
  return person
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
        await done(boss, 'PATCH', `/v1/expense-claims/${claim.id}`, { reason: 'Train to Bonn, second class' })
        await done(admin, 'PATCH', `/v1/items/${item.id}`, { amount: 12 })
        await done(ann, 'PATCH', `/v1/items/${loose.id}`, { amount: 12 })
        await done(ann, 'DELETE', `/v1/expense-claims/${other.id}`)
        await done(admin, 'DELETE', `/v1/expense-claims/${claim.id}`)
      },
    ))
})
