import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Logger, pino } from 'pino'

/** Field names whose values never reach a log, wherever they stand. */
const secrets = ['token', 'password', 'secret', 'cookie', 'authorization'].flatMap((name) => [name, `*.${name}`])

/** Returns a logger that writes JSON lines to <data>/logs/<name>.log: stdout is for the conversation. */
export const openLog = (options: { data: string; level: string; name: string }): Logger => {
  const folder = join(options.data, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return pino(
    {
      level: options.level,
      base: { process: options.name, pid: process.pid },
      redact: { paths: secrets, censor: '[hidden]' },
    },
    pino.destination({ dest: join(folder, `${options.name}.log`), mkdir: true, sync: true }),
  )
}
