import { createServer } from 'node:net'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { openBackend } from '../../queue/backend/backend.ts'
import { makeDataFolder } from '../../queue/ground.ts'
import { openStore } from '../../queue/store/store.ts'
import { readConfig } from '../../schemas/config.ts'
import { startTestBot } from './support/bot.ts'

const log = pino({ level: 'silent' })

it.each(['/proc/nope/deeper', '/dev/null/data', '/dev/null'])(
  'names the data directory that cannot be written: %s',
  async (folder) => {
    await expect(makeDataFolder(folder)).rejects.toMatchObject({
      code: 'data-unusable',
      message: expect.stringContaining(folder),
    })
  },
)

it.each([
  [{ WEB_PORT: 'abc' }, 'WEB_PORT must be a whole number'],
  [{ WEB_PORT: '70000' }, 'WEB_PORT must be <= 65535'],
  [{ EMBEDDED_WORKER: 'maybe' }, 'EMBEDDED_WORKER must be true or false'],
  [{ DATABASE_URL: 'mysql://x:secret@y' }, 'DATABASE_URL must begin with postgres://'],
  [{ DATABASE_URL: 'postgres://x', REDIS_URL: 'http://x' }, 'REDIS_URL must begin with redis://'],
  [{ WEB_URL: 'ftp://x' }, 'WEB_URL must begin with http://'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of trace, debug, info, warn, error, fatal, silent'],
])('says in words what is wrong with %o', (env, words) => {
  expect(() => readConfig(env)).toThrow(`The configuration is not right: ${words}`)
})

it('names the server that does not answer, without its password', async () => {
  const data = '/nowhere'
  await expect(openStore({ databaseUrl: 'postgres://me:hunter22@127.0.0.1:1/x', data, log })).rejects.toThrow(
    'The database at 127.0.0.1:1 does not answer: ECONNREFUSED',
  )
  await expect(openBackend({ redisUrl: 'redis://:hunter22@127.0.0.1:1', data, log })).rejects.toThrow(
    'Redis at 127.0.0.1:1 does not answer: ECONNREFUSED',
  )
})

it('says what to do when the port of the web chat is taken', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as { port: number }
  await expect(startTestBot({ web: true, env: { WEB_PORT: String(port) } })).rejects.toMatchObject({
    code: 'web-port',
    help: expect.stringContaining('WEB_PORT'),
  })
  other.close()
})
