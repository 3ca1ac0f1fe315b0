import { createWriteStream } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { entriesOf, textEntry, withChecksums } from '../../queue/backup/archive.ts'
import { writeBackup } from '../../queue/backup/backup.ts'
import { openFolder } from '../../queue/backup/database.ts'
import { restoreBackup } from '../../queue/backup/restore.ts'
import { packTar, type TarEntry } from '../../queue/backup/tar.ts'
import { openStore } from '../../queue/store/store.ts'
import * as teams from '../../queue/store/teams.ts'
import { log } from '../queue/support/columns.ts'
import { filesIn, newFolder, removeFolders, rowsIn } from './support.ts'

let data: string
let archive: string
beforeAll(async () => {
  data = await newFolder()
  const store = await openStore({ data, log })
  await teams.ensure(store.db, { platform: 'local', externalId: 'local', name: 'local' })
  await store.close()
  await mkdir(join(data, 'keys'))
  await writeFile(join(data, 'keys', 'seal'), 'a key\n', { mode: 0o600 })
  archive = join(data, '..', 'whole.tar.gz')
  const { db, close } = await openFolder(join(data, 'state'))
  await writeBackup({ db, data, file: archive })
  await close()
})
afterAll(removeFolders)

const spoilt = async (change: (bytes: Buffer) => Buffer): Promise<string> => {
  const file = join(dirname(await newFolder()), 'spoilt.tar.gz')
  await writeFile(file, change(Buffer.from(await readFile(archive))))
  return file
}

/** Writes the archive again with other entries, whole and with right checksums of its own where `sums` says so. */
const rewritten = async (change: (entry: TarEntry) => TarEntry | undefined, sums: boolean): Promise<string> => {
  const file = join(dirname(await newFolder()), 'rewritten.tar.gz')
  const entries = async function* (): AsyncGenerator<TarEntry> {
    for await (const entry of entriesOf(archive)) {
      if (sums && entry.path === 'SHA256SUMS') continue
      const changed = change(entry)
      if (changed) yield changed
    }
  }
  await pipeline(packTar(sums ? withChecksums(entries()) : entries()), createGzip(), createWriteStream(file))
  return file
}

/** A refused archive leaves no trace, in a directory that holds something as in one that is not there. */
const expectRefused = async (file: string, code: string, words: RegExp): Promise<void> => {
  const before = await filesIn(data)
  const absent = await newFolder(false)
  for (const target of [data, absent])
    await expect(restoreBackup({ file, data: target, replace: true })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(words),
      help: expect.stringMatching(/\w/),
    })
  expect(await filesIn(data)).toEqual(before)
  await expect(readdir(absent)).rejects.toMatchObject({ code: 'ENOENT' })
}

/** Between two blocks compression leaves bits that mean nothing: to change one of them is no damage. */
const meansNothing = (bytes: Buffer, whole: Buffer): boolean => {
  try {
    return gunzipSync(bytes).equals(whole)
  } catch {
    return false
  }
}

it('refuses an archive of which any byte that means something was changed', async () => {
  const whole = gunzipSync(await readFile(archive))
  const { length } = await readFile(archive)
  for (const from of [11, Math.floor(length / 3), Math.floor(length / 2), length - 6]) {
    const file = await spoilt((bytes) => {
      for (let at = from; ; at += 1) {
        bytes[at]! ^= 0x10
        if (!meansNothing(bytes, whole)) return bytes
        bytes[at]! ^= 0x10
      }
    })
    await expectRefused(file, 'archive-damaged', /^The archive .+\.tar\.gz is damaged: /)
  }
})

it('refuses an archive that ends too early, also where its compression is whole', async () => {
  for (const part of [0.5, 0.99]) {
    const file = await spoilt((bytes) => bytes.subarray(0, bytes.length * part))
    await expectRefused(file, 'archive-damaged', /^The archive .+\.tar\.gz is damaged: it ends too early/)
  }
  const cut = await spoilt((bytes) => gzipSync(gunzipSync(bytes).subarray(0, 2_048)))
  await expectRefused(cut, 'archive-damaged', /ends too early/)
  const without = await rewritten((entry) => (entry.path === 'SHA256SUMS' ? undefined : entry), false)
  await expectRefused(without, 'archive-damaged', /no checksums at its end/)
})

it('names the file that is not what was written, is missing or too many', async () => {
  const other = (entry: TarEntry) => (entry.path === 'keys/seal' ? textEntry(entry.path, 'another key\n') : entry)
  await expectRefused(await rewritten(other, false), 'archive-damaged', /keys\/seal is not what was written/)
  const gone = (entry: TarEntry) => (entry.path === 'keys/seal' ? undefined : entry)
  await expectRefused(await rewritten(gone, false), 'archive-damaged', /the list of its files is not/)
})

it('refuses what is no archive, is not there, or is of another release', async () => {
  await expectRefused(await spoilt(() => Buffer.from('a letter')), 'archive-damaged', /no \.tar\.gz file/)
  await expectRefused('/tmp/there-is-no-such.tar.gz', 'archive-unreadable', /ENOENT/)
  await expectRefused(dirname(archive), 'archive-unreadable', /EISDIR/)
  const manifest = (more: object) => async () => {
    for await (const entry of entriesOf(archive)) {
      const pieces: Uint8Array[] = []
      for await (const piece of entry.content) pieces.push(piece)
      return textEntry(entry.path, JSON.stringify({ ...JSON.parse(Buffer.concat(pieces).toString()), ...more }))
    }
    throw new Error('the archive is empty')
  }
  for (const [more, words] of [
    [{ format: 2 }, /has the format 2, and this release reads 1/],
    [{ migration: 9_999_999_999_999 }, /written by a newer release/],
  ] as const) {
    const changed = await manifest(more)()
    const file = await rewritten((entry) => (entry.path === 'manifest.json' ? changed : entry), true)
    await expectRefused(file, 'archive-unknown', words)
  }
})

it('writes nothing beside the directory, and nothing that is no part of a backup', async () => {
  for (const path of ['../outside', '/outside', 'systems/../../outside'])
    await expectRefused(
      await rewritten((entry) => (entry.path === 'keys/seal' ? textEntry(path, 'x') : entry), true),
      'archive-damaged',
      /names the path/,
    )
  const file = await rewritten((entry) => (entry.path === 'keys/seal' ? textEntry('lock', 'x') : entry), true)
  const before = await filesIn(data)
  await expect(restoreBackup({ file, data, replace: true })).rejects.toMatchObject({ code: 'archive-damaged' })
  expect(await filesIn(data)).toEqual(before)
})

it('refuses a full directory; told to replace it, puts what is there aside', async () => {
  const before = await filesIn(data)
  await expect(restoreBackup({ file: archive, data, replace: false })).rejects.toMatchObject({
    code: 'restore-target-full',
    message: `The data directory ${data} is not empty`,
    help: expect.stringContaining(`npm run restore -- ${archive} --replace`),
  })
  expect(await filesIn(data)).toEqual(before)
  const rows = await rowsIn({ state: join(data, 'state') })

  await writeFile(join(data, 'keys', 'seal'), 'a newer key\n')
  const report = await restoreBackup({ file: archive, data, replace: true })
  if (report.outcome !== 'restored') throw new Error('it was not restored')
  expect(await readFile(join(report.aside.folder!, 'keys', 'seal'), 'utf8')).toBe('a newer key\n')
  expect(await readFile(join(data, 'keys', 'seal'), 'utf8')).toBe('a key\n')
  expect((await filesIn(join(data, 'keys'))).seal).toMatch(/^600 /)
  expect(await rowsIn({ state: join(report.aside.folder!, 'state') })).toEqual(rows)
  expect(await rowsIn({ state: join(data, 'state') })).toEqual(rows)
  await rm(report.aside.folder!, { recursive: true })
  expect((await readdir(data)).filter((name) => /^(?:restore|before)/.test(name))).toEqual([])
})

it('does not begin while another process holds the directory', async () => {
  const store = await openStore({ data, log })
  // The holder is this process, as a bot would be.
  await expect(restoreBackup({ file: archive, data, replace: true })).rejects.toMatchObject({
    code: 'data-in-use',
    message: expect.stringContaining(`Process ${process.pid} works in this data directory`),
  })
  await store.close()
})

it('overwrites no file and backs up nothing that is not there', async () => {
  const { db, close } = await openFolder(join(data, 'state'))
  await expect(writeBackup({ db, data, file: archive })).rejects.toMatchObject({
    code: 'backup-failed',
    help: expect.stringContaining('choose another name'),
  })
  await expect(writeBackup({ db, data, file: '/tmp/no/such/folder/a.tar.gz' })).rejects.toMatchObject({
    code: 'backup-failed',
    message: expect.stringContaining('ENOENT'),
  })
  await close()
  const empty = await openFolder(join(await newFolder(), 'state'))
  const file = join(data, '..', 'empty.tar.gz')
  await expect(writeBackup({ db: empty.db, data, file })).rejects.toMatchObject({ code: 'backup-empty' })
  await empty.close()
  expect((await readdir(join(data, '..'))).sort()).toEqual(['data', 'whole.tar.gz'])
})
