import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { emitMigration, readSchema } from '../../pipeline/generate/migrations.ts'
import { resolveColumns } from '../../pipeline/generate/migrations-columns.ts'
import { physicalOf } from '../../pipeline/generate/migrations-physical.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import { pythonBin, readFixture } from '../harden/build.ts'
import { startPostgres } from '../support/postgres.ts'
import { type Driver, type ReleaseFiles, startDriver } from './driver.ts'

let driver: Driver
beforeAll(async () => {
  driver = await startDriver()
})
afterAll(() => driver.stop())

const clinic = readFixture('clinic')
const after: Architecture = structuredClone(clinic)
after.models.Visit!.fields.reason!.optional = true
after.models.Visit!.fields.due_on = { type: 'date', optional: true, index: true }

const releases = async () => {
  const first = emitMigration(undefined, clinic)
  const second = emitMigration(first, after)
  return {
    old: await driver.release(first, physicalOf(clinic)),
    new: await driver.release(second, physicalOf(resolveColumns(readSchema(first), after))),
  }
}

/** Starts a migration and kills it after so many milliseconds; returns whether it had ended by itself. */
const migrateAndKill = async (release: ReleaseFiles, url: string, ms: number): Promise<boolean> => {
  const script = join(import.meta.dirname, 'migrate-once.py')
  const runtime = join(import.meta.dirname, '../../pipeline/generate/python')
  const child = spawn(join(pythonBin, 'python'), [script, release.folder, runtime, url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: child.stdout })
  const seen: string[] = []
  lines.on('line', (line) => seen.push(line))
  await once(lines, 'line')
  const closed = once(child, 'close')
  await Promise.race([sleep(ms), closed])
  child.kill('SIGKILL')
  await closed
  return seen.includes('done')
}

test('a database whose migration was killed is the old one or the new one, and the next run completes it', async () => {
  const { old, new: coming } = await releases()
  const url = driver.sqliteUrl()
  await driver.migrate(old, url)
  for (let row = 0; row < 25; row++) await driver.insert(old, url, `row ${row}`)
  const rows = await driver.dump(url)
  const path = url.replace('sqlite+aiosqlite:///', '')
  for (const [round, ms] of [0, 20, 50, 90, 150, 3_000].entries()) {
    const copy = `${path}.${round}`
    await copyFile(path, copy)
    const copyUrl = `sqlite+aiosqlite:///${copy}`
    await migrateAndKill(coming, copyUrl, ms)
    const differencesToOld = await driver.compare(old, copyUrl)
    const differencesToNew = await driver.compare(coming, copyUrl)
    expect([differencesToOld.length, differencesToNew.length]).toContain(0)
    await driver.migrate(coming, copyUrl)
    expect(await driver.compare(coming, copyUrl)).toEqual([])
    const now = await driver.dump(copyUrl)
    for (const [table, byKey] of Object.entries(rows)) {
      expect(Object.keys(now[table] ?? {}).sort()).toEqual(Object.keys(byKey).sort())
      for (const [key, row] of Object.entries(byKey)) expect(now[table]?.[key]).toMatchObject(row)
    }
  }
}, 120_000)

test('an index that a killed migration left half built is built anew (PostgreSQL)', async () => {
  const server = await startPostgres()
  try {
    const plain = await server.createDatabase()
    const url = plain.replace('postgresql:', 'postgresql+psycopg:')
    const unique = structuredClone(clinic)
    unique.models.Pet!.fields.name!.unique = true
    const first = emitMigration(undefined, clinic)
    const old = await driver.release(first, physicalOf(clinic))
    const coming = await driver.release(emitMigration(first, unique), physicalOf(unique))
    await driver.migrate(old, url)
    await driver.insert(old, url, 'one')
    await driver.insert(old, url, 'two')
    const client = new Client({ connectionString: plain })
    await client.connect()
    await client.query(`update pets set name = 'the same'`)
    await expect(client.query('create unique index concurrently uq_pets_name on pets (name)')).rejects.toThrow()
    await expect(driver.migrate(coming, url)).rejects.toThrow(
      /pets\.name cannot become unique: 1 value.*the same \(2 rows\)/,
    )
    await client.query(`update pets set name = id::text`)
    await driver.migrate(coming, url)
    const found = await client.query(`select indisvalid from pg_index where indexrelid = 'uq_pets_name'::regclass`)
    expect(found.rows).toEqual([{ indisvalid: true }])
    expect(await driver.compare(coming, url)).toEqual([])
    await client.end()
  } finally {
    await server.stop()
  }
}, 120_000)

test('two migrations of one database take turns (SQLite and PostgreSQL)', async () => {
  const server = await startPostgres()
  const { old, new: coming } = await releases()
  try {
    const urls = [driver.sqliteUrl(), (await server.createDatabase()).replace('postgresql:', 'postgresql+psycopg:')]
    for (const url of urls) {
      await driver.migrate(old, url)
      expect(await Promise.all([1, 2, 3].map(() => migrateAndKill(coming, url, 60_000)))).toEqual([true, true, true])
      expect(await driver.compare(coming, url)).toEqual([])
    }
  } finally {
    await server.stop()
  }
}, 120_000)

test('a migration gives up when it would make requests wait behind a lock (PostgreSQL)', async () => {
  const server = await startPostgres()
  try {
    const plain = await server.createDatabase()
    const url = plain.replace('postgresql:', 'postgresql+psycopg:')
    const { old, new: coming } = await releases()
    await driver.migrate(old, url)
    const client = new Client({ connectionString: plain })
    await client.connect()
    await client.query('begin; select * from visits')
    await expect(driver.migrate(coming, url)).rejects.toThrow(/lock timeout/)
    expect(await driver.compare(old, url)).toEqual([])
    await client.query('rollback')
    await driver.migrate(coming, url)
    await client.end()
  } finally {
    await server.stop()
  }
}, 120_000)
