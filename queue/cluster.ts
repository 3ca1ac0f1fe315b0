import { execFile } from 'node:child_process'
import { constants, existsSync, readFileSync } from 'node:fs'
import { access, cp, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { PGlite } from '@electric-sql/pglite'

/**
 * Opens the PostgreSQL of this process in a folder. A new folder gets a copy of the machine's template cluster (under a
 * second, where making one takes several and half a gigabyte of memory); it appears whole or not at all, so a kill on
 * the way leaves nothing half-made.
 */
export const openCluster = async (folder: string): Promise<PGlite> => {
  if (!existsSync(join(folder, 'PG_VERSION'))) {
    const fresh = `${folder}.new`
    await rm(fresh, { recursive: true, force: true })
    await mkdir(dirname(folder), { recursive: true })
    await makeFrom(await ensureTemplate(), fresh)
    await rm(folder, { recursive: true, force: true })
    await rename(fresh, folder)
  }
  return givingWay(await PGlite.create(folder, { startParams: [...PGlite.defaultStartParams, ...SMALL] }))
}

/**
 * The database answers in this thread, and from one answer to the next question there are only microtasks: without a turn of
 * the event loop between them, work that asks and asks would keep the process from hearing of anything else.
 */
const givingWay = (client: PGlite): PGlite => {
  const ask = client.query.bind(client)
  client.query = async (...question) => {
    await setImmediate()
    return ask(...question)
  }
  return client
}

const makeFrom = (template: string | undefined, folder: string): Promise<void> =>
  template === undefined
    ? makeCluster(folder)
    : cp(template, folder, { recursive: true, mode: constants.COPYFILE_FICLONE })

/** In a process of its own, which takes the memory that only this needs with it. */
const makeCluster = async (folder: string): Promise<void> => {
  await promisify(execFile)(process.execPath, [fileURLToPath(new URL('make-cluster.ts', import.meta.url)), folder])
}

/** Two databases with the default of 128 MB buffers make a process of half a gigabyte; with these it has half of that. */
const SMALL = ['-c', 'shared_buffers=16MB', '-c', 'wal_buffers=1MB']

/**
 * Returns the folder of the template cluster, made on first need: by set-up, or here. It is never opened. Undefined where
 * the program's folder cannot be written, as in a container of another user's: then there is nothing to copy from.
 */
export const ensureTemplate = async (): Promise<string | undefined> => {
  const template = join(cacheFolder, `cluster-${pgliteVersion()}`)
  if (existsSync(join(template, 'PG_VERSION'))) return template
  try {
    await mkdir(cacheFolder, { recursive: true })
    await access(cacheFolder, constants.W_OK)
  } catch {
    return undefined
  }
  const draft = `${template}.${process.pid}`
  await rm(draft, { recursive: true, force: true })
  await makeCluster(draft)
  try {
    await rename(draft, template)
  } catch (error) {
    // Another process was faster.
    await rm(draft, { recursive: true, force: true })
    if (!existsSync(join(template, 'PG_VERSION'))) throw error
  }
  return template
}

const cacheFolder = fileURLToPath(new URL('../.cache', import.meta.url))

const pgliteVersion = (): string => {
  const file = new URL('../package.json', import.meta.resolve('@electric-sql/pglite'))
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
