import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { planned } from './planned.ts'
import { type Caller, type System, startSystem } from './system.ts'

describeOnEach('an entry that is found by its slug', (createDatabase) => {
  let system: System
  let ada: Caller

  beforeAll(async () => {
    system = await startSystem({
      yaml: planned(
        'A diary app. Users write entries with a title and a text. Each entry has a slug from its title. Users can only see their own entries.',
      ),
      database: await createDatabase(),
    })
    ada = await system.person('ada')
    const made = await ada.ask('POST', '/v1/entries', { title: 'My secret', text: 'Nobody knows.' })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
  })
  afterAll(() => system?.stop())

  it('is seen by those who see it by its id, and by nobody else', async () => {
    const path = '/v1/entries/by-slug/my-secret'
    expect((await ada.ask('GET', path)).status).toBe(200)
    expect((await (await system.person('eve')).ask('GET', path)).status).toBe(404)
    expect((await (await system.admin()).ask('GET', path)).status).toBe(200)
  })
})
