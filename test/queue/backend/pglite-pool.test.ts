import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createPglitePool } from '../../../queue/backend/pglite-pool.ts'
import { openCluster } from '../../../queue/cluster.ts'
import { eventually } from '../support/story.ts'

describe('the pool on an embedded database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'autocoder-pool-'))
  let database: PGlite
  beforeAll(async () => {
    database = await openCluster(join(folder, 'cluster'))
    await database.exec('create table t (n int)')
  })
  afterAll(async () => {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('keeps others out of a transaction until it ends', async () => {
    const pool = createPglitePool(database)
    const client = await pool.connect()
    await client.query('BEGIN')
    await client.query('insert into t values (1)')
    let counted = false
    const count = pool.query<{ n: number }>('select count(*)::int as n from t where n > $1', [0]).then((result) => {
      counted = true
      return result.rows[0]!.n
    })
    await client.query('insert into t values (2)')
    expect(counted).toBe(false)
    await client.query('ROLLBACK')
    expect(await count).toBe(0)
    client.release()
  })

  it('lets the process hear of other things between one statement and the next', async () => {
    let working = true
    let heard = 0
    const listening = (async () => {
      for (; working; heard += 1) await setImmediate()
    })()
    for (let n = 0; n < 100; n += 1) await database.query('select $1::int', [n])
    working = false
    await listening
    expect(heard).toBeGreaterThanOrEqual(100)
  })

  it('gives the connection on when a client is released in its transaction', async () => {
    const pool = createPglitePool(database)
    const client = await pool.connect()
    await client.query('begin')
    await client.query('rollback')
    await client.query('-- a comment\nbegin')
    client.release()
    await database.exec('rollback')
    expect((await pool.query('select 1 as one', [])).rows).toEqual([{ one: 1 }])
  })

  it('brings notifications to whoever listens, until it is released', async () => {
    const pool = createPglitePool(database)
    const client = await pool.connect()
    const heard: unknown[] = []
    client.on('notification', (message) => heard.push(message))
    await client.query('-- Subscribe.\nLISTEN jobs;')
    await pool.query('select pg_notify($1, $2)', ['jobs', 'build'])
    await eventually('the notification', async () => heard.length > 0)
    expect(heard).toEqual([{ channel: 'jobs', payload: 'build' }])
    client.release()
    await pool.query('select pg_notify($1, $2)', ['jobs', 'build'])
    expect(heard).toHaveLength(1)
  })

  it('runs several statements at once when they have no parameters', async () => {
    const pool = createPglitePool(database)
    expect((await pool.query('select 1 as one; select 2 as two')).rows).toEqual([{ two: 2 }])
  })

  it('passes errors on with their code, and goes on', async () => {
    const pool = createPglitePool(database)
    await expect(pool.query('select * from missing where n = $1', [1])).rejects.toMatchObject({ code: '42P01' })
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  })
})
