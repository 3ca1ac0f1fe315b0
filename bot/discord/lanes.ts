import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { AppError } from '../../schemas/errors.ts'
import { Refused } from './api.ts'

export type Lanes = ReturnType<typeof createLanes>

/** Milliseconds between attempts: the first pause, and the longest. */
const PAUSE = 1_000
const LONGEST = 30_000

/** Attempts after which an error that nobody foresaw holds up no more messages. */
const ENOUGH = 6

/** What trying again does not mend. */
const isHopeless = (error: unknown, attempt: number): boolean =>
  error instanceof Refused ||
  (error instanceof AppError && error.code === 'event-invalid') ||
  (error instanceof TypeError && attempt >= ENOUGH)

/**
 * Returns what takes messages in, in the order of their channel. Discord tells a message once: one that could not be
 * stored is tried again here until it is, and what follows it waits.
 */
export const createLanes = (log: Logger) => {
  const ends = new Map<string, Promise<void>>()
  const stopping = new AbortController()
  let gate: Promise<unknown> = Promise.resolve()

  const persist = async (work: () => Promise<void>): Promise<void> => {
    for (let pause = PAUSE, attempt = 1; !stopping.signal.aborted; pause = Math.min(LONGEST, pause * 2), attempt += 1) {
      try {
        return await work()
      } catch (error) {
        if (isHopeless(error, attempt)) {
          log.error({ err: error }, 'what was said could not be taken')
          return
        }
        log.warn({ err: error }, 'what was said is not stored yet; it is tried again')
        await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
  }

  /** Puts work at the end of its lane. */
  const enter = (lane: string, work: () => Promise<void>): Promise<void> => {
    const done = (ends.get(lane) ?? Promise.resolve()).then(() => persist(work))
    ends.set(lane, done)
    void done.then(() => {
      if (ends.get(lane) === done) ends.delete(lane)
    })
    return done
  }

  return {
    /** Does work after everything before it in the lane, again and again until it succeeds. */
    run: (lane: string, work: () => Promise<void>): Promise<void> => gate.then(() => enter(lane, work)),
    /** The same for what was missed: it does not wait for what everything else is held by. */
    first: enter,
    persist,
    /** Lets everything that comes from now on wait for something; a failure of it holds nothing up. */
    hold: (reason: Promise<unknown>): void => {
      gate = reason.catch(() => undefined)
    },
    /** Gives up waiting; what is not stored is found in the history at the next start. */
    stop: async (): Promise<void> => {
      stopping.abort()
      await Promise.allSettled(ends.values())
    },
  }
}
