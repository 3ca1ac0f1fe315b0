import { expect } from 'vitest'
import type { Body, Story } from './story.ts'

export const donations: Story = {
  name: 'a donation drive',
  says: [
    'A donation drive without any login: campaigns have a title and a goal in euros. Donations belong to a campaign and have an amount, a donor name and the date they were given on. Show the donations per month and campaign with their total. Each campaign shows the total of its donations and how many there are.',
  ],
  tests: {
    'adds up per month and campaign, exactly': async ({ nobody }) => {
      const campaign = await nobody.make('/v1/campaigns', { title: 'Roof', goal: 1000 })
      const give = (amount: number, on: string) =>
        nobody.make('/v1/donations', { campaign_id: campaign.id, amount, donor_name: 'Dora', given_on: on })
      for (const [amount, on] of [
        [10.1, '2027-01-05'],
        [20.2, '2027-01-31'],
        [0.1, '2027-02-01'],
      ] as const)
        await give(amount, on)
      const views = Object.keys((await nobody.get('/openapi.json')).paths).filter((path) =>
        /donations\/[a-z-]+$/.test(path),
      )
      expect(views).toHaveLength(1)
      const rows: Body[] = (await nobody.items(views[0]!)).filter((row) => Object.values(row).includes(campaign.id))
      expect(rows).toHaveLength(2)
      const january = rows.find((row) => JSON.stringify(row).includes('2027-01'))
      expect(Object.values(january)).toContain(30.3)
    },
    'shows each campaign its total and its number': async ({ nobody }) => {
      const campaign = await nobody.make('/v1/campaigns', { title: 'Bells', goal: 500 })
      for (const amount of [5.5, 4.5])
        await nobody.make('/v1/donations', {
          campaign_id: campaign.id,
          amount,
          donor_name: 'Dan',
          given_on: '2027-03-01',
        })
      const shown = await nobody.get(`/v1/campaigns/${campaign.id}`)
      expect(Object.values(shown)).toContain(10)
      expect(Object.values(shown)).toContain(2)
    },
  },
}
