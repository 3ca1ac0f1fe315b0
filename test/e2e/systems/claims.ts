import { expect } from 'vitest'
import { atOnce, type Story } from './story.ts'

export const claims: Story = {
  name: 'an insurance claims desk',
  says: [
    'We handle insurance claims. Claimants sign up and file claims with a policy number, a description and an amount, and see only their own claims. A claim is submitted, then assessed, then approved or rejected. Assessors see all claims, assess them, approve and reject them. Nobody may approve their own claim.',
  ],
  tests: {
    'is assessed before it is decided, and decided once': async (system) => {
      const claimant = await system.person('clara')
      const assessor = await system.person('aslan', 'assessor')
      const claim = await claimant.make('/v1/claims', { policy_number: 'P-1', description: 'Hail', amount: 812.5 })
      expect(claim.status).toBe('submitted')
      expect(await assessor.status('POST', `/v1/claims/${claim.id}/approve`)).toBe(409)
      expect((await assessor.act(`/v1/claims/${claim.id}/assess`)).status).toBe('assessed')
      const statuses = await atOnce(20, (index) =>
        assessor.call('POST', `/v1/claims/${claim.id}/${index % 2 ? 'approve' : 'reject'}`),
      )
      expect(statuses).toEqual({ 200: 1, 409: 19 })
    },
    'keeps claimants apart and from deciding': async (system) => {
      const [clara, carl] = [await system.person('clara'), await system.person('carl')]
      const claim = await clara.make('/v1/claims', { policy_number: 'P-2', description: 'Fire', amount: 10 })
      expect(await carl.status('GET', `/v1/claims/${claim.id}`)).toBe(404)
      expect(await carl.items('/v1/claims')).toEqual([])
      expect(await clara.status('POST', `/v1/claims/${claim.id}/assess`)).toBe(403)
    },
    'lets no assessor approve a claim of their own': async (system) => {
      const both = await system.person('bo', 'claimant', 'assessor')
      const other = await system.person('aslan', 'assessor')
      const claim = await both.make('/v1/claims', { policy_number: 'P-3', description: 'Flood', amount: 99 })
      await other.act(`/v1/claims/${claim.id}/assess`)
      expect([403, 404, 409]).toContain(await both.status('POST', `/v1/claims/${claim.id}/approve`))
      expect((await other.act(`/v1/claims/${claim.id}/approve`)).status).toBe('approved')
    },
  },
}
