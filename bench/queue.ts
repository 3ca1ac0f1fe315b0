/**
 * Jobs a second of our way (producer, checked payload, worker with cancel and recovery; empty stages) against bare BullMQ
 * on the same backend, in one run: `node bench/queue.ts [jobs]`. The goal is a ratio of 0.8 or better.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type Backend, openBackend } from '../queue/backend/backend.ts'
import type { Handler } from '../queue/handlers/handler.ts'
import type { Handlers } from '../queue/job-runner.ts'
import { JOB_OPTIONS } from '../queue/jobs.ts'
import type { Pipeline } from '../queue/pipeline-contract.ts'
import { addJob, createProducer } from '../queue/producer.ts'
import { openStore, type Store } from '../queue/store/store.ts'
import { startWorkers } from '../queue/worker.ts'
import { startPostgres } from '../test/support/postgres.ts'
import { startRedis } from '../test/support/redis.ts'

const JOBS = Number(process.argv[2] ?? 2_000)
const ROUNDS = 3
const CONCURRENCY = 8
/** Adds that are on their way at a time, in both arms. */
const ADDING = 32
const log = pino({ level: 'silent' })

/** Adds jobs and resolves with jobs a second, from the first add to the last end. */
const measure = async (jobs: number, add: (n: number) => Promise<void>, allDone: Promise<void>): Promise<number> => {
  const begun = performance.now()
  for (let n = 0; n < jobs; n += ADDING)
    await Promise.all(Array.from({ length: Math.min(ADDING, jobs - n) }, (_, k) => add(n + k)))
  await allDone
  return (jobs * 1000) / (performance.now() - begun)
}

const countdown = (from: number): { tick: () => void; zero: Promise<void> } => {
  let left = from
  let reach = (): void => undefined
  const zero = new Promise<void>((resolve) => {
    reach = resolve
  })
  const tick = () => {
    left -= 1
    if (left === 0) reach()
  }
  return { tick, zero }
}

const bare = async (backend: Backend, round: string, jobs: number): Promise<number> => {
  const { tick, zero } = countdown(jobs)
  const worker = backend.worker('build', async () => tick(), { concurrency: CONCURRENCY })
  worker.on('error', (error) => console.error(error))
  await worker.waitUntilReady()
  const queue = backend.queue('build')
  const rate = await measure(
    jobs,
    async (n) => void (await queue.add('job', { n }, { ...JOB_OPTIONS, jobId: `${round}.${n}` })),
    zero,
  )
  await worker.close()
  return rate
}

const ours = async (store: Store, backend: Backend, round: string, jobs: number): Promise<number> => {
  const { tick, zero } = countdown(jobs)
  const empty: Handler<never> = { run: async () => tick(), fail: async () => undefined, cancel: async () => undefined }
  const stages = ['compile', 'action', 'generate-component', 'generate', 'harden', 'package', 'deploy'] as const
  const workers = await startWorkers({
    store,
    backend,
    producer: createProducer({ store, backend, concurrency: CONCURRENCY, log }),
    // No stage calls it: the handlers are empty.
    pipeline: {} as Pipeline,
    data: '',
    concurrency: CONCURRENCY,
    log,
    handlers: Object.fromEntries(stages.map((stage) => [stage, empty])) as unknown as Handlers,
  })
  const rate = await measure(jobs, (n) => addJob(backend, 'compile', { draftId: `${round}-${n}`, attempt: 0 }), zero)
  await workers.stop(5_000)
  return rate
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

const compare = async (name: string, options: { databaseUrl?: string; redisUrl?: string }): Promise<void> => {
  const data = await mkdtemp(join(tmpdir(), 'autocoder-bench-'))
  const store = await openStore({ ...options, data, log })
  const backend = await openBackend({ ...options, data, log })
  try {
    const rates: { bare: number[]; ours: number[] } = { bare: [], ours: [] }
    await bare(backend, 'warm', 200)
    await ours(store, backend, 'warm', 200)
    for (let round = 0; round < ROUNDS; round += 1) {
      rates.bare.push(await bare(backend, `bare${round}`, JOBS))
      rates.ours.push(await ours(store, backend, `ours${round}`, JOBS))
    }
    const [theirs, own] = [median(rates.bare), median(rates.ours)]
    console.log(
      `${name}: bare BullMQ ${Math.round(theirs)} jobs/s, ours ${Math.round(own)} jobs/s, ratio ${(own / theirs).toFixed(2)} (goal >= 0.80)`,
    )
  } finally {
    await backend.close()
    await store.close()
    await rm(data, { recursive: true, force: true })
  }
}

await compare('embedded', {})
const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
try {
  await compare('redis', { databaseUrl: await postgres.createDatabase(), redisUrl: redis.url })
} finally {
  await Promise.all([postgres.stop(), redis.stop()])
}
