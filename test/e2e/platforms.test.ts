import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Member, openDiscord, openSlack, type Workspace } from '../bot/support/workspace.ts'
import { startPostgres } from '../support/postgres.ts'
import { startRedis } from '../support/redis.ts'
import { freshEnvironment, startBot, startWorker, tidy } from './support.ts'

type Ground = { env: Record<string, string>; worker: boolean; close: () => Promise<void> }

const embedded = async (): Promise<Ground> => ({ env: {}, worker: false, close: async () => undefined })

const onServers = async (): Promise<Ground> => {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  return {
    env: {
      DATABASE_URL: await postgres.createDatabase(),
      SYSTEMS_DATABASE_URL: await postgres.createDatabase(),
      REDIS_URL: redis.url,
    },
    worker: true,
    close: async () => void (await Promise.all([postgres.stop(), redis.stop()])),
  }
}

const scenes = [
  { name: 'Slack over HTTP, embedded', open: () => openSlack('http'), ground: embedded },
  { name: 'Slack over Socket Mode, on PostgreSQL and Redis', open: () => openSlack('socket'), ground: onServers },
  { name: 'Discord, embedded', open: openDiscord, ground: embedded },
]

/** The bot as `npm start` starts it, with everything real but the platform: the system at the end answers HTTP. */
describe.each(scenes)('a team on $name', { timeout: 300_000 }, ({ open, ground }) => {
  let workspace: Workspace
  let place: Ground
  let environment: Awaited<ReturnType<typeof freshEnvironment>>
  let bot: Awaited<ReturnType<typeof startBot>>
  let worker: Awaited<ReturnType<typeof startWorker>> | undefined
  let ada: Member
  let grace: Member

  beforeAll(async () => {
    workspace = await open()
    place = await ground()
    environment = await freshEnvironment({ ...place.env, ...workspace.env })
    bot = await startBot(environment.env)
    worker = place.worker ? await startWorker(environment.env) : undefined
    workspace.reach(bot.url)
    ada = workspace.join('Ada', { admin: true })
    grace = workspace.join('Grace')
  }, 120_000)
  afterAll(async () => {
    await ada.says('stop todo')
    // What still runs after that fails the folder's removal, loudly.
    for (let tries = 0; tries < 100 && !/stopped/i.test(workspace.transcript()); tries += 1) await sleep(200)
    await bot.stop()
    await worker?.stop()
    await workspace.close()
    await tidy(environment, [])
    await place.close()
  }, 60_000)

  const shows = (text: RegExp) => expect.poll(workspace.transcript, { timeout: 120_000, interval: 200 }).toMatch(text)
  const url = (): string => /(http:\/\/127\.0\.0\.1:\d+)/.exec(workspace.transcript())?.[1] ?? ''
  const fields = async (): Promise<string[]> => {
    const document = (await (await fetch(`${url()}/openapi.json`)).json()) as {
      components: { schemas: Record<string, { properties?: object }> }
    }
    return Object.keys(document.components.schemas.TodoCreate?.properties ?? {})
  }

  it('asks, gets a blueprint, another person approves, and the address answers', async () => {
    await ada.mentions('Build me a todo API with user authentication')
    await shows(/\[Approve\]/)
    await grace.presses('Approve')
    await shows(/is running/)
    expect((await fetch(`${url()}/readyz`)).status).toBe(200)
    expect(await fields()).toContain('title')
  })

  it('changes the running system and undoes it, at the same address', async () => {
    const before = url()
    await grace.says('add a due date to todos')
    await shows(/due date/i)
    await ada.presses('Approve')
    await expect.poll(fields, { timeout: 120_000, interval: 500 }).toContain('due_date')
    expect(url()).toBe(before)
    await shows(/\[Roll back\]/)
    await ada.presses('Roll back')
    await expect.poll(fields, { timeout: 60_000, interval: 500 }).not.toContain('due_date')
  })

  it('hands the system over, and shows nothing that the platform refuses', async () => {
    await ada.says('hand over todo to Grace')
    await shows(/Grace looks after/)
    expect(workspace.refused()).toEqual([])
  })
})
