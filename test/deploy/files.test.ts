import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tail } from '../../deploy/local/logs.ts'
import type { LocalOptions } from '../../deploy/local/options.ts'
import { systemPaths } from '../../deploy/local/paths.ts'
import { readRecord } from '../../deploy/local/record.ts'
import { openSupervisor } from '../../deploy/local/supervisor.ts'
import { createLocalTarget } from '../../deploy/local/target.ts'
import { cleanUp, makeContext, makeOptions, makeRelease, until } from './stand-in.ts'

let options: LocalOptions
beforeEach(async () => {
  options = await makeOptions()
})
afterEach(() => cleanUp(options.data))

test('keeps the last three copies of the data, each whole while rows are written', async () => {
  const target = createLocalTarget(options)
  const paths = systemPaths(options.data, 'todo')
  const { url } = await target.apply(await makeRelease(options.data, 'todo'), makeContext())
  for (let round = 0; round < 5; round += 1) {
    await fetch(`${url}/notes`, { method: 'POST' })
    await target.apply(await makeRelease(options.data, 'todo'), makeContext())
  }
  const copies = (await readdir(paths.backups)).sort()
  expect(copies).toHaveLength(3)
  const script =
    'import sqlite3,sys; print(sqlite3.connect(sys.argv[1]).execute("select count(*) from notes").fetchone()[0])'
  const { line } = await openSupervisor(options.data, options.pythonBin)
  const counts = []
  for (const copy of copies) {
    const argv = [`${options.pythonBin}/python`, '-c', script, join(paths.backups, copy)]
    counts.push((await line.ask('run', { argv, cwd: '/', env: {}, seconds: 20 })).output.trim())
  }
  line.close()
  expect(counts).toEqual(['3', '4', '5'])
})

test('leaves the release folder as it was written', async () => {
  const release = await makeRelease(options.data, 'todo')
  const before = await readdir(release.folder, { recursive: true })
  await createLocalTarget(options).apply(release, makeContext())
  expect(await readdir(release.folder, { recursive: true })).toEqual(before)
})

test('rotates the log by size and keeps a fixed number of old ones', async () => {
  const { line } = await openSupervisor(options.data, options.pythonBin, options.timing)
  const path = join(options.data, 'app.log')
  await line.ask('listen', { system: 'x', host: '127.0.0.1', port: 0, log: { path, size: 200_000, keep: 2 } })
  const script = 'import time\nfor n in range(60_000):\n print(f"line {n:05}", flush=True)\ntime.sleep(30)'
  const argv = [`${options.pythonBin}/python`, '-c', script]
  await line.ask('start', {
    system: 'x',
    release: 'r',
    argv,
    hold: [],
    cwd: '/',
    env: {},
    socket: join(options.data, 's'),
  })
  await until('the last line is there', async () => (await tail(path, 1))[0] === 'line 59999')
  const names = (await readdir(options.data)).filter((name) => name.startsWith('app.log')).sort()
  expect(names).toEqual(['app.log', 'app.log.1', 'app.log.2'])
  for (const name of names) expect((await readFile(join(options.data, name))).length).toBeLessThanOrEqual(200_000)
  const last = await tail(path, 20_000)
  expect(last).toEqual(Array.from({ length: 20_000 }, (_, n) => `line ${String(40_000 + n)}`))
  line.close()
})

test('returns the end of a log, whole lines only, when the file is large', async () => {
  const path = join(options.data, 'big.log')
  await writeFile(path, Array.from({ length: 200_000 }, (_, n) => `line ${n}`).join('\n'))
  expect(await tail(path, 2)).toEqual(['line 199998', 'line 199999'])
  expect((await tail(path, 1_000_000))[0]).toMatch(/^line \d{5,6}$/)
  expect(await tail(path, 0)).toEqual([])
})

test('says that the note of a deployment is damaged', async () => {
  const target = createLocalTarget(options)
  await target.apply(await makeRelease(options.data, 'todo'), makeContext())
  await target.stop('todo')
  await writeFile(systemPaths(options.data, 'todo').record, '{"port": "none"}')
  await expect(readRecord(options.data, 'todo')).rejects.toMatchObject({ code: 'deploy-record' })
})

test('runs one process for a system that prints nothing and ignores every request of the supervisor that is wrong', async () => {
  const { line } = await openSupervisor(options.data, options.pythonBin, options.timing)
  const ask = line.ask as (name: string, request: object) => Promise<unknown>
  for (const [name, request] of [
    ['nonsense', {}],
    ['__init__', {}],
    ['serve', {}],
    ['serve', { system: 'x', instance: 1 }],
    ['start', { system: 'x' }],
    ['listen', { system: 'x', host: '127.0.0.1', port: 'no' }],
    ['run', { argv: ['/does/not/exist'], cwd: '/', env: {}, seconds: 1 }],
    ['commit', { system: ['x'] }],
  ] as const)
    await expect(ask(name, request)).rejects.toThrow()
  await wait(50)
  expect(await line.ask('list', {})).toMatchObject({ systems: {} })
  line.close()
})
