import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { knock } from '../../deploy/health.ts'
import type { LocalOptions } from '../../deploy/local/options.ts'
import { createLocalTarget } from '../../deploy/local/target.ts'
import { load, percentile } from './load.ts'
import { startPostgres } from './postgres-server.ts'
import { makeRealRelease } from './real-release.ts'
import { cleanUp, makeContext, makeOptions, until } from './stand-in.ts'

// A generated system takes seconds to load, many times over.
vi.setConfig({ testTimeout: 180_000 })

let options: LocalOptions
beforeEach(async () => {
  options = await makeOptions({ patience: 60 })
})
afterEach(() => cleanUp(options.data))

type Answer = { status: number; body: { [key: string]: unknown } }
const call = async (url: string, method: string, body?: unknown, token?: string): Promise<Answer> => {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: body === undefined ? null : JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, body: text ? (JSON.parse(text) as Answer['body']) : {} }
}

const signIn = async (url: string): Promise<string> => {
  const person = { email: 'ada@example.com', password: 'a long passphrase 1' }
  await call(`${url}/v1/auth/register`, 'POST', person)
  const { status, body } = await call(`${url}/v1/auth/login`, 'POST', person)
  expect(status).toBe(200)
  return String(body.access_token)
}

const releaseAt = async (url: string): Promise<unknown> =>
  JSON.parse((await knock({ url }, '/readyz', 5))?.body ?? '{}').release

test('keeps rows, tokens and URL of a generated system over a release, a roll back and a kill of its supervisor', async () => {
  const target = createLocalTarget(options)
  const first = await makeRealRelease(options.data, 'todo', {})
  const { url, setupTokenFile } = await target.apply(first, makeContext())
  const token = await signIn(url)
  expect((await call(`${url}/v1/todos`, 'POST', { title: 'milk' }, token)).status).toBe(201)
  const rows = async () => ((await call(`${url}/v1/todos`, 'GET', undefined, token)).body.items as unknown[]).length
  const second = await makeRealRelease(options.data, 'todo', { mark: 'second' })
  await target.apply(second, makeContext())
  expect(await releaseAt(url)).toBe(second.digest)
  expect(await rows()).toBe(1)
  await target.rollback(first, makeContext())
  expect(await releaseAt(url)).toBe(first.digest)
  await target.stop('todo')
  await target.start('todo', makeContext())
  expect(await rows()).toBe(1)
  const setup = {
    token: (await readFile(setupTokenFile ?? '', 'utf8')).trim(),
    email: 'root@example.com',
    password: 'a long passphrase 2',
  }
  expect((await call(`${url}/v1/auth/setup`, 'POST', setup)).status).toBe(201)
  const logs = (await target.logs('todo', 500)).join('\n')
  expect(logs).toContain('accepting')
  expect(logs).not.toContain(setup.token)
  expect(logs).not.toContain(token)
})

test('fails no request of a generated system when its releases are switched under kept connections', async () => {
  const target = createLocalTarget(options)
  const { url } = await target.apply(await makeRealRelease(options.data, 'todo', {}), makeContext())
  const token = await signIn(url)
  await call(`${url}/v1/todos`, 'POST', { title: 'milk' }, token)
  const authorization = { authorization: `Bearer ${token}` }
  const busy = load(url, 6, [{ method: 'GET', path: '/v1/todos', headers: authorization }], 20)
  const lazy = load(url, 10, [{ method: 'GET', path: '/v1/auth/me', headers: authorization }], 400)
  for (let round = 0; round < 3; round += 1) {
    await wait(500)
    const release = await makeRealRelease(options.data, 'todo', { mark: String(round) })
    const from = performance.now()
    await target.apply(release, makeContext())
    console.log(`switch ${round + 1} took ${Math.round(performance.now() - from)} ms`)
    expect(await releaseAt(url)).toBe(release.digest)
  }
  await wait(1500)
  for (const { requests, failures, latencies } of [await busy.stop(), await lazy.stop()]) {
    const show = (share: number) => `${percentile(latencies, share).toFixed(1)} ms`
    console.log(`${requests} requests, ${failures.length} failed; P50 ${show(0.5)}, P99 ${show(0.99)}, max ${show(1)}`)
    expect(failures).toEqual([])
  }
})

test('serves a generated system on PostgreSQL', async () => {
  const server = await startPostgres()
  try {
    const target = createLocalTarget({ ...options, systemsDatabaseUrl: server.url })
    const { url } = await target.apply(
      await makeRealRelease(options.data, 'todo', { engine: 'postgres' }),
      makeContext(),
    )
    const token = await signIn(url)
    expect((await call(`${url}/v1/todos`, 'POST', { title: 'milk' }, token)).status).toBe(201)
    await target.remove('todo', { purge: true })
  } finally {
    await server.stop()
  }
})

test('says what is wrong when a generated system cannot start', async () => {
  const target = createLocalTarget(options)
  const good = await makeRealRelease(options.data, 'todo', {})
  const { url } = await target.apply(good, makeContext())
  const bad = await makeRealRelease(options.data, 'todo', { mark: 'bad', break: 'app/registry.py' })
  const error = await target.apply(bad, makeContext()).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'deploy-unhealthy' })
  expect(String(error)).toContain('ended while it started')
  expect(await releaseAt(url)).toBe(good.digest)
  await until('it is well', async () => (await target.status('todo')).state === 'running')
})
