/**
 * List and create of a generated todo system against a FastAPI + SQLAlchemy application that was written and tuned by
 * hand (bench/hand/app.py) on the very same database: `node bench/endpoints.ts [--rounds 5] [--seconds 4] [--postgres]`.
 *
 * Both servers run at once; each round loads one, then the other, in turn. Goal: at least 1.0x the requests per second
 * and at most 1.0x the p99.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { fixture, startSystem } from '../test/generate/system.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { type Figures, load, type Shot } from './load.ts'
import { processorTime } from './processor-time.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    connections: { type: 'string', default: '8' },
    postgres: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const connections = Number(values.connections)
const root = join(import.meta.dirname, '..')

const median = (numbers: number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN

/** Serves the application that was written by hand, on the database of a generated system. */
const startByHand = async (folder: string): Promise<{ url: string; child: ChildProcess }> => {
  const port = 20_000 + (process.pid % 20_000)
  const options = ['--port', String(port), '--loop', 'uvloop', '--http', 'httptools', '--no-access-log']
  const child = spawn(join(root, '.venv/bin/python'), ['-m', 'uvicorn', 'app:served', ...options], {
    cwd: join(root, 'bench/hand'),
    env: {
      PATH: process.env.PATH,
      JWT_KEY_FILE: join(folder, 'jwt_key'),
      DATABASE_URL_FILE: join(folder, 'database_url'),
      LOG_LEVEL: 'warning',
      PYTHONDONTWRITEBYTECODE: '1',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  for await (const line of createInterface({ input: child.stderr! })) if (line.includes('running on')) break
  if (child.exitCode !== null) throw new Error(`the application by hand ended with ${child.exitCode}`)
  child.stderr!.resume()
  return { url: `http://127.0.0.1:${port}`, child }
}

const postgres = values.postgres ? await startPostgres() : undefined
const database = await postgres?.createDatabase()
const system = await startSystem({
  yaml: fixture('todo'),
  env: { LOG_LEVEL: 'warning' },
  ...(database ? { database } : {}),
})
const hand = await startByHand(system.folder)
let missed = false
try {
  const person = await system.person('bench')
  const headers = { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' }
  for (let number = 0; number < 200; number++)
    await person.ask('POST', '/v1/todos', { title: `Todo ${number}`, done: number % 3 === 0 })
  const shots: { [name: string]: (number: number) => Shot } = {
    list: () => ({ method: 'GET', path: '/v1/todos?limit=20&done=false&sort=-created_at', headers }),
    create: (number) => ({ method: 'POST', path: '/v1/todos', headers, body: `{"title": "Another ${number}"}` }),
  }
  const arms = { generated: system.url, hand: hand.url }
  const pids = { generated: system.pid, hand: hand.child.pid! }
  for (const [name, shot] of Object.entries(shots)) {
    type Round = Figures & { processor: number }
    const figures: { [arm in keyof typeof arms]: Round[] } = { generated: [], hand: [] }
    for (let round = -1; round < rounds; round++) {
      const order = round % 2 ? (['generated', 'hand'] as const) : (['hand', 'generated'] as const)
      for (const arm of order) {
        const before = processorTime(pids[arm])
        const found = await load(arms[arm], { seconds: round < 0 ? 1 : seconds, connections, shot })
        if (found.wrong) throw new Error(`${arm} answered ${found.wrong} requests of ${name} with an error`)
        const processor = (processorTime(pids[arm]) - before) / found.requests
        if (round >= 0) figures[arm].push({ ...found, processor })
      }
    }
    const ratio = (key: 'perSecond' | 'p99' | 'processor') =>
      median(figures.generated.map((found, index) => found[key] / figures.hand[index]![key]))
    const [speed, tail] = [ratio('perSecond'), ratio('p99')]
    missed ||= speed < 1 || tail > 1
    const of = (arm: keyof typeof arms, key: keyof Round) => median(figures[arm].map((found) => found[key])).toFixed(1)
    console.log(
      `${name.padEnd(6)} ${speed.toFixed(2)}x requests/s (${of('generated', 'perSecond')} : ${of('hand', 'perSecond')}), ` +
        `${tail.toFixed(2)}x p99 (${of('generated', 'p99')} : ${of('hand', 'p99')} ms), ` +
        `p50 ${of('generated', 'p50')} : ${of('hand', 'p50')} ms, ${ratio('processor').toFixed(2)}x processor time a request`,
    )
  }
  console.log(
    `${postgres ? 'PostgreSQL' : 'SQLite'}, ${rounds} rounds of ${seconds} s, ${connections} connections, load ${loadavg()[0]!.toFixed(1)}`,
  )
} finally {
  if (hand.child.exitCode === null) {
    hand.child.kill('SIGTERM')
    await once(hand.child, 'exit')
  }
  await system.stop()
  await postgres?.stop()
}
process.exitCode = missed ? 1 : 0
