/** What must be known of a system's folder to carry it to another place, such as into a backup and out of it. */
import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { systemPaths } from './paths.ts'
import { readRecord, writeRecord, writeWhole } from './record.ts'
import { sqliteUrl } from './sqlite.ts'

/** The path of a system's rows in its folder; they are copied by `copyRows`, never as a file. */
export const ROWS = 'data/app.db'

/** Logs, copies of the rows, a release that is just being written, and what SQLite and the record leave for a moment. */
const passing = [
  /^logs\/./,
  /^data\/backups\/./,
  /^data\/app\.db-(?:wal|shm|journal)$/,
  /^releases\/\.making-/,
  /^deployment\.json\..*\.new$/,
]

/** Returns whether a path in a system's folder is needed to run the system again; the rows are none of these. */
export const isCarried = (path: string): boolean => path !== ROWS && !passing.some((pattern) => pattern.test(path))

/** Copies a SQLite database while it is written to, as it is at one moment. */
export const copyRows = async (from: string, to: string): Promise<void> => {
  const database = new DatabaseSync(from, { readOnly: true, timeout: 30_000 })
  try {
    // All pages in one step: a step that finds the database changed since the last one would begin again.
    await backup(database, to, { rate: 2 ** 30 })
  } finally {
    database.close()
  }
}

const urlOf = async (data: string, system: string): Promise<string> =>
  (await readFile(systemPaths(data, system).databaseUrl, 'utf8').catch(() => '')).trim()

/** Returns the name and the server of a system's database where its rows are in PostgreSQL, else undefined. */
export const serverOf = async (data: string, system: string): Promise<{ name: string; host: string } | undefined> => {
  const url = await urlOf(data, system)
  if (!url.startsWith('postgresql')) return undefined
  const { host, pathname } = new URL(url)
  return { name: pathname.slice(1), host }
}

/**
 * Mends the paths in a system's folder, which was unpacked under `unpacked` and will stand under `data`: where its
 * release is, and where its rows are. Its port may be somebody else's there. Throws AppError `deploy-record` where the record cannot be read.
 */
export const settle = async (unpacked: string, data: string, system: string): Promise<void> => {
  const record = await readRecord(unpacked, system)
  const { releases } = systemPaths(data, system)
  if (record)
    await writeRecord(unpacked, system, {
      ...record,
      moved: true,
      release: { ...record.release, folder: join(releases, basename(record.release.folder)) },
    })
  if ((await urlOf(unpacked, system)).startsWith('sqlite'))
    await writeWhole(systemPaths(unpacked, system).databaseUrl, `${sqliteUrl(systemPaths(data, system))}\n`, 0o600)
}
