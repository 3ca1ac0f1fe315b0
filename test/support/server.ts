import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Whom a server runs as: PostgreSQL refuses root. */
export type Owner = { uid: number; gid: number } | undefined

/** Returns the ids of a user that Debian's package made, where this process is root and so may take them on. */
export const ownerOf = (user: string): Owner => {
  if (process.getuid?.() !== 0) return undefined
  const ask = (flag: string) => Number(execFileSync('id', [flag, user], { encoding: 'utf8' }))
  return { uid: ask('-u'), gid: ask('-g') }
}

/** Returns a port of 127.0.0.1 that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })

/** Makes a temporary folder of the owner's. */
export const makeFolder = async (prefix: string, owner: Owner): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), prefix))
  if (owner) await chown(folder, owner.uid, owner.gid)
  return folder
}

export type RunningServer = {
  /** Starts it again after `halt`, on the same port and data. */
  start: () => Promise<void>
  /** Ends the process with a signal and waits for its end; the data stays. */
  halt: (signal: NodeJS.Signals) => Promise<void>
  /** Ends it and deletes the folder. */
  stop: () => Promise<void>
}

/** The kernel ends the server with this process, however that dies: a test that is killed leaves no server behind. */
const withUs = ({ owner, stopSignal }: { owner: Owner; stopSignal: NodeJS.Signals }): string[] => [
  ...(owner ? [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'] : []),
  `--pdeathsig=${stopSignal.replace('SIG', '')}`,
  '--',
]

/** Runs a server in a folder until it is stopped, or this process ends. `ready` resolves true when it answers. */
export const runServer = async (options: {
  command: string
  args: string[]
  folder: string
  owner: Owner
  stopSignal: NodeJS.Signals
  ready: () => Promise<boolean>
}): Promise<RunningServer> => {
  let child: ChildProcess | undefined
  let output = ''
  const killNow = () => child?.kill('SIGKILL')
  process.once('exit', killNow)
  const start = async (): Promise<void> => {
    const made = spawn('setpriv', [...withUs(options), options.command, ...options.args], {
      cwd: options.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = made
    made.stdout.on('data', (chunk) => {
      output = `${output}${chunk}`.slice(-4_000)
    })
    made.stderr.on('data', (chunk) => {
      output = `${output}${chunk}`.slice(-4_000)
    })
    for (const end = Date.now() + 30_000; Date.now() < end; await sleep(25)) {
      if (made.exitCode !== null) break
      if (await options.ready().catch(() => false)) return
    }
    throw new Error(`${options.command} did not start:\n${output}`)
  }
  const halt = async (signal: NodeJS.Signals): Promise<void> => {
    const running = child
    child = undefined
    if (!running || running.exitCode !== null || running.signalCode !== null) return
    const ended = new Promise((resolve) => running.once('exit', resolve))
    running.kill(signal)
    await ended
  }
  await start()
  return {
    start,
    halt,
    stop: async () => {
      process.removeListener('exit', killNow)
      await halt(options.stopSignal)
      await rm(options.folder, { recursive: true, force: true })
    },
  }
}
