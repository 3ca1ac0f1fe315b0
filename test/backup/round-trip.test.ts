import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeBackup } from '../../bot/backup.ts'
import { restoreBackup } from '../../queue/backup/restore.ts'
import { startTestBot } from '../bot/support/bot.ts'
import { openChat } from '../bot/support/chat.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { filesIn, newFolder, removeFolders, rowsIn } from './support.ts'

let postgres: PostgresServer
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres.stop()
  await removeFolders()
})

type TestBot = Awaited<ReturnType<typeof startTestBot>>

/** Tells a bot one line after the other and returns what it then says. */
const ask = async (bot: TestBot, ...lines: string[]): Promise<string> => {
  const chat = await openChat(bot.data)
  const said: string[] = []
  for (const line of lines)
    said.push(...(await chat.tell(line)).events.map((event) => `${event.type}: ${event.text ?? ''}`))
  chat.close()
  return said.join('\n')
}

const odd = 'Build me a todo API with user authentication, "quotes" \\ back\u2028slashes and ünïcödé 🦜'

describe('a bot that is carried from place to place', () => {
  let data: string
  let first: string
  let second: string
  let databaseUrl: string
  let archive: string

  it('is backed up while it runs on its embedded database', async () => {
    data = await newFolder()
    const bot = await startTestBot({ data, web: true })
    await ask(bot, odd, 'approve')
    archive = join(data, '..', 'one.tar.gz')
    const report = await takeBackup(bot.config, archive)
    expect(report.manifest).toMatchObject({ format: 1, systems: [expect.any(String)], elsewhere: [] })
    expect((await stat(archive)).mode & 0o777).toBe(0o600)
    expect((await stat(archive)).size).toBe(report.size)
    await bot.halt()
  })

  it('is the same on another embedded database: rows, files, and what it says', async () => {
    first = await newFolder(false)
    expect(await restoreBackup({ file: archive, data: first, replace: false })).toMatchObject({
      outcome: 'restored',
      aside: {},
    })
    const rows = await rowsIn({ state: join(first, 'state') })
    expect(rows).toEqual(await rowsIn({ state: join(data, 'state') }))
    expect(rows.builds).toHaveLength(1)
    expect(rows.pictures?.[0]).toContain('\\\\x89504e47')
    expect(rows.drafts?.[0]).toContain('🦜')
    expect(await filesIn(join(first, 'systems'))).toEqual(await filesIn(join(data, 'systems')))
    expect(Object.keys(await filesIn(first)).some((path) => path === 'web-session')).toBe(true)
  })

  it('goes on there, and into PostgreSQL', async () => {
    const bot = await startTestBot({ data: first })
    expect(await ask(bot, 'builds')).toContain('Build 1 succeeded')
    expect(await ask(bot, 'add a due to todos', 'approve')).toContain('deployed')
    await bot.halt()
    archive = join(first, '..', 'two.tar.gz')
    await takeBackup(bot.config, archive)

    databaseUrl = await postgres.createDatabase()
    second = await newFolder()
    await restoreBackup({ file: archive, data: second, databaseUrl, replace: false })
    expect(await rowsIn({ databaseUrl })).toEqual(await rowsIn({ state: join(first, 'state') }))
  })

  it('is backed up while it runs on PostgreSQL, and goes back into the embedded database', async () => {
    const bot = await startTestBot({ data: second, env: { DATABASE_URL: databaseUrl } })
    expect(await ask(bot, 'builds')).toContain('Build 2 succeeded')
    expect(await ask(bot, 'add a price to todos', 'approve')).toContain('deployed')
    archive = join(second, '..', 'three.tar.gz')
    await takeBackup(bot.config, archive)

    const file = archive
    await expect(restoreBackup({ file, data: await newFolder(), databaseUrl, replace: true })).rejects.toMatchObject({
      code: 'data-in-use',
      message: expect.stringContaining('A bot or a worker'),
    })
    await bot.halt()
    const third = await newFolder()
    await restoreBackup({ file, data: third, replace: false })
    expect(await rowsIn({ state: join(third, 'state') })).toEqual(await rowsIn({ databaseUrl }))
    const again = await startTestBot({ data: third })
    expect(await ask(again, 'builds')).toContain('Build 3 succeeded')
    expect(await ask(again, 'roll back', 'yes')).not.toContain('failed')
    await again.halt()
  })

  it('refuses a full database, and puts its rows aside where it is told to', async () => {
    const before = await rowsIn({ databaseUrl })
    const target = { file: archive, data: await newFolder(), databaseUrl }
    await expect(restoreBackup({ ...target, replace: false })).rejects.toMatchObject({
      code: 'restore-target-full',
      help: expect.stringContaining('--replace'),
    })
    const report = await restoreBackup({ ...target, replace: true })
    if (report.outcome !== 'restored' || !report.aside.schema) throw new Error('nothing went aside')
    const old = `${databaseUrl}?options=-csearch_path%3D${report.aside.schema}`
    expect(await rowsIn({ databaseUrl: old })).toEqual(before)
    const bot = await startTestBot({ data: target.data, env: { DATABASE_URL: databaseUrl } })
    expect(await ask(bot, 'builds')).toContain('Build 3 succeeded')
    await bot.halt()
  })
})
