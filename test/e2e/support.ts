import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const run = promisify(execFile)

/** One line of `npm run -s chat -- --json`; see schemas/terminal-event.schema.json. */
export type Event = { type: string; [key: string]: unknown }
export type ChatRun = { events: Event[]; code: number | null; stderr: string; stdout: string }

/**
 * Returns a fresh environment with an empty data directory and home, and nothing of ours in it. Its systems listen on a
 * loopback address of its own: on a shared one, another test's system may take the port of one that is stopped.
 */
export const freshEnvironment = async (extra: Record<string, string> = {}) => {
  const folder = await mkdtemp(join(tmpdir(), 'autocoder-e2e-'))
  const env: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    AUTOCODER_DATA: join(folder, 'data'),
    WEB_PORT: '0',
    SYSTEMS_HOST: `127.${randomInt(1, 255)}.${randomInt(256)}.1`,
    ...extra,
  }
  return { folder, env, data: env.AUTOCODER_DATA! }
}

/** Runs the terminal as a user would, to its end. `input` is given on stdin, one message a line. */
export const chat = async (
  env: Record<string, string>,
  args: string[],
  { input, timeout = 180_000 }: { input?: string; timeout?: number } = {},
): Promise<ChatRun> => {
  const child = spawn(process.execPath, [join(root, 'bot/terminal/main.ts'), '--json', ...args], {
    cwd: root,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(input ?? '')
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk
  })
  const timer = setTimeout(() => child.kill('SIGKILL'), timeout)
  const code = await new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve))
  clearTimeout(timer)
  const events = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Event)
  return { events, code, stderr, stdout }
}

export const eventOf = (result: ChatRun, type: string): Event => {
  const event = result.events.findLast((candidate) => candidate.type === type)
  if (!event)
    throw new Error(
      `no ${type} among ${result.events.map(({ type: t }) => t).join(', ')}\n${result.events
        .filter(({ type: t }) => t !== 'blueprint')
        .map((event) => JSON.stringify(event))
        .join('\n')
        .slice(-3000)}\n${result.stderr.slice(-2000)}`,
    )
  return event
}

/** Starts the bot as `npm start` does after set-up; resolves with the printed address of the web chat. */
export const startBot = async (env: Record<string, string>, main = 'bot/main.ts') => {
  const child = spawn(process.execPath, [join(root, main)], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no address after 60 s: ${printed}`)), 60_000)
    const look = (chunk: Buffer) => {
      printed += chunk.toString()
      const match = /https?:\/\/\S+/.exec(printed)
      if (match) {
        clearTimeout(timer)
        resolve(match[0])
      }
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.once('exit', (code) => reject(new Error(`the bot ended with ${code}: ${printed}`)))
  })
  return { child, url, output: () => printed, stop: (signal: NodeJS.Signals = 'SIGTERM') => endOf(child, signal) }
}

export const endOf = async (child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> => {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
  const code = await ended
  clearTimeout(timer)
  return code
}

/** Stops every system of a data directory by asking for it, then deletes the directory. */
export const tidy = async (
  environment: { folder: string; env: Record<string, string> },
  systems: string[],
): Promise<void> => {
  if (systems.length > 0)
    await chat(
      environment.env,
      systems.map((system) => `stop ${system}`),
    )
  await rm(environment.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}

/** Runs a shell snippet as a person would paste it; resolves with its standard output. */
export const shell = async (script: string): Promise<string> =>
  (await run('bash', ['-euo', 'pipefail', '-c', script], { timeout: 30_000 })).stdout

/** Starts a worker as `npm run worker` does after set-up; resolves when it takes jobs. */
export const startWorker = async (env: Record<string, string>) => {
  const child = spawn(process.execPath, [join(root, 'queue/main.ts')], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  await new Promise<void>((resolve, reject) => {
    const look = (chunk: Buffer) => {
      printed += chunk.toString()
      if (printed.includes('the worker takes jobs')) resolve()
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.once('exit', (code) => reject(new Error(`the worker ended with ${code}: ${printed}`)))
  })
  return { stop: () => endOf(child, 'SIGTERM') }
}

/** Calls a generated system. */
export const createClient = (address: string) => {
  let base = address
  let token: string | undefined
  const call = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    const parsed: unknown = text === '' ? undefined : JSON.parse(text)
    return { status: response.status, body: parsed as { [key: string]: unknown }, headers: response.headers }
  }
  return {
    call,
    signUp: async (email: string, password = 'correct horse battery') => {
      await call('POST', '/v1/auth/register', { email, password })
      const answer = await call('POST', '/v1/auth/login', { email, password })
      token = answer.body.access_token as string
      return answer
    },
    /** The system is somewhere else from now on; the token stays. */
    moveTo: (other: string) => {
      base = other
    },
    signOut: () => {
      token = undefined
    },
  }
}
