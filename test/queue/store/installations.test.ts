import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rowsOf } from '../../../queue/store/db.ts'
import * as installations from '../../../queue/store/installations.ts'
import { createSeal, keyOf } from '../../../queue/store/seal.ts'
import { openStore, type Store } from '../../../queue/store/store.ts'

const newKey = (): string => randomBytes(32).toString('base64')

describe('what a workspace entrusts', () => {
  let data: string
  let store: Store
  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'autocoder-installations-'))
    store = await openStore({ databaseUrl: undefined, data, log: pino({ level: 'silent' }) })
  })
  afterAll(async () => {
    await store.close()
    await rm(data, { recursive: true, force: true })
  })
  const sealedOf = async (team: string) =>
    (await rowsOf<{ sealed: string }>(store.db, sql`select sealed from installations where external_id = ${team}`))[0]!
      .sealed

  it('comes back as it was, and is nowhere in the clear', async () => {
    const seal = createSeal([newKey()])
    const secrets = { bot: { token: 'xoxb-very-secret' } }
    await installations.save(store.db, seal, { platform: 'slack', team: 'T1', name: 'One', secrets })
    expect(await installations.find(store.db, seal, 'slack', 'T1')).toEqual({ name: 'One', secrets })
    expect(await sealedOf('T1')).not.toContain('secret')
    expect(await installations.find(store.db, seal, 'discord', 'T1')).toBeUndefined()
    expect(await installations.list(store.db, 'slack')).toEqual(['T1'])
  })

  it('is sealed again with the newest key when an older one opened it', async () => {
    const [old, fresh] = [newKey(), newKey()]
    await installations.save(store.db, createSeal([old]), { platform: 'slack', team: 'T2', name: 'Two', secrets: 'x' })
    const before = await sealedOf('T2')
    expect(await installations.find(store.db, createSeal([fresh, old]), 'slack', 'T2')).toMatchObject({ secrets: 'x' })
    expect(await sealedOf('T2')).not.toBe(before)
    expect(await installations.find(store.db, createSeal([fresh]), 'slack', 'T2')).toMatchObject({ secrets: 'x' })
    await expect(installations.find(store.db, createSeal([old]), 'slack', 'T2')).rejects.toMatchObject({
      code: 'seal-broken',
    })
  })

  it('does not open as another workspace’s, nor changed', () => {
    const seal = createSeal([newKey()])
    const sealed = seal.seal('token', 'slack T1')
    expect(seal.open(sealed, 'slack T1')).toEqual({ text: 'token', old: false })
    expect(() => seal.open(sealed, 'slack T2')).toThrow(/changed/)
    expect(() => seal.open(`${sealed.slice(0, -6)}AAAAAA`, 'slack T1')).toThrow(/changed/)
  })

  it('is forgotten when it is removed', async () => {
    const seal = createSeal([newKey()])
    await installations.save(store.db, seal, { platform: 'slack', team: 'T3', name: 'Three', secrets: 'x' })
    await installations.remove(store.db, 'slack', 'T3')
    expect(await installations.find(store.db, seal, 'slack', 'T3')).toBeUndefined()
  })

  it('has a key of the data directory that only its owner reads, the same for all who come at once', async () => {
    const path = join(data, 'keys', 'seal')
    const come = async (path: string): Promise<string> => {
      const keys = new Set(await Promise.all(Array.from({ length: 20 }, () => keyOf(path))))
      expect(keys.size).toBe(1)
      return [...keys][0]!
    }
    for (let n = 0; n < 50; n += 1) await come(join(data, 'keys', `${n}`))
    const key = await come(path)
    expect(Buffer.from(key, 'base64')).toHaveLength(32)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect((await readFile(path, 'utf8')).trim()).toBe(key)
  })
})
