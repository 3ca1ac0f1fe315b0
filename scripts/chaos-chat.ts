/**
 * A build asked for in Slack or Discord, with everything that a platform and a machine can do to it: two people approve
 * in the same instant and one of them presses twice, payloads come three times and overtake one another, every call is
 * rate-limited first, answers get lost, connections drop every few seconds, and the bot (and its worker, on servers) is
 * killed with SIGKILL at a random moment after the request was taken. There must be one build, one deployment and one
 * final message, and no card may stand there twice.
 *
 *   npm run chaos:chat -- [--rounds 30] [--seed N] [--platform slack-http|slack-socket|discord] [--servers]
 */
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Member, openDiscord, openSlack, type Workspace } from '../test/bot/support/workspace.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { startRedis } from '../test/support/redis.ts'
import { healthOf, inspect, problemsOf, runCampaign, sleep, startBot, startWorker } from './chaos/campaign.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '30' },
    seed: { type: 'string' },
    platform: { type: 'string' },
    servers: { type: 'boolean', default: false },
  },
})

const platforms: Record<string, () => Promise<Workspace>> = {
  'slack-http': () => openSlack('http'),
  'slack-socket': () => openSlack('socket'),
  discord: openDiscord,
}
const chosen = values.platform ? [values.platform] : Object.keys(platforms)

/** The port stays over restarts: Slack keeps sending to one address. */
const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

/** Seconds in which anything must have come, on a machine that others use too. */
const PATIENCE = 180

const count = (text: string, sign: RegExp): number => [...text.matchAll(sign)].length

/** Presses again where the platform says that nobody took it, as people do; the button goes when somebody was first. */
const pressed = async (member: Member): Promise<void> => {
  for (const end = Date.now() + PATIENCE * 1_000; Date.now() < end; await sleep(300))
    try {
      return await member.presses('Approve')
    } catch (error) {
      if (/sees no button|can be pressed/.test(String(error))) return
    }
}

const openGround = async (folder: string): Promise<{ env: Record<string, string>; close: () => Promise<void> }> => {
  const env = { PATH: process.env.PATH ?? '', HOME: folder, AUTOCODER_DATA: join(folder, 'data') }
  if (!values.servers) return { env, close: async () => undefined }
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  return {
    env: { ...env, DATABASE_URL: await postgres.createDatabase(), REDIS_URL: redis.url },
    close: async () => void (await Promise.all([postgres.stop(), redis.stop()])),
  }
}

const round = async (workspace: Workspace, delay: number, random: () => number): Promise<string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'autocoder-chaos-'))
  const ground = await openGround(folder)
  const env: Record<string, string> = { ...ground.env, ...workspace.env, WEB_PORT: String(await freePort()) }
  let died = (): string | undefined => undefined
  const until = async (what: string, look: () => boolean, seconds: number): Promise<void> => {
    for (const end = Date.now() + seconds * 1_000; !look(); await sleep(100)) {
      const dead = died()
      if (dead) throw new Error(dead)
      if (Date.now() > end) throw new Error(`${what} did not come in ${seconds} s`)
    }
  }
  const startAll = async () => {
    const bot = await startBot(env)
    const worker = values.servers ? await startWorker(env) : undefined
    workspace.reach(bot.url)
    died = () => bot.died() ?? worker?.died()
    return (signal: NodeJS.Signals) => Promise.all([bot.kill(signal), worker?.kill(signal)])
  }
  let end = await startAll()
  const [ada, grace] = [workspace.join('Ada', { admin: true }), workspace.join('Grace')]
  const stopped = async (): Promise<void> => {
    await grace.says('stop todo')
    await until('the stop', () => /was stopped/.test(workspace.transcript()), 60)
  }
  const killed = async (): Promise<void> => {
    await sleep(delay)
    await end('SIGKILL')
    end = await startAll()
  }
  try {
    workspace.trouble(random)
    // Where the line breaks at once, the request comes again within four seconds.
    await ada.mentions('Build me a todo API with user authentication').catch(() => sleep(5_000))
    const approved = async (): Promise<void> => {
      await until('the blueprint', () => workspace.transcript().includes('[Approve]'), PATIENCE)
      await Promise.all([pressed(ada), pressed(grace), pressed(ada)])
    }
    await Promise.all([killed(), approved()])
    await until('the address', () => /is running/.test(workspace.transcript()), PATIENCE)
    // Whatever would come twice has time to come: copies are four seconds late at most.
    await sleep(4_500)
    workspace.calm()
    // The last cut may have been a moment ago.
    await sleep(2_500)
    const shown = workspace.transcript()
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(shown)?.[0]
    const healthy = await healthOf(url)
    await stopped()
    await end('SIGTERM')
    const found = await inspect({
      data: env.AUTOCODER_DATA!,
      ...(env.DATABASE_URL ? { databaseUrl: env.DATABASE_URL } : {}),
    })
    const finals = count(shown, /is running/g)
    const blueprints = count(shown, /approved by/gi)
    const progress = count(shown, /build 1/g)
    return [
      ...problemsOf({ ...found, live: found.deployments }),
      ...(finals === 1 && !found.failures.length ? [] : [`${finals} final messages: ${shown.slice(-1_500)}`]),
      ...workspace.doubled().map((mark) => `shown twice: ${mark}`),
      ...(blueprints === 1 ? [] : [`${blueprints} approved blueprints`]),
      ...(progress >= 1 ? [] : ['no progress message']),
      ...(healthy === 200 ? [] : [`${url ?? 'no address'} answered ${healthy}`]),
    ]
  } catch (error) {
    workspace.calm()
    await sleep(2_500)
    // Nothing is left running; what it answers is of no interest any more.
    await stopped().catch(() => undefined)
    const kept = await mkdtemp(join(tmpdir(), 'autocoder-chaos-logs-'))
    await cp(join(folder, 'data', 'logs'), kept, { recursive: true }).catch(() => undefined)
    return [`logs in ${kept}: ${String(error)}; shown: ${workspace.transcript().slice(-600).replaceAll('\n', ' / ')}`]
  } finally {
    await end('SIGTERM')
    await workspace.close()
    await ground.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
}

await runCampaign({
  rounds: Number(values.rounds),
  seed: Number(values.seed ?? Date.now() % 1_000_000),
  round: async (number, random) => {
    const platform = chosen[(number - 1) % chosen.length]!
    const delay = random() * 14_000
    const workspace = await platforms[platform]!()
    return {
      what: `${platform}, killed ${Math.round(delay)} ms after the request`,
      problems: await round(workspace, delay, random),
    }
  },
})
