import { expect } from 'vitest'
import { atOnce, type Running, type Story } from './story.ts'

const shelf = async (system: Running, copies: number) => {
  const librarian = await system.person('lib', 'librarian')
  const tool = await librarian.make('/v1/tools', { name: 'Drill', copies })
  return { librarian, tool }
}

export const tools: Story = {
  name: 'a tool library',
  says: [
    'Build a tool library. Tools have a name and a number of copies. Librarians manage the tools, everybody can see them. Members sign up and borrow tools; a loan has a due date. A tool cannot be lent more often than there are copies. Members return their loans.',
  ],
  tests: {
    'lends no more than there are copies': async (system) => {
      const { tool } = await shelf(system, 2)
      const member = await system.person('mia')
      const loan = { tool_id: tool.id, due_date: '2027-01-31' }
      await member.make('/v1/loans', loan)
      await member.make('/v1/loans', loan)
      const third = await member.call('POST', '/v1/loans', loan)
      expect(third.status).toBe(409)
    },
    'lends a copy again after it came back': async (system) => {
      const { tool } = await shelf(system, 1)
      const [mia, noah] = [await system.person('mia'), await system.person('noah')]
      const loan = { tool_id: tool.id, due_date: '2027-01-31' }
      const first = await mia.make('/v1/loans', loan)
      expect(await noah.status('POST', '/v1/loans', loan)).toBe(409)
      expect(await noah.status('POST', `/v1/loans/${first.id}/return`)).toBe(404)
      await mia.act(`/v1/loans/${first.id}/return`)
      expect(await mia.status('POST', `/v1/loans/${first.id}/return`)).toBe(409)
      await noah.make('/v1/loans', loan)
    },
    'gives exactly five of twenty members the five copies': async (system) => {
      const { tool } = await shelf(system, 5)
      const member = await system.person('many')
      const statuses = await atOnce(20, () =>
        member.call('POST', '/v1/loans', { tool_id: tool.id, due_date: '2027-01-31' }),
      )
      expect(statuses).toEqual({ 201: 5, 409: 15 })
    },
    'lets only librarians keep the tools': async (system) => {
      const member = await system.person('mia')
      expect(await member.status('POST', '/v1/tools', { name: 'Saw', copies: 1 })).toBe(403)
      expect(await system.nobody.status('POST', '/v1/loans', {})).toBe(401)
    },
  },
}
