import { expect } from 'vitest'
import type { Running, Story } from './story.ts'

const committee = async (system: Running) => {
  const admin = await system.admin()
  const [chair, member, stranger] = [
    await system.person('chair'),
    await system.person('member'),
    await system.person('stranger'),
  ]
  const made = await admin.make('/v1/committees', { name: 'Garden' })
  await admin.make('/v1/committee-members', { committee_id: made.id, user_id: chair.id, role: 'chair' })
  await chair.make('/v1/committee-members', { committee_id: made.id, user_id: member.id, role: 'member' })
  return { made, chair, member, stranger }
}

export const committees: Story = {
  name: 'a co-operative',
  says: [
    'A co-operative has committees with a name. A committee has members; a member is a chair or an ordinary member. Minutes belong to a committee and have a date and a text. Only members of a committee may read its minutes. Chairs can invite members and write minutes.',
  ],
  tests: {
    'shows minutes to members and to nobody else': async (system) => {
      const { made, chair, member, stranger } = await committee(system)
      const minutes = await chair.make('/v1/minutes', { committee_id: made.id, date: '2027-01-01', text: 'We met.' })
      expect((await member.get(`/v1/minutes/${minutes.id}`)).text).toBe('We met.')
      expect(await member.items('/v1/minutes')).toHaveLength(1)
      expect(await stranger.status('GET', `/v1/minutes/${minutes.id}`)).toBe(404)
      expect(await stranger.items('/v1/minutes')).toEqual([])
    },
    'lets chairs invite and write, and members not': async (system) => {
      const { made, member, stranger } = await committee(system)
      const invite = { committee_id: made.id, user_id: stranger.id, role: 'member' }
      expect(await member.status('POST', '/v1/committee-members', invite)).toBe(403)
      const text = { committee_id: made.id, date: '2027-01-01', text: 'No.' }
      expect(await member.status('POST', '/v1/minutes', text)).toBe(403)
      expect(await stranger.status('POST', '/v1/minutes', text)).toBe(403)
    },
    'makes nobody chair of another committee': async (system) => {
      const [one, two] = [await committee(system), await committee(system)]
      const text = { committee_id: two.made.id, date: '2027-01-01', text: 'Not mine.' }
      expect(await one.chair.status('POST', '/v1/minutes', text)).toBe(403)
    },
  },
}
