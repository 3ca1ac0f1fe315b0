import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { planned } from './planned.ts'
import { type Caller, type System, startSystem } from './system.ts'

type Row = { id: string; status: string; created_at: string }

describeOnEach('a waiting list', (createDatabase) => {
  let system: System
  let admin: Caller

  beforeAll(async () => {
    system = await startSystem({
      yaml: planned(
        'Volunteers sign up for a run. A run has a title and a date. At most 3 people per run. When a run is full, people go on a waiting list, and when somebody cancels, the first on the list gets the place.',
      ),
      database: await createDatabase(),
    })
    admin = await system.admin()
  })
  afterAll(() => system?.stop())

  it('fills each place once, however many come and go at the same time', async () => {
    const run = await admin.ask('POST', '/v1/runs', { title: 'Round the lake', date: '2030-05-01' })
    expect(run.status, JSON.stringify(run.body)).toBe(201)
    const people = await Promise.all(Array.from({ length: 8 }, (_, at) => system.person(`runner${at}`)))
    const made = await Promise.all(people.map((one) => one.ask('POST', '/v1/registrations', { run_id: run.body.id })))
    expect(made.map(({ status }) => status)).toEqual(people.map(() => 201))
    const rows = async (status: string): Promise<Row[]> =>
      (await admin.ask('GET', `/v1/registrations?status=${status}&sort=created_at`)).body.items
    expect(await rows('confirmed')).toHaveLength(3)
    expect(await rows('waiting')).toHaveLength(5)

    const [first] = await rows('waiting')
    const [leaving] = await rows('confirmed')
    const owner = people[made.findIndex(({ body }) => body.id === leaving!.id)]!
    expect((await owner.ask('DELETE', `/v1/registrations/${leaving!.id}`)).status).toBe(204)
    expect((await rows('confirmed')).map(({ id }) => id)).toContain(first!.id)

    const [waits, ...others] = await rows('waiting')
    const waiting = people[made.findIndex(({ body }) => body.id === waits!.id)]!
    expect((await waiting.ask('DELETE', `/v1/registrations/${waits!.id}`)).status).toBe(204)
    expect(await rows('confirmed')).toHaveLength(3)

    const two = (await rows('confirmed')).slice(0, 2)
    const gone = await Promise.all(two.map(({ id }) => admin.ask('DELETE', `/v1/registrations/${id}`)))
    expect(gone.map(({ status }) => status)).toEqual([204, 204])
    const now = await rows('confirmed')
    expect(now).toHaveLength(3)
    expect(now.map(({ id }) => id)).toEqual(expect.arrayContaining(others.slice(0, 2).map(({ id }) => id)))
  })

  it('says itself who waits', async () => {
    const run = await admin.ask('POST', '/v1/runs', { title: 'Up the hill', date: '2030-06-01' })
    const body = { run_id: run.body.id, status: 'confirmed' }
    expect((await admin.ask('POST', '/v1/registrations', body)).status).toBe(422)
  })
})

describe('what is lent for so long', () => {
  let system: System

  beforeAll(async () => {
    system = await startSystem({
      yaml: planned(
        'Books have a title. Members sign up and borrow a book for 14 days. Overdue loans are flagged every morning.',
      ),
    })
  })
  afterAll(() => system?.stop())

  it('is due then, and neither returned nor flagged from the start', async () => {
    const admin = await system.admin()
    const member = await system.person('reader')
    const book = await admin.ask('POST', '/v1/books', { title: 'Ulysses' })
    const loan = await member.ask('POST', '/v1/loans', { book_id: book.body.id })
    expect(loan.status, JSON.stringify(loan.body)).toBe(201)
    const day = new Date(Date.parse(loan.body.created_at) + 14 * 86_400_000).toISOString().slice(0, 10)
    expect(loan.body).toMatchObject({ due_on: day, returned_on: null, flagged: false })
    for (const more of [{ due_on: '2099-01-01' }, { returned_on: day }, { flagged: true }])
      expect((await member.ask('POST', '/v1/loans', { book_id: book.body.id, ...more })).status).toBe(422)
    // Who lent it says that it is back, as of today and of no other day.
    const today = loan.body.created_at.slice(0, 10)
    expect((await member.ask('PATCH', `/v1/loans/${loan.body.id}`, { returned_on: day })).status).toBe(403)
    const back = await member.ask('PATCH', `/v1/loans/${loan.body.id}`, { returned_on: today })
    expect([back.status, back.body.returned_on]).toEqual([200, today])
  })
})
