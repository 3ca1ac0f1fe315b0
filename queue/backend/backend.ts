import type { FlowProducer, Processor, Queue, Worker, WorkerOptions } from 'bullmq'
import type { Logger } from 'pino'
import type { QueueName } from '../jobs.ts'
import { openEmbeddedBackend } from './embedded.ts'
import { openRedisBackend } from './redis.ts'

/** A job that a process took and did not live to end. */
export type Orphan = { name: string; data: unknown }

/** What BullMQ runs on. */
export type Backend = {
  name: 'embedded' | 'redis'
  /** Whether workers of other processes share it. */
  shared: boolean
  queue: (name: QueueName) => Queue
  flows: FlowProducer
  worker: (name: QueueName, processor: Processor, options: Omit<WorkerOptions, 'connection'>) => Worker
  /**
   * Puts back what workers that cannot be alive had taken, and returns it. Embedded, nobody else can have it and it is
   * done at once; on Redis another worker notices by its locks, so this returns nothing. Call it before making workers.
   */
  reclaim: () => Promise<Orphan[]>
  /** Resolves where the backend answers. */
  ping: () => Promise<void>
  close: () => Promise<void>
}

/**
 * Opens what holds the work: Redis where `redisUrl` is given, else PostgreSQL in the process under <data>/work, which
 * needs the data directory's lock (openStore takes it).
 */
export const openBackend = (options: { redisUrl?: string; data: string; log: Logger }): Promise<Backend> =>
  options.redisUrl ? openRedisBackend(options.redisUrl, options.log) : openEmbeddedBackend(options.data, options.log)
