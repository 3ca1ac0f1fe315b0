import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { knock } from '../../deploy/health.ts'
import type { LocalOptions } from '../../deploy/local/options.ts'
import { supervisorPaths } from '../../deploy/local/paths.ts'
import { reachSupervisor } from '../../deploy/local/supervisor.ts'
import { createLocalTarget } from '../../deploy/local/target.ts'
import type { Release } from '../../deploy/target.ts'
import { cleanUp, makeContext, makeOptions, makeRelease, processesOf, supervisorPid, until } from './stand-in.ts'

let options: LocalOptions
beforeEach(async () => {
  options = await makeOptions()
})
afterEach(() => cleanUp(options.data))

const child = fileURLToPath(new URL('apply-child.ts', import.meta.url))
const rounds = Number(process.env.KILL_ROUNDS ?? 6)

/** Applies in another process and kills it: after a while, or as a step begins. Returns the steps it came to. */
const applyAndKill = async (release: Release, when: number | string): Promise<string[]> => {
  const { log: _, ...plain } = options
  const bot = fork(child, [JSON.stringify({ options: plain, release })], { stdio: 'ignore' })
  const steps: string[] = []
  bot.on('message', (step: string) => {
    if (step === 'begun' && typeof when === 'number') setTimeout(() => bot.kill('SIGKILL'), when)
    else steps.push(step)
    if (step === when) bot.kill('SIGKILL')
  })
  await once(bot, 'exit')
  return steps
}

const releaseAt = async (url: string): Promise<unknown> => JSON.parse((await knock({ url }, '/'))?.body ?? '{}').release

/** One supervisor and one serving process, one listening socket, and no socket file of anything else. */
const expectClean = async (): Promise<void> => {
  await until('only one process is left', async () => (await processesOf(options.data)).length === 2)
  const line = await reachSupervisor(options.data)
  const listed = async () => (await line?.ask('list', {}))?.systems.todo
  // A process is gone a moment before its supervisor has heard of it.
  await until('only one is listed', async () => (await listed())?.instances.length === 1)
  const found = await listed()
  line?.close()
  expect(found?.instances.map(({ role, committed }) => ({ role, committed }))).toEqual([
    { role: 'serving', committed: true },
  ])
  const files = await readdir(supervisorPaths(options.data).sockets)
  expect(files.filter((name) => name.endsWith('.sock'))).toHaveLength(1)
}

test('serves one release on the same URL, and nothing else is left, when the bot is killed at random moments of deploys', async () => {
  const target = createLocalTarget(options)
  const { url } = await target.apply(await makeRelease(options.data, 'todo'), makeContext())
  await knock({ url }, '/notes')
  const fds = async () => (await readdir(`/proc/${await supervisorPid(options.data)}/fd`)).length
  await expectClean()
  const openAtFirst = await fds()
  const cut: { [step: string]: number } = {}
  for (let round = 0; round < rounds; round += 1) {
    const release = await makeRelease(options.data, 'todo', { migrate_seconds: round % 3 === 0 ? 0.2 : 0 })
    const steps = await applyAndKill(release, Math.random() * 900)
    const last = steps.at(-1) ?? 'nothing'
    cut[last] = (cut[last] ?? 0) + 1
    // whatever the moment was, somebody serves
    expect(await releaseAt(url)).toMatch(/^sha256:/)
    expect(await target.apply(release, makeContext())).toMatchObject({ url })
    expect(await releaseAt(url)).toBe(release.digest)
    await expectClean()
    await until('no descriptor is left open', async () => (await fds()) <= openAtFirst)
  }
  console.log('the last step before the kill:', cut)
})

test.each([
  'Preparing its folder and its secrets',
  'Bringing its database up to date',
  'Starting the release',
  'Waiting until it is healthy',
  'Switching to it',
  'Asking its address',
  'Noting where it runs',
])('deploys for the first time when an earlier try was killed at: %s', async (step) => {
  const release = await makeRelease(options.data, 'todo', { migrate_seconds: 0.3 })
  expect(await applyAndKill(release, step)).toContain(step)
  const { url } = await createLocalTarget(options).apply(release, makeContext())
  expect(await releaseAt(url)).toBe(release.digest)
  await expectClean()
})

test('keeps the old release in charge when the bot is killed after the switch and before the end', async () => {
  const target = createLocalTarget(options)
  const old = await makeRelease(options.data, 'todo')
  const { url } = await target.apply(old, makeContext())
  await applyAndKill(await makeRelease(options.data, 'todo'), 'Asking its address')
  await expectClean()
  // the kill may have come just after the commit: then the new one is in charge, and alone
  const status = await target.status('todo')
  expect(status.state).toBe('running')
  expect(await releaseAt(url)).toBe(status.release)
})

test('says so when the supervisor was killed, and ensure brings everything back on the same URLs', async () => {
  const target = createLocalTarget(options)
  const urls = []
  for (const system of ['todo', 'notes', 'idle'])
    urls.push((await target.apply(await makeRelease(options.data, system), makeContext())).url)
  await target.stop('idle')
  process.kill(await supervisorPid(options.data), 'SIGKILL')
  await until('the status says so', async () => (await target.status('todo')).state === 'stopped')
  expect((await target.status('todo')).detail).toContain('The supervisor of the systems has ended')
  expect([...(await target.ensure()).keys()].sort()).toEqual(['notes', 'todo'])
  expect(await target.ensure()).toEqual(new Map())
  expect(await target.status('todo')).toMatchObject({ state: 'running', url: urls[0] })
  expect(await target.status('notes')).toMatchObject({ state: 'running', url: urls[1] })
  expect(await target.status('idle')).toMatchObject({ state: 'stopped', url: urls[2] })
  await until('no orphans', async () => (await processesOf(options.data)).length === 3)
})

test('brings the other systems back when one is started after the supervisor was killed', async () => {
  const target = createLocalTarget(options)
  for (const system of ['todo', 'notes']) await target.apply(await makeRelease(options.data, system), makeContext())
  process.kill(await supervisorPid(options.data), 'SIGKILL')
  await target.start('todo', makeContext())
  await until('the other one runs', async () => (await target.status('notes')).state === 'running')
})

test('ends with a retryable error when the supervisor is killed in a deploy, and the next apply serves', async () => {
  const target = createLocalTarget(options)
  const { url } = await target.apply(await makeRelease(options.data, 'todo'), makeContext())
  const release = await makeRelease(options.data, 'todo', { boot_seconds: 1 })
  const applying = target.apply(release, makeContext()).catch((error: unknown) => error)
  await wait(700)
  process.kill(await supervisorPid(options.data), 'SIGKILL')
  expect(await applying).toMatchObject({ code: 'deploy-supervisor', retryable: true })
  expect(await target.apply(release, makeContext())).toMatchObject({ url })
  expect(await releaseAt(url)).toBe(release.digest)
  await expectClean()
})

test('starts from what is on disk when everything was killed, and spares a stranger that has an old process id', async () => {
  const target = createLocalTarget(options)
  const { url } = await target.apply(await makeRelease(options.data, 'todo'), makeContext())
  for (const pid of await processesOf(options.data)) process.kill(pid, 'SIGKILL')
  await until('all are gone', async () => (await processesOf(options.data)).length === 0)
  const stranger = spawn('sleep', ['60'], { detached: true })
  await writeFile(supervisorPaths(options.data).pids, JSON.stringify({ [stranger.pid ?? 0]: 12345 }))
  expect((await target.start('todo', makeContext())).url).toBe(url)
  expect(stranger.exitCode).toBeNull()
  expect(await readFile(`/proc/${stranger.pid}/comm`, 'utf8')).toBe('sleep\n')
  stranger.kill('SIGKILL')
  await once(stranger, 'exit')
  expect(stranger.signalCode).toBe('SIGKILL')
})

test('ends the orphan of a killed supervisor that would not end by itself', async () => {
  const target = createLocalTarget(options)
  const { url } = await target.apply(await makeRelease(options.data, 'todo'), makeContext())
  const pid = await supervisorPid(options.data)
  const orphan = (await processesOf(options.data)).find((one) => one !== pid) ?? 0
  process.kill(orphan, 'SIGSTOP') // deaf to the signal of its parent's death
  process.kill(pid, 'SIGKILL')
  expect((await target.start('todo', makeContext())).url).toBe(url)
  await expectClean()
})

test('ends the supervisor when the last system is stopped or removed', async () => {
  const target = createLocalTarget(options)
  for (const system of ['todo', 'notes']) await target.apply(await makeRelease(options.data, system), makeContext())
  await target.stop('todo')
  await wait(600)
  expect(await processesOf(options.data)).toHaveLength(2)
  await target.remove('notes', { purge: true })
  await until('all have ended', async () => (await processesOf(options.data)).length === 0)
  expect(await readdir(join(options.data, 'supervisor'))).not.toContain('sock')
})

test('runs one after the other when deploys of one system come at once', async () => {
  const releases = await Promise.all([1, 2, 3].map(() => makeRelease(options.data, 'todo')))
  const urls = await Promise.all(
    releases.map(async (release) => (await createLocalTarget(options).apply(release, makeContext())).url),
  )
  expect(new Set(urls).size).toBe(1)
  await expectClean()
})

test('serves under the next supervisor when one is started while the last one is ending', async () => {
  const target = createLocalTarget(options)
  const { url } = await target.apply(await makeRelease(options.data, 'todo'), makeContext())
  const before = await supervisorPid(options.data)
  const slow = knock({ url }, '/slow')
  const line = await reachSupervisor(options.data)
  const ending = line?.ask('shutdown', {}).catch(() => undefined)
  expect((await target.start('todo', makeContext())).url).toBe(url)
  await ending
  line?.close()
  expect((await slow)?.status).toBe(200)
  expect(await supervisorPid(options.data)).not.toBe(before)
  await expectClean()
})

test.each(['stop', 'shutdown'] as const)(
  'ends a system whose last request is slow when who asked for the %s goes away',
  async (how) => {
    const target = createLocalTarget(options)
    const { url } = await target.apply(await makeRelease(options.data, 'todo'), makeContext())
    const slow = knock({ url }, '/slow')
    await wait(100)
    const line = await reachSupervisor(options.data)
    void line?.ask(how, { system: 'todo' }).catch(() => undefined)
    await wait(50)
    line?.close()
    expect((await slow)?.status).toBe(200)
    await until('all have ended', async () => (await processesOf(options.data)).length === 0)
  },
)
