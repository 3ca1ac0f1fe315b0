import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import * as tables from '../../queue/store/schema.ts'
import { openStore } from '../../queue/store/store.ts'
import type { Card } from '../../schemas/generated/card.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Returns a small repeatable generator (mulberry32), so that a failing campaign can be run again. */
export const createRandom = (seed: number) => {
  let state = seed
  return (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export type Running = {
  url: string
  kill: (signal: NodeJS.Signals) => Promise<void>
  /** How the process ended although nobody killed it; undefined while it runs. */
  died: () => string | undefined
}

const started = (child: ChildProcess, ready: RegExp, what: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let printed = ''
    const look = (chunk: Buffer) => {
      printed += chunk.toString()
      const match = ready.exec(printed)
      if (match) resolve(match[0])
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.once('exit', (code) => reject(new Error(`the ${what} ended with ${code}: ${printed}`)))
  })

const start = async (main: string, env: Record<string, string>, ready: RegExp, what: string): Promise<Running> => {
  const child = spawn(process.execPath, [main], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let ended: string | undefined
  let last = ''
  let killed = false
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      last = `${last}${chunk.toString()}`.slice(-1_000)
    })
  const exited = new Promise<void>((resolve) =>
    child.once('exit', (code, signal) => {
      if (!killed) ended = `the ${what} ended with ${code ?? signal}: ${last}`
      resolve()
    }),
  )
  const url = await started(child, ready, what)
  return {
    url,
    died: () => ended,
    kill: (signal) => {
      killed = true
      child.kill(signal)
      return exited
    },
  }
}

export const startBot = (env: Record<string, string>) => start('bot/main.ts', env, /https?:\/\/\S+/, 'bot')
export const startWorker = (env: Record<string, string>) =>
  start('queue/main.ts', env, /the worker takes jobs/, 'worker')

/** Returns what the store holds after everything came to rest. */
export const inspect = async (place: { data: string; databaseUrl?: string }) => {
  const store = await openStore({
    databaseUrl: place.databaseUrl,
    data: place.data,
    log: pino({ level: 'silent' }),
  })
  try {
    const [builds, deployments, systems, rows] = await Promise.all([
      store.db.select().from(tables.builds),
      store.db.select().from(tables.deployments),
      store.db.select().from(tables.systems),
      store.db.select().from(tables.cards),
    ])
    const cards = rows.map(({ card }) => card as Card)
    const kinds = cards.map(({ kind }) => kind)
    return {
      builds: builds.map(({ status }) => status),
      live: deployments.filter(({ status }) => status === 'live').length,
      deployments: deployments.length,
      url: systems[0]?.url ?? undefined,
      /** What any card says went wrong. */
      failures: cards.flatMap((card) => (card.kind === 'failed' ? [`${card.title}: ${card.happened}`] : [])),
      finals: kinds.filter((kind) => kind === 'deployed' || kind === 'failed').length,
    }
  } finally {
    await store.close()
  }
}

export type Found = Awaited<ReturnType<typeof inspect>>

/** Returns what is wrong with what came of one build. */
export const problemsOf = (found: Found): string[] => [
  ...(found.builds.join() === 'succeeded' ? [] : [`builds: ${found.builds.join() || 'none'}`]),
  ...(found.live === 1 && found.deployments === 1 ? [] : [`${found.deployments} deployments, ${found.live} live`]),
  ...(found.finals === 1 ? [] : [`${found.finals} final cards ${found.failures.join('; ')}`.trim()]),
]

/** Returns the status with which an address answers; 0 where it does not. */
export const healthOf = (url: string | undefined): Promise<number> =>
  url
    ? fetch(`${url}/readyz`).then(
        (response) => response.status,
        () => 0,
      )
    : Promise.resolve(0)

/** Runs rounds one after the other, each with its moment, and says how many passed. */
export const runCampaign = async (options: {
  rounds: number
  seed: number
  /** Returns what went wrong. */
  round: (number: number, random: () => number) => Promise<{ what: string; problems: string[] }>
}): Promise<void> => {
  const random = createRandom(options.seed)
  console.log(`${options.rounds} rounds, seed ${options.seed}`)
  let broken = 0
  for (let number = 1; number <= options.rounds; number += 1) {
    const { what, problems } = await options.round(number, random)
    if (problems.length > 0) broken += 1
    console.log(
      `round ${number}: ${what}: ${problems.length ? problems.join('; ') : 'one build, one deployment, one final card'}`,
    )
  }
  console.log(`${options.rounds - broken} passed, ${broken} failed`)
  process.exitCode = broken > 0 ? 1 : 0
}
