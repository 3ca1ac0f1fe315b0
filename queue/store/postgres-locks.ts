import { Client } from 'pg'
import type { Logger } from 'pino'
import type { Lock, Locks } from './locks.ts'

type Session = {
  /** Asks one question at a time, as the connection answers one at a time. */
  ask: (statement: string, name: string) => Promise<boolean>
  end: () => Promise<void>
  held: Map<string, AbortController>
  broken: boolean
}

/**
 * Returns locks that all processes of one PostgreSQL server share: session-level advisory locks on one connection a
 * process. A process that dies loses its connection and so its locks; a connection that is lost aborts the signals of
 * the locks it held.
 */
export const createSessionLocks = (databaseUrl: string, log: Logger): Locks & { close: () => Promise<void> } => {
  let session: Promise<Session> | undefined
  // A session may take its own lock again, so what this process holds or is taking is known here.
  const taken = new Set<string>()

  const open = async (): Promise<Session> => {
    const client = new Client({ connectionString: databaseUrl, keepAlive: true, application_name: 'autocoder-locks' })
    let tail: Promise<unknown> = Promise.resolve()
    const ask = (statement: string, name: string): Promise<boolean> => {
      const answer = tail.then(
        async () => (await client.query<{ yes: boolean }>(statement, [name])).rows[0]?.yes === true,
      )
      tail = answer.catch(() => undefined)
      return answer
    }
    const made: Session = { ask, end: () => client.end(), held: new Map(), broken: false }
    const lose = () => {
      if (made.broken) return
      made.broken = true
      session = undefined
      for (const [name, controller] of made.held) {
        taken.delete(name)
        controller.abort(new Error(`the lock ${name} was lost with its connection`))
      }
      made.held.clear()
    }
    client.on('error', (error) => {
      log.warn({ reason: error.message }, 'the connection that holds the locks failed')
      lose()
    })
    client.on('end', lose)
    await client.connect()
    return made
  }
  const current = (): Promise<Session> => {
    session ??= open().catch((error: unknown) => {
      session = undefined
      throw error
    })
    return session
  }

  const take = async (name: string): Promise<Lock | undefined> => {
    const owner = await current()
    if (!(await owner.ask('select pg_try_advisory_lock(hashtextextended($1, 0)) as yes', name))) return undefined
    const controller = new AbortController()
    owner.held.set(name, controller)
    return {
      signal: controller.signal,
      release: async () => {
        if (!owner.held.delete(name)) return
        try {
          await owner.ask('select pg_advisory_unlock(hashtextextended($1, 0)) as yes', name)
        } catch (error) {
          // The connection is gone and the lock with it.
          log.debug({ err: error, lock: name }, 'a lock was released by the loss of its connection')
        } finally {
          taken.delete(name)
        }
      },
    }
  }

  return {
    tryLock: async (name) => {
      if (taken.has(name)) return undefined
      taken.add(name)
      const lock = await take(name).catch((error: unknown) => {
        taken.delete(name)
        throw error
      })
      if (!lock) taken.delete(name)
      return lock
    },
    close: async () => {
      const last = await session?.catch(() => undefined)
      await last?.end()
    },
  }
}
