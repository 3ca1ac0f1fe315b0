import { FlowProducer, Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import { AppError } from '../../schemas/errors.ts'
import { QUEUES, type QueueName } from '../jobs.ts'
import { codeOf, placeOf } from '../probe.ts'
import type { Backend } from './backend.ts'

const PREFIX = 'autocoder'
/** Milliseconds between tries to reach a Redis that went away. */
const retryStrategy = (times: number): number => Math.min(times * 100, 1_000)

/** Opens BullMQ on Redis (6.2 or newer) or Valkey. Throws AppError `queue-unreachable`, which is worth another try. */
export const openRedisBackend = async (redisUrl: string, log: Logger): Promise<Backend> => {
  // Who adds work must not wait for a Redis that is away: the store knows the work, and the sweep adds it later.
  const producing = new Redis(redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    retryStrategy,
  })
  let reason: unknown
  producing.on('error', (error: Error) => {
    reason = error
    log.warn({ err: error }, 'Redis does not answer')
  })
  try {
    await producing.connect()
  } catch (error) {
    producing.disconnect()
    throw new AppError(
      'queue-unreachable',
      `Redis at ${placeOf(redisUrl)} does not answer: ${codeOf(reason ?? error)}`,
      {
        help: 'Check REDIS_URL and that the server runs.',
        retryable: true,
        cause: error,
      },
    )
  }
  const onError = (error: Error) => log.warn({ err: error }, 'the queue reported an error')
  const queues = new Map(
    QUEUES.map((name) => {
      const queue = new Queue(name, { connection: producing, prefix: PREFIX })
      queue.on('error', onError)
      return [name, queue]
    }),
  )
  const flows = new FlowProducer({ connection: producing, prefix: PREFIX })
  flows.on('error', onError)
  // Who takes work waits for Redis to come back, however long.
  const consuming = new Redis(redisUrl, { maxRetriesPerRequest: null, retryStrategy })
  consuming.on('error', onError)

  return {
    name: 'redis',
    shared: true,
    queue: (name: QueueName) => queues.get(name)!,
    flows,
    worker: (name, processor, options) =>
      new Worker(name, processor, { ...options, connection: consuming, prefix: PREFIX }),
    reclaim: async () => [],
    ping: async () => {
      await producing.ping()
    },
    close: async () => {
      await flows.close()
      for (const queue of queues.values()) await queue.close()
      producing.disconnect()
      consuming.disconnect()
    },
  }
}
