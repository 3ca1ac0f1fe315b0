import { LogLevel } from '@slack/bolt'
import type { Logger } from 'pino'

type BoltLogger = {
  debug: (...words: unknown[]) => void
  info: (...words: unknown[]) => void
  warn: (...words: unknown[]) => void
  error: (...words: unknown[]) => void
  setLevel: () => void
  getLevel: () => LogLevel
  setName: () => void
}

/** Tokens, tickets and response addresses, wherever a library writes them. */
const secret = /xox[a-z]-[\w-]+|xapp-[\w-]+|ticket=[\w-]+|https?:\/\/\S*\/(?:actions|commands|app|upload)\/\S+/g

/** Returns words without anything secret. */
export const redacted = (words: unknown[]): string => words.map(String).join(' ').replace(secret, '[secret]')

/** Returns a logger for Slack's libraries. What they say at `debug` holds whole payloads, so it is not taken. */
export const toBoltLogger = (log: Logger): BoltLogger => ({
  debug: () => undefined,
  info: (...words) => log.debug(redacted(words)),
  warn: (...words) => log.info(redacted(words)),
  error: (...words) => log.warn(redacted(words)),
  setLevel: () => undefined,
  getLevel: () => LogLevel.INFO,
  setName: () => undefined,
})
