/**
 * Kills the bot with SIGKILL at random moments of a build, starts it again, and counts what came of it:
 * every build must end exactly once, with one deployment, one final card and a URL that answers.
 *
 *   npm run chaos -- [--rounds 30] [--seed N]
 */
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { pino } from 'pino'
import * as tables from '../queue/store/schema.ts'
import { openStore } from '../queue/store/store.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '30' }, seed: { type: 'string' } } })
const rounds = Number(values.rounds)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const root = fileURLToPath(new URL('..', import.meta.url))

/** A small repeatable generator (mulberry32), so that a failing campaign can be run again. */
let state = seed
const random = (): number => {
  state = (state + 0x6d2b79f5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const startBot = async (env: Record<string, string>) => {
  const child = spawn(process.execPath, ['bot/main.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    let printed = ''
    const look = (chunk: Buffer) => {
      printed += chunk.toString()
      if (/https?:\/\//.test(printed)) resolve()
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.once('exit', (code) => reject(new Error(`the bot ended with ${code}: ${printed}`)))
  })
  return {
    kill: (signal: NodeJS.Signals) => {
      child.kill(signal)
      return exited
    },
  }
}

/** Runs the terminal to its end, or until it has seen the first progress: then it dies too, for it would start a bot anew. */
const ask = (env: Record<string, string>, message: string, untilProgress: boolean) =>
  new Promise<string>((resolve) => {
    const child = spawn(process.execPath, ['bot/terminal/main.ts', '--json', '--yes', message], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let printed = ''
    child.stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString()
      if (untilProgress && printed.includes('"type":"progress"')) child.kill('SIGKILL')
    })
    child.once('exit', () => resolve(printed))
  })

/** What the store holds after everything came to rest. */
const inspect = async (data: string) => {
  const store = await openStore({ databaseUrl: undefined, data, log: pino({ level: 'silent' }) })
  try {
    const [builds, deployments, systems, cards] = await Promise.all([
      store.db.select().from(tables.builds),
      store.db.select().from(tables.deployments),
      store.db.select().from(tables.systems),
      store.db.select().from(tables.cards),
    ])
    const kinds = cards.map(
      ({ card }) => (card as { kind?: string; type?: string }).kind ?? (card as { type?: string }).type,
    )
    return {
      builds: builds.map(({ status }) => status),
      live: deployments.filter(({ status }) => status === 'live').length,
      deployments: deployments.length,
      url: systems[0]?.url,
      finals: kinds.filter((kind) => kind === 'deployed' || kind === 'failed').length,
      unshown: cards.filter(({ version, shownVersion }) => version !== shownVersion).length,
    }
  } finally {
    await store.close()
  }
}

const round = async (number: number, delay: number): Promise<string[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'autocoder-chaos-'))
  const env = { PATH: process.env.PATH ?? '', HOME: folder, AUTOCODER_DATA: join(folder, 'data'), WEB_PORT: '0' }
  const problems: string[] = []
  try {
    const first = await startBot(env)
    await ask(env, 'Build me a todo API with user authentication', true)
    await sleep(delay)
    await first.kill('SIGKILL')
    const second = await startBot(env)
    // A message in the same conversation is answered after the build before it has come to its end.
    const deadline = Date.now() + 90_000
    let printed = ''
    while (Date.now() < deadline) {
      printed = await ask(env, 'status of todo', false)
      if (/running|failed/i.test(printed) && !/building|being built/i.test(printed)) break
      await sleep(500)
    }
    const url = /http:\/\/[\w.:[\]]+:\d+/.exec(printed)?.[0]
    const healthy = url
      ? await fetch(`${url}/readyz`).then(
          (response) => response.status,
          () => 0,
        )
      : 0
    await second.kill('SIGTERM')
    const found = await inspect(env.AUTOCODER_DATA)
    if (found.builds.join() !== 'succeeded') problems.push(`builds: ${found.builds.join() || 'none'}`)
    if (found.live !== 1 || found.deployments !== 1)
      problems.push(`${found.deployments} deployments, ${found.live} live`)
    if (found.finals !== 1) problems.push(`${found.finals} final cards`)
    if (healthy !== 200) problems.push(`${url ?? 'no address'} answered ${healthy}`)
  } catch (error) {
    problems.push(String(error))
  } finally {
    await ask(env, 'stop todo', false)
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  }
  console.log(
    `round ${number}: killed ${Math.round(delay)} ms into the build: ${problems.length ? problems.join('; ') : 'one build, one deployment, one final card'}`,
  )
  return problems
}

console.log(`${rounds} rounds, seed ${seed}`)
let broken = 0
// As long as a build takes, and a little more: the moments around the switch are the interesting ones.
for (let number = 1; number <= rounds; number += 1) if ((await round(number, random() * 9_000)).length > 0) broken += 1
console.log(`${rounds - broken} passed, ${broken} failed`)
process.exitCode = broken > 0 ? 1 : 0
