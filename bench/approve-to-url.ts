/**
 * From the press of Approve to a URL that answers, against migrating and starting the very same release by hand; from a
 * message to its blueprint; the memory of the bot: `npm run bench -- [--rounds 3]`.
 *
 * A real bot, a real terminal attached to it, embedded store and queue. Both arms run in turn in one run.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isReady } from '../deploy/health.ts'
import { reachSupervisor } from '../deploy/local/supervisor.ts'
import { readConfig } from '../schemas/config.ts'
import { watchMemory } from './memory.ts'

const GOAL = 5
const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } })
const names = ['Ant', 'Bee', 'Cat', 'Dog', 'Elk', 'Fox', 'Gnu', 'Hen', 'Ibis', 'Jay']
const interruption = new AbortController()
const interrupted = interruption.signal
const rounds = Math.min(Number(values.rounds), names.length)

type Event = { type: string; at: number; stage?: string; step?: string; system?: string; url?: string; text?: string }

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

const startBot = async (env: NodeJS.ProcessEnv): Promise<ChildProcess> => {
  const bot = spawn(process.execPath, ['bot/main.ts'], { cwd: root, env, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    bot.stdout?.on('data', (chunk: Buffer) => {
      if (/https?:\/\//.test(chunk.toString())) resolve()
    })
    bot.once('exit', (code) => reject(new Error(`the bot ended with ${code}`)))
  })
  return bot
}

/** A terminal that is attached to the bot: say something, wait for what comes. */
const startTerminal = (env: NodeJS.ProcessEnv) => {
  const child = spawn(process.execPath, ['bot/terminal/main.ts', '--json'], {
    cwd: root,
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const events: Event[] = []
  const listeners = new Set<() => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push({ ...(JSON.parse(line) as Event), at: performance.now() })
    for (const listener of listeners) listener()
  })
  /** Says it and returns what came, up to the first event of a type; fails where an error comes instead. */
  const say = async (text: string, until: string): Promise<{ from: number; events: Event[] }> => {
    const first = events.length
    const from = performance.now()
    child.stdin.write(`${text}\n`)
    const end = await new Promise<number>((resolve, reject) => {
      interrupted.addEventListener('abort', () => reject(interrupted.reason), { once: true })
      const look = () => {
        const failed = events.slice(first).find(({ type }) => type === 'error' || type === 'refusal')
        if (failed) reject(new Error(failed.text))
        const found = events.findIndex(({ type }, number) => number >= first && type === until)
        if (found >= 0) resolve(found)
      }
      listeners.add(look)
    })
    listeners.clear()
    return { from, events: events.slice(first, end + 1) }
  }
  return {
    say,
    end: async () => {
      child.stdin.end()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

/** Migrates an empty database and boots a release as a person would by hand; returns both times in ms. */
const bareBoot = async (release: string, python: string): Promise<{ migrate: number; boot: number }> => {
  const work = await mkdtemp(join(tmpdir(), 'bare-'))
  const secret = async (name: string, text: string) => {
    await writeFile(join(work, name), text, { mode: 0o600 })
    return join(work, name)
  }
  const env = {
    PATH: '/usr/bin:/bin',
    DATABASE_URL_FILE: await secret('database_url', `sqlite+aiosqlite:///${work}/app.db`),
    JWT_KEY_FILE: await secret('jwt_key', 'k'.repeat(48)),
    SETUP_TOKEN_FILE: await secret('setup_token', 't'.repeat(24)),
    BASE_URL: 'http://127.0.0.1',
    RELEASE: 'bare',
    PYTHONDONTWRITEBYTECODE: '1',
  }
  const run = (args: string[]) => spawn(python, ['-m', ...args], { cwd: release, env, stdio: 'ignore' })
  try {
    const begun = performance.now()
    const migration = run(['runtime.migrate'])
    const [code] = (await once(migration, 'exit')) as [number]
    if (code !== 0) throw new Error('the release does not migrate')
    const migrated = performance.now()
    const socket = join(work, 'sock')
    const server = run(['runtime.serve', '--uds', socket])
    while (!(await isReady({ socket }))) {
      if (server.exitCode !== null) throw new Error('the release does not boot')
      await wait(10)
    }
    const booted = performance.now()
    server.kill('SIGTERM')
    await once(server, 'exit')
    return { migrate: migrated - begun, boot: booted - migrated }
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Where the time of a build goes, read off what the bot says and logs: ms by stage, check and deploy step. */
type Shares = Map<string, number[]>
const note = (shares: Shares, name: string, ms: number): void => {
  shares.set(name, [...(shares.get(name) ?? []), ms])
}

/** Stages follow one another; each lasts until the next one is first heard of. */
const noteStages = (shares: Shares, from: number, events: Event[]): void => {
  let last = { name: 'until the first stage', at: from }
  for (const { type, stage, at } of events) {
    const name = type === 'deployed' ? 'end' : type === 'progress' ? stage : undefined
    if (!name || name === last.name) continue
    note(shares, last.name, at - last.at)
    last = { name, at }
  }
}

/** The checks of harden run side by side, so their times overlap; those of the deploy follow one another. */
const noteLog = (shares: Shares, log: string): void => {
  for (const line of log.split('\n').filter(Boolean)) {
    const entry = JSON.parse(line) as { check?: string; seconds?: number; step?: string; ms?: number }
    if (entry.check && entry.seconds !== undefined)
      note(shares, `harden, beside others: ${entry.check}`, entry.seconds * 1000)
    if (entry.step && entry.ms !== undefined) note(shares, `deploy: ${entry.step}`, entry.ms)
  }
}

const newestRelease = async (data: string): Promise<string> => {
  const newest = (await readdir(join(data, 'systems'))).sort().at(-1) ?? ''
  const record = await readFile(join(data, 'systems', newest, 'deployment.json'), 'utf8')
  return (JSON.parse(record) as { release: { folder: string } }).release.folder
}

type Result = {
  cards: number[]
  totals: number[]
  boots: { migrate: number; boot: number }[]
  shares: Shares
  own: number
}

const print = ({ cards, totals, boots, shares, own }: Result): void => {
  const ms = (number: number) => `${number.toFixed(0)} ms`
  const total = median(totals)
  const boot = median(boots.map((one) => one.boot))
  const migrate = median(boots.map((one) => one.migrate))
  const ratio = total / (migrate + boot)
  console.log(
    `Medians of ${totals.length} rounds on ${cpus().length} cores; the machine's load was ${loadavg()[0]?.toFixed(1)} at the end.\n`,
  )
  console.log('| | |\n|---|---:|')
  console.log(`| message -> blueprint card | ${ms(median(cards))} |`)
  console.log(`| approve -> URL that answers | ${ms(total)} |`)
  for (const [name, times] of shares) console.log(`| - ${name} | ${ms(median(times))} |`)
  console.log(`| the same release by hand: migrate an empty database | ${ms(migrate)} |`)
  console.log(`| the same release by hand: start, until it is ready | ${ms(boot)} |`)
  console.log(`| approve -> URL against both by hand | ${ratio.toFixed(1)}x |`)
  console.log(`| approve -> URL against the start alone | ${(total / boot).toFixed(1)}x |`)
  console.log(`| peak memory of the bot | ${own.toFixed(0)} MB |`)
  console.log(`\nGoal: at most ${GOAL}x. ${ratio <= GOAL ? 'Met.' : 'Missed.'}`)
  process.exitCode = ratio <= GOAL ? 0 : 1
}

const main = async (): Promise<void> => {
  const data = await mkdtemp(join(tmpdir(), 'bench-'))
  const env = { ...process.env, AUTOCODER_DATA: data, WEB_PORT: '0', LOG_LEVEL: 'debug' }
  const python = join(readConfig({ AUTOCODER_DATA: data }).pythonBin, 'python')
  const bot = await startBot(env)
  const memory = watchMemory(bot.pid ?? 0)
  const terminal = startTerminal(env)
  const result: Result = { cards: [], totals: [], boots: [], shares: new Map(), own: 0 }
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const wish = `Build me a todo API called ${names[round - 1]} with user authentication`
      const asked = await terminal.say(wish, 'blueprint')
      result.cards.push(asked.events.at(-1)!.at - asked.from)
      const built = await terminal.say('approve', 'deployed')
      result.totals.push(built.events.at(-1)!.at - built.from)
      noteStages(result.shares, built.from, built.events)
      result.boots.push(await bareBoot(await newestRelease(data), python))
    }
    result.own = memory.stop().own
    noteLog(result.shares, await readFile(join(data, 'logs', 'bot.log'), 'utf8'))
    print(result)
  } finally {
    await terminal.end()
    bot.kill('SIGTERM')
    if (bot.exitCode === null) await once(bot, 'exit')
    const line = await reachSupervisor(data)
    await line?.ask('shutdown', {}).catch(() => undefined) // it ends while it answers
    line?.close()
    await rm(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}

for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.once(name, () => interruption.abort(new Error(`ended by ${name}`)))
await main()
