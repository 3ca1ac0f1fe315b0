import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { chat, createClient, eventOf, freshEnvironment, root, startBot, tidy } from './support.ts'

type Environment = Awaited<ReturnType<typeof freshEnvironment>>
let postgres: PostgresServer
let old: Environment
let place: Environment
beforeAll(async () => {
  postgres = await startPostgres()
  old = await freshEnvironment()
  place = await freshEnvironment({ DATABASE_URL: await postgres.createDatabase() })
})
afterAll(async () => {
  await tidy(old, [])
  await tidy(place, ['todo'])
  await postgres.stop()
})

const command = async (name: 'backup' | 'restore', { env }: Environment, args: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, [join(root, `bot/${name}-main.ts`), ...args], { env, cwd: root })).stdout

it('a team moves: the running bot is backed up, and goes on elsewhere with its system, rows, sessions and code', async () => {
  const archive = join(old.folder, 'all.tar.gz')
  const bot = await startBot(old.env)
  const built = await chat(old.env, ['--yes', 'Build me a todo API with user authentication'])
  const url = String(eventOf(built, 'deployed').url)
  const ann = createClient(url)
  await ann.signUp('ann@example.com')
  const made = await ann.call('POST', '/v1/todos', { title: 'Water the plants' })
  expect(made.status).toBe(201)

  expect(await command('backup', old, [archive])).toMatch(/MB, 1 system\n/)
  const late = await ann.call('POST', '/v1/todos', { title: 'Too late' })
  await chat(old.env, ['stop todo'])
  await bot.stop()

  expect(await command('restore', place, [archive])).toContain('Run: npm start')
  const there = await startBot(place.env)
  try {
    // Its port may have been taken meanwhile by a system of somebody else on this machine.
    const address = /http:\/\/127(?:\.\d+){3}:\d+/
    let status = ''
    await expect
      .poll(
        async () => {
          status = (await chat(place.env, ['status of todo'])).stdout
          return status
        },
        { timeout: 150_000, interval: 1_000 },
      )
      .toMatch(address)
    const now = address.exec(status)![0]
    // The same token: the key that signed it has come along.
    ann.moveTo(now)
    await expect
      .poll(async () => (await ann.call('GET', `/v1/todos/${made.body.id}`).catch(() => undefined))?.body, {
        timeout: 30_000,
      })
      .toMatchObject({ title: 'Water the plants' })
    expect((await ann.call('GET', `/v1/todos/${late.body.id}`)).status).toBe(404)
    const builds = await chat(place.env, ['builds'])
    expect(builds.stdout).toContain('Build 1 succeeded')

    const changed = await chat(place.env, ['--yes', 'add due dates to todos'])
    expect(changed.code).toBe(0)
    expect(eventOf(changed, 'deployed').url).toBe(now)
    expect((await ann.call('GET', `/v1/todos/${made.body.id}`)).body).toMatchObject({
      title: 'Water the plants',
      due_date: null,
    })
    expect((await chat(place.env, ['roll back todo'])).code).toBe(0)
  } finally {
    await there.stop()
  }
}, 300_000)
