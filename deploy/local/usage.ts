import { readdir, readFile } from 'node:fs/promises'
import type { Usage } from '../target.ts'

/** Linux counts processor time for programs in hundredths of a second (USER_HZ), whatever its own clock. */
const TICKS = 100

type Found = { pid: number; ticks: number; session: number; ended: number }

/** The fields of /proc/<pid>/stat behind the program's name, which may hold blanks and brackets; proc_pid_stat(5). */
const statOf = async (pid: number): Promise<Found | undefined> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const at = (field: number): number => Number(fields[field - 3])
  return { pid, session: at(6), ticks: at(14) + at(15), ended: at(16) + at(17) }
}

/** Bytes that are resident. A process that has just ended holds none. */
const residentOf = async (pid: number): Promise<number> => {
  const text = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024
}

/**
 * Measures a process and everything in its session: bytes of resident memory and seconds of processor time, one reading
 * of /proc. The supervisor starts every system in a session of its own, so this is the system. Returns undefined where
 * the process is gone, or the machine has no /proc.
 */
export const usageOf = async (pid: number): Promise<Usage | undefined> => {
  const main = await statOf(pid)
  if (!main) return undefined
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const others = (await Promise.all(pids.filter((one) => one !== pid).map(statOf))).filter(
    (one) => one?.session === main.session,
  )
  const all = [main, ...others.filter((one) => one !== undefined)]
  const memory = await Promise.all(all.map((one) => residentOf(one.pid)))
  return {
    memory: memory.reduce((sum, bytes) => sum + bytes, 0),
    processor: all.reduce((sum, one) => sum + one.ticks + one.ended, 0) / TICKS,
  }
}
