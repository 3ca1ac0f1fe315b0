import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPostgres } from '../../support/postgres.ts'
import { startRedis } from '../../support/redis.ts'
import { runSchemathesis } from '../../support/schemathesis.ts'
import { chat, eventOf, freshEnvironment, startBot, startWorker, tidy } from '../support.ts'
import { claims } from './claims.ts'
import { committees } from './committees.ts'
import { dental } from './dental.ts'
import { donations } from './donations.ts'
import { hives } from './hives.ts'
import { parcels } from './parcels.ts'
import { photos } from './photos.ts'
import { printShop } from './print-shop.ts'
import { openSystem, type Running } from './story.ts'
import { tools } from './tools.ts'
import { vocabulary } from './vocabulary.ts'

const config = join(import.meta.dirname, 'schemathesis.toml')
const all = [dental, tools, printShop, claims, committees, donations, vocabulary, hives, photos, parcels]
const only = process.env.STORIES?.split(',')
const stories = only ? all.filter(({ name }) => only.some((one) => name.includes(one))) : all

/** SQLite and an embedded queue; or PostgreSQL, Redis and a worker of its own. */
const columns = [
  { name: 'embedded', servers: false },
  { name: 'on PostgreSQL and Redis', servers: true },
]

describe.each(columns)('ten systems from plain sentences, $name', ({ servers }) => {
  let environment: Awaited<ReturnType<typeof freshEnvironment>>
  const built: { system: string; team: string }[] = []
  let teams = 0
  const endings: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    environment = servers ? await onServers() : await freshEnvironment()
    const bot = await startBot(environment.env)
    endings.unshift(bot.stop)
  }, 240_000)
  const onServers = async () => {
    const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
    const fresh = await freshEnvironment({
      DATABASE_URL: await postgres.createDatabase(),
      SYSTEMS_DATABASE_URL: await postgres.createDatabase(),
      REDIS_URL: redis.url,
    })
    endings.push(postgres.stop, redis.stop)
    const worker = await startWorker(fresh.env)
    endings.unshift(worker.stop)
    return fresh
  }
  afterAll(async () => {
    // A team sees its own systems only.
    for (const { system, team } of built) await chat(environment.env, ['--team', team, `stop ${system}`])
    for (const end of endings) await end()
    await tidy(environment, [])
  }, 180_000)

  describe.each(stories)('$name', ({ says, tests }) => {
    let running: Running
    beforeAll(async () => {
      const team = `team-${teams++}`
      const result = await chat(environment.env, ['--yes', '--team', team, ...says])
      const deployed = eventOf(result, 'deployed')
      built.push({ system: String(deployed.system), team })
      const blueprint = eventOf(result, 'blueprint')
      const admin = result.events.find(({ admin }) => admin)?.admin as { setup_token_file?: string } | undefined
      running = openSystem(String(deployed.url), blueprint.summary as string[], admin?.setup_token_file)
    }, 300_000)

    it.each(Object.keys(tests))('%s', { timeout: 60_000 }, async (title) => tests[title]!(running))

    if (!servers)
      it('keeps to its OpenAPI document, whatever is sent', { timeout: 120_000 }, async () => {
        const { authorization } = running.signsIn ? (await running.admin()).headers : {}
        const header = authorization ? `Authorization: ${authorization}` : undefined
        const { code, said } = await runSchemathesis(running.url, {
          config,
          examples: 2,
          phases: 'examples,fuzzing',
          header,
        })
        expect(code, said).toBe(0)
      })
  })
})
