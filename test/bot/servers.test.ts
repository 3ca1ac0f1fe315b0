import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { examine, renderFindings } from '../../bot/doctor.ts'
import { readConfig } from '../../schemas/config.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { type RedisServer, startRedis } from '../support/redis.ts'
import { startTestBot } from './support/bot.ts'
import { openChat } from './support/chat.ts'

describe('on PostgreSQL and Redis', { timeout: 120_000 }, () => {
  let postgres: PostgresServer
  let redis: RedisServer
  let bot: Awaited<ReturnType<typeof startTestBot>>
  beforeAll(async () => {
    postgres = await startPostgres()
    redis = await startRedis()
    bot = await startTestBot({
      web: true,
      env: { DATABASE_URL: await postgres.createDatabase(), REDIS_URL: redis.url, EMBEDDED_WORKER: 'true' },
    })
  }, 120_000)
  afterAll(async () => {
    await bot?.stop()
    await redis?.stop()
    await postgres?.stop()
  })

  it('tells the same story as embedded', async () => {
    const chat = await openChat(bot.data)
    const story: [string, boolean | 'question'][] = [
      ['hello', true],
      ['Build me a todo API', true],
      ['approve', true],
      ['status', true],
      ['add a deadline', true],
      ['approve', true],
      ['approve', false],
      ['roll back', true],
      ['stop todo', true],
      ['remove todo', 'question'],
      ['yes', true],
    ]
    for (const [text, outcome] of story) expect([text, (await chat.tell(text)).outcome]).toEqual([text, outcome])
    expect(chat.events.filter((event) => event.type === 'deployed')).toHaveLength(2)
    expect(chat.events.filter((event) => event.type === 'deployed' && event.admin)).toHaveLength(1)
    chat.close()
  })

  it('is seen by the doctor', async () => {
    const findings = await examine(bot.config)
    const text = renderFindings(findings)
    expect(text).toMatch(/✓ Database +PostgreSQL \d+/)
    expect(text).toMatch(/Work queue +Redis/)
    expect(text).toMatch(/✓ Bot +It is running/)
  })
})

describe('the doctor', () => {
  it('says what is missing, how to get it, and the one next step; never a password', async () => {
    const config = readConfig({
      AUTOCODER_DATA: '/dev/null/data',
      DATABASE_URL: 'postgres://me:hunter22@127.0.0.1:1/x',
      REDIS_URL: 'redis://:hunter22@127.0.0.1:1',
      SYSTEMS_DATABASE_URL: 'postgres://me:hunter22@127.0.0.1:1/x',
      AUTOCODER_PYTHON: '/nowhere',
      WEB_PORT: '0',
    })
    const text = renderFindings(await examine(config))
    expect(text).toContain('✗ Python environment')
    expect(text).toContain('✗ Data directory')
    expect(text).toContain('✗ Database')
    expect(text).toContain('✗ Work queue')
    expect(text).toContain('✗ Systems')
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/^Next: Run npm start/)
    expect(text).not.toContain('hunter22')
  })
})
