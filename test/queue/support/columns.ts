import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { type Backend, openBackend } from '../../../queue/backend/backend.ts'
import { createProducer, type Producer } from '../../../queue/producer.ts'
import { openStore, type Store } from '../../../queue/store/store.ts'
import { startWorkers, type Timing, type WorkerPool } from '../../../queue/worker.ts'
import { startPostgres } from '../../support/postgres.ts'
import { startRedis } from '../../support/redis.ts'
import { createTestPipeline, type TestPipeline } from './pipeline.ts'

export const log = pino({ level: process.env.TEST_LOG_LEVEL ?? 'silent' })

/** Where the truth and the work live. */
export type Place = { data: string; databaseUrl?: string; redisUrl?: string }

export type Column = {
  name: 'embedded' | 'servers'
  /** An empty place, as of a new installation. */
  place: () => Promise<Place>
  /** Servers only. */
  restartRedis?: () => Promise<void>
  restartPostgres?: () => Promise<void>
  stop: () => Promise<void>
}

const folders: string[] = []
const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'autocoder-queue-'))
  folders.push(folder)
  return folder
}
const removeFolders = async (): Promise<void> => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
}

const startEmbedded = async (): Promise<Column> => ({
  name: 'embedded',
  place: async () => ({ data: newFolder() }),
  stop: removeFolders,
})

const startServers = async (): Promise<Column> => {
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()])
  let database = 0
  return {
    name: 'servers',
    place: async () => ({
      data: newFolder(),
      databaseUrl: await postgres.createDatabase(),
      // A database of its own for every place, of the sixteen that Redis has.
      redisUrl: `${redis.url}/${database++ % 16}`,
    }),
    restartRedis: async () => {
      await redis.halt('SIGTERM')
      await redis.start()
    },
    restartPostgres: async () => {
      await postgres.halt('SIGINT')
      await postgres.start()
    },
    stop: async () => {
      await Promise.all([postgres.stop(), redis.stop()])
      await removeFolders()
    },
  }
}

/** Both columns of the same truth: what holds on one must hold on the other. */
export const COLUMNS: { name: Column['name']; start: () => Promise<Column> }[] = [
  { name: 'embedded', start: startEmbedded },
  { name: 'servers', start: startServers },
]

/** One process's worth of queue and store, as bot/main.ts and queue/main.ts wire them. */
export type Rig = {
  place: Place
  store: Store
  backend: Backend
  producer: Producer
  pipeline: TestPipeline
  workers: WorkerPool | undefined
  /** Starts workers in this process. */
  work: () => Promise<WorkerPool>
  /** Stops everything, and fails where some work went on. */
  close: () => Promise<void>
}

/** Dead workers are noticed in a second, so that a test need not wait for long. */
export const QUICK: Timing = { sweep: 1_000, lock: 1_500, stalled: 500 }

export const openRig = async (place: Place, options: { concurrency?: number; timing?: Timing } = {}): Promise<Rig> => {
  const concurrency = options.concurrency ?? 4
  const store = await openStore({ ...place, log })
  const backend = await openBackend({ ...place, log })
  const producer = createProducer({ store, backend, concurrency, log })
  const pipeline = createTestPipeline(place.data)
  const rig: Rig = {
    place,
    store,
    backend,
    producer,
    pipeline,
    workers: undefined,
    work: async () => {
      rig.workers = await startWorkers({
        store,
        backend,
        producer,
        pipeline,
        data: place.data,
        concurrency,
        log,
        timing: options.timing,
      })
      return rig.workers
    },
    close: async () => {
      await rig.workers?.stop(10_000)
      const leaked = rig.workers?.running() ?? 0
      await backend.close()
      await store.close()
      if (leaked > 0) throw new Error(`${leaked} jobs went on after the workers were stopped`)
    },
  }
  return rig
}
