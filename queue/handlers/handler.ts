import type { Logger } from 'pino'
import { AppError } from '../../schemas/errors.ts'
import type { Jobs, StageName } from '../jobs.ts'
import type { Pipeline } from '../pipeline-contract.ts'
import { Stopped, stopReasonOf } from '../stage-run.ts'
import type { Lock } from '../store/locks.ts'
import type { Store } from '../store/store.ts'

export type HandlerDeps = { store: Store; pipeline: Pipeline; data: string; log: Logger }
export type JobContext = { signal: AbortSignal; log: Logger }

/** What a worker does with the jobs of one stage. All of it can happen again after a death half-way. */
export type Handler<Stage extends StageName> = {
  /** Does the work, or nothing where it is done already. Throws what stopped it. */
  run: (payload: Jobs[Stage], context: JobContext) => Promise<void>
  /** Records in the store that the work failed for good. */
  fail: (payload: Jobs[Stage], error: AppError) => Promise<void>
  /** Records in the store that somebody cancelled the work. */
  cancel: (payload: Jobs[Stage]) => Promise<void>
}

/** Milliseconds between two tries for a lock that somebody else holds. */
const LOCK_RETRY = 100

/**
 * Runs work that only one process may do for a system at a time. Its signal also aborts when the lock is lost. Throws
 * the signal's reason where it aborts before the lock is free.
 */
export const withSystemLock = async <T>(
  store: Store,
  systemId: string,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> => {
  const lock = await waitForLock(store, `system:${systemId}`, signal)
  const controller = new AbortController()
  const onAbort = () => controller.abort(signal.reason)
  const onLost = () => controller.abort(new Stopped('lock-lost'))
  signal.addEventListener('abort', onAbort, { once: true })
  lock.signal.addEventListener('abort', onLost, { once: true })
  try {
    return await work(controller.signal)
  } catch (error) {
    if (signal.aborted || stopReasonOf(controller.signal) !== 'lock-lost') throw error
    // Not the work's fault: it stopped because somebody else may have the lock now, and is tried again under it.
    throw new AppError('store-unreachable', 'The connection that holds the locks was lost', {
      help: 'It is tried again by itself; check the database where this stays.',
      retryable: true,
      cause: error,
    })
  } finally {
    signal.removeEventListener('abort', onAbort)
    lock.signal.removeEventListener('abort', onLost)
    await lock.release()
  }
}

const waitForLock = async (store: Store, name: string, signal: AbortSignal): Promise<Lock> => {
  for (;;) {
    signal.throwIfAborted()
    const lock = await store.locks.tryLock(name)
    if (lock) return lock
    await new Promise<void>((resolve) => {
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, LOCK_RETRY)
      signal.addEventListener('abort', done, { once: true })
    })
  }
}
