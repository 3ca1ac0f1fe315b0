import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { knock } from '../../deploy/health.ts'
import type { LocalOptions } from '../../deploy/local/options.ts'
import { systemPaths } from '../../deploy/local/paths.ts'
import { createLocalTarget } from '../../deploy/local/target.ts'
import { commitBuild } from '../../pipeline/generate/repository.ts'
import { git } from '../../pipeline/generate/repository-git.ts'
import { repositoryOf } from '../../queue/folders.ts'
import { openStore } from '../../queue/store/store.ts'
import { cleanUp, makeContext, makeOptions, makeRelease } from '../deploy/stand-in.ts'
import { log } from '../queue/support/columns.ts'
import { filesIn, newFolder, removeFolders } from './support.ts'

let options: LocalOptions
/** The folder in which the person is. */
let here: string
beforeEach(async () => {
  here = dirname(await newFolder())
  options = await makeOptions()
  await (await openStore({ data: options.data, log })).close()
})
afterEach(() => cleanUp(options.data))
afterAll(removeFolders)

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Runs one of the commands as a person does; returns what it said and its exit code. */
const run = async (command: 'backup' | 'restore', data: string, args: string[], more: Record<string, string> = {}) => {
  const child: ChildProcess = spawn(process.execPath, [join(root, 'bot', `${command}-main.ts`), ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, AUTOCODER_DATA: data, INIT_CWD: here, ...more },
  })
  let said = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (piece: Buffer) => (said += piece.toString()))
  const [code] = (await once(child, 'exit')) as [number]
  return { said, code }
}

const notes = async (url: string, method: 'GET' | 'POST'): Promise<number> =>
  ((await (await fetch(new URL('/notes', url), { method })).json()) as { notes: number }).notes

describe('a system that runs', () => {
  it('runs again after backup and restore, on its address with its rows, secrets and code', async () => {
    const { data } = options
    const target = createLocalTarget(options)
    const release = await makeRelease(data, 'todo')
    const { url } = await target.apply(release, makeContext())
    await notes(url, 'POST')
    await notes(url, 'POST')
    const tree = new Map([['app/main.py', 'print("hello")\n']])
    const { commit } = await commitBuild(repositoryOf(data, 'todo'), tree, { build: 1, message: 'build 1' })
    const paths = systemPaths(data, 'todo')
    await mkdir(paths.files, { recursive: true })
    await writeFile(join(paths.files, 'upload'), Buffer.from([0, 1, 2, 255]))

    // Somebody writes on and on: what stands in the write-ahead log only must come too.
    const busy = new AbortController()
    const writing = (async () => {
      let written = 2
      while (!busy.signal.aborted) written = await notes(url, 'POST')
      return written
    })()
    const backup = await run('backup', data, ['all.tar.gz'])
    busy.abort()
    const written = await writing
    const archive = join(here, 'all.tar.gz')
    expect(backup).toEqual({ said: expect.stringContaining(`${archive}: `), code: 0 })
    expect(backup.said).toContain('1 system\n')
    await target.stop('todo')
    await cleanUp(data)

    const place = await newFolder(false)
    const restored = await run('restore', place, [archive])
    expect(restored).toEqual({ said: expect.stringContaining('Run: npm start'), code: 0 })
    const moved = { ...options, data: place }
    const there = createLocalTarget(moved)
    expect(await there.ensure()).toEqual(new Map([['todo', url]]))
    try {
      expect((await there.status('todo')).url).toBe(url)
      const kept = await notes(url, 'GET')
      expect(kept).toBeGreaterThanOrEqual(2)
      expect(kept).toBeLessThanOrEqual(written)
      const environment = JSON.parse((await knock({ url }, '/environment'))?.body ?? '{}').environment
      expect(environment.RELEASE).toBe(release.digest)
      expect(Object.values<string>(environment).filter((value) => value.startsWith(data))).toEqual([])
      const other = systemPaths(place, 'todo')
      expect(await readFile(other.databaseUrl, 'utf8')).toBe(`sqlite+aiosqlite:///${other.database}\n`)
      expect((await stat(other.secrets)).mode & 0o777).toBe(0o700)
      expect((await stat(other.jwtKey)).mode & 0o777).toBe(0o600)
      expect(await readFile(join(other.files, 'upload'))).toEqual(Buffer.from([0, 1, 2, 255]))
      const repo = repositoryOf(place, 'todo')
      expect((await git(repo, ['show', `${commit}:app/main.py`])).toString()).toBe('print("hello")\n')
      await git(repo, ['fsck', '--strict'])
      const next = new Map([['app/main.py', 'print("again")\n']])
      await commitBuild(repo, next, { build: 2, message: 'build 2' })
      // The next release migrates the rows that came along.
      const again = await there.apply(await makeRelease(place, 'todo', { marker: 'next' }), makeContext())
      expect(again.url).toBe(url)
      expect(await notes(url, 'GET')).toBe(kept)
    } finally {
      await there.stop('todo')
      await cleanUp(place)
    }
  }, 90_000)

  it('takes another address where its own is taken by then, and keeps that one', async () => {
    const { data } = options
    const target = createLocalTarget(options)
    const { url } = await target.apply(await makeRelease(data, 'todo'), makeContext())
    await notes(url, 'POST')
    const archive = join(here, 'all.tar.gz')
    expect((await run('backup', data, [archive])).code).toBe(0)
    const place = await newFolder(false)
    expect((await run('restore', place, [archive])).code).toBe(0)
    // The one that was backed up runs on beside it.
    const there = createLocalTarget({ ...options, data: place })
    try {
      const other = (await there.ensure()).get('todo')!
      expect(other).not.toBe(url)
      expect(await notes(other, 'POST')).toBe(2)
      expect(await notes(url, 'GET')).toBe(1)
      await there.stop('todo')
      const thief = createServer().listen(Number(new URL(other).port), '127.0.0.1')
      await once(thief, 'listening')
      await expect(there.start('todo', makeContext())).rejects.toMatchObject({ code: 'deploy-port' })
      thief.close()
      await once(thief, 'close')
      expect((await there.start('todo', makeContext())).url).toBe(other)
    } finally {
      await there.stop('todo')
      await cleanUp(place)
    }
  }, 90_000)

  it('is stopped before its folder is put aside, and its rows there are whole', async () => {
    const { data } = options
    const target = createLocalTarget(options)
    const { url } = await target.apply(await makeRelease(data, 'todo'), makeContext())
    const archive = join(here, 'all.tar.gz')
    expect((await run('backup', data, [archive])).code).toBe(0)
    await notes(url, 'POST')

    expect(await run('restore', data, [archive])).toEqual({ said: expect.stringContaining('--replace'), code: 1 })
    expect(await notes(url, 'GET')).toBe(1)
    const { said, code } = await run('restore', data, [archive, '--replace'])
    expect([code, said]).toEqual([0, expect.stringContaining('What was in the data directory is in ')])
    const aside = /directory is in (\S+)/.exec(said)![1]!
    const old = new DatabaseSync(systemPaths(data, 'todo').database.replace(data, aside), { readOnly: true })
    expect(old.prepare('select count(*) as notes from notes').get()).toEqual({ notes: 1 })
    old.close()
    expect(await knock({ url }, '/readyz', 1)).toBeUndefined()
    expect(await createLocalTarget(options).ensure()).toEqual(new Map([['todo', url]]))
    expect(await notes(url, 'GET')).toBe(0)
  }, 90_000)

  it('names the databases that are on a server', async () => {
    const { data } = options
    const paths = systemPaths(data, 'shop')
    await mkdir(paths.secrets, { recursive: true, mode: 0o700 })
    await writeFile(paths.databaseUrl, 'postgresql+psycopg://role:PASSWORD@db.example:5432/autocoder_shop_1234\n')
    const { said, code } = await run('backup', data, ['server.tar.gz'], {
      AUTOCODER_KEYS: Buffer.alloc(32).toString('base64'),
    })
    expect(code).toBe(0)
    expect(said).toContain(
      'back these databases up on their server (pg_dump):\n  autocoder_shop_1234 on db.example:5432\n',
    )
    expect(said).toContain('AUTOCODER_KEYS, which is not in it')
    expect(said).not.toContain('PASSWORD')
    const place = await newFolder(false)
    const restored = await run('restore', place, [join(here, 'server.tar.gz')])
    expect(restored.said).toContain('  autocoder_shop_1234 on db.example:5432\n')
    expect(await filesIn(join(place, 'systems'))).toEqual(await filesIn(join(data, 'systems')))
  })
})

it('says how the commands are used', async () => {
  for (const args of [['--help'], [], ['a', 'b'], ['a', '--force']]) {
    const { said, code } = await run('restore', options.data, args)
    expect([code, said]).toEqual([
      args[0] === '--help' ? 0 : 2,
      expect.stringContaining('Usage: npm run restore -- FILE'),
    ])
  }
  expect((await run('backup', options.data, ['a', 'b'])).code).toBe(2)
  expect((await run('backup', options.data, ['--help'])).said).toContain('No file is overwritten')
})
