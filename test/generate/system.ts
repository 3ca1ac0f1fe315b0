/** A generated system as a real process, for black-box tests: emitted, migrated, served on a free port. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { emitFrom, writeTree } from './write.ts'

const python = join(import.meta.dirname, '../../.venv/bin/python')

export const SETUP_TOKEN = 'setup-token-of-a-test'

/** Whatever JSON came; tests look into it freely. */
// biome-ignore lint/suspicious/noExplicitAny: a test names what it expects in the next line
type Body = any

export type Answer = { status: number; headers: Headers; body: Body }

export type Caller = {
  ask: (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>
}

export type System = Caller & {
  url: string
  pid: number
  folder: string
  /** What the process wrote to its log so far. */
  log: () => string
  as: (token: string) => Caller
  /** Signs somebody up and in; `extra` are further fields of the account. */
  person: (name: string, extra?: object) => Promise<Caller & { id: string; token: string; refresh: string }>
  /** The first administrator. */
  admin: () => Promise<Caller & { id: string; token: string }>
  stop: () => Promise<void>
}

/** Somebody who signed up in a system, and what they ask it. */
export type Person = Awaited<ReturnType<System['person']>>

const caller = (url: string, token?: string): Caller => ({
  ask: async (method, path, body, headers = {}) => {
    const response = await fetch(`${url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, body: json && text ? JSON.parse(text) : text }
  },
})

/** Starts a system from an architecture.yaml. `database` is a PostgreSQL URL; without it the system has SQLite. */
export const startSystem = async (options: { yaml: string; database?: string; env?: object }): Promise<System> => {
  const folder = mkdtempSync(join(tmpdir(), 'autocoder-system-'))
  writeTree(emitFrom(options.yaml, options.database ? 'postgres' : 'sqlite'), folder)
  const secret = (name: string, value: string): string => {
    writeFileSync(join(folder, name), `${value}\n`, { mode: 0o600 })
    return join(folder, name)
  }
  const env = {
    PATH: process.env.PATH,
    DATABASE_URL_FILE: secret(
      'database_url',
      options.database?.replace(/^postgres(ql)?:/, 'postgresql+psycopg:') ?? `sqlite+aiosqlite:///${folder}/app.db`,
    ),
    JWT_KEY_FILE: secret('jwt_key', 'k'.repeat(48)),
    SETUP_TOKEN_FILE: secret('setup_token', SETUP_TOKEN),
    FILES_DIR: join(folder, 'files'),
    SIGN_INS_PER_MINUTE: '100000',
    ...options.env,
  }
  await promisify(execFile)(python, ['-m', 'runtime.migrate'], { cwd: folder, env })
  const child = spawn(python, ['-m', 'runtime.serve', '--port', '0'], { cwd: folder, env })
  let log = ''
  child.stderr.on('data', (chunk) => {
    log += chunk
  })
  const url = await address(child, (line) => {
    log += `${line}\n`
  }).catch((error) => {
    throw new Error(`${error.message}\n${log}`)
  })
  const { ask } = caller(url)
  const signIn = async (email: string): Promise<Caller & { token: string; refresh: string }> => {
    const { body } = await ask('POST', '/v1/auth/login', { email, password: 'correct horse' })
    return { ...caller(url, body.access_token), token: body.access_token, refresh: body.refresh_token }
  }
  return {
    url,
    pid: child.pid!,
    folder,
    log: () => log,
    ask,
    as: (token) => caller(url, token),
    person: async (name, extra = {}) => {
      const email = `${name}@example.com`
      const made = await ask('POST', '/v1/auth/register', { email, password: 'correct horse', ...extra })
      if (made.status !== 201) throw new Error(JSON.stringify(made.body))
      return { ...(await signIn(email)), id: made.body.id }
    },
    admin: async () => {
      const email = 'admin@example.com'
      const made = await ask('POST', '/v1/auth/setup', { token: SETUP_TOKEN, email, password: 'correct horse' })
      if (made.status !== 201) throw new Error(JSON.stringify(made.body))
      return { ...(await signIn(email)), id: made.body.id }
    },
    stop: async () => {
      await stop(child)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const address = (child: ChildProcess, keep: (line: string) => void): Promise<string> =>
  new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the system ended with ${code}`)))
    createInterface({ input: child.stdout! }).on('line', (line) => {
      keep(line)
      const found = /listening on (http:\S+)/.exec(line)
      if (found) resolve(found[1]!)
    })
  })

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })

/** Returns the text of a fixture. */
export const fixture = (name: string): string =>
  readFileSync(join(import.meta.dirname, `../fixtures/blueprints/${name}.architecture.yaml`), 'utf8')
