import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { writeWhole } from '../../deploy/local/record.ts'
import { AppError } from '../../schemas/errors.ts'
import { restoreNote } from '../folders.ts'
import { type Db, rowsOf } from '../store/db.ts'

/** What a restore is about to put in place; <data>/restore.json while it does. All paths lie in the data directory. */
export type Swap = {
  /** The folder that holds what comes. */
  staged: string
  /** The folder that takes what goes; it is made when there is something. */
  aside: string
  /** Names in the data directory that come. */
  comes: string[]
  /** Names in the data directory that go. */
  goes: string[]
  /** The database's transaction that decides whether all this happens; null where the database is among the files. */
  transaction: string | null
}

export const noteSwap = (data: string, swap: Swap): Promise<void> =>
  writeWhole(restoreNote(data), JSON.stringify(swap), 0o600)

/** Puts what comes in the place of what goes. It can be repeated after an interruption at any point. */
export const putInPlace = async (data: string, swap: Swap): Promise<void> => {
  const aside = join(data, swap.aside)
  if (swap.goes.length > 0) await mkdir(aside, { recursive: true, mode: 0o700 })
  for (const name of swap.goes) if (!existsSync(join(aside, name))) await rename(join(data, name), join(aside, name))
  for (const name of swap.comes)
    if (existsSync(join(data, swap.staged, name))) await rename(join(data, swap.staged, name), join(data, name))
}

/** Forgets a swap whose things are in place. */
export const endSwap = async (data: string, swap: Swap): Promise<void> => {
  await rm(join(data, swap.staged), { recursive: true, force: true })
  await rm(restoreNote(data), { force: true })
}

/** Puts everything back as it was before a swap, however far that came. */
export const takeBack = async (data: string, swap: Swap): Promise<void> => {
  const aside = join(data, swap.aside)
  for (const name of swap.comes) {
    const hasCome = !existsSync(join(data, swap.staged, name))
    const oldIsSafe = !swap.goes.includes(name) || existsSync(join(aside, name))
    if (hasCome && oldIsSafe) await rm(join(data, name), { recursive: true, force: true })
  }
  for (const name of swap.goes) if (existsSync(join(aside, name))) await rename(join(aside, name), join(data, name))
  await rm(aside, { recursive: true, force: true })
  await endSwap(data, swap)
}

const readSwap = async (data: string): Promise<Swap> => {
  try {
    return JSON.parse(await readFile(restoreNote(data), 'utf8')) as Swap
  } catch (cause) {
    throw new AppError('data-unusable', `${restoreNote(data)} cannot be read`, {
      help: 'It tells of an interrupted restore. Move the data directory away and restore into a new one.',
      cause,
    })
  }
}

const isCommitted = async (db: Db | undefined, transaction: string): Promise<boolean> => {
  if (!db)
    throw new AppError('restore-unfinished', 'The interrupted restore was one into PostgreSQL', {
      help: 'Set DATABASE_URL as it was then, and run it again.',
    })
  const [found] = await rowsOf<{ status: string | null }>(
    db,
    sql`select pg_xact_status(${transaction}::xid8) as status`,
  )
  if (found?.status === 'committed' || found?.status === 'aborted') return found.status === 'committed'
  throw new AppError('restore-unfinished', 'The database has not ended the interrupted restore yet', {
    help: 'Run it again in a moment.',
    retryable: true,
  })
}

/**
 * Ends a restore that was interrupted while it put things in place: to its end where that was decided, else back to
 * what was before. Returns which of them, or undefined where there is none.
 */
export const endInterrupted = async (data: string, db: Db | undefined): Promise<'done' | 'undone' | undefined> => {
  if (!existsSync(restoreNote(data))) return undefined
  const swap = await readSwap(data)
  if (swap.transaction === null || (await isCommitted(db, swap.transaction))) {
    await putInPlace(data, swap)
    await endSwap(data, swap)
    return 'done'
  }
  await takeBack(data, swap)
  return 'undone'
}
