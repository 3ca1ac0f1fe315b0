import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { get as httpGet } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { webhookSecrets } from '../blueprint/background.ts'
import { parseArchitecture } from '../blueprint/parse.ts'
import { runTool } from '../run-tool.ts'
import { type Check, type CheckContext, cutDetail, type Finding } from './check.ts'
import { toolVersion } from './tool-version.ts'

const BOOT_MS = 60_000
/** A service that answers has its database beside it: what is not ready by then will not be. */
const READY_MS = 5_000

/** Secrets and a database that live as long as the check. */
export const environment = async (folder: string, scratch: string): Promise<Record<string, string>> => {
  const secret = async (name: string, value: string) => {
    await writeFile(join(scratch, name), value, { mode: 0o600 })
    return join(scratch, name)
  }
  await mkdir(scratch, { recursive: true })
  const webhooks: Record<string, string> = {}
  for (const name of await webhooksIn(folder))
    webhooks[`WEBHOOK_${name.toUpperCase()}_FILE`] = await secret(
      `webhook_${name}`,
      randomBytes(24).toString('base64url'),
    )
  return {
    ...webhooks,
    DATABASE_URL_FILE: await secret('database_url', `sqlite+aiosqlite:///${join(scratch, 'app.db')}`),
    JWT_KEY_FILE: await secret('jwt_key', randomBytes(32).toString('hex')),
    SETUP_TOKEN_FILE: await secret('setup_token', randomBytes(24).toString('base64url')),
    FILES_DIR: join(scratch, 'files'),
    BASE_URL: 'http://localhost',
    LOG_LEVEL: 'info',
    RELEASE: 'harden',
  }
}

/** Returns the names of the secrets with which senders of the system's webhooks sign. */
const webhooksIn = async (folder: string): Promise<string[]> => {
  const text = await readFile(join(folder, 'architecture.yaml'), 'utf8')
  const { value } = parseArchitecture(text, { maxBytes: Number.POSITIVE_INFINITY, maxSigns: Number.POSITIVE_INFINITY })
  return value ? webhookSecrets(value) : []
}

/** Returns the status of an answer, undefined where there is none (yet). */
const get = (socketPath: string, path: string, signal: AbortSignal): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const request = httpGet({ socketPath, path, timeout: 5_000, signal }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode))
      response.on('error', () => resolve(undefined))
    })
    request.on('timeout', () => request.destroy())
    request.on('error', () => (signal.aborted ? reject(signal.reason) : resolve(undefined)))
  })

/** Waits for /readyz, then asks for what everybody asks for first; undefined where all answered 200. */
const probe = async (socketPath: string, exited: AbortSignal, signal: AbortSignal): Promise<string | undefined> => {
  let deadline = Date.now() + BOOT_MS
  let answered = false
  for (;;) {
    const status = await get(socketPath, '/readyz', signal)
    if (status === 200) break
    if (exited.aborted) return 'The service ended while it started'
    if (status !== undefined && !answered) {
      answered = true
      deadline = Date.now() + READY_MS
    }
    if (Date.now() > deadline)
      return answered ? `GET /readyz answered ${status ?? 'nothing'}` : 'The service did not start'
    await sleep(20, undefined, { signal })
  }
  for (const path of ['/livez', '/openapi.json']) {
    const status = await get(socketPath, path, signal)
    if (status !== 200) return `GET ${path} answered ${status ?? 'nothing'}`
  }
  return undefined
}

const serve = async (context: CheckContext, env: Record<string, string>, socketPath: string) => {
  const exited = new AbortController()
  const enough = new AbortController()
  const running = runTool(
    join(context.pythonBin, 'python'),
    ['-m', 'runtime.serve', '--uds', socketPath, '--die-with-parent'],
    { cwd: context.folder, env, signal: context.signal, stop: enough.signal, timeoutMs: BOOT_MS * 2 },
  )
  running.finally(() => exited.abort()).catch(() => undefined)
  try {
    const problem = await probe(socketPath, exited.signal, context.signal)
    enough.abort()
    return { problem, output: (await running).output }
  } finally {
    enough.abort()
    await running.catch(() => undefined)
  }
}

/** Whether the release starts as it will in earnest: migrate an empty database, serve, answer. */
export const bootCheck: Check = {
  name: 'boot',
  step: 'Starting it for real',
  run: async (context) => {
    const version = await toolVersion(context.pythonBin, 'uvicorn')
    const finding = (problem: string | undefined, output: string): Finding => ({
      tool: 'uvicorn',
      version,
      result: problem ? 'failed' : 'passed',
      summary: problem ?? 'Migrated an empty database, started, and answered',
      ...(problem && { detail: cutDetail(output) }),
    })
    const env = await environment(context.folder, context.scratch)
    const migrate = await runTool(join(context.pythonBin, 'python'), ['-m', 'runtime.migrate'], {
      cwd: context.folder,
      env,
      signal: context.signal,
      timeoutMs: BOOT_MS,
    })
    if (migrate.code !== 0) return finding('The migrations did not run on an empty database', migrate.output)
    // A socket of its own: ports are shared by everything on the machine, and a path in `scratch` may be too long for one.
    const folder = await mkdtemp(join(tmpdir(), 'autocoder-boot-'))
    try {
      const { problem, output } = await serve(context, env, join(folder, 'socket'))
      return finding(problem, output)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}
