/** What devices post for what belongs to people: nobody is named, and whose it is sees it. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { planned } from './planned.ts'
import { SETUP_TOKEN, type System, startSystem } from './system.ts'

const said =
  'Gardeners sign in and see their own plots. A plot has a number. Readings have a plot and litres. Water meters can add readings with an API key.'

describeOnEach('water meters with API keys', (createDatabase) => {
  let system: System

  beforeAll(async () => {
    system = await startSystem({
      yaml: planned(said),
      database: await createDatabase(),
      env: { SIGN_INS_PER_MINUTE: '60' },
    })
  })
  afterAll(() => system?.stop())

  const password = 'a long password of a test'
  const signIn = async (email: string, path: string, extra: object = {}) => {
    const made = await system.ask('POST', path, { email, password, ...extra })
    expect(made.status, JSON.stringify(made.body)).toBeLessThan(300)
    const { body } = await system.ask('POST', '/v1/auth/login', { email, password })
    return { Authorization: `Bearer ${body.access_token}` }
  }

  it('take what meters post without an owner, and show it to whose plot it is', async () => {
    const admin = await signIn('admin@example.com', '/v1/auth/setup', { token: SETUP_TOKEN })
    const [ann, ben] = [
      await signIn('ann@example.com', '/v1/auth/register'),
      await signIn('ben@example.com', '/v1/auth/register'),
    ]
    const plot = await system.ask('POST', '/v1/plots', { number: '7' }, ann)
    const meter = await system.ask('POST', '/v1/water-meters', { name: 'North' }, admin)
    expect(meter.status, JSON.stringify(meter.body)).toBe(201)
    const key = { 'X-API-Key': meter.body.api_key as string }
    const reading = { plot_id: plot.body.id, litres: 12.5 }
    const made = await system.ask('POST', '/v1/readings', reading, key)
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect(made.body).toMatchObject({ ...reading, owner_id: null, water_meter_id: meter.body.id })
    expect((await system.ask('GET', '/v1/readings', undefined, ann)).body.items).toHaveLength(1)
    expect((await system.ask('GET', '/v1/readings', undefined, ben)).body.items).toHaveLength(0)
    expect((await system.ask('POST', '/v1/readings', { ...reading, litres: -90 }, key)).status).toBe(422)
    expect((await system.ask('POST', '/v1/readings', reading)).status).toBe(401)
    expect((await system.ask('GET', '/v1/plots', undefined, key)).status).toBe(403)
  })
})
