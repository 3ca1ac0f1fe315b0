import { expect, it } from 'vitest'
import { planSystem } from '../../../pipeline/blueprint/planner/plan.ts'

it.each([
  'Boards have a name and users see only their own boards.',
  'Boards have a name and users can see only their own boards.',
  'Boards have a name, users only see their own boards.',
])('reads a right that follows fields in one sentence as a right: %s', (said) => {
  const plan = planSystem(`Users sign up. ${said}`)
  if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
  expect(plan.architecture.policies.roles.user).toEqual(['boards.api:*@own'])
  expect(plan.notCarried).toEqual([])
})

it('leaves fields that are called like people alone', () => {
  const plan = planSystem('TLS certificates: common name (unique), issuer, hosts (list of strings).')
  if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
  expect(plan.architecture.models.TlsCertificate!.fields).toHaveProperty('hosts')
  expect(plan.architecture.policies.roles).toEqual({})
})
