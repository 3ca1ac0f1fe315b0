import { expect, it } from 'vitest'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'

const draftOf = (request: string) => {
  const plan = planSystem(request)
  if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
  return plan
}

it.each([
  [
    'Shifts have a start and an end. Nurses take shifts. Nurses may swap shifts if the head nurse approves.',
    'if the head nurse approves',
  ],
  [
    'Assignments have a title and a deadline. Students hand in essays before the deadline of the assignment.',
    'before the deadline of the assignment',
  ],
  ['Spots have a number. Residents reserve spots. Guests can reserve only on weekends.', 'only on weekends'],
  [
    'Rides have a route. Passengers reserve a seat on a ride. Passengers can cancel a reservation, but no later than one hour before departure.',
    'no later than one hour before departure',
  ],
])('names a condition of which nothing came: %s', (request, condition) => {
  const lines = draftOf(request).notCarried.filter((line) => line.includes(`“${condition}”`))
  expect(lines).toHaveLength(1)
  expect(lines[0]).toMatch(/^Not understood, so not built: /)
})

it.each([
  [
    'Teachers give lessons to pupils. Lessons have a room. A lesson is free for two pupils.',
    'A lesson is free for two pupils',
  ],
  [
    'Cooks sign up and publish recipes with a title. Readers rate recipes from 1 to 5. Recipes with less than two stars are hidden.',
    'Recipes with less than two stars are hidden',
  ],
  ['Claims have a total. Employees submit claims. Nobody can pay a claim in cash.', 'Nobody can pay a claim in cash'],
])('names a rule of which nothing came: %s', (request, rule) => {
  expect(draftOf(request).notCarried).toContain(`Not understood, so not built: “${rule}”.`)
})

it('does not name a restriction that is so anyway: its opposite would be something else', () => {
  expect(
    draftOf('Users sign up. Notes have a text. Users write notes. Nobody can see notes of others.').notCarried,
  ).toEqual([])
})

it.each([
  'Notes have a text. Users can add notes once signed in. Everybody can read them after registration.',
  'Bookings have a start and an end. The end must be after the start. A booking lasts at most 4 hours.',
  'Wagons have goods, a weight in tons and a UN number (only if dangerous). Loaders can change wagons.',
])('names no condition that was carried out, or that is none: %s', (request) => {
  expect(draftOf(request).notCarried.filter((line) => line.includes('”, in “'))).toEqual([])
})

it('takes no span of time for people', () => {
  const { architecture } = draftOf(
    'Users write reviews of restaurants with stars from 1 to 5. A review can be changed for 24 hours.',
  )
  expect(Object.keys(architecture.policies.roles)).toEqual(['user', 'admin'])
})

it.each([
  ['Moderators may delete posts if the club president agrees.', ['if the club president agrees']],
  ['Users can vote for posts, once per post.', []],
])('names it in changes too: %s', (change, conditions) => {
  const { architecture } = draftOf('Clubs have a name. Users sign up. Posts have a text and belong to a club.')
  const plan = planChange(change, architecture)
  expect(plan.kind === 'draft' && plan.notCarried).toEqual(
    conditions.map(() => `Not built: “${change.slice(0, -1)}”. Nothing here says whether that is so.`),
  )
})

it.each([
  ['Users can only edit a post within 15 minutes of posting it.', ['posts.api:create@own', 'posts.api:update']],
  ['Users may only delete posts until the evening.', ['posts.api:create@own', 'posts.api:delete']],
])('takes an "only" that belongs to a time for no limit to what people may do: %s', (said, grants) => {
  const { architecture } = draftOf(`Users sign up. Posts have a text. Users can post. ${said}`)
  expect(architecture.policies.roles.user).toEqual(expect.arrayContaining([...grants, 'posts.api:read']))
})

it.each(['I love you so much', 'make the moon bigger', 'This is great!'])('takes talk for no wish: %s', (said) => {
  const { architecture } = draftOf('Users sign up. Notes have a text.')
  expect([planChange(said, architecture).kind, planSystem(said).kind]).toEqual(['refusal', 'refusal'])
})
