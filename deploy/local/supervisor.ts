import { spawn } from 'node:child_process'
import { chmod, mkdir, open } from 'node:fs/promises'
import { createConnection, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { AppError } from '../../schemas/errors.ts'
import { supervisorPaths } from './paths.ts'

/** The protocol that supervisor/ of this version speaks; one of another version is replaced. */
const PROTOCOL = 1
/** How long a supervisor may take to answer at all. */
const HELLO_SECONDS = 5
const program = fileURLToPath(new URL('supervisor', import.meta.url))

export type Instance = {
  instance: number
  /** standby holds the listening socket and does not accept; waiting is between a crash and the restart. */
  role: 'standby' | 'serving' | 'draining' | 'waiting' | 'failed' | 'gone'
  release: string
  pid: number | null
  /** Seconds. */
  uptime: number | null
  restarts: number
  exit: number | null
  committed: boolean
  /** The file of its private socket; a supervisor that was started before this was said leaves it out. */
  socket?: string
}
export type Supervised = { port: number | null; instances: Instance[] }
export type Command = { argv: string[]; cwd: string; env: { [name: string]: string } }

/** Requests and what they answer; supervisor/supervisor.py is the other side. */
type Requests = {
  hello: { ask: object; answer: { pid: number; protocol: number } }
  list: { ask: object; answer: { systems: { [system: string]: Supervised } } }
  lock: { ask: { system: string }; answer: object }
  listen: {
    ask: { system: string; host: string; port: number; log: { path: string; size: number; keep: number } }
    answer: { port: number }
  }
  /** `hold` is appended to the command until it serves; `socket` is deleted when the process has ended. */
  start: {
    ask: { system: string; release: string; hold: string[]; socket: string } & Command
    answer: { instance: number }
  }
  serve: { ask: { system: string; instance: number }; answer: object }
  commit: { ask: { system: string; instance: number }; answer: object }
  last: { ask: { system: string; instance: number }; answer: { lines: string[] } }
  discard: { ask: { system: string; instance: number }; answer: object }
  run: { ask: { seconds: number } & Command; answer: { code: number | null; output: string } }
  stop: { ask: { system: string }; answer: object }
  shutdown: { ask: object; answer: object }
}

/** The supervisor refused: `code` says why, such as port-taken. */
export class Refusal extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

/**
 * A connection to the supervisor; one request at a time. What it began and did not commit ends with it, so closing
 * it, or dying, undoes an unfinished deploy.
 */
export type Line = {
  ask: <Name extends keyof Requests>(name: Name, request: Requests[Name]['ask']) => Promise<Requests[Name]['answer']>
  close: () => void
}

const lost = () =>
  new AppError('deploy-supervisor', 'The supervisor of the running systems ended unexpectedly', {
    help: 'Press it again: the supervisor is started anew and brings every system back.',
    retryable: true,
  })

const toLine = (socket: Socket): Line => {
  let waiting: { resolve: (line: string) => void; reject: (error: Error) => void } | undefined
  let buffer = ''
  let ended = false
  const end = () => {
    ended = true
    waiting?.reject(lost())
    waiting = undefined
  }
  socket.setEncoding('utf8')
  socket.on('data', (part: string) => {
    buffer += part
    const cut = buffer.indexOf('\n')
    if (cut < 0) return
    const line = buffer.slice(0, cut)
    buffer = buffer.slice(cut + 1)
    waiting?.resolve(line)
    waiting = undefined
  })
  socket.on('error', end)
  socket.on('close', end)
  return {
    ask: async (name, request) => {
      if (ended) throw lost()
      const line = await new Promise<string>((resolve, reject) => {
        waiting = { resolve, reject }
        socket.write(`${JSON.stringify({ do: name, ...request })}\n`)
      })
      const answer = JSON.parse(line) as { ok: boolean; code?: string; message?: string }
      if (answer.code === 'closing') throw lost()
      if (!answer.ok) throw new Refusal(answer.code ?? 'refused', answer.message ?? 'refused')
      return answer as never
    },
    close: () => socket.destroy(),
  }
}

const connect = (path: string): Promise<Socket | undefined> =>
  new Promise((resolve) => {
    const socket = createConnection({ path })
    socket.once('connect', () => resolve(socket))
    socket.once('error', () => resolve(undefined))
  })

/** Returns a line to the supervisor that runs, or undefined when none does. Starts nothing. */
export const reachSupervisor = async (data: string): Promise<Line | undefined> => {
  const socket = await connect(supervisorPaths(data).socket)
  if (!socket) return undefined
  const line = toLine(socket)
  const late = setTimeout(line.close, HELLO_SECONDS * 1000)
  const hello = await line.ask('hello', {}).catch(() => undefined)
  clearTimeout(late)
  if (hello?.protocol === PROTOCOL) return line
  if (hello) await line.ask('shutdown', {}).catch(() => undefined)
  line.close()
  return undefined
}

export type SupervisorTiming = {
  /** Seconds; see the options in supervisor/__main__.py for what each of them is. */
  backoff?: number
  giveUp?: number
  stable?: number
  grace?: number
  linger?: number
}

const launch = async (data: string, pythonBin: string, timing: SupervisorTiming): Promise<void> => {
  const paths = supervisorPaths(data)
  for (const folder of [paths.folder, paths.sockets]) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await chmod(folder, 0o700)
  }
  const output = await open(paths.log, 'a', 0o600)
  const options = { ...timing, socket: paths.socket, pids: paths.pids, lock: paths.lock }
  const flags = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name.replace('giveUp', 'give-up')}`, String(value)],
  )
  try {
    // A session of its own: neither Ctrl-C in the bot's terminal nor the bot's end reaches it.
    const child = spawn(`${pythonBin}/python`, ['-I', '-S', program, ...flags], {
      cwd: paths.folder,
      detached: true,
      env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
      stdio: ['ignore', output.fd, output.fd],
    })
    child.on('error', () => undefined) // seen below: nobody answers
    child.unref()
  } finally {
    await output.close()
  }
}

/** Returns a line to the supervisor, which is started where none runs. Throws AppError `deploy-supervisor` after 15 s without one. */
export const openSupervisor = async (
  data: string,
  pythonBin: string,
  timing: SupervisorTiming = {},
): Promise<{ line: Line; fresh: boolean }> => {
  let launched = 0
  for (const begun = performance.now(); performance.now() - begun < 15_000; await wait(20)) {
    const line = await reachSupervisor(data)
    if (line) return { line, fresh: launched > 0 }
    // Again after a while: the first may have met one that was just ending and still held the lock.
    if (launched > 0 && performance.now() - launched < 1000) continue
    await launch(data, pythonBin, timing)
    launched = performance.now()
  }
  throw new AppError('deploy-supervisor', 'The supervisor of the running systems does not start', {
    help: 'npm run doctor says what is missing; supervisor/supervisor.log in the data directory has its last words.',
  })
}

/** Milliseconds that systems may take to finish their requests; see the supervisor's own grace. */
const END_PATIENCE = 30_000

/** Stops every running system and the supervisor itself, where one runs. Throws AppError `deploy-supervisor` after 30 s. */
export const endSupervisor = async (data: string): Promise<void> => {
  for (const begun = performance.now(); performance.now() - begun < END_PATIENCE; await wait(50)) {
    const line = await reachSupervisor(data)
    if (!line) return
    // It may end before its answer is out, or be ending already: whether it is gone is seen above.
    await line.ask('shutdown', {}).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'deploy-supervisor') throw error
    })
    line.close()
  }
  throw new AppError('deploy-supervisor', 'The supervisor of the running systems does not end', {
    help: 'Stop the systems from the chat first, then run it again.',
  })
}
