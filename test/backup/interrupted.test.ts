import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeBackup } from '../../queue/backup/backup.ts'
import { openFolder, openServer } from '../../queue/backup/database.ts'
import { restoreBackup } from '../../queue/backup/restore.ts'
import { noteSwap, type Swap } from '../../queue/backup/swap.ts'
import { makeDataFolder } from '../../queue/ground.ts'
import { rowsOf } from '../../queue/store/db.ts'
import { openStore } from '../../queue/store/store.ts'
import { log } from '../queue/support/columns.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { newFolder, removeFolders } from './support.ts'

let archive: string
let postgres: PostgresServer
beforeAll(async () => {
  postgres = await startPostgres()
  const data = await newFolder()
  await (await openStore({ data, log })).close()
  archive = join(data, '..', 'whole.tar.gz')
  const { db, close } = await openFolder(join(data, 'state'))
  await writeBackup({ db, data, file: archive })
  await close()
})
afterAll(async () => {
  await postgres.stop()
  await removeFolders()
})

const put = async (folder: string, names: string[], text: string): Promise<void> => {
  for (const name of names) {
    await mkdir(join(folder, name), { recursive: true })
    await writeFile(join(folder, name, 'which'), text)
  }
}
const which = (data: string, name: string): Promise<string> => readFile(join(data, name, 'which'), 'utf8')

/** A directory whose restore was killed after so many of its renames: of two that go, then of two that come. */
const killedAfter = async (renames: number, transaction: string | null): Promise<string> => {
  const data = await newFolder()
  const swap: Swap = {
    staged: 'restore-1',
    aside: 'before-1',
    comes: ['systems', 'state'],
    goes: ['systems', 'state'],
    transaction,
  }
  await put(data, swap.goes, 'old')
  await put(join(data, swap.staged), swap.comes, 'new')
  await noteSwap(data, swap)
  await mkdir(join(data, swap.aside))
  const moves = [
    ...swap.goes.map((name) => [name, join(swap.aside, name)] as const),
    ...swap.comes.map((name) => [join(swap.staged, name), name] as const),
  ]
  for (const [from, to] of moves.slice(0, renames)) await rename(join(data, from), join(data, to))
  return data
}

const steps = [0, 1, 2, 3, 4]

describe('a restore that was killed', () => {
  it.each(steps)('embedded, after %i renames: nothing starts there, and the next restore ends it', async (renames) => {
    const data = await killedAfter(renames, null)
    await expect(makeDataFolder(data)).rejects.toMatchObject({
      code: 'restore-unfinished',
      help: expect.stringContaining('npm run restore'),
    })
    expect(await restoreBackup({ file: archive, data, replace: false })).toEqual({ outcome: 'finished-earlier' })
    await makeDataFolder(data)
    expect([await which(data, 'systems'), await which(data, 'state')]).toEqual(['new', 'new'])
    expect([await which(join(data, 'before-1'), 'systems'), await which(join(data, 'before-1'), 'state')]).toEqual([
      'old',
      'old',
    ])
    expect((await readdir(data)).sort()).toEqual(['before-1', 'state', 'systems'])
  })

  it.each(steps)('PostgreSQL, after %i renames: the end of its transaction decides', async (renames) => {
    const databaseUrl = await postgres.createDatabase()
    const { db, close } = await openServer(databaseUrl)
    const transactionOf = (end: 'commit' | 'rollback'): Promise<string> =>
      db
        .transaction(async (tx) => {
          const [own] = await rowsOf<{ id: string }>(tx, sql`select pg_current_xact_id()::text as id`)
          if (end === 'rollback') throw Object.assign(new Error('rolled back'), { id: own!.id })
          return own!.id
        })
        .catch((error: { id?: string }) => {
          if (error.id === undefined) throw error
          return error.id
        })

    const committed = await killedAfter(renames, await transactionOf('commit'))
    const wish = { file: archive, databaseUrl, replace: false }
    expect(await restoreBackup({ ...wish, data: committed })).toEqual({ outcome: 'finished-earlier' })
    expect([await which(committed, 'systems'), await which(committed, 'state')]).toEqual(['new', 'new'])

    const undone = await killedAfter(renames, await transactionOf('rollback'))
    // What was before is back, so the directory is full again.
    await expect(restoreBackup({ ...wish, data: undone })).rejects.toMatchObject({ code: 'restore-target-full' })
    expect([await which(undone, 'systems'), await which(undone, 'state')]).toEqual(['old', 'old'])
    expect((await readdir(undone)).sort()).toEqual(['state', 'systems'])
    await close()
  })

  it('is left as it is while its transaction has no end', async () => {
    const databaseUrl = await postgres.createDatabase()
    const { db, close } = await openServer(databaseUrl)
    let data = ''
    await db.transaction(async (tx) => {
      const [own] = await rowsOf<{ id: string }>(tx, sql`select pg_current_xact_id()::text as id`)
      data = await killedAfter(2, own!.id)
      await expect(restoreBackup({ file: archive, data, databaseUrl, replace: true })).rejects.toMatchObject({
        code: 'restore-unfinished',
        retryable: true,
      })
      expect((await readdir(data)).sort()).toEqual(['before-1', 'restore-1', 'restore.json'])
    })
    expect(await restoreBackup({ file: archive, data, databaseUrl, replace: true })).toEqual({
      outcome: 'finished-earlier',
    })
    await close()
  })

  it('wants the database with which it was begun', async () => {
    const data = await killedAfter(1, '1')
    await expect(restoreBackup({ file: archive, data, replace: false })).rejects.toMatchObject({
      code: 'restore-unfinished',
      help: expect.stringContaining('DATABASE_URL'),
    })
  })

  it('leaves nothing that stays: what it had unpacked is removed by the next', async () => {
    const data = await newFolder()
    await put(join(data, 'restore-20260101t000000000'), ['systems'], 'half')
    await restoreBackup({ file: archive, data, replace: false })
    expect(await readdir(data)).toEqual(['state'])
  })
})

it('changes neither database nor directory where the database refuses, and says why without its rows', async () => {
  const databaseUrl = await postgres.createDatabase()
  const data = await newFolder()
  await put(data, ['systems/one'], 'old')
  const { db, close } = await openServer(databaseUrl)
  await db.execute(sql`create table teams (id text primary key, mine text)`)
  await db.execute(sql`insert into teams values ('a', 'b')`)
  await db.execute(sql`create table autocoder_guard (id text references teams (id))`)
  await db.execute(sql`create function forbid() returns event_trigger language plpgsql as $$ begin
    if tg_tag = 'CREATE SCHEMA' then raise exception 'no schema here'; end if; end $$`)
  await db.execute(sql`create event trigger no_schema on ddl_command_start execute function forbid()`)
  await expect(restoreBackup({ file: archive, data, databaseUrl, replace: true })).rejects.toMatchObject({
    code: 'restore-failed',
    message: 'Nothing was restored: no schema here',
  })
  expect(await rowsOf(db, sql`select * from teams`)).toEqual([{ id: 'a', mine: 'b' }])
  expect(await which(data, 'systems/one')).toBe('old')
  expect(await readdir(data)).toEqual(['systems'])
  await close()
})
