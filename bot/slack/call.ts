import { setTimeout as sleep } from 'node:timers/promises'
import { webApi } from '@slack/bolt'
import { AppError } from '../../schemas/errors.ts'

/** What Slack said no with (`not_in_channel`), kept beside the error for those who know what to do about it. */
type Said = { slack: string; messages: string[] }

/** Returns the name of the error that Slack answered with, or undefined where it was none of Slack's. */
export const saidBy = (error: unknown): string | undefined =>
  error instanceof AppError ? (error.cause as Partial<Said> | undefined)?.slack : undefined

/** Whether an answer may have been lost after Slack had done what was asked. */
export const isUnsure = (error: unknown): boolean => error instanceof AppError && error.code === 'platform-away'

const away = (method: string, why: string): AppError =>
  new AppError('platform-away', `Slack did not answer ${method} (${why})`, { retryable: true })

/** Returns any failure of a call as an AppError that holds no token and no address. */
const translated = (method: string, error: unknown): AppError => {
  if (error instanceof AppError) return error
  if (error instanceof webApi.WebAPIPlatformError) {
    const { error: slack, response_metadata: more } = error.data as {
      error: string
      response_metadata?: { messages?: string[] }
    }
    const needed = (error.data as { needed?: string }).needed
    // Slack's own trouble, in the form of an answer.
    if (
      ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org'].includes(slack)
    )
      return away(method, slack)
    return new AppError('platform-refused', `Slack refused ${method}: ${slack}${needed ? ` (${needed})` : ''}`, {
      cause: { slack, messages: more?.messages ?? [] } satisfies Said,
    })
  }
  if (error instanceof webApi.WebAPIHTTPError) return away(method, `HTTP ${error.statusCode}`)
  return away(method, error instanceof webApi.WebAPIRequestError ? 'no connection' : 'no readable answer')
}

export type Patience = {
  /** Waits as long as Slack asks for (`wait`), or gives up at once with `rate-limited` (`drop`). */
  limited: 'wait' | 'drop'
  /** How often a call without an answer is made again; 0 where repeating it would do it twice. */
  again: number
}

export type CallOptions = Patience & { signal: AbortSignal }

const FIRST_PAUSE = 250

/**
 * Makes one call of the Web API; resolves with its answer. Throws AppError `rate-limited` (only where it is not to
 * wait), `platform-away` (retryable) or `platform-refused`.
 */
export const callSlack = async <T>(method: string, options: CallOptions, make: () => Promise<T>): Promise<T> => {
  for (let tries = 0; ; ) {
    options.signal.throwIfAborted()
    try {
      return await make()
    } catch (error) {
      if (error instanceof webApi.WebAPIRateLimitedError) {
        if (options.limited === 'drop')
          throw new AppError('rate-limited', `Slack asks for patience with ${method}`, { retryable: true })
        await sleep(error.retryAfter * 1000 + 50, undefined, { signal: options.signal })
        continue
      }
      const known = translated(method, error)
      if (known.code !== 'platform-away' || tries >= options.again) throw known
      tries += 1
      await sleep(FIRST_PAUSE * 2 ** tries, undefined, { signal: options.signal })
    }
  }
}
