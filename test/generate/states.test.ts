import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { type Caller, fixture, type Person, type System, startSystem } from './system.ts'

describeOnEach('the print shop', (createDatabase, engine) => {
  let system: System
  let ann: Person
  let ben: Person
  let clerk: Person

  beforeAll(async () => {
    const database = await createDatabase()
    system = await startSystem({ yaml: fixture('print-shop'), database })
    const admin = await system.admin()
    ann = await system.person('ann')
    ben = await system.person('ben')
    clerk = await system.person('clerk')
    await admin.ask('PATCH', `/v1/users/${clerk.id}`, { roles: ['clerk'] })
  })
  afterAll(() => system?.stop())

  const job = async (more = {}) => (await ann.ask('POST', '/v1/print-jobs', { title: 'Poster', ...more })).body
  const step = (who: Caller, id: string, name: string, body?: object, headers = {}) =>
    who.ask('POST', `/v1/print-jobs/${id}/${name}`, body, headers)

  it('goes from state to state, and skips none', async () => {
    const { id, status } = await job()
    expect(status).toBe('submitted')
    const early = await step(clerk, id, 'print')
    expect([early.status, early.body.detail]).toEqual([409, 'It is submitted; only what is approved can be printed.'])
    const quoted = await step(clerk, id, 'quote', { price: 12.5 })
    expect([quoted.status, quoted.body.status, quoted.body.price]).toEqual([200, 'quoted', 12.5])
    expect(quoted.headers.get('etag')).toBe('"2"')
    expect((await step(ann, id, 'approve')).body.status).toBe('approved')
    const printed = await step(clerk, id, 'print')
    expect([printed.body.status, printed.body.printed_at]).toEqual(['printed', expect.stringMatching(/Z$/)])
    const late = await step(ann, id, 'cancel')
    expect(late.body.detail).toBe('It is printed; only what is submitted, quoted or approved can be cancelled.')
  })

  it('lets nobody write the state, nor take a step that is not theirs', async () => {
    const { id } = await job()
    const written = await clerk.ask('PATCH', `/v1/print-jobs/${id}`, { status: 'printed' })
    expect([written.status, written.body.errors[0].pointer]).toEqual([422, '/status'])
    const made = await ann.ask('POST', '/v1/print-jobs', { title: 'x', status: 'printed' })
    expect([made.status, made.body.errors[0].pointer]).toEqual([422, '/status'])
    expect((await step(ann, id, 'quote', { price: 1 })).status).toBe(403)
    expect((await step(ben, id, 'cancel')).status).toBe(404)
    expect((await step(system, id, 'cancel')).status).toBe(401)
    expect((await step(ann, '00000000-0000-4000-8000-000000000000', 'cancel')).status).toBe(404)
  })

  it('asks what a step requires, of the row and of what is sent', async () => {
    const { id } = await job({ copies: 600 })
    const free = await step(clerk, id, 'quote', { price: 0 })
    expect([free.status, free.body.detail]).toEqual([422, 'A quote is more than nothing.'])
    expect((await step(clerk, id, 'quote', {})).status).toBe(422)
    expect((await step(clerk, id, 'quote', { price: 1, colour: 'red' })).status).toBe(422)
    await step(clerk, id, 'quote', { price: 1 })
    await step(ann, id, 'approve')
    expect((await step(clerk, id, 'print')).body.detail).toBe('So many copies are printed elsewhere.')
  })

  it('keeps rules between the state and other values', async () => {
    const { id } = await job()
    await step(clerk, id, 'quote', { price: 1 })
    const unpriced = await clerk.ask('PATCH', `/v1/print-jobs/${id}`, { price: null })
    expect([unpriced.status, unpriced.body.errors[0].pointer]).toEqual([422, '/price'])
  })

  it('takes a step once, however many take it, and knows a repeated request', async () => {
    const { id } = await job()
    await step(clerk, id, 'quote', { price: 1 })
    const answers = await Promise.all(Array.from({ length: 20 }, () => step(ann, id, 'approve')))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(409)])
    const key = { 'idempotency-key': `print-${engine}` }
    const first = await step(clerk, id, 'print', undefined, key)
    expect((await step(clerk, id, 'print', undefined, key)).body).toEqual(first.body)
    const stale = await step(clerk, id, 'collect', undefined, { 'if-match': '"1"' })
    expect(stale.status).toBe(412)
  })

  it('remembers who did what, without secrets', async () => {
    const { id } = await job({ door_code: '4711' })
    await step(clerk, id, 'quote', { price: 7 })
    await ann.ask('PATCH', `/v1/print-jobs/${id}`, { title: 'Banner', door_code: '0815' })
    await step(ann, id, 'cancel')
    const { status, body } = await ann.ask('GET', `/v1/print-jobs/${id}/history`)
    expect(status).toBe(200)
    const told = body.items.map((each: Record<string, unknown>) => [
      each.operation,
      each.by,
      each.from_state,
      each.to_state,
    ])
    expect(told).toEqual([
      ['cancel', ann.id, 'quoted', 'cancelled'],
      ['update', ann.id, 'quoted', 'quoted'],
      ['quote', clerk.id, 'submitted', 'quoted'],
      ['create', ann.id, null, 'submitted'],
    ])
    expect(body.items[1].changes).toEqual({ title: { old: 'Poster', new: 'Banner' } })
    expect(body.items[2].changes).toEqual({
      status: { old: 'submitted', new: 'quoted' },
      price: { old: null, new: 7 },
    })
    expect(JSON.stringify(body)).not.toMatch(/4711|0815|door_code/)
    expect((await ben.ask('GET', `/v1/print-jobs/${id}/history`)).status).toBe(404)
    expect((await clerk.ask('GET', `/v1/print-jobs/${id}/history?limit=101`)).status).toBe(422)
  })
})
