import { EventEmitter } from 'node:events'
import type { PGlite } from '@electric-sql/pglite'
import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq'

const LEADING_COMMENTS = /^(?:\s+|--[^\n]*\n|\/\*[\s\S]*?\*\/)+/

/**
 * Returns what BullMQ uses of a pg.Pool, on PGlite: one connection that all clients share. A client that begins a
 * transaction holds the connection to its end, and LISTEN of any client reaches its own `notification` listeners.
 */
export const createPglitePool = (database: PGlite): PgPool => {
  let tail: Promise<unknown> = Promise.resolve()
  /** Waits for its turn at the connection; resolves with what gives it on. */
  const acquire = async (): Promise<() => void> => {
    const before = tail
    let release = (): void => undefined
    tail = new Promise<void>((resolve) => {
      release = resolve
    })
    await before
    return release
  }

  const run = async (text: string, params: readonly unknown[] | undefined): Promise<PgQueryResult> => {
    if (params === undefined || params.length === 0) {
      // Only exec takes several statements at once, as migrations send them.
      const results = await database.exec(text)
      const last = results.at(-1)
      return { rows: last?.rows ?? [], rowCount: last?.affectedRows ?? last?.rows.length ?? 0 }
    }
    const { rows, affectedRows } = await database.query(text, [...params])
    return { rows, rowCount: affectedRows ?? rows.length }
  }

  const inTurn = async (text: string, params?: readonly unknown[]): Promise<PgQueryResult> => {
    const release = await acquire()
    try {
      return await run(text, params)
    } finally {
      release()
    }
  }

  const connect = async (): Promise<PgPoolClient> => {
    const events = new EventEmitter()
    const unlisten: (() => Promise<void>)[] = []
    let endTransaction: (() => void) | undefined

    const query = async (text: string, params?: readonly unknown[]): Promise<PgQueryResult> => {
      const statement = text.replace(LEADING_COMMENTS, '').trim().replace(/;$/, '')
      const channel = /^listen\s+"?([a-z_]+)"?$/i.exec(statement)?.[1]
      if (channel) {
        unlisten.push(await database.listen(channel, (payload) => events.emit('notification', { channel, payload })))
        return { rows: [], rowCount: 0 }
      }
      if (/^begin\b/i.test(statement)) endTransaction ??= await acquire()
      if (!endTransaction) return inTurn(text, params)
      try {
        return await run(text, params)
      } finally {
        if (/^(commit|rollback)\b(?!\s+to\b)/i.test(statement)) {
          endTransaction()
          endTransaction = undefined
        }
      }
    }

    return Object.assign(events, {
      query,
      release: () => {
        for (const stop of unlisten.splice(0)) void stop()
        endTransaction?.()
      },
    }) as unknown as PgPoolClient
  }

  const pool = new EventEmitter()
  // Every queue and worker listens for errors of the connection they share.
  pool.setMaxListeners(0)
  return Object.assign(pool, {
    // Says that a lost connection would be noticed; there is none to lose. Else a wait is cut at 10 s.
    options: { keepAlive: true },
    connect,
    query: inTurn,
    end: async () => undefined,
  }) as unknown as PgPool
}
