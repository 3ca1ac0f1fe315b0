import { expect } from 'vitest'
import type { Running, Story } from './story.ts'

const job = async (system: Running) => {
  const customer = await system.person('carla')
  const printer = await system.person('piet', 'printer')
  const made = await customer.make('/v1/print-jobs', { title: 'Posters', pages: 40 })
  return { customer, printer, made }
}

export const printShop: Story = {
  name: 'a print shop',
  says: [
    'A print shop: customers sign up and create print jobs with a title and a number of pages, and see only their own. A print job goes quoted, approved, printed, collected and cannot skip a step. Customers approve their jobs, printers print them and mark them as collected. When a job is printed, the front desk is told.',
  ],
  tests: {
    'goes step by step and skips none': async (system) => {
      const { customer, printer, made } = await job(system)
      expect(made.status).toBe('quoted')
      const early = await printer.call('POST', `/v1/print-jobs/${made.id}/print`)
      expect(early.status).toBe(409)
      expect(early.body.detail).toMatch(/quoted/)
      expect((await customer.act(`/v1/print-jobs/${made.id}/approve`)).status).toBe('approved')
      expect((await printer.act(`/v1/print-jobs/${made.id}/print`)).status).toBe('printed')
      expect((await printer.act(`/v1/print-jobs/${made.id}/collect`)).status).toBe('collected')
    },
    'lets nobody write the state, and nobody else take the steps': async (system) => {
      const { customer, made } = await job(system)
      expect(await customer.status('PATCH', `/v1/print-jobs/${made.id}`, { status: 'collected' })).toBe(422)
      await customer.act(`/v1/print-jobs/${made.id}/approve`)
      expect(await customer.status('POST', `/v1/print-jobs/${made.id}/print`)).toBe(403)
      const other = await system.person('olga')
      expect(await other.status('POST', `/v1/print-jobs/${made.id}/approve`)).toBe(404)
    },
    'tells the front desk when it is printed, once, and nobody else': async (system) => {
      const desk = await system.person('frida', 'front_desk')
      const before = (await desk.items('/v1/notifications')).length
      const { customer, printer, made } = await job(system)
      await customer.act(`/v1/print-jobs/${made.id}/approve`)
      expect(await desk.items('/v1/notifications')).toHaveLength(before)
      await printer.act(`/v1/print-jobs/${made.id}/print`)
      expect(await desk.items('/v1/notifications')).toHaveLength(before + 1)
      expect(await customer.items('/v1/notifications')).toEqual([])
    },
    'keeps who did what when': async (system) => {
      const { customer, made } = await job(system)
      await customer.act(`/v1/print-jobs/${made.id}/approve`)
      const history = await customer.items(`/v1/print-jobs/${made.id}/history`)
      expect(JSON.stringify(history)).toContain('approve')
      expect(JSON.stringify(history)).toContain(customer.id)
    },
  },
}
