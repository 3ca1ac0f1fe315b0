import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type Logger, pino } from 'pino'

/** Field names whose values never reach a log, wherever they stand. */
const secrets = ['token', 'password', 'secret', 'cookie', 'authorization'].flatMap((name) => [name, `*.${name}`])

/** Bytes after which a log begins anew, and the milliseconds between two looks at it. One older file is kept. */
const FULL = 10_000_000
const LOOK = 60_000

type Options = {
  data: string
  level: string
  name: string
  /** Instead of the usual; a test does not write ten megabytes. */
  full?: number
  look?: number
}

/**
 * Returns a logger that writes JSON lines to <data>/logs/<name>.log: stdout is for the conversation. A log that is full
 * becomes <name>.log.1, so that both together stay small however long the bot runs.
 */
export const openLog = ({ data, level, name, full = FULL, look = LOOK }: Options): Logger => {
  const folder = join(data, 'logs')
  const file = join(folder, `${name}.log`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const destination = pino.destination({ dest: file, sync: true })
  const log = pino(
    { level, base: { process: name, pid: process.pid }, redact: { paths: secrets, censor: '[hidden]' } },
    destination,
  )
  // A log that cannot be written is no reason to end the bot.
  destination.on('error', () => undefined)
  const turnOver = (): void => {
    // Who removed the whole folder wants no log in it.
    if (!existsSync(folder)) return
    if (existsSync(file)) {
      if (statSync(file).size < full) return
      renameSync(file, `${file}.1`)
    }
    destination.reopen()
  }
  setInterval(() => {
    try {
      turnOver()
    } catch (err) {
      log.warn({ err }, 'the log could not be turned over')
    }
  }, look).unref()
  return log
}
