import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LocalOptions } from '../../deploy/local/options.ts'
import { systemPaths } from '../../deploy/local/paths.ts'
import { createDatabase, databaseName, dropDatabase, scramOf } from '../../deploy/local/postgres.ts'
import { createLocalTarget } from '../../deploy/local/target.ts'
import { startPostgres } from './postgres-server.ts'
import { cleanUp, makeContext, makeOptions, makeRelease } from './stand-in.ts'

let server: Awaited<ReturnType<typeof startPostgres>>
let options: LocalOptions
beforeAll(async () => {
  server = await startPostgres()
  options = await makeOptions({ systemsDatabaseUrl: server.url })
})
afterAll(async () => {
  await cleanUp(options.data)
  await server.stop()
})

const query = async (url: string, sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: url.replace('+psycopg', '') })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

test('gives each system a database and a role of its own, which cannot enter another', async () => {
  const files = ['one', 'two'].map((system) => join(options.data, `${system}.url`))
  for (const [number, system] of ['one', 'two'].entries())
    await createDatabase({ serverUrl: server.url, system, file: files[number] ?? '' })
  const [one = '', two = ''] = await Promise.all(files.map((file) => readFile(file, 'utf8')))
  await query(one, 'CREATE TABLE rows (id int)')
  expect(await query(one, 'SELECT current_user AS name')).toEqual([{ name: databaseName('one') }])
  const trespass = one.trim().replace(/\/\w+$/, `/${databaseName('two')}`)
  await expect(query(trespass, 'SELECT 1')).rejects.toThrow('permission denied')
  expect(await query(two, "SELECT count(*)::int FROM pg_tables WHERE tablename = 'rows'")).toEqual([{ count: 0 }])
})

test('makes databases that hold any text when the server was set up without an encoding', async () => {
  expect(await query(server.url, 'SHOW server_encoding')).toEqual([{ server_encoding: 'SQL_ASCII' }])
  const file = join(options.data, 'text.url')
  await createDatabase({ serverUrl: server.url, system: 'text', file })
  expect(await query(await readFile(file, 'utf8'), 'SHOW server_encoding')).toEqual([{ server_encoding: 'UTF8' }])
})

test('keeps rows and password when it is repeated, also where only the file or only the role exists', async () => {
  const file = join(options.data, 'again.url')
  const wish = { serverUrl: server.url, system: 'again', file }
  await createDatabase(wish)
  const url = await readFile(file, 'utf8')
  await query(url, 'CREATE TABLE rows (id int)')
  await createDatabase(wish)
  expect(await readFile(file, 'utf8')).toBe(url)
  await rm(file)
  await createDatabase(wish) // the role gets the new password of the new file
  expect(await query(await readFile(file, 'utf8'), 'SELECT * FROM rows')).toEqual([])
  await dropDatabase(wish)
  await dropDatabase(wish)
  await expect(query(await readFile(file, 'utf8'), 'SELECT 1')).rejects.toThrow()
  await createDatabase(wish) // only the file was left
  expect(await query(await readFile(file, 'utf8'), 'SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('applies, and purges database and role, when the engine is PostgreSQL', async () => {
  const target = createLocalTarget(options)
  const release = await makeRelease(options.data, 'a-shop', {}, 'postgres')
  const { url } = await target.apply(release, makeContext())
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  const secret = (await readFile(systemPaths(options.data, 'a-shop').databaseUrl, 'utf8')).trim()
  expect(secret).toMatch(/^postgresql\+psycopg:\/\/autocoder_a_shop_[0-9a-f]{8}:[\w-]{43}@127\.0\.0\.1:\d+\//)
  await target.remove('a-shop', { purge: false })
  expect(await query(server.url, `SELECT 1 FROM pg_roles WHERE rolname = '${databaseName('a-shop')}'`)).toHaveLength(1)
  await target.remove('a-shop', { purge: true })
  expect(await query(server.url, `SELECT 1 FROM pg_roles WHERE rolname = '${databaseName('a-shop')}'`)).toEqual([])
})

test('works for a user that may create databases and roles but is no superuser', async () => {
  await query(server.url, "CREATE ROLE maker LOGIN CREATEDB CREATEROLE PASSWORD 'maker-password'")
  const serverUrl = server.url.replace('admin:admin-password', 'maker:maker-password')
  const file = join(options.data, 'made.url')
  await createDatabase({ serverUrl, system: 'made', file })
  await query(await readFile(file, 'utf8'), 'CREATE TABLE rows (id int)')
  await dropDatabase({ serverUrl, system: 'made' })
})

test('says that no server is configured, or that it cannot be reached, without its password', async () => {
  const release = await makeRelease(options.data, 'lost', {}, 'postgres')
  for (const systemsDatabaseUrl of [undefined, 'postgresql://admin:admin-password@127.0.0.1:1/postgres']) {
    const target = createLocalTarget({ ...options, systemsDatabaseUrl })
    const error = await target.apply(release, makeContext()).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'deploy-database' })
    expect(String(error)).not.toContain('admin-password')
  }
})

test('returns names that differ and fit when ids are alike or long', () => {
  const names = ['a-b', 'a_b', 'a'.repeat(80), `${'a'.repeat(80)}b`].map(databaseName)
  expect(new Set(names).size).toBe(4)
  expect(names.every((name) => name.length <= 63)).toBe(true)
})

test('returns the verifier that PostgreSQL makes when salt and password are the same', async () => {
  await query(server.url, "CREATE ROLE sample PASSWORD 'pencil'")
  const [row] = (await query(server.url, "SELECT rolpassword FROM pg_authid WHERE rolname = 'sample'")) as {
    rolpassword: string
  }[]
  const salt = Buffer.from(row?.rolpassword.split(/[:$]/)[2] ?? '', 'base64')
  expect(scramOf('pencil', salt)).toBe(row?.rolpassword)
})
