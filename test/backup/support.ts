import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFolder, openServer } from '../../queue/backup/database.ts'
import { dumpTables } from '../../queue/backup/tables.ts'

const folders: string[] = []

/** Returns the path of a new folder in a temporary one; it does not exist unless it is made. */
export const newFolder = async (make = true): Promise<string> => {
  const folder = join(await mkdtemp(join(tmpdir(), 'autocoder-backup-')), 'data')
  folders.push(join(folder, '..'))
  if (make) await mkdir(folder)
  return folder
}

export const removeFolders = async (): Promise<void> => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true, maxRetries: 5 })
}

/** Returns every row of the store's tables as text, sorted: two databases with the same hold the same. */
export const rowsIn = async (place: { state: string } | { databaseUrl: string }): Promise<Record<string, string[]>> => {
  const { db, close } = 'state' in place ? await openFolder(place.state) : await openServer(place.databaseUrl)
  const folder = await newFolder()
  try {
    const tables = await db.transaction((tx) => dumpTables(tx, folder), { accessMode: 'read only' })
    const found: Record<string, string[]> = {}
    for (const table of tables)
      found[table] = (await readFile(join(folder, `${table}.ndjson`), 'utf8')).split('\n').filter(Boolean).sort()
    return found
  } finally {
    await close()
  }
}

/** Returns the paths in a folder with the digest and the mode of each file. */
export const filesIn = async (folder: string): Promise<Record<string, string>> => {
  const found: Record<string, string> = {}
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const digest = createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
    found[path.slice(folder.length + 1)] = `${((await stat(path)).mode & 0o777).toString(8)} ${digest}`
  }
  return found
}
