import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { Client, Pool } from 'pg'
import type { Logger } from 'pino'
import { AppError } from '../../schemas/errors.ts'
import { codeOf, placeOf } from '../probe.ts'
import { CHANNEL, type Change, parseChange } from './changes.ts'
import type { Db } from './db.ts'
import type { Driver } from './driver.ts'
import { MIGRATIONS } from './migrations.ts'
import { createSessionLocks } from './postgres-locks.ts'
import * as schema from './schema.ts'

/** "autocode" in the numbering of advisory locks: one process at a time runs the migrations. */
const MIGRATION_LOCK = 7_021_001

/** Opens the store on a PostgreSQL server. Throws AppError `store-unreachable`, which is worth another try. */
export const openPostgres = async (
  databaseUrl: string,
  emit: (change: Change) => void,
  log: Logger,
): Promise<Driver> => {
  const pool = new Pool({ connectionString: databaseUrl, max: 10, keepAlive: true, connectionTimeoutMillis: 10_000 })
  // An idle connection that the server closed; the pool has dropped it already and the next query gets another.
  pool.on('error', (error) => log.warn({ reason: error.message }, 'the database closed an idle connection'))
  try {
    await migrateUnderLock(databaseUrl)
  } catch (error) {
    await pool.end()
    throw error
  }
  const stopListening = listen(databaseUrl, emit, log)
  const locks = createSessionLocks(databaseUrl, log)
  return {
    name: 'postgres',
    db: drizzle(pool, { schema, casing: 'snake_case' }) as unknown as Db,
    locks,
    close: async () => {
      await stopListening()
      await locks.close()
      await pool.end()
    },
  }
}

const migrateUnderLock = async (databaseUrl: string): Promise<void> => {
  const client = new Client({ connectionString: databaseUrl })
  // Without a listener a connection that ends while idle would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    throw new AppError(
      'store-unreachable',
      `The database at ${placeOf(databaseUrl)} does not answer: ${codeOf(error)}`,
      {
        help: 'Check DATABASE_URL and that the server runs.',
        retryable: true,
        cause: error,
      },
    )
  }
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
    await migrate(drizzle(client, { schema, casing: 'snake_case' }), { migrationsFolder: MIGRATIONS })
  } finally {
    await client.end()
  }
}

/** Keeps one connection that listens; after a loss it is made again, and `poll` covers what was missed meanwhile. */
const listen = (databaseUrl: string, emit: (change: Change) => void, log: Logger): (() => Promise<void>) => {
  let closed = false
  let client: Client | undefined
  let again: NodeJS.Timeout | undefined
  const retry = () => {
    if (closed || again) return
    again = setTimeout(() => {
      again = undefined
      void connect()
    }, 250)
  }
  const connect = async (): Promise<void> => {
    const next = new Client({ connectionString: databaseUrl, keepAlive: true, application_name: 'autocoder-changes' })
    next.on('error', (error) => log.warn({ reason: error.message }, 'the connection that listens for changes failed'))
    next.on('end', retry)
    next.on('notification', ({ payload }) => {
      const change = parseChange(payload ?? '')
      if (change) emit(change)
    })
    try {
      await next.connect()
      await next.query(`listen ${CHANNEL}`)
      client = next
      if (closed) await next.end()
      else emit({ kind: 'poll' })
    } catch (error) {
      log.warn({ err: error }, 'cannot listen for changes yet')
      retry()
    }
  }
  const first = connect()
  return async () => {
    closed = true
    clearTimeout(again)
    await first
    await client?.end()
  }
}
