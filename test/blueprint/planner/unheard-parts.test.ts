import { expect, it } from 'vitest'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { PlanResult } from '../../../pipeline/blueprint/planner/result.ts'

const draftOf = (plan: PlanResult) => {
  if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
  return plan
}
const namedIn = (plan: PlanResult): string[] =>
  draftOf(plan).notCarried.filter((line) => line.startsWith('Nothing came of'))

it.each([
  ['Books have a title. Members sign up and review books, weighted by karma.', 'by karma'],
  ['Airports have an iata code (unique, in bold letters), a name and a city. No login.', 'in bold letters'],
  ['Bakers sign up and return books, weighed by the kilo. Books have a title.', 'by the kilo'],
])('names a part of which nothing came: %s', (request, part) => {
  const lines = namedIn(planSystem(request))
  expect(lines).toHaveLength(1)
  expect(lines[0]).toContain(`“${part}”`)
})

it.each([
  'Books have a title and an author. Members sign up and borrow books for 14 days.',
  'A booking system for our village hall: halls have a name, bookings have a start and an end. No login.',
  'Employees sign up. Requests have a title and an amount in euros. Nobody can delete a request.',
  'Orders have an address. Customers sign up and cancel their own orders. An order has lines with an amount.',
])('names none where all was understood, or only said what it is for: %s', (request) => {
  expect(namedIn(planSystem(request))).toEqual([])
})

it('names a part of a change', () => {
  const { architecture } = draftOf(planSystem('Books have a title. No login.'))
  const plan = planChange('Add a page count to books, and tell the press', architecture)
  expect(draftOf(plan).architecture.models.Book!.fields).toHaveProperty('page_count')
  expect(draftOf(plan).notCarried).toEqual([expect.stringContaining('tell the press')])
})
