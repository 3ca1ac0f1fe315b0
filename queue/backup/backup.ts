import { createWriteStream, existsSync, readFileSync } from 'node:fs'
import { link, mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { copyRows, isCarried, ROWS, serverOf } from '../../deploy/local/carry.ts'
import { sync } from '../../pipeline/sync.ts'
import { AppError } from '../../schemas/errors.ts'
import type { BackupManifest } from '../../schemas/generated/backup-manifest.ts'
import { codeOf } from '../probe.ts'
import type { Db } from '../store/db.ts'
import { FORMAT, MANIFEST, textEntry, withChecksums } from './archive.ts'
import { asFailure } from './reason.ts'
import { dumpTables, migrationIn } from './tables.ts'
import { packTar, type TarEntry } from './tar.ts'
import { fileEntry, folderEntries } from './walk.ts'

export type BackupReport = {
  /** Absolute path of the archive. */
  file: string
  /** Bytes of it. */
  size: number
  manifest: BackupManifest
}

const releaseName = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version

const idsIn = async (data: string): Promise<string[]> => {
  const entries = await readdir(join(data, 'systems'), { withFileTypes: true }).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw error
  })
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
}

/** The rows of a system as they are now, copied beside the archive first: an archive names the size before the bytes. */
async function* systemEntries(data: string, system: string, folder: string): AsyncGenerator<TarEntry> {
  const path = `systems/${system}`
  const root = join(data, 'systems', system)
  // Uploads follow the rows that speak of them: a row never waits for a file that is not there.
  if (existsSync(join(root, ROWS))) {
    const copy = join(folder, 'rows.db')
    await copyRows(join(root, ROWS), copy)
    const entry = await fileEntry(copy, `${path}/${ROWS}`)
    if (entry) yield { ...entry, mode: 0o600 }
    await rm(copy)
  }
  yield* folderEntries(root, path, isCarried)
}

async function* entriesOf(wish: { data: string; manifest: BackupManifest; folder: string }): AsyncGenerator<TarEntry> {
  const { data, manifest, folder } = wish
  yield textEntry(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`)
  yield* folderEntries(join(folder, 'database'), 'database', () => true)
  if (manifest.key) yield* folderEntries(join(data, 'keys'), 'keys', () => true)
  const session = await fileEntry(join(data, 'web-session'), 'web-session')
  if (session) yield session
  for (const system of manifest.systems) yield* systemEntries(data, system, folder)
}

const describe = async (db: Db, data: string, folder: string): Promise<BackupManifest> => {
  const database = join(folder, 'database')
  await mkdir(database, { mode: 0o700 })
  // One snapshot of all tables. Files are read after it, so whatever a row speaks of is there.
  const { migration, tables } = await db.transaction(
    async (tx) => {
      const dumped = await dumpTables(tx, database)
      return { migration: await migrationIn(tx), tables: dumped }
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
  if (migration === 0)
    throw new AppError('backup-empty', 'There is nothing to back up: the bot has never run on this database', {
      help: 'Check AUTOCODER_DATA and DATABASE_URL: they must be those with which the bot runs.',
    })
  const systems = await idsIn(data)
  const servers = await Promise.all(systems.map((system) => serverOf(data, system)))
  return {
    format: FORMAT,
    release: releaseName(),
    madeAt: new Date().toISOString(),
    migration,
    tables,
    systems,
    key: existsSync(join(data, 'keys', 'seal')),
    elsewhere: servers.filter((one) => one !== undefined).map(({ name, host }) => `${name} on ${host}`),
  }
}

const cannotWrite = (file: string, cause: unknown): AppError =>
  new AppError('backup-failed', `${file} cannot be written: ${codeOf(cause)}`, {
    help:
      codeOf(cause) === 'EEXIST'
        ? 'There is such a file already, and no backup is ever overwritten: choose another name.'
        : 'Choose a folder that exists, that you may write and that has room.',
    cause,
  })

/**
 * Writes a backup: the database, the key, the systems with their repositories, releases, secrets and rows. The bot may go
 * on meanwhile. The file (0600) appears whole or not at all. `db` is the store's, or a plain connection. Throws AppError
 * `backup-empty` or `backup-failed`.
 */
export const writeBackup = async (wish: { db: Db; data: string; file: string }): Promise<BackupReport> => {
  const { db, data, file } = wish
  if (existsSync(file)) throw cannotWrite(file, { code: 'EEXIST' })
  const folder = await mkdtemp(join(dirname(file), '.autocoder-backup-')).catch((error: unknown) => {
    throw cannotWrite(file, error)
  })
  try {
    const manifest = await describe(db, data, folder)
    const whole = join(folder, 'archive')
    await pipeline(
      packTar(withChecksums(entriesOf({ data, manifest, folder }))),
      createGzip(),
      createWriteStream(whole, { mode: 0o600, flags: 'wx' }),
    )
    await sync(whole)
    // Fails where somebody made such a file meanwhile, as a rename would not.
    await link(whole, file)
    await sync(dirname(file))
    return { file, size: (await stat(file)).size, manifest }
  } catch (error) {
    if (error instanceof RangeError)
      throw new AppError('backup-failed', 'A file became shorter while it was read', {
        help: 'Run it again in a moment.',
        retryable: true,
        cause: error,
      })
    if (['ENOSPC', 'EEXIST', 'EDQUOT'].includes(codeOf(error))) throw cannotWrite(file, error)
    throw asFailure('backup-failed', error)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
