import type { Logger } from 'pino'
import { type Change, type Changes, createChanges } from './changes.ts'
import type { Db } from './db.ts'
import type { Driver } from './driver.ts'
import { openEmbedded } from './embedded.ts'
import type { Locks } from './locks.ts'
import { openPostgres } from './postgres.ts'

/** The truth: everything that was acknowledged to anybody is in here. */
export type Store = {
  driver: Driver['name']
  /** Given to the functions of the aggregates; `db.transaction` groups them. Inside one, use its `tx` only. */
  db: Db
  /** Wakes whoever must look again. News arrive within 100 ms; `poll` comes every second in any case. */
  changes: Changes
  /** One owner among all processes; such as `conversation:<id>` for a turn and `system:<id>` for work on a system. */
  locks: Locks
  close: () => Promise<void>
}

/** Milliseconds between two `poll` changes, which find what a lost connection did not tell. */
const POLL_INTERVAL = 1_000

/**
 * Opens the store and brings its tables up to date: PostgreSQL where `databaseUrl` is given, else embedded under
 * <data>/state. Throws AppError `data-in-use` (embedded) or `store-unreachable` (PostgreSQL).
 */
export const openStore = async (options: { databaseUrl?: string; data: string; log: Logger }): Promise<Store> => {
  const { log } = options
  const changes = createChanges((error) => log.error({ err: error }, 'a listener of changes failed'))
  const driver = options.databaseUrl
    ? await openPostgres(options.databaseUrl, changes.emit, log)
    : await openEmbedded(options.data, changes.emit)
  const poll: Change = { kind: 'poll' }
  const timer = setInterval(() => changes.emit(poll), POLL_INTERVAL)
  timer.unref()
  let closing: Promise<void> | undefined
  return {
    driver: driver.name,
    db: driver.db,
    changes: { subscribe: changes.subscribe },
    locks: driver.locks,
    close: () => {
      clearInterval(timer)
      changes.clear()
      closing ??= driver.close()
      return closing
    },
  }
}
