import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { startPostgres } from '../support/postgres.ts'
import { fixture, startSystem } from './system.ts'

it('lives without its database, says that it is not ready, and recovers by itself', async () => {
  const postgres = await startPostgres()
  const system = await startSystem({ yaml: fixture('todo'), database: await postgres.createDatabase() })
  try {
    const ada = await system.person('ada')
    const todo = (await ada.ask('POST', '/v1/todos', { title: 'Stay' })).body
    await postgres.halt('SIGINT')
    expect((await system.ask('GET', '/livez')).status).toBe(200)
    expect((await system.ask('GET', '/readyz')).status).toBe(503)
    const down = await ada.ask('GET', `/v1/todos/${todo.id}`)
    expect([down.status, down.body.status, down.headers.get('retry-after')]).toEqual([503, 503, '2'])
    await postgres.start()
    for (let tries = 0; tries < 50 && (await system.ask('GET', '/readyz')).status !== 200; tries++) await sleep(100)
    expect((await ada.ask('GET', `/v1/todos/${todo.id}`)).body.title).toBe('Stay')
  } finally {
    await system.stop()
    await postgres.stop()
  }
})

it('limits sign-ins from one address, with Retry-After', async () => {
  const system = await startSystem({ yaml: fixture('todo'), env: { SIGN_INS_PER_MINUTE: '5' } })
  try {
    const attempt = () => system.ask('POST', '/v1/auth/login', { email: 'a@example.com', password: 'wrong' })
    for (let count = 0; count < 5; count++) expect((await attempt()).status).toBe(401)
    const limited = await attempt()
    expect(limited.status).toBe(429)
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
  } finally {
    await system.stop()
  }
})
