import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { fixture, type System, startSystem } from './system.ts'

describeOnEach('bee hives with API keys', (createDatabase) => {
  let system: System

  beforeAll(async () => {
    const database = await createDatabase()
    system = await startSystem({ yaml: fixture('hives'), database, env: { SIGN_INS_PER_MINUTE: '20' } })
  })
  afterAll(() => system?.stop())

  const hive = async (name: string) => {
    const { status, body } = await system.ask('POST', '/v1/hives', { name })
    expect(status, JSON.stringify(body)).toBe(201)
    expect(body.api_key).toMatch(/^hive_[0-9a-f]{64}$/)
    return { id: body.id as string, key: body.api_key as string }
  }
  const post = (key: string | undefined, body: object, path = '/v1/readings') =>
    system.ask(
      'POST',
      path,
      { weight_kg: 31.5, taken_at: '2030-05-01T10:00:00Z', ...body },
      key ? { 'X-API-Key': key } : {},
    )

  it('lets a hive post its own readings and nobody else', async () => {
    const [a, b] = [await hive('Lime'), await hive('Oak')]
    const made = await post(a.key, {})
    expect([made.status, made.body.hive_id]).toEqual([201, a.id])
    expect((await post(a.key, { hive_id: a.id })).status).toBe(201)
    expect((await post(a.key, { hive_id: b.id })).status).toBe(403)
    expect((await post(a.key, {}, `/v1/hives/${a.id}/readings`)).body.hive_id).toBe(a.id)
    expect((await post(a.key, {}, `/v1/hives/${b.id}/readings`)).status).toBe(403)
    const nobody = await post(undefined, { hive_id: a.id })
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([401, 'ApiKey'])
    expect(nobody.body.detail).toContain('X-API-Key')
    expect((await system.ask('GET', `/v1/readings?hive_id=${a.id}`)).body.items).toHaveLength(3)
    expect((await system.ask('GET', `/v1/hives/${a.id}`)).body).not.toHaveProperty('api_key')
  })

  it('replaces, revokes and forgets keys at once', async () => {
    const { id, key } = await hive('Ash')
    const { status, body } = await system.ask('POST', `/v1/hives/${id}/keys`)
    expect(status).toBe(201)
    expect((await post(key, {})).status).toBe(401)
    expect((await post(body.api_key, {})).status).toBe(201)
    expect((await system.ask('DELETE', `/v1/hives/${id}/keys`)).status).toBe(204)
    expect((await post(body.api_key, {})).status).toBe(401)
    const gone = await hive('Elm')
    expect((await system.ask('DELETE', `/v1/hives/${gone.id}`)).status).toBe(204)
    expect((await post(gone.key, {})).status).toBe(401)
  })

  it('does not store a key for a repeated request', async () => {
    const key = { 'Idempotency-Key': 'once' }
    const first = await system.ask('POST', '/v1/hives', { name: 'Fir' }, key)
    const again = await system.ask('POST', '/v1/hives', { name: 'Fir' }, key)
    const { api_key, ...rest } = first.body
    expect(api_key).toBeTruthy()
    expect(again.body).toEqual(rest)
  })

  it('describes both kinds of access', async () => {
    const { body } = await system.ask('GET', '/openapi.json')
    expect(body.paths['/v1/readings'].post.security).toEqual([{ apiKey: [] }])
    expect(body.components.securitySchemes).toEqual({ apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' } })
  })

  it('stops whoever guesses keys', async () => {
    await Promise.all(Array.from({ length: 25 }, () => post('hive_guess', {})))
    const stopped = await post('hive_guess', {})
    expect(stopped.status).toBe(429)
    expect(stopped.headers.get('retry-after')).toBeTruthy()
  })
})
