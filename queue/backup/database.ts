import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { drizzle as onServer } from 'drizzle-orm/node-postgres'
import { drizzle as embedded } from 'drizzle-orm/pglite'
import { Client } from 'pg'
import { AppError } from '../../schemas/errors.ts'
import { openCluster } from '../cluster.ts'
import { codeOf, placeOf } from '../probe.ts'
import type { Db } from '../store/db.ts'
import * as schema from '../store/schema.ts'

/** The bot's database as it is: nothing is migrated, nothing listens. One connection. */
export type Plain = { db: Db; close: () => Promise<void> }

const options = { schema, casing: 'snake_case' } as const

/** Opens a database on a server. Throws AppError `store-unreachable`. */
export const openServer = async (databaseUrl: string): Promise<Plain> => {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  // The statement that runs fails with the connection; without a listener the process would end instead.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (cause) {
    await client.end()
    throw new AppError(
      'store-unreachable',
      `The database at ${placeOf(databaseUrl)} does not answer: ${codeOf(cause)}`,
      { help: 'Check DATABASE_URL and that the server runs.', retryable: true, cause },
    )
  }
  return { db: onServer(client, options) as unknown as Db, close: () => client.end() }
}

/** Opens, or makes, the embedded database in a folder. The caller holds the data directory. */
export const openFolder = async (folder: string): Promise<Plain> => {
  const client = await openCluster(folder)
  return { db: embedded(client, options) as unknown as Db, close: () => client.close() }
}

/** Returns the folder of the embedded database, or undefined where none was ever made. */
export const stateFolder = (data: string): string | undefined => {
  const folder = join(data, 'state')
  return existsSync(join(folder, 'PG_VERSION')) ? folder : undefined
}
