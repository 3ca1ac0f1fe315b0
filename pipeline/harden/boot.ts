import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runTool } from '../run-tool.ts'
import { type Check, type CheckContext, cutDetail, type Finding } from './check.ts'
import { toolVersion } from './tool-version.ts'

const BOOT_MS = 60_000

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

/** Secrets and a database that live as long as the check. */
const environment = async (scratch: string, port: number): Promise<Record<string, string>> => {
  const secret = async (name: string, value: string) => {
    await writeFile(join(scratch, name), value, { mode: 0o600 })
    return join(scratch, name)
  }
  await mkdir(scratch, { recursive: true })
  return {
    DATABASE_URL_FILE: await secret('database_url', `sqlite+aiosqlite:///${join(scratch, 'app.db')}`),
    JWT_KEY_FILE: await secret('jwt_key', randomBytes(32).toString('hex')),
    SETUP_TOKEN_FILE: await secret('setup_token', randomBytes(24).toString('base64url')),
    BASE_URL: `http://127.0.0.1:${port}`,
    LOG_LEVEL: 'info',
    RELEASE: 'harden',
  }
}

const get = async (url: string, signal: AbortSignal): Promise<number | undefined> => {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5_000)]) })
    await response.arrayBuffer()
    return response.status
  } catch {
    signal.throwIfAborted()
    return undefined
  }
}

/** Waits for /readyz, then asks for what everybody asks for first; undefined where all answered 200. */
const probe = async (url: string, exited: AbortSignal, signal: AbortSignal): Promise<string | undefined> => {
  const deadline = Date.now() + BOOT_MS
  while ((await get(`${url}/readyz`, signal)) !== 200) {
    if (exited.aborted) return 'The service ended while it started'
    if (Date.now() > deadline) return `The service was not ready after ${BOOT_MS / 1000} seconds`
    await sleep(20, undefined, { signal })
  }
  for (const path of ['/livez', '/openapi.json']) {
    const status = await get(url + path, signal)
    if (status !== 200) return `GET ${path} answered ${status ?? 'nothing'}`
  }
  return undefined
}

const serve = async (context: CheckContext, env: Record<string, string>, port: number) => {
  const exited = new AbortController()
  const enough = new AbortController()
  const running = runTool(
    join(context.pythonBin, 'python'),
    ['-m', 'runtime.serve', '--host', '127.0.0.1', '--port', String(port)],
    { cwd: context.folder, env, signal: AbortSignal.any([context.signal, enough.signal]), timeoutMs: BOOT_MS * 2 },
  ).then(
    (result) => result.output,
    (error: unknown) => (enough.signal.aborted ? '' : Promise.reject(error)),
  )
  running.then(() => exited.abort()).catch(() => exited.abort())
  try {
    const problem = await probe(`http://127.0.0.1:${port}`, exited.signal, context.signal)
    enough.abort()
    return { problem, output: await running }
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
    const port = await freePort()
    const env = await environment(context.scratch, port)
    const migrate = await runTool(join(context.pythonBin, 'python'), ['-m', 'runtime.migrate'], {
      cwd: context.folder,
      env,
      signal: context.signal,
      timeoutMs: BOOT_MS,
    })
    if (migrate.code !== 0) return finding('The migrations did not run on an empty database', migrate.output)
    const { problem, output } = await serve(context, env, port)
    return finding(problem, output)
  },
}
