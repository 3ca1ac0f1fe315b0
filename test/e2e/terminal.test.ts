import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres } from '../support/postgres.ts'
import { startRedis } from '../support/redis.ts'
import {
  type ChatRun,
  chat,
  createClient,
  eventOf,
  freshEnvironment,
  shell,
  startBot,
  startWorker,
  tidy,
} from './support.ts'

type Scene = { environment: Awaited<ReturnType<typeof freshEnvironment>>; end: () => Promise<void> }

/** Nothing but the terminal: it starts a bot of its own each time. */
const embedded = async (): Promise<Scene> => {
  const environment = await freshEnvironment()
  return { environment, end: () => tidy(environment, ['todo']) }
}

/** A bot and a worker as two processes on real servers; systems keep their rows in PostgreSQL too. */
const onServers = async (): Promise<Scene> => {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  const environment = await freshEnvironment({
    DATABASE_URL: await postgres.createDatabase(),
    SYSTEMS_DATABASE_URL: await postgres.createDatabase(),
    REDIS_URL: redis.url,
  })
  const bot = await startBot(environment.env)
  const worker = await startWorker(environment.env)
  const end = async () => {
    await chat(environment.env, ['stop todo'])
    await bot.stop()
    await worker.stop()
    await Promise.all([postgres.stop(), redis.stop()])
    await tidy(environment, [])
  }
  return { environment, end }
}

const scenes = [
  { name: 'embedded', open: embedded },
  { name: 'on PostgreSQL and Redis with a worker of its own', open: onServers },
]

/** The story of the README, told through the terminal. */
describe.each(scenes)('the terminal, $name', { timeout: 400_000 }, ({ open }) => {
  let scene: Scene
  let environment: Scene['environment']
  let built: ChatRun
  let url = ''

  beforeAll(async () => {
    scene = await open()
    environment = scene.environment
    built = await chat(environment.env, ['--yes', 'Build me a todo API with user authentication'])
    url = String(eventOf(built, 'deployed').url)
  }, 400_000)
  afterAll(() => scene?.end(), 120_000)

  it('ends with 0 and one settled event', () => {
    expect(built.code).toBe(0)
    expect(built.events.filter(({ type }) => type === 'settled')).toEqual([expect.objectContaining({ ok: true })])
  })

  it('shows the blueprint before anything is built', () => {
    const types = built.events.map(({ type }) => type)
    expect(types.indexOf('blueprint')).toBeLessThan(types.indexOf('progress'))
    const blueprint = eventOf(built, 'blueprint')
    expect(Object.keys(blueprint.files as object).sort()).toEqual(['architecture.yaml', 'deployment.yaml'])
    expect(blueprint.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  it('says how many checks passed, and none failed', () => {
    expect(eventOf(built, 'deployed').checks).toMatchObject({ passed: expect.any(Number), failed: 0 })
  })

  it('keeps todos private', async () => {
    const [ann, bob] = [createClient(url), createClient(url)]
    await ann.signUp('ann@example.com')
    await bob.signUp('bob@example.com')
    const made = await ann.call('POST', '/v1/todos', { title: 'Water the plants' })
    expect(made.status).toBe(201)
    expect((await ann.call('GET', `/v1/todos/${made.body.id}`)).status).toBe(200)
    expect((await bob.call('GET', `/v1/todos/${made.body.id}`)).status).toBe(404)
    ann.signOut()
    expect((await ann.call('GET', '/v1/todos')).status).toBe(401)
  })

  it('answers the printed curl as it is pasted', async () => {
    const script = String(eventOf(built, 'deployed').curl)
    expect(script).toContain('curl')
    expect(await shell(script)).toMatch(/"items"/)
  })

  it('names a file with the setup token, and makes the first administrator with it', async () => {
    const { admin } = eventOf(built, 'deployed') as unknown as { admin: { setup_token_file: string } }
    const token = (await readFile(admin.setup_token_file, 'utf8')).trim()
    const client = createClient(url)
    const answer = await client.call('POST', '/v1/auth/setup', {
      token,
      email: 'root@example.com',
      password: 'correct horse battery',
    })
    expect(answer.status).toBe(201)
    expect(answer.body.roles).toContain('admin')
    expect(
      (
        await client.call('POST', '/v1/auth/setup', {
          token,
          email: 'evil@example.com',
          password: 'correct horse battery',
        })
      ).status,
    ).toBeGreaterThanOrEqual(400)
  })

  it('adds due dates, keeps every row and the address, and rolls back', async () => {
    const client = createClient(url)
    await client.signUp('cleo@example.com')
    const before = await client.call('POST', '/v1/todos', { title: 'Before the change' })

    const changed = await chat(environment.env, ['--yes', 'add due dates to todos'])
    expect(changed.code).toBe(0)
    expect(eventOf(changed, 'deployed').url).toBe(url)
    const kept = await client.call('GET', `/v1/todos/${before.body.id}`)
    expect(kept.body).toMatchObject({ title: 'Before the change', due_date: null })
    const dated = await client.call('POST', '/v1/todos', { title: 'Dated', due_date: '2027-01-31' })
    expect(dated.body.due_date).toBe('2027-01-31')

    const back = await chat(environment.env, ['roll back todo'])
    expect(back.code).toBe(0)
    // A connection that was open before gets one last answer from the release that drains.
    await expect
      .poll(async () => (await client.call('GET', `/v1/todos/${dated.body.id}`)).body, { timeout: 15_000 })
      .not.toHaveProperty('due_date')
    expect((await client.call('GET', `/v1/todos/${dated.body.id}`)).status).toBe(200)
  })

  it('stops and starts a system by its name, at the same address', async () => {
    const stopped = await chat(environment.env, ['stop todo'])
    expect(stopped.code).toBe(0)
    await expect(fetch(`${url}/livez`)).rejects.toThrow()
    const started = await chat(environment.env, ['start todo'])
    expect(started.code).toBe(0)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  })

  it('refuses nonsense with a friendly line and code 1', async () => {
    const refused = await chat(environment.env, ['--yes', 'asdf qwer zxcv'])
    expect(refused.code).toBe(1)
    expect(refused.events.some(({ type }) => type === 'refusal' || type === 'message')).toBe(true)
  })

  it('ends with 2 on wrong usage', async () => {
    expect((await chat(environment.env, ['--frobnicate'])).code).toBe(2)
  })
})
