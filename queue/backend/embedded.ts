import { join } from 'node:path'
import { createPostgresBackend, DEFAULT_SCHEMA, FlowProducer, Queue, runMigrations, Worker } from 'bullmq'
import type { Logger } from 'pino'
import { openCluster } from '../cluster.ts'
import { QUEUES, type QueueName } from '../jobs.ts'
import type { Backend, Orphan } from './backend.ts'
import { createPglitePool } from './pglite-pool.ts'

/** Opens BullMQ on a PostgreSQL in the process (PGlite) in <data>/work. */
export const openEmbeddedBackend = async (data: string, log: Logger): Promise<Backend> => {
  const database = await openCluster(join(data, 'work'))
  const connection = createPglitePool(database)
  const client = await connection.connect()
  await runMigrations(client, DEFAULT_SCHEMA)
  client.release()
  await database.exec(`set search_path to ${DEFAULT_SCHEMA}`)

  const onError = (error: Error) => log.error({ err: error }, 'the embedded queue reported an error')
  const queues = new Map(
    QUEUES.map((name) => {
      const queue = new Queue(name, { connection }, createPostgresBackend)
      queue.on('error', onError)
      return [name, queue as unknown as Queue]
    }),
  )
  const flows = new FlowProducer({ connection }, createPostgresBackend)
  flows.on('error', onError)

  return {
    name: 'embedded',
    shared: false,
    queue: (name: QueueName) => queues.get(name)!,
    flows: flows as unknown as FlowProducer,
    worker: (name, processor, options) =>
      new Worker(name, processor, { ...options, connection }, createPostgresBackend) as unknown as Worker,
    reclaim: async () => {
      // This process alone works here, and its workers are not made yet: whoever holds a job is dead.
      const { rows } = await database.query<Orphan>(
        `update job set state = 'waiting', lock_token = null, locked_until_ms = null, stalled_marked = false
         where state = 'active' returning name, data`,
      )
      return rows
    },
    ping: async () => {
      await database.query('select 1')
    },
    close: async () => {
      await flows.close()
      for (const queue of queues.values()) await queue.close()
      await database.close()
    },
  }
}
