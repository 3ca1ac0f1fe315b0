import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LocalOptions } from '../../deploy/local/options.ts'
import { createLocalTarget } from '../../deploy/local/target.ts'
import { cleanUp, makeContext, makeOptions, makeRelease, until } from './stand-in.ts'

let options: LocalOptions
beforeEach(async () => {
  options = await makeOptions()
})
afterEach(() => cleanUp(options.data))

test('restarts a process that crashes, and clients wait meanwhile instead of being refused', async () => {
  const target = createLocalTarget(options)
  const { url } = await target.apply(await makeRelease(options.data, 'todo'), makeContext())
  await fetch(`${url}/crash`).catch(() => undefined)
  const answer = await fetch(url)
  expect(answer.status).toBe(200)
  expect(await target.status('todo')).toMatchObject({ state: 'crashing', restarts: 1 })
})

test('is running again when a restarted process has lived for a while', async () => {
  const target = createLocalTarget({ ...options, timing: { ...options.timing, stable: 0.5 } })
  const { url } = await target.apply(await makeRelease(options.data, 'todo'), makeContext())
  await fetch(`${url}/crash`).catch(() => undefined)
  // Just after the crash nobody has noticed it yet.
  await until('restarted', async () => (await target.status('todo')).restarts > 0)
  await until('running', async () => (await target.status('todo')).state === 'running')
  expect(await target.status('todo')).toMatchObject({ state: 'running', restarts: 1 })
})

test('gives up a process that crashes again and again, says why without secrets, and start brings it back', async () => {
  const target = createLocalTarget(options)
  const { url } = await target.apply(await makeRelease(options.data, 'todo', { crash_after: 1 }), makeContext())
  const shortLived = createLocalTarget(options)
  await fetch(`${url}/crash`).catch(() => undefined)
  await until('given up', async () => (await shortLived.status('todo')).detail.includes('given up'))
  const status = await target.status('todo')
  expect(status).toMatchObject({ state: 'crashing', restarts: 3 })
  expect(status.detail).toContain('about to crash with [secret]')
  expect(status.detail).not.toContain('app.db')
  expect((await target.logs('todo', 50)).join('\n')).not.toContain('app.db')
  await expect(fetch(url)).rejects.toThrow()
  expect((await target.start('todo', makeContext())).url).toBe(url)
  expect((await fetch(url)).status).toBe(200)
})

test('says why and leaves nothing behind when a release crashes while it starts', async () => {
  const target = createLocalTarget(options)
  const release = await makeRelease(options.data, 'todo', { boot: 'crash' })
  const error = await target.apply(release, makeContext()).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'deploy-unhealthy' })
  expect(String(error)).toContain('no table in [secret]')
  expect(String(error)).not.toContain(options.data)
})

test('says why when the migration fails, without the database URL', async () => {
  const target = createLocalTarget(options)
  const release = await makeRelease(options.data, 'todo', { migrate: 'fail' })
  const error = await target.apply(release, makeContext()).catch((thrown: unknown) => thrown)
  expect(error).toMatchObject({ code: 'deploy-failed' })
  expect(String(error)).toContain('cannot migrate [secret]: column is missing')
})

test('takes another port when the first one is in use, and refuses to move a system whose port was taken', async () => {
  const { createServer } = await import('node:net')
  const from = options.ports?.from ?? 0
  const blocker = createServer().listen(from, '127.0.0.1')
  await wait(50)
  const target = createLocalTarget(options)
  const { url } = await target.apply(await makeRelease(options.data, 'todo'), makeContext())
  expect(url).toBe(`http://127.0.0.1:${from + 1}`)
  await target.stop('todo')
  const thief = createServer().listen(from + 1, '127.0.0.1')
  await wait(50)
  await expect(target.start('todo', makeContext())).rejects.toMatchObject({ code: 'deploy-port' })
  thief.close()
  blocker.close()
  await wait(50)
  expect((await target.start('todo', makeContext())).url).toBe(url)
})
