import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../schemas/errors.ts'

type Holder = { pid: number; started: string; since: string }

/**
 * Takes the data directory for this process, as the embedded databases stand only one. The file <data>/lock names the
 * holder by process id and start time, so a reused id is no holder; what a dead process left is taken over. Returns what
 * gives the directory back. Throws AppError `data-in-use` that says who holds it.
 */
export const lockData = async (data: string): Promise<() => void> => {
  mkdirSync(data, { recursive: true })
  const file = join(data, 'lock')
  const self: Holder = { pid: process.pid, started: startOf(process.pid) ?? '', since: new Date().toISOString() }
  if (!create(file, self)) await takeOver(file, self)
  return () => {
    const holder = read(file)
    if (holder?.pid === self.pid && holder.started === self.started) rmSync(file, { force: true })
  }
}

/** Whoever replaces a dead holder's file holds this one meanwhile, so of two that find it dead only one does. */
const takeOver = async (file: string, self: Holder): Promise<void> => {
  const guard = `${file}.taking`
  while (!create(guard, self)) {
    // Held for less than a millisecond unless its process died just then.
    const taker = read(guard)
    if (taker ? !isAlive(taker) : ageOf(guard) > 1_000) rmSync(guard, { force: true })
    await sleep(10)
  }
  try {
    const holder = read(file)
    if (holder && isAlive(holder))
      throw new AppError('data-in-use', `Process ${holder.pid} works in this data directory since ${holder.since}`, {
        help: `Stop process ${holder.pid} first, or choose another directory with AUTOCODER_DATA.`,
      })
    writeFileSync(`${file}.${self.pid}`, JSON.stringify(self))
    renameSync(`${file}.${self.pid}`, file)
  } finally {
    rmSync(guard, { force: true })
  }
}

/** Makes a file that appears with its whole content: whoever finds it can read who made it. */
const create = (file: string, self: Holder): boolean => {
  const draft = `${file}.${self.pid}`
  writeFileSync(draft, JSON.stringify(self), { mode: 0o600 })
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Returns who a lock file names; undefined for no file or one that its writer died over. */
const read = (file: string): Holder | undefined => {
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isHolder(found) ? found : undefined
  } catch {
    return undefined
  }
}

const isHolder = (value: unknown): value is Holder =>
  typeof value === 'object' &&
  value !== null &&
  Number.isInteger((value as Holder).pid) &&
  typeof (value as Holder).started === 'string' &&
  typeof (value as Holder).since === 'string'

const ageOf = (file: string): number => {
  const stat = statSync(file, { throwIfNoEntry: false })
  return stat ? Date.now() - stat.mtimeMs : 0
}

const isAlive = (holder: Holder): boolean => {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const started = startOf(holder.pid)
  return started === undefined || started === holder.started
}

/** Returns when a process started, in the kernel's clock ticks since boot; undefined where there is no /proc or no such process. */
const startOf = (pid: number): string | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Field 22; the command in field 2 is in parentheses and may hold spaces.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}
