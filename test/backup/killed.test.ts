import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import { writeBackup } from '../../queue/backup/backup.ts'
import { openFolder } from '../../queue/backup/database.ts'
import { restoreBackup } from '../../queue/backup/restore.ts'
import { restoreNote } from '../../queue/folders.ts'
import * as schema from '../../queue/store/schema.ts'
import { openStore } from '../../queue/store/store.ts'
import * as teams from '../../queue/store/teams.ts'
import { log } from '../queue/support/columns.ts'
import { newFolder, removeFolders } from './support.ts'

afterAll(removeFolders)

const main = fileURLToPath(new URL('../../bot/restore-main.ts', import.meta.url))
const rounds = Number(process.env.KILL_ROUNDS ?? 4)

/** A data directory in which database, key and system bear one name. */
const make = async (name: string): Promise<string> => {
  const data = await newFolder()
  const store = await openStore({ data, log })
  await teams.ensure(store.db, { platform: 'local', externalId: name, name })
  await store.close()
  for (const folder of ['keys', 'systems/one']) {
    await mkdir(join(data, folder), { recursive: true })
    await writeFile(join(data, folder, 'seal'), name)
  }
  return data
}

const namesIn = async (data: string): Promise<string[]> => {
  const { db, close } = await openFolder(join(data, 'state'))
  const found = await db.select({ name: schema.teams.name }).from(schema.teams)
  await close()
  const files = ['keys/seal', 'systems/one/seal'].map((path) => readFile(join(data, path), 'utf8'))
  return [...found.map(({ name }) => name), ...(await Promise.all(files))]
}

it('is all old or all new after a kill at any moment and another run', async () => {
  const source = await make('new')
  const archive = join(source, '..', 'new.tar.gz')
  const { db, close } = await openFolder(join(source, 'state'))
  await writeBackup({ db, data: source, file: archive })
  await close()

  let data = await make('old')
  for (let round = 0; round < rounds; round += 1) {
    const env = { PATH: process.env.PATH, AUTOCODER_DATA: data }
    const child = spawn(process.execPath, [main, archive, '--replace'], { env, stdio: 'ignore' })
    const ended = once(child, 'exit')
    // Every other time while things are put in place, else while they are unpacked and loaded.
    const begun = async (): Promise<boolean> =>
      round % 2 === 0
        ? existsSync(restoreNote(data))
        : (await readdir(data)).some((name) => name.startsWith('restore-'))
    while (child.exitCode === null && !(await begun())) await sleep(1)
    if (round % 2 === 1) await sleep(Math.random() * 400)
    child.kill('SIGKILL')
    await ended

    const interrupted = existsSync(restoreNote(data))
    if (interrupted)
      expect(await restoreBackup({ file: archive, data, replace: false })).toEqual({ outcome: 'finished-earlier' })
    const names = await namesIn(data)
    expect(names).toEqual(Array(3).fill(interrupted ? 'new' : names[0]))
    if (names[0] !== 'new') {
      expect(names[0]).toBe('old')
      await restoreBackup({ file: archive, data, replace: true })
      expect(await namesIn(data)).toEqual(['new', 'new', 'new'])
    }
    const aside = (await readdir(data)).filter((name) => name.startsWith('before-'))
    expect(await namesIn(join(data, aside[0]!))).toEqual(['old', 'old', 'old'])
    expect((await readdir(data)).filter((name) => name.startsWith('restore'))).toEqual([])
    if (round + 1 < rounds) data = await make('old')
  }
}, 120_000)
