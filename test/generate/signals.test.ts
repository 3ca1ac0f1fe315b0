import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { type Receiver, startReceiver, until } from './receiver.ts'
import { fixture, type System, startSystem } from './system.ts'

let receiver: Receiver

beforeAll(async () => {
  receiver = await startReceiver()
})
afterAll(() => receiver.stop())

describeOnEach('events of hooks, transitions and handlers', (createDatabase, engine) => {
  let system: System

  beforeAll(async () => {
    const database = await createDatabase()
    const file = new URL('../fixtures/blueprints/signals.architecture.yaml', import.meta.url).pathname
    const env = { ALLOW_OUTBOUND: 'loopback', WEBHOOK_POKER_FILE: file }
    system = await startSystem({ yaml: fixture('signals'), database, env })
  })
  afterAll(() => system?.stop())

  const signal = async (more: object = {}) => {
    const { status, body } = await system.ask('POST', '/v1/signals', { name: 'lamp', ...more })
    expect(status, JSON.stringify(body)).toBe(201)
    return body as { id: string }
  }
  const seen = async (id: string): Promise<number> => (await system.ask('GET', `/v1/signals/${id}`)).body.seen
  const notes = async (text: string): Promise<number> =>
    (await system.ask('GET', `/v1/notes?text=${text}&limit=100`)).body.items.length

  it('hears of what was made, of what has changed, and of what came of it', async () => {
    const { id } = await signal({ url: `${receiver.url}/shut`, price: 12.5, due_on: '2030-01-31' })
    await until(async () => (await seen(id)) === 1)
    expect((await system.ask('POST', `/v1/signals/${id}/shut`)).status).toBe(200)
    await until(async () => (await seen(id)) === 2)
    await until(async () => (await notes('again')) === 1)
    const [heard] = await until(() => receiver.heard.length > 0 && receiver.heard.splice(0))
    expect(JSON.parse(heard!.text)).toEqual({ name: 'lamp', price: 12.5, on: '2030-01-31' })
    expect(heard!.headers['x-signature']).toBeUndefined()
  })

  it('hears of what is gone', async () => {
    const { id } = await signal({ name: `gone ${engine}` })
    expect((await system.ask('DELETE', `/v1/signals/${id}`)).status).toBe(204)
    await until(async () => (await notes(`gone ${engine}`)) === 1)
  })

  it('makes out of a lost event a dead letter, which the next does not wait for', async () => {
    const { id } = await signal()
    await system.ask('DELETE', `/v1/signals/${id}`)
    const other = await signal()
    await until(async () => (await seen(other.id)) === 1)
  })

  it('takes a webhook at an object of the path once', async () => {
    const { id } = await signal()
    for (let turn = 0; turn < 2; turn++)
      expect((await system.ask('POST', `/v1/signals/${id}/pings`, { id: 'a', lambda: 4 })).status).toBe(200)
    expect((await system.ask('POST', `/v1/signals/${id}/pings`, { id: 'b' })).status).toBe(200)
    expect((await system.ask('GET', `/v1/signals/${id}`)).body.pings).toBe(7)
  })

  it('wakes up by itself', async () => {
    const before = await notes('tick')
    await until(async () => (await notes('tick')) > before)
    const { body } = await system.ask('GET', '/v1/admin/timers')
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['signals_tick', 'class_tick'])
    expect(body.items[0].last_rows).toBe(1)
  })
})
