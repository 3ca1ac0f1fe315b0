import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LocalOptions } from '../../deploy/local/options.ts'
import { supervisorPaths, systemPaths } from '../../deploy/local/paths.ts'
import { keepSecret, redactor } from '../../deploy/local/secrets.ts'
import { createLocalTarget } from '../../deploy/local/target.ts'
import { cleanUp, makeContext, makeOptions, makeRelease, processesOf } from './stand-in.ts'

let options: LocalOptions
beforeEach(async () => {
  options = await makeOptions()
})
afterEach(() => cleanUp(options.data))

const mode = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8)

test('makes secrets once, readable by their owner only, and names them to the process by file', async () => {
  const target = createLocalTarget(options)
  const paths = systemPaths(options.data, 'todo')
  const { setupTokenFile, url } = await target.apply(await makeRelease(options.data, 'todo'), makeContext())
  expect(setupTokenFile).toBe(paths.setupToken)
  const read = () =>
    Promise.all([paths.jwtKey, paths.setupToken, paths.databaseUrl].map((file) => readFile(file, 'utf8')))
  const secrets = await read()
  expect(secrets.every((secret) => /^\S{32,}\n$/.test(secret))).toBe(true)
  expect(await mode(paths.secrets)).toBe('700')
  for (const file of await readdir(paths.secrets)) expect(await mode(join(paths.secrets, file))).toBe('600')
  expect(await mode(supervisorPaths(options.data).socket)).toBe('600')
  expect(await mode(paths.database)).toBe('600')
  const { environment } = (await (await fetch(`${url}/environment`)).json()) as {
    environment: { [name: string]: string }
  }
  expect(Object.keys(environment).sort()).toEqual(
    [
      'BASE_URL',
      'DATABASE_URL_FILE',
      'FILES_DIR',
      'JWT_KEY_FILE',
      'LANG',
      'LOG_LEVEL',
      'PATH',
      'PYTHONDONTWRITEBYTECODE',
    ].concat('PYTHONUNBUFFERED', 'RELEASE', 'SETUP_TOKEN_FILE', 'TZ'),
  )
  for (const pid of await processesOf(options.data))
    for (const part of ['cmdline', 'environ']) {
      const text = await readFile(`/proc/${pid}/${part}`, 'utf8')
      for (const secret of secrets) expect(text).not.toContain(secret.trim())
    }
  await target.apply(await makeRelease(options.data, 'todo'), makeContext())
  expect(await read()).toEqual(secrets)
})

test('has no setup token when the system has no accounts', async () => {
  const release = { ...(await makeRelease(options.data, 'todo')), accounts: false }
  const { setupTokenFile } = await createLocalTarget(options).apply(release, makeContext())
  expect(setupTokenFile).toBeUndefined()
  expect((await readdir(systemPaths(options.data, 'todo').secrets)).sort()).toEqual(['database_url', 'jwt_key'])
})

test('returns one value to all when several make the same secret at once', async () => {
  let made = 0
  const file = join(options.data, 'secret')
  const values = await Promise.all(Array.from({ length: 20 }, () => keepSecret(file, () => `value-${made++}`)))
  expect(new Set(values).size).toBe(1)
  expect((await readdir(options.data)).filter((name) => name.startsWith('secret'))).toEqual(['secret'])
})

test('blanks the secrets of the system and passwords in URLs', async () => {
  const paths = systemPaths(options.data, 'todo')
  await keepSecret(paths.jwtKey, () => 'a-very-secret-key')
  const redact = await redactor(paths)
  expect(redact('key a-very-secret-key, at postgresql://role:hunter22@host/db')).toBe(
    'key [secret], at postgresql://role:[secret]@host/db',
  )
})

test('works in a data directory whose path is too long for a unix socket', async () => {
  const deep = { ...options, data: join(options.data, 'a'.repeat(120)) }
  const target = createLocalTarget(deep)
  const { url } = await target.apply(await makeRelease(deep.data, 'todo'), makeContext())
  expect((await fetch(url)).status).toBe(200)
  await cleanUp(deep.data)
})
