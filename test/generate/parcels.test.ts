import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { type RedisServer, startRedis } from '../support/redis.ts'
import { type Receiver, sign, startReceiver, until } from './receiver.ts'
import { type Caller, fixture, type System, startSystem } from './system.ts'

const SECRET = 'the secret of the carrier'

let postgres: PostgresServer
let redis: RedisServer

beforeAll(async () => {
  ;[postgres, redis] = await Promise.all([startPostgres(), startRedis()])
})
afterAll(async () => {
  await Promise.all([postgres.stop(), redis.stop()])
  rmSync(secrets, { recursive: true, force: true })
})

const secrets = mkdtempSync(join(tmpdir(), 'autocoder-secret-'))
const secretFile = (name: string, value: string): string => {
  const path = join(mkdtempSync(join(secrets, 'of-')), name)
  writeFileSync(path, `${value}\n`, { mode: 0o600 })
  return path
}

const start = async (engine: 'sqlite' | 'postgres and redis', more: object = {}): Promise<System> =>
  startSystem({
    yaml: fixture('parcels'),
    ...(engine === 'sqlite' ? {} : { database: await postgres.createDatabase() }),
    env: {
      WEBHOOK_CARRIER_FILE: secretFile('carrier', SECRET),
      ALLOW_OUTBOUND: 'loopback',
      ...(engine === 'sqlite' ? {} : { REDIS_URL_FILE: secretFile('redis', redis.url) }),
      ...more,
    },
  })

let events = 0
const report = (system: System, number: string, more: object = {}, headers: object = {}) => {
  const text = JSON.stringify({ event_id: `e${++events}`, number, place: 'Hub', ...more })
  return system.ask('POST', '/v1/parcels/reports', text, { 'X-Signature': sign(SECRET, text), ...headers })
}

describe.each(['sqlite', 'postgres and redis'] as const)('the parcel tracker on %s', (engine) => {
  let system: System
  let admin: Caller
  let ann: Awaited<ReturnType<System['person']>>
  let receiver: Receiver
  let numbers = 0

  beforeAll(async () => {
    system = await start(engine)
    admin = await system.admin()
    ann = await system.person('ann')
    receiver = await startReceiver()
  })
  afterAll(async () => {
    await system?.stop()
    await receiver?.stop()
  })
  beforeEach(() => {
    receiver.heard.length = 0
    receiver.answer = () => 200
  })

  const parcel = async (): Promise<{ id: string; number: string }> => {
    const { status, body } = await admin.ask('POST', '/v1/parcels', { number: `P${++numbers}` })
    expect(status, JSON.stringify(body)).toBe(201)
    return body
  }
  const subscribe = async (who: Caller, path: string, more: object = {}): Promise<string> => {
    const { status, body } = await who.ask('POST', '/v1/subscriptions', { url: `${receiver.url}${path}`, ...more })
    expect(status, JSON.stringify(body)).toBe(201)
    return body.id
  }
  const heardAt = (path: string) => receiver.heard.filter((each) => each.path === path)

  it('tells every subscriber right after a carrier has reported', async () => {
    const { id, number } = await parcel()
    const subscription = await subscribe(ann, '/first', { secret: 'my own secret' })
    const { status, body } = await report(system, number, { place: 'Lyon' })
    expect([status, body.received]).toEqual([200, true])
    const answered = Date.now()
    const [heard] = await until(() => heardAt('/first').length === 1 && heardAt('/first'))
    expect(heard!.at - answered).toBeLessThan(2000)
    expect(JSON.parse(heard!.text)).toEqual({ parcel_id: id, place: 'Lyon', delivered: false })
    const signed = String(heard!.headers['x-signature'])
    expect(signed).toBe(sign('my own secret', heard!.text, Number(/t=(\d+)/.exec(signed)![1])))
    const { body: mine } = await until(async () => {
      const answer = await ann.ask('GET', `/v1/subscriptions/${subscription}/deliveries`)
      return answer.body.items[0]?.status === 'delivered' && answer
    })
    expect(mine.items[0].id).toBe(heard!.headers['idempotency-key'])
    expect(mine.items[0].attempts).toMatchObject([{ status: 200, error: null }])
    expect((await ann.ask('GET', `/v1/subscriptions/${subscription}`)).body.told).toBe(1)
    const ben = await system.person(`ben${engine.length}`)
    expect((await ben.ask('GET', `/v1/subscriptions/${subscription}/deliveries`)).status).toBe(404)
    expect((await system.ask('GET', `/v1/subscriptions/${subscription}/deliveries`)).status).toBe(401)
    await ann.ask('DELETE', `/v1/subscriptions/${subscription}`)
  })

  it('handles what comes twice once, also at the same time', async () => {
    const { id, number } = await parcel()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => report(system, number, { event_id: `same-${engine}` })),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200))
    expect((await admin.ask('GET', `/v1/steps?parcel_id=${id}`)).body.items).toHaveLength(1)
    expect((await admin.ask('GET', '/v1/admin/webhooks?status=repeated')).body.items.length).toBeGreaterThan(8)
  })

  it('keeps what it cannot handle until it can', async () => {
    const number = `late-${engine}`
    expect((await report(system, number)).status).toBe(404)
    const { body } = await admin.ask('GET', '/v1/admin/webhooks?status=failed')
    expect(JSON.parse(body.items[0].body).number).toBe(number)
    const { body: made } = await admin.ask('POST', '/v1/parcels', { number })
    const again = await admin.ask('POST', `/v1/admin/webhooks/${body.items[0].id}/retry`)
    expect([again.status, again.body.status]).toEqual([200, 'handled'])
    expect((await admin.ask('GET', `/v1/parcels/${made.id}`)).body.place).toBe('Hub')
    expect((await ann.ask('GET', '/v1/admin/webhooks')).status).toBe(403)
  })

  it('listens to nobody who cannot sign', async () => {
    const { number } = await parcel()
    const text = JSON.stringify({ event_id: 'x', number, place: 'Hub' })
    for (const signature of [undefined, sign('wrong', text), sign(SECRET, `${text} `), sign(SECRET, text, 1000)]) {
      const headers: Record<string, string> = signature ? { 'X-Signature': signature } : {}
      expect((await system.ask('POST', '/v1/parcels/reports', text, headers)).status).toBe(401)
    }
  })

  it('refuses what the rules forbid, and takes what carriers say besides', async () => {
    const { number } = await parcel()
    expect((await report(system, number, { delivered: true, weather: 'rain' })).status).toBe(200)
    const late = await report(system, number)
    expect([late.status, late.body.detail]).toEqual([409, 'This parcel was delivered.'])
  })

  it('tries again until a subscriber listens', async () => {
    const { number } = await parcel()
    const subscription = await subscribe(ann, '/slow')
    // What was reported before may still be on its way to everybody who subscribes: one call is followed, by its key.
    const callsOf = (key: unknown) => heardAt('/slow').filter(({ headers }) => headers['idempotency-key'] === key)
    receiver.answer = () => (callsOf(heardAt('/slow').at(-1)!.headers['idempotency-key']).length < 2 ? 500 : 204)
    await report(system, number)
    const [first, second] = await until(() => {
      const calls = callsOf(heardAt('/slow')[0]?.headers['idempotency-key'])
      return calls.length === 2 && calls
    })
    expect(second!.at - first!.at).toBeGreaterThan(900)
    const { attempts } = await until(async () => {
      const { body } = await ann.ask('GET', `/v1/subscriptions/${subscription}/deliveries`)
      const found = body.items.find(({ id }: { id: string }) => id === first!.headers['idempotency-key'])
      return found?.status === 'delivered' && found
    })
    expect(attempts.map(({ status }: { status: number }) => status)).toEqual([500, 204])
    await ann.ask('DELETE', `/v1/subscriptions/${subscription}`)
  })

  it('runs its timer when an administrator wishes so', async () => {
    const { status, body } = await admin.ask('POST', '/v1/admin/timers/forget/run')
    expect([status, body.name, body.rows]).toEqual([200, 'forget', 0])
    const { body: timers } = await admin.ask('GET', '/v1/admin/timers')
    expect(timers.items.map(({ name }: { name: string }) => name)).toEqual(['forget'])
    expect(timers.items[0].next_at > new Date().toISOString()).toBe(true)
    expect((await ann.ask('POST', '/v1/admin/timers/forget/run')).status).toBe(403)
  })

  it('ends with what is in hand, and loses nothing of the rest', async () => {
    const { number } = await parcel()
    await subscribe(ann, '/last')
    receiver.answer = () => new Promise((resolve) => setTimeout(() => resolve(200), 500))
    await report(system, number)
    await until(() => heardAt('/last').length === 1)
    const begun = Date.now()
    await system.stop()
    expect(Date.now() - begun).toBeLessThan(8000)
    expect(heardAt('/last')).toHaveLength(1)
    expect(system.log()).not.toContain('Traceback')
  })
})

it('calls nobody in its own network unless the deployment allows it', async () => {
  const receiver = await startReceiver()
  const system = await start('sqlite', { ALLOW_OUTBOUND: '' })
  const admin = await system.admin()
  await admin.ask('POST', '/v1/parcels', { number: 'P1' })
  const { body } = await admin.ask('POST', '/v1/subscriptions', { url: `${receiver.url}/` })
  await report(system, 'P1')
  const delivery = await until(async () => {
    const answer = await admin.ask('GET', `/v1/subscriptions/${body.id}/deliveries?status=failed`)
    return answer.body.items[0]
  })
  expect(delivery.attempts[0].error).toMatch(/Refused: 127\.0\.0\.1/)
  expect(receiver.heard).toEqual([])
  await system.stop()
  await receiver.stop()
})

it('does not start without the secret of its webhooks, and says which is missing', async () => {
  await expect(start('sqlite', { WEBHOOK_CARRIER_FILE: '' })).rejects.toThrow(/WEBHOOK_CARRIER_FILE/)
})
