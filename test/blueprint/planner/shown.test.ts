import { describe, expect, it } from 'vitest'
import { checkBlueprint } from '../../../pipeline/blueprint/check.ts'
import { readShown } from '../../../pipeline/blueprint/planner/behaviour/shown/read-shown.ts'
import { planSystem } from '../../../pipeline/blueprint/planner/plan.ts'

describe('readShown', () => {
  it.each([
    ['Each photo shows how many votes it has', 'photo', [{ take: 'count', of: 'votes' }]],
    ['Show the number of comments on each post', 'post', [{ take: 'count', of: 'comments' }]],
    ['A film shows the average rating of its reviews', 'film', [{ take: 'avg', of: 'reviews', field: 'rating' }]],
    ['The balance of an account is the sum of its bookings', 'account', [{ take: 'sum', of: 'bookings' }]],
    ['Each course shows how many seats are left', 'course', [{ take: 'left', of: 'seats' }]],
    ['Tools show whether they have open loans', 'Tools', [{ take: 'exists', of: 'open loans' }]],
  ])('reads %j', (sentence, thing, values) => {
    expect(readShown(sentence)).toMatchObject({ thing, values })
  })
  it.each([
    'A course has a number of seats',
    'Show the donations per month',
    'Products have a price and the total stock',
  ])('leaves %j to others', (sentence) => {
    expect(readShown(sentence)).toBeUndefined()
  })
})

const computedOf = (request: string, model: string) => {
  const result = planSystem(request)
  if (result.kind !== 'draft') throw new Error(JSON.stringify(result))
  expect(checkBlueprint(result.architecture)).toEqual([])
  expect(result.notCarried).toEqual([])
  return result.architecture.models[model]!.computed
}

describe('values that are shown and not stored', () => {
  it('are totals, counts and shares of what was spoken of', () => {
    const request =
      'Campaigns have a title and a goal in euros. Donations belong to a campaign and have an amount. Each campaign shows the total of its donations, how many there are and the progress towards the goal.'
    expect(computedOf(request, 'Campaign')).toMatchObject({
      total_amount: { type: 'decimal', over: { take: 'sum', from: 'Donation.campaign_id', field: 'amount' } },
      donations_count: { type: 'int', over: { take: 'count', from: 'Donation.campaign_id' } },
      percent_of_goal: { expr: 'this.total_amount * 100 / this.goal' },
    })
  })
  it('count only those of which an adjective speaks', () => {
    const request =
      'Projects have a name. Tasks belong to a project and have a title and are done or not. Each project shows the number of open tasks.'
    expect(computedOf(request, 'Project')).toMatchObject({
      open_tasks_count: { over: { take: 'count', where: '!that.done' } },
    })
  })
  it('reach through the rows between two things', () => {
    const request = 'Courses have a title. Students enrol in courses. Each course shows how many students it has.'
    expect(Object.values(computedOf(request, 'Course')!)).toMatchObject([
      { over: { take: 'count', from: expect.stringMatching(/^Enrol/) } },
    ])
  })
})
