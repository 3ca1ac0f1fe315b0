import { describe, expect, it } from 'vitest'
import { decideIntent } from '../../bot/conversation/intents.ts'
import { addressedIn } from '../../bot/conversation/names.ts'
import { mentionsOf } from '../../bot/conversation/vocabulary.ts'
import { planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { realReader } from './support/pipeline.ts'

/** Decides in the thread of a system that was planned from a request. */
const inThreadOf = (request: string) => {
  const plan = planSystem(request)
  if (plan.kind !== 'draft') throw new Error(`no system comes of “${request}”`)
  const { name: slug, title = slug } = plan.architecture.system
  const names = { systems: [{ slug, title }], current: slug }
  return (text: string) =>
    decideIntent(text, {
      ...names,
      addressed: (said) => addressedIn(said, names),
      proposal: false,
      building: false,
      mentions: mentionsOf(plan.architecture),
      ...realReader,
    })
}

const library = inThreadOf(
  'Build me a lending library: books have a title and an author; clerks lend books to members, members return them',
)

const salon = inThreadOf('Build me a salon: services have a name and a price, customers book services')

const nursery = inThreadOf(
  'Build me a plant nursery. Growers add seedlings with a name, a title, a status (open, sold) and a price. Orders have a customer name and an amount.',
)

describe('what is ordered and then described', () => {
  it.each([
    'Build me a bakery. Bakers make orders with a customer name, a weight and a status: open, baked or gone. Orders that are still open after 3 days are cancelled.',
    'Build me an archive with user accounts. Documents have several photos up to 1 MB each. Only the owner may download the scan.',
    'Build me a lighthouse log with user accounts. Repairs have a title and a status (open, fixed, late). Once a week repairs that are still open are marked late.',
    'Make me a museum inventory. A room has a name. Visitors can look at exhibits without an account.',
  ])('is a system of its own, whatever words it shares: %s', (text) => {
    expect(nursery(text)).toMatchObject({ kind: 'new' })
  })
  it.each(['Build me a report of seedlings. It has a title.', 'Make me a list of orders. Sort it by price.'])(
    'is a part of the one at hand where it is called after it: %s',
    (text) => {
      expect(nursery(text).kind).not.toBe('new')
    },
  )
})

describe('in the thread of a system', () => {
  it.each([
    'Clerks also note the shelf',
    'Clerks also note the shelf of a book',
    'We also track suppliers with a phone',
    'Members can also renew loans',
    'We also keep suppliers: a name, a phone and an address',
    'Track suppliers with a phone too',
    'In addition, suppliers have a phone',
    'Suppliers with a name and a phone as well',
    'They have a phone',
    'There are branches with an address',
    'Everybody has a phone',
    'Users have a phone',
    'Books with a language and a number of pages',
    'Books have several copies, each with a barcode',
    'Authors have a biography and a birthday',
    'Make me a list of overdue loans',
    'Create a category for each book',
    'Add suppliers with a name and a phone',
    'We also need branches where members pick up books',
    'Also, build a report of overdue loans',
    'Only clerks may see members who are late',
    'A book can have several authors',
    'We need a waiting list',
    'I want fines for late returns',
  ])('changes it: "%s"', (text) => {
    expect(library(text)).toMatchObject({ kind: 'change' })
  })

  it.each([
    'Build me a recipe collection',
    'Build me a clinic: pets have visits',
    'Build me another library where members borrow books',
    'I need a new system: guests can book rooms',
    'Now build us a todo API with user authentication',
    'Create me a blog with posts and comments',
    'We also need an app for our suppliers',
    'We run a zoo and need a system for enclosures',
    'A recipe app with login',
    'A clinic: pets have visits, vets see all visits',
    'A gym where members book classes',
    'I need a help desk: customers open tickets, agents close them',
    'Podcast directory. Podcasts have a title, a host and a feed url.',
    'Make me a shop where people also rate books',
  ])('begins another one: "%s"', (text) => {
    expect(library(text)).toMatchObject({ kind: 'new' })
  })

  it.each([
    'We need a service for children',
    'Bookings can be moved to another service',
    'Customers can see the app',
    'Show services on the site',
  ])('takes what it holds for its own, whatever else it is called: "%s"', (text) => {
    expect(salon(text)).toMatchObject({ kind: 'change' })
  })

  it.each([
    ['Suppliers have a name and a phone', 'change'],
    ['Cleaners note the room', 'change'],
    ['We track suppliers with a phone', 'change'],
    ['The museum: exhibits have a title and a year', 'new'],
    ['Invoices with a number and an amount', 'new'],
    ['flashcards. front, back, deck', 'new'],
  ] as const)('may be both: "%s"', (text, likelier) => {
    expect(library(text)).toEqual({ kind: 'either', text, likelier })
  })

  it.each([
    'thanks, that looks great!',
    'Thank you so much, this is awesome',
    'that looks great',
    'Wow, that works really well, thanks',
    'I love it',
  ])('hears praise: "%s"', (text) => {
    expect(library(text)).toEqual({ kind: 'thanks' })
  })

  it.each(['hmm, not sure about this', 'Hmm', "I'm not sure", 'not sure about the price yet', 'let me think about it'])(
    'leaves time: "%s"',
    (text) => {
      expect(library(text)).toEqual({ kind: 'unsure' })
    },
  )

  it.each([
    'we need an app for iPhones',
    'We need a mobile app',
    'build us a website',
    'I want a website for our members',
    'add a user interface',
    'make me an Android app',
  ])('tells a page or an app from a system: "%s"', (text) => {
    expect(library(text)).toEqual({ kind: 'surface' })
  })

  it.each([
    ['this is not great, only clerks may delete', 'change'],
    ['not sure about fines, but members have a phone', 'either'],
    ['hmm, add a phone to members', 'change'],
    ['We need an app where members book classes', 'new'],
    ['I want you to delete everything', 'remove'],
  ] as const)('takes a wish for one: "%s"', (text, kind) => {
    expect(library(text)).toMatchObject({ kind })
  })
})
