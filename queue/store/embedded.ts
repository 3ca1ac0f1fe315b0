import { join } from 'node:path'
import { drizzle } from 'drizzle-orm/pglite'
import { migrate } from 'drizzle-orm/pglite/migrator'
import { openCluster } from '../cluster.ts'
import { CHANNEL, type Change, parseChange } from './changes.ts'
import { lockData } from './data-lock.ts'
import type { Db } from './db.ts'
import type { Driver } from './driver.ts'
import { createLocalLocks } from './locks.ts'
import { MIGRATIONS } from './migrations.ts'
import * as schema from './schema.ts'

/**
 * Opens the store on PostgreSQL in the process (PGlite), in <data>/state. Every write that resolved survives a kill of
 * the process. Throws AppError `data-in-use` where another process holds the directory.
 */
export const openEmbedded = async (data: string, emit: (change: Change) => void): Promise<Driver> => {
  const unlock = await lockData(data)
  let client: Awaited<ReturnType<typeof openCluster>> | undefined
  try {
    client = await openCluster(join(data, 'state'))
    const opened = client
    const database = drizzle(client, { schema, casing: 'snake_case' })
    await migrate(database, { migrationsFolder: MIGRATIONS })
    const unlisten = await client.listen(CHANNEL, (payload) => {
      const change = parseChange(payload)
      if (change) emit(change)
    })
    return {
      name: 'embedded',
      db: database as unknown as Db,
      locks: createLocalLocks(),
      close: async () => {
        await unlisten()
        await opened.close()
        unlock()
      },
    }
  } catch (error) {
    await client?.close()
    unlock()
    throw error
  }
}
