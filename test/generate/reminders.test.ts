import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { planned } from './planned.ts'
import { type Caller, type Person, type System, startSystem } from './system.ts'
import { emitFrom } from './write.ts'

const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString()
const inDays = (days: number): string => inHours(days * 24).slice(0, 10)

const make = async (by: Caller, path: string, body: object): Promise<string> => {
  const answer = await by.ask('POST', path, body)
  expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(201)
  return answer.body.id
}

const texts = async (person: Caller): Promise<string[]> => {
  const { body } = await person.ask('GET', '/v1/notifications')
  return body.items.map(({ text }: { text: string }) => text)
}

/** "2030-01-31 09:30 UTC" */
const written = (moment: string): string => `${moment.slice(0, 16).replace('T', ' ')} UTC`

describeOnEach('a reminder of the day before', (createDatabase) => {
  let system: System
  let admin: Caller
  let ann: Person
  let ben: Person

  beforeAll(async () => {
    system = await startSystem({
      yaml: planned(
        'A yoga studio. Classes have a title and a start time. Members book classes. Bookings are requested, confirmed or cancelled. Members can cancel bookings. Remind members the day before their class.',
      ),
      database: await createDatabase(),
    })
    admin = await system.admin()
    ann = await system.person('ann')
    ben = await system.person('ben')
  })
  afterAll(() => system?.stop())

  const run = async (): Promise<void> => {
    const { status, body } = await admin.ask('POST', '/v1/admin/timers/remind_members/run')
    expect(status, JSON.stringify(body)).toBe(200)
  }

  it('is there once for each who booked, of what is near and not cancelled, and again where its time changes', async () => {
    const soon = inHours(20)
    const yoga = await make(admin, '/v1/classes', { title: 'Yoga', start_time: soon })
    const far = await make(admin, '/v1/classes', { title: 'Boxing', start_time: inHours(50) })
    const over = await make(admin, '/v1/classes', { title: 'Rowing', start_time: inHours(-2) })
    const booked = await make(ann, '/v1/bookings', { class_id: yoga })
    for (const class_id of [far, over]) await make(ann, '/v1/bookings', { class_id })
    const cancelled = await make(ben, '/v1/bookings', { class_id: yoga })
    for (const step of ['confirm', 'cancel'])
      expect((await admin.ask('POST', `/v1/bookings/${cancelled}/${step}`)).status, step).toBe(200)

    await run()
    const text = `Reminder: your class “Yoga” begins on ${written(soon)}.`
    expect(await texts(ann)).toEqual([text])
    expect(await texts(ben)).toEqual([])
    await run()
    expect(await texts(ann)).toEqual([text])

    // Who throws it away, or changes the booking, is not reminded again.
    const { body } = await ann.ask('GET', '/v1/notifications')
    expect((await ann.ask('DELETE', `/v1/notifications/${body.items[0].id}`)).status).toBe(204)
    await run()
    expect(await texts(ann)).toEqual([])

    const later = inHours(22)
    expect((await admin.ask('PATCH', `/v1/classes/${yoga}`, { start_time: later })).status).toBe(200)
    await run()
    expect(await texts(ann)).toEqual([text.replace(written(soon), written(later))])
    expect((await ann.ask('GET', `/v1/bookings/${booked}`)).body.status).toBe('requested')
  })

  it('is remembered where nobody but administrators looks, and nobody writes', async () => {
    const kept = await admin.ask('GET', '/v1/booking-reminders')
    expect(kept.body.items).toHaveLength(2)
    const one = `/v1/booking-reminders/${kept.body.items[0].id}`
    expect((await ann.ask('GET', '/v1/booking-reminders')).status).toBe(403)
    for (const by of [ann, admin]) expect((await by.ask('DELETE', one)).status).toBe(405)
  })
})

describe('reminders of what is due', () => {
  let system: System

  beforeAll(async () => {
    system = await startSystem({
      yaml: planned(
        'Books have a title. Members sign up. Librarians lend books to members. A loan has a member, a due date and a returned on date. Members see their own loans. Remind borrowers three days before the due date. Remind people who have not returned a book one day after it was due.',
      ),
    })
  })
  afterAll(() => system?.stop())

  it('come before and after the day, and not for what is back', async () => {
    const admin = await system.admin()
    const ann = await system.person('ann')
    const loan = async (title: string, due: number): Promise<string> => {
      const book_id = await make(admin, '/v1/books', { title })
      return make(admin, '/v1/loans', { book_id, member_id: ann.id, due_date: inDays(due) })
    }
    await loan('Ulysses', 2)
    await loan('Emma', 9)
    await loan('Dracula', 0)
    await loan('Faust', -4)
    const back = await loan('Hamlet', 1)
    expect((await admin.ask('PATCH', `/v1/loans/${back}`, { returned_on: inDays(0) })).status).toBe(200)
    const run = async (): Promise<void> => {
      for (const timer of ['remind_borrowers', 'remind_of_loan'])
        expect((await admin.ask('POST', `/v1/admin/timers/${timer}/run`)).status).toBe(200)
    }
    const all = [
      `Reminder: your loan (book “Dracula”) is due on ${inDays(0)}.`,
      `Reminder: your loan (book “Faust”) was due on ${inDays(-4)}.`,
      `Reminder: your loan (book “Ulysses”) is due on ${inDays(2)}.`,
    ]
    await run()
    expect((await texts(ann)).toSorted()).toEqual(all)
    await run()
    expect((await texts(ann)).toSorted()).toEqual(all)
  })
})

it('loads nothing in a loop under a name that the query of the loop uses', () => {
  const code = String(
    emitFrom(
      planned(
        'Classes have a title and a start time. Members book classes. Remind members the day before their class.',
      ),
    ).get('app/components/bookings/component.py'),
  )
  const taken = new Set([...code.matchAll(/\blambda (\w+):/g)].map(([, name]) => name))
  const loaded = [...code.matchAll(/^ {12}(\w+) = await /gm)].map(([, name]) => name)
  expect(taken).toContain('class_')
  expect(loaded.length).toBeGreaterThan(0)
  expect(loaded.filter((name) => taken.has(name!))).toEqual([])
})
