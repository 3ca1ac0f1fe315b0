import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Member, platforms, type Workspace } from '../bot/support/workspace.ts'
import { startPostgres } from '../support/postgres.ts'
import { startRedis } from '../support/redis.ts'
import { createClient, freshEnvironment, startBot, startWorker, tidy } from './support.ts'

let servers: { postgres: Awaited<ReturnType<typeof startPostgres>>; redis: Awaited<ReturnType<typeof startRedis>> }
let places = 0
beforeAll(async () => {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  servers = { postgres, redis }
})
afterAll(async () => {
  await Promise.all([servers.postgres.stop(), servers.redis.stop()])
})

/** Databases of one's own on the servers that all stories share. */
const onServers = async (): Promise<Record<string, string>> => ({
  DATABASE_URL: await servers.postgres.createDatabase(),
  SYSTEMS_DATABASE_URL: await servers.postgres.createDatabase(),
  REDIS_URL: `${servers.redis.url}/${places++}`,
})

const scenes = platforms.flatMap((platform) => [
  { ...platform, name: `${platform.name}, embedded`, ground: async (): Promise<Record<string, string>> => ({}) },
  { ...platform, name: `${platform.name}, on PostgreSQL and Redis with a worker of its own`, ground: onServers },
])

/** The bot as `npm start` starts it, with everything real but the platform: the system at the end answers HTTP. */
describe.each(scenes)('a team on $name', { timeout: 300_000 }, ({ open, ground }) => {
  let workspace: Workspace
  let environment: Awaited<ReturnType<typeof freshEnvironment>>
  let bot: Awaited<ReturnType<typeof startBot>>
  let worker: Awaited<ReturnType<typeof startWorker>> | undefined
  let ada: Member
  let grace: Member

  beforeAll(async () => {
    workspace = await open()
    environment = await freshEnvironment({ ...(await ground()), ...workspace.env })
    bot = await startBot(environment.env)
    worker = environment.env.REDIS_URL ? await startWorker(environment.env) : undefined
    workspace.reach(bot.url)
    ada = workspace.join('Ada', { admin: true })
    grace = workspace.join('Grace')
  }, 120_000)
  afterAll(async () => {
    await ada.says('stop recipe')
    // What still runs after that fails the folder's removal, loudly.
    for (let tries = 0; tries < 300 && !/was stopped/i.test(workspace.transcript()); tries += 1) await sleep(100)
    await bot.stop()
    await worker?.stop()
    await workspace.close()
    await tidy(environment, [])
  }, 60_000)

  const shows = (text: RegExp) => expect.poll(workspace.transcript, { timeout: 120_000, interval: 100 }).toMatch(text)
  const url = (): string => /(http:\/\/127(?:\.\d+){3}:\d+)/.exec(workspace.transcript())?.[1] ?? ''
  const fields = async (): Promise<string[]> => {
    const document = (await (await fetch(`${url()}/openapi.json`)).json()) as {
      components: { schemas: Record<string, { properties?: object }> }
    }
    return Object.keys(document.components.schemas.RecipeCreate?.properties ?? {})
  }
  const cook = async (email: string) => {
    const client = createClient(url())
    await client.signUp(email)
    return client
  }
  const titles = async (client: Awaited<ReturnType<typeof cook>>): Promise<unknown[]> =>
    ((await client.call('GET', '/v1/recipes')).body.items as { title: unknown }[]).map(({ title }) => title)

  it('is asked what is unclear, answers by pressing, and has the blueprint drawn again by a window', async () => {
    await ada.mentions('Build me a recipe app with login')
    await shows(/Who may see the recipes\?/)
    expect(workspace.transcript()).not.toMatch(/\[Approve\]/)
    await ada.presses('Each person sees only their own')
    await shows(/\[Approve\]/)
    expect(workspace.transcript()).toMatch(/Each person sees only their own (?:\(Ada\)|by Ada)/)
    await ada.presses('Request changes', 'Recipes have a number of servings')
    await shows(/servings/i)
  })

  it('sees it built once another person approves, and the address answers as it was agreed', async () => {
    await grace.presses('Approve')
    await shows(/approved by Grace/i)
    await shows(/build 1/)
    await shows(/is running/)
    expect((await fetch(`${url()}/readyz`)).status).toBe(200)
    const [one, other] = [await cook('one@example.com'), await cook('other@example.com')]
    expect((await one.call('POST', '/v1/recipes', { title: 'Soup', servings: 4 })).status).toBe(201)
    expect([await titles(one), await titles(other)]).toEqual([['Soup'], []])
  })

  it('changes the running system and undoes it, at the same address, with its rows', async () => {
    const before = url()
    await grace.says('add a due date to recipes')
    await shows(/due date/i)
    await ada.presses('Approve')
    await expect.poll(fields, { timeout: 120_000, interval: 300 }).toContain('due_date')
    expect(url()).toBe(before)
    await shows(/\[Roll back\]/)
    await ada.presses('Roll back')
    await expect.poll(fields, { timeout: 60_000, interval: 300 }).not.toContain('due_date')
    expect(await titles(await cook('one@example.com'))).toEqual(['Soup'])
  })

  it('hands the system over, and shows nothing that the platform refuses', async () => {
    await ada.says('hand over recipe to Grace')
    await shows(/Grace looks after/)
    expect(workspace.refused()).toEqual([])
  })
})
