import { createWriteStream } from 'node:fs'
import { chmod, mkdir, readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { sql } from 'drizzle-orm'
import { settle } from '../../deploy/local/carry.ts'
import { endSupervisor } from '../../deploy/local/supervisor.ts'
import { AppError } from '../../schemas/errors.ts'
import type { BackupManifest } from '../../schemas/generated/backup-manifest.ts'
import { makeWritable } from '../ground.ts'
import { placeOf } from '../probe.ts'
import { lockData } from '../store/data-lock.ts'
import { rowsOf } from '../store/db.ts'
import { CHECKSUMS, entriesOf, MANIFEST, verifyArchive } from './archive.ts'
import { openFolder, openServer, type Plain } from './database.ts'
import { asFailure } from './reason.ts'
import { endInterrupted, endSwap, noteSwap, putInPlace, type Swap, takeBack } from './swap.ts'
import { dropTables, holdsRows, loadTables, makeTables, setTablesAside } from './tables.ts'
import { damaged, namedAs } from './untar.ts'

export type RestoreReport =
  | { outcome: 'restored'; manifest: BackupManifest; aside: { folder?: string; schema?: string } }
  /** An earlier restore had been interrupted after all of it was decided; it is at its end now, and this one was not begun. */
  | { outcome: 'finished-earlier' }

/** What a bot keeps in its data directory: what must be absent, and what a restore puts aside. */
const OURS = ['state', 'work', 'systems', 'keys', 'web-session', 'downloads', 'tmp']
/** What is no loss: they are put aside too, but do not make a directory full. */
const TRIFLES = ['work', 'downloads', 'tmp']

/** What an archive may put into a data directory, and the dump of the tables. */
const ROOTS = ['database', 'keys', 'web-session', 'systems']

type Wish = { file: string; data: string; databaseUrl?: string | undefined; replace: boolean }

const full = (what: string, { file }: Wish): AppError =>
  new AppError('restore-target-full', `${what} is not empty`, {
    help: `To put what is there aside first, run: npm run restore -- ${file} --replace`,
  })

const presentIn = async (data: string): Promise<string[]> => {
  const names = await readdir(data)
  const present: string[] = []
  for (const name of OURS)
    if (names.includes(name) && (name !== 'systems' || (await readdir(join(data, name))).length > 0)) present.push(name)
  return present
}

/** Throws AppError `data-in-use` where a bot or a worker listens to this database. */
const expectNobody = async ({ db }: Plain, databaseUrl: string): Promise<void> => {
  const [listener] = await rowsOf<{ host: string | null }>(
    db,
    sql`select client_addr::text as host from pg_stat_activity
      where datname = current_database() and application_name = 'autocoder-changes' limit 1`,
  )
  if (listener)
    throw new AppError(
      'data-in-use',
      `A bot or a worker${listener.host ? ` on ${listener.host}` : ''} works on the database at ${placeOf(databaseUrl)}`,
      { help: 'Stop the bot and every worker first.' },
    )
}

/** Unpacks everything but the manifest and the checksums. Modes are set at the end, when nothing more is written. */
const unpack = async (file: string, folder: string): Promise<void> => {
  const folders: { path: string; mode: number }[] = []
  for await (const entry of entriesOf(file)) {
    if (entry.path === MANIFEST || entry.path === CHECKSUMS) continue
    if (!ROOTS.includes(entry.path.split('/')[0]!))
      throw damaged(`it holds ${entry.path}, which is nothing of a backup`)
    const path = join(folder, entry.path)
    await mkdir(entry.folder ? path : dirname(path), { recursive: true, mode: 0o700 })
    if (entry.folder) folders.push({ path, mode: entry.mode })
    else {
      await pipeline(entry.content, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
      await chmod(path, entry.mode & 0o777)
    }
  }
  for (const { path, mode } of folders.reverse()) await chmod(path, (mode & 0o777) | 0o700)
}

type Step = (tx: Plain['db']) => Promise<void>

/** Makes and fills the tables in one transaction, between two steps. */
const fill = (plain: Plain, folder: string, manifest: BackupManifest, steps: { first?: Step; last?: Step }) =>
  plain.db.transaction(async (tx) => {
    await steps.first?.(tx)
    await makeTables(tx, manifest.migration)
    await loadTables(tx, folder, manifest.tables)
    await steps.last?.(tx)
  })

const fillFolder = async (state: string, dump: string, manifest: BackupManifest): Promise<void> => {
  const plain = await openFolder(state)
  try {
    await fill(plain, dump, manifest, {})
  } finally {
    await plain.close()
  }
}

/** Compact, sorts by time, and is a name in SQL as it is. */
const stampOf = (now: Date): string => now.toISOString().slice(0, 23).replaceAll(/[-:.]/g, '').toLowerCase()

/** What a restore had unpacked that was killed before it put anything in place. */
const removeLeftovers = async (data: string): Promise<void> => {
  for (const name of await readdir(data))
    if (/^restore-\d{8}t\d{9}$/.test(name)) await rm(join(data, name), { recursive: true, force: true })
}

const restoreInto = async (wish: Wish, server: Plain | undefined, manifest: BackupManifest): Promise<RestoreReport> => {
  const { data, replace } = wish
  const present = await presentIn(data)
  const rows = server ? await holdsRows(server.db) : false
  if (!replace && present.some((name) => !TRIFLES.includes(name))) throw full(`The data directory ${data}`, wish)
  if (!replace && rows) throw full(`The database at ${placeOf(wish.databaseUrl ?? '')}`, wish)

  const stamp = stampOf(new Date())
  const schema = rows ? `autocoder_before_${stamp}` : undefined
  const [staged, aside] = [`restore-${stamp}`, `before-${stamp}`]
  const folder = join(data, staged)
  const dump = join(folder, 'database')
  const swap: Swap = { staged, aside, comes: [], goes: present, transaction: null }
  let decided = false
  try {
    await mkdir(folder, { mode: 0o700 })
    await unpack(wish.file, folder)
    for (const system of manifest.systems) await settle(folder, data, system)
    swap.comes = (await readdir(folder)).filter((name) => name !== 'database')
    if (server)
      await fill(server, dump, manifest, {
        first: (tx) => (schema ? setTablesAside(tx, schema) : dropTables(tx)),
        last: async (tx) => {
          const [own] = await rowsOf<{ id: string }>(tx, sql`select pg_current_xact_id()::text as id`)
          // Systems of what goes aside must not go on writing into it.
          await endSupervisor(data)
          await noteSwap(data, { ...swap, transaction: own!.id })
          await putInPlace(data, swap)
          decided = true
        },
      })
    else {
      await fillFolder(join(folder, 'state'), dump, manifest)
      swap.comes.push('state')
      await endSupervisor(data)
      await noteSwap(data, swap)
      await putInPlace(data, swap)
    }
  } catch (cause) {
    if (decided)
      throw new AppError('restore-unfinished', 'The database did not say whether it has taken everything', {
        help: 'Run the same command again when it answers: it ends this restore in the one way or the other.',
        cause,
      })
    await takeBack(data, swap)
    throw asFailure('restore-failed', cause)
  }
  await endSwap(data, swap)
  return {
    outcome: 'restored',
    manifest,
    aside: { ...(present.length > 0 ? { folder: join(data, aside) } : {}), ...(schema ? { schema } : {}) },
  }
}

/**
 * Puts a backup in the place of an empty data directory and database, or with `replace` of full ones, which go aside
 * first: into `before-<time>` of the data directory and the schema `autocoder_before_<time>`. The archive is checked
 * whole before anything is touched, and all of it comes or nothing. The bot must be stopped; systems of what goes aside
 * are. Throws AppError `archive-…`, `restore-…`, `data-in-use`, `data-unusable`, `store-unreachable`, `deploy-record`.
 */
export const restoreBackup = async (wish: Wish): Promise<RestoreReport> => {
  const manifest = await verifyArchive(wish.file).catch((error: unknown) => {
    throw namedAs(wish.file, error)
  })
  await makeWritable(wish.data)
  const unlock = await lockData(wish.data)
  let server: Plain | undefined
  try {
    if (wish.databaseUrl) {
      server = await openServer(wish.databaseUrl)
      await expectNobody(server, wish.databaseUrl)
    }
    if ((await endInterrupted(wish.data, server?.db)) === 'done') return { outcome: 'finished-earlier' }
    await removeLeftovers(wish.data)
    return await restoreInto(wish, server, manifest)
  } finally {
    await server?.close()
    unlock()
  }
}
