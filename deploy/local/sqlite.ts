import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { SystemPaths } from './paths.ts'
import type { Command } from './supervisor.ts'

/** How many copies are kept. */
const KEPT = 3

// SQLite's own online backup: a copy of the file would miss what still stands in the write-ahead log.
const script = `
import os, sqlite3, sys
source, target = sys.argv[1:]
with sqlite3.connect(source, timeout=30) as live, sqlite3.connect(target + ".new") as copy:
    live.backup(copy)
os.replace(target + ".new", target)
`

export const sqliteUrl = (paths: SystemPaths): string => `sqlite+aiosqlite:///${paths.database}`

export const hasDatabase = async (paths: SystemPaths): Promise<boolean> =>
  (await stat(paths.database).catch(() => undefined)) !== undefined

/** The command that copies the live database into data/backups, named so that copies sort by time. */
export const backupCommand = (paths: SystemPaths, pythonBin: string, now: Date): Command => ({
  argv: [
    `${pythonBin}/python`,
    '-I',
    '-S',
    '-c',
    script,
    paths.database,
    join(paths.backups, `${now.toISOString().replaceAll(':', '')}.db`),
  ],
  cwd: paths.data,
  env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
})

export const prepareBackups = async (paths: SystemPaths): Promise<void> => {
  await mkdir(paths.backups, { recursive: true, mode: 0o700 })
}

/** Deletes all but the newest copies, and what an interrupted copy has left. */
export const pruneBackups = async (paths: SystemPaths): Promise<void> => {
  const names = (await readdir(paths.backups)).sort()
  const whole = names.filter((name) => name.endsWith('.db'))
  const kept = new Set(whole.slice(-KEPT))
  for (const name of names) if (!kept.has(name)) await rm(join(paths.backups, name), { force: true })
}
