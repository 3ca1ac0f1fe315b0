import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { AppError } from '../../schemas/errors.ts'
import type { ChatEvent } from '../../schemas/generated/chat-event.ts'

export type Whisper = (event: ChatEvent, text: string) => Promise<void>

/** Milliseconds before each further attempt where a platform is away. */
const AGAIN = [500, 2_000, 8_000]

/**
 * Returns what tells one person something. It never fails: what a turn did is done whether or not somebody could be told
 * of it. The first attempt is waited for, so that an answer stands before what follows; further ones hold up nothing.
 */
export const createWhispers = (deps: { whisper: Whisper; log: Logger }) => {
  const stopping = new AbortController()
  const running = new Set<Promise<void>>()

  const attempt = async (event: ChatEvent, text: string): Promise<boolean> => {
    try {
      await deps.whisper(event, text)
      return true
    } catch (error) {
      deps.log.warn({ err: error, event: event.id }, 'a private answer could not be given')
      return !(error instanceof AppError && error.retryable)
    }
  }

  const goOn = async (event: ChatEvent, text: string): Promise<void> => {
    for (const pause of AGAIN) {
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted || (await attempt(event, text))) return
    }
  }

  return {
    tell: async (event: ChatEvent, text: string): Promise<void> => {
      if (await attempt(event, text)) return
      const going = goOn(event, text).finally(() => running.delete(going))
      running.add(going)
    },
    stop: async (): Promise<void> => {
      stopping.abort()
      await Promise.all(running)
    },
  }
}
