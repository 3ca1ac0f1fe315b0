import { expect, it } from 'vitest'
import { checkBlueprint } from '../../../pipeline/blueprint/check.ts'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import { linesOf } from './behaviour-lines.ts'

const draftOf = (request: string) => {
  const plan = planSystem(request)
  if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
  return plan
}

const auctions =
  'Sellers put up auctions with a title, a starting price and an end time. Bidders place bids on auctions; a bid has an amount.'
const rides = 'Drivers offer rides with a route and a departure time. Users can join rides.'
const clubs = 'Clubs have a name and are open or closed. Users sign up. Posts have a text and belong to a club.'
const posts = 'Users sign up. Posts have a text. Users write posts.'
const essays =
  'Assignments have a title and a deadline. Students sign up and hand in essays for an assignment. An essay has a text.'
const orders = 'Orders have a number and a status (placed, paid, shipped). Customers place orders.'
const events = 'Events have a name, a date and a registration deadline. Members register for events.'

it.each([
  [clubs, 'Users can post while the club is open.', 'Post on create require this.club.status == "open"'],
  [
    clubs,
    'Users can only write posts as long as their club is open.',
    'Post on create require this.club.status == "open"',
  ],
  [clubs, 'Once a club is closed, nobody can post.', 'Post on create require this.club.status != "closed"'],
  [clubs, 'In a closed club nobody can post.', 'Post on create require this.club.status != "closed"'],
  [clubs, 'No posts can be added to closed clubs.', 'Post on create require this.club.status != "closed"'],
  [auctions, 'The seller cannot bid on their own auction.', 'Bid on create require this.auction.owner_id != me.id'],
  [auctions, 'Nobody can bid on his own auction.', 'Bid on create require this.auction.owner_id != me.id'],
  [
    auctions,
    'Bids are only possible until the auction ends.',
    'Bid on create require this.auction.end_time == null || this.auction.end_time > now',
  ],
  [
    auctions,
    'Nobody can bid after the auction has ended.',
    'Bid on create require this.auction.end_time == null || this.auction.end_time > now',
  ],
  [rides, "Drivers can't join their own rides.", 'Membership on create require this.ride.owner_id != me.id'],
  [
    rides,
    'A ride cannot be deleted once somebody has joined.',
    'Ride on delete require !Membership.exists(other, other.ride_id == this.id)',
  ],
  [
    rides,
    'Users can only join a ride before it departs.',
    'Membership on create require this.ride.departure_time > now',
  ],
  [posts, 'Posts can be edited for ten minutes.', 'Post on update require now <= this.created_at + duration("10m")'],
  [
    posts,
    'Users can only edit a post within 15 minutes of posting it.',
    'Post on update require now <= this.created_at + duration("15m")',
  ],
  [
    essays,
    'Essays cannot be changed after the deadline.',
    'Essay on update require this.assignment.deadline == null || this.assignment.deadline >= today()',
  ],
  [
    essays,
    'Students hand in essays before the deadline of the assignment.',
    'Essay on create require this.assignment.deadline == null || this.assignment.deadline >= today()',
  ],
  [orders, 'An order can only be deleted before it is shipped.', 'Order on delete require this.status != "shipped"'],
  [
    events,
    'Members can register until the registration deadline.',
    'Registration on create require this.event.registration_deadline == null || this.event.registration_deadline >= today()',
  ],
  [
    'Members borrow books. A book has a title.',
    'Members can only borrow books until 6 pm.',
    'Loan on create require hourOf(now) < 18',
  ],
  [
    'Cooks sign up and publish recipes with a title. Readers rate a recipe from 1 to 5.',
    'Readers can not rate their own recipes.',
    'Rating on create require this.recipe.owner_id != me.id',
  ],
  [
    'Cars have a plate and a battery level. Users sign up and reserve a car from a time to a time.',
    'A car with less than 20 percent battery cannot be reserved.',
    'Reservation on create require this.car.battery_level >= 20',
  ],
  [
    'Classes have a title and a start time. Members book classes.',
    'A booking can be cancelled up to 12 hours before the class starts.',
    'Booking on delete require now + duration("12h") <= this.class.start_time',
  ],
])('%s %s', (about, said, line) => {
  const plan = draftOf(`${about} ${said}`)
  expect(linesOf(plan.architecture)).toContain(line)
  expect(checkBlueprint(plan.architecture)).toEqual([])
  expect(plan.notCarried).toEqual([])
  expect(plan.understood.join('\n')).toContain(said.slice(-12))
})

it.each([
  [clubs, 'users can only post while the club is open', 'Post on create require this.club.status == "open"'],
  [auctions, 'sellers cannot bid on their own auctions', 'Bid on create require this.auction.owner_id != me.id'],
  [posts, 'posts can be edited for ten minutes', 'Post on update require now <= this.created_at + duration("10m")'],
])('%s: as a change: %s', (about, said, line) => {
  const plan = planChange(said, draftOf(about).architecture)
  if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
  expect(linesOf(plan.architecture)).toContain(line)
})

it.each([
  [clubs, 'Users can post while the moon is full.', 'while the moon is full'],
  [posts, 'Users can only edit a post if the editor agrees.', 'if the editor agrees'],
])('names a condition that nothing here could mean: %s %s', (about, said, condition) => {
  const { architecture, notCarried } = draftOf(`${about} ${said}`)
  expect(notCarried.join('\n')).toContain(`“${condition}”`)
  expect(linesOf(architecture).filter((line) => / require /.test(line))).toEqual([])
})

it('shows those who offer something only what belongs to their own', () => {
  const plan = draftOf(
    'Landlords list apartments with a rent and rooms. Tenants apply for an apartment with a letter. A landlord sees only applications for their own apartments.',
  )
  const lines = linesOf(plan.architecture)
  expect(lines).toContain('landlord may applications.api:list where this.apartment.owner_id == me.id')
  expect(lines).toContain('Application field letter string >=1 <=200')
  expect(lines.filter((line) => /^landlord may applications\.api:(?:list|read)(?! where)/.test(line))).toEqual([])
  expect(checkBlueprint(plan.architecture)).toEqual([])
})
