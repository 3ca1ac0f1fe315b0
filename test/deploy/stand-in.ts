import { randomBytes } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import pino from 'pino'
import type { LocalOptions } from '../../deploy/local/options.ts'
import { supervisorPaths, systemPaths } from '../../deploy/local/paths.ts'
import { reachSupervisor } from '../../deploy/local/supervisor.ts'
import type { DeployContext, Release } from '../../deploy/target.ts'

const standIn = fileURLToPath(new URL('../fixtures/deploy/runtime', import.meta.url))
const python = process.env.AUTOCODER_PYTHON ?? fileURLToPath(new URL('../../.venv', import.meta.url))

/** What a stand-in release does wrong; see test/fixtures/deploy/runtime. */
export type Behaviour = {
  boot?: 'crash'
  boot_seconds?: number
  ready?: boolean
  crash_after?: number
  drain_after?: number
  migrate?: 'fail'
  migrate_seconds?: number
  level?: number
  marker?: string
}

/** Writes a release folder around the stand-in runtime, as package would. */
export const makeRelease = async (
  data: string,
  system: string,
  behaviour: Behaviour = {},
  engine: Release['engine'] = 'sqlite',
): Promise<Release> => {
  const digest = randomBytes(32).toString('hex')
  const folder = join(systemPaths(data, system).releases, digest.slice(0, 16))
  await mkdir(folder, { recursive: true })
  await cp(standIn, join(folder, 'runtime'), { recursive: true })
  await writeFile(join(folder, 'behaviour.json'), JSON.stringify(behaviour))
  return { system, name: system, digest: `sha256:${digest}`, folder, engine, accounts: true }
}

export const makeOptions = async (more: Partial<LocalOptions> = {}): Promise<LocalOptions> => {
  // Each test has a range of its own, so that tests side by side do not take one another's kept ports.
  const from = 10_000 + Math.floor(Math.random() * 2000) * 10
  return {
    data: await mkdtemp(join(tmpdir(), 'local-target-')),
    systemsHost: '127.0.0.1',
    systemsDatabaseUrl: undefined,
    pythonBin: join(python, 'bin'),
    log: pino({ level: 'silent' }),
    ports: { from, to: from + 9 },
    patience: 15,
    timing: { backoff: 0.05, giveUp: 3, stable: 5, grace: 12, linger: 0.3 },
    ...more,
  }
}

export const makeContext = (signal = new AbortController().signal): DeployContext & { steps: string[] } => {
  const steps: string[] = []
  return { signal, steps, log: pino({ level: 'silent' }), report: async (step) => void steps.push(step) }
}

/** Returns the ids of the processes whose command line names the data directory: the supervisor and what it runs. */
export const processesOf = async (data: string): Promise<number[]> => {
  const pids: number[] = []
  for (const name of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '')
    if (line.includes('\0') && line.includes(data) && line.includes('python')) pids.push(Number(name))
  }
  return pids
}

/** Waits until a condition holds; throws after some seconds. */
export const until = async (what: string, holds: () => Promise<boolean> | boolean, seconds = 15): Promise<void> => {
  for (const begun = performance.now(); performance.now() - begun < seconds * 1000; await wait(20))
    if (await holds()) return
  throw new Error(`not within ${seconds} s: ${what}`)
}

/** Returns the supervisor's process id. */
export const supervisorPid = async (data: string): Promise<number> => {
  const line = await reachSupervisor(data)
  if (!line) throw new Error('no supervisor runs')
  try {
    return (await line.ask('hello', {})).pid
  } finally {
    line.close()
  }
}

/** Ends everything that a test has started under the data directory, and deletes it. */
export const cleanUp = async (data: string): Promise<void> => {
  const ended = async (): Promise<boolean> => {
    if ((await processesOf(data)).length === 0) return true
    // again and again: a target that brings systems back may start another supervisor meanwhile
    const line = await reachSupervisor(data)
    await line?.ask('shutdown', {}).catch(() => undefined)
    line?.close()
    return false
  }
  await until('every process has ended', ended)
  await rm(data, { recursive: true, force: true })
  await rm(supervisorPaths(data).sockets, { recursive: true, force: true })
}
