import { join } from 'node:path'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeBackup } from '../../queue/backup/backup.ts'
import { openFolder, openServer } from '../../queue/backup/database.ts'
import { restoreBackup } from '../../queue/backup/restore.ts'
import { makeTables, newestMigration } from '../../queue/backup/tables.ts'
import * as conversations from '../../queue/store/conversations.ts'
import { MIGRATIONS } from '../../queue/store/migrations.ts'
import * as schema from '../../queue/store/schema.ts'
import { openStore } from '../../queue/store/store.ts'
import * as teams from '../../queue/store/teams.ts'
import { log } from '../queue/support/columns.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { newFolder, removeFolders, rowsIn } from './support.ts'

let postgres: PostgresServer
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres.stop()
  await removeFolders()
})

it('is of one moment, however much is written meanwhile', async () => {
  const data = await newFolder()
  const databaseUrl = await postgres.createDatabase()
  const store = await openStore({ databaseUrl, data, log })
  const teamId = await teams.ensure(store.db, { platform: 'local', externalId: 'local', name: 'local' })
  let written = 0
  let stopped = false
  const writer = async (name: string): Promise<void> => {
    for (let number = 0; !stopped; number += 1) {
      // A thread and what was said in it, together or not at all.
      await store.db.transaction(async (tx) => {
        const thread = `${name}-${number}`
        const conversationId = await conversations.ensure(tx, { teamId, platform: 'web', thread, title: '' })
        await tx.insert(schema.inbox).values({
          conversationId,
          eventId: thread,
          event: { text: 'é'.repeat(3_000) },
          actor: { id: 'a', name: 'A' },
        })
      })
      written += 1
    }
  }
  const writing = Promise.all(['a', 'b', 'c'].map(writer))
  await expect.poll(() => written, { timeout: 20_000 }).toBeGreaterThan(200)
  const before = written
  const file = join(data, '..', 'busy.tar.gz')
  const plain = await openServer(databaseUrl)
  await writeBackup({ db: plain.db, data, file })
  await plain.close()
  const after = written
  stopped = true
  await writing
  await store.close()
  expect(after).toBeGreaterThan(before)

  const place = await newFolder()
  await restoreBackup({ file, data: place, replace: false })
  const rows = await rowsIn({ state: join(place, 'state') })
  expect(rows.inbox?.length).toBe(rows.conversations?.length)
  expect(rows.inbox?.length).toBeGreaterThanOrEqual(before)
  expect(rows.inbox?.length).toBeLessThanOrEqual(after + 3)
  // What counts up goes on behind the last.
  const again = await openStore({ data: place, log })
  const conversationId = (await again.db.select().from(schema.conversations).limit(1))[0]!.id
  const [next] = await again.db
    .insert(schema.inbox)
    .values({ conversationId, eventId: 'next', event: {}, actor: { id: 'a', name: 'A' } })
    .returning()
  const highest = Math.max(...rows.inbox!.map((row) => (JSON.parse(row) as { seq: number }).seq))
  expect(next!.seq).toBe(highest + 1)
  await again.close()
})

it('of an older release is restored into tables of then, which the next start brings up to date', async () => {
  const [oldest] = readMigrationFiles({ migrationsFolder: MIGRATIONS })
  const data = await newFolder()
  const { db, close } = await openFolder(join(data, 'state'))
  await db.transaction(async (tx) => {
    await makeTables(tx, oldest!.folderMillis)
    await tx.execute(`insert into teams (id, platform, external_id, name) values ('t', 'local', 'local', 'old')`)
  })
  const file = join(data, '..', 'old.tar.gz')
  const { manifest } = await writeBackup({ db, data, file })
  await close()
  expect(manifest.migration).toBeLessThan(newestMigration())
  expect(manifest.tables).not.toContain('members')

  const databaseUrl = await postgres.createDatabase()
  const place = await newFolder()
  await restoreBackup({ file, data: place, databaseUrl, replace: false })
  const store = await openStore({ databaseUrl, data: place, log })
  expect(await store.db.select().from(schema.teams)).toMatchObject([{ id: 't', name: 'old', policy: {} }])
  expect(await store.db.select().from(schema.members)).toEqual([])
  await store.close()
})
