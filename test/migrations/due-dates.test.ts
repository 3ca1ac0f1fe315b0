import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FileTree } from '../../pipeline/file-tree.ts'
import { emitComponent } from '../../pipeline/generate/emit.ts'
import { physicalOf } from '../../pipeline/generate/migrations-physical.ts'
import { commitBuild, readRef } from '../../pipeline/generate/repository.ts'
import { readTree } from '../../pipeline/generate/repository-objects.ts'
import { generate } from '../../pipeline/generate/stage.ts'
import { runTool } from '../../pipeline/run-tool.ts'
import { writeTree } from '../../pipeline/tree-folder.ts'
import { blueprintOf, pythonBin, readFixture, stageContext } from '../harden/build.ts'
import { type Driver, startDriver } from './driver.ts'

const run = promisify(execFile)

let folder: string
let driver: Driver
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autocoder-due-dates-'))
  driver = await startDriver()
})
afterAll(async () => {
  await driver.stop()
  await rm(folder, { recursive: true, force: true })
})

const before = blueprintOf(readFixture('todo'))
const wanted = readFixture('todo')
wanted.models.Todo!.fields.due_at = { type: 'datetime', optional: true, index: true }
const list = wanted.components.todos!.ports.api
if (list?.kind === 'rpc') (list as { list: { sort: string[] } }).list.sort.push('due_at')
const after = blueprintOf(wanted)

const build = async (blueprint: typeof before, buildNumber: number): Promise<FileTree> => {
  const repo = join(folder, 'repo.git')
  const components = Object.keys(blueprint.architecture.components).map((name) => emitComponent(name, blueprint))
  const { commit } = await generate.run({ blueprint, components, repo, buildNumber, pythonBin }, stageContext())
  return readTree(repo, commit)
}

/** Brings a database to the newest migration of a tree as a deployment does: with the release's own command. */
const migrate = async (at: string, url: string) => {
  await writeFile(join(at, 'database_url'), url)
  const env = { DATABASE_URL_FILE: join(at, 'database_url') }
  const result = await runTool(join(pythonBin, 'python'), ['-m', 'runtime.migrate'], {
    cwd: at,
    env,
    timeoutMs: 60_000,
  })
  expect(result.code, result.output).toBe(0)
}

test('adding due dates keeps files, hand edits and rows, and the release before passes its tests on the new schema', async () => {
  const first = await build(before, 1)
  const repo = join(folder, 'repo.git')
  const checkout = join(folder, 'ann')
  const as = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org']
  await run('git', ['clone', '--quiet', repo, checkout])
  await writeFile(join(checkout, 'README.md'), `${String(first.get('README.md'))}\nA note by Ann.\n`)
  await run('git', [...as, 'commit', '--quiet', '-am', 'docs: a note'], { cwd: checkout })
  await run('git', ['push', '--quiet', 'origin', 'main'], { cwd: checkout })

  const second = await build(after, 2)
  const versions = (tree: FileTree) => [...tree.keys()].filter((path) => path.startsWith('migrations/versions/'))
  expect(versions(second)).toEqual([
    'migrations/versions/0001_initial_schema.py',
    'migrations/versions/0002_add_due_at_to_todos.py',
    expect.stringContaining('migrations/versions/0003_index'),
  ])
  expect(second.get('migrations/versions/0001_initial_schema.py')).toBe(
    first.get('migrations/versions/0001_initial_schema.py'),
  )
  expect(String(second.get('README.md'))).toContain('A note by Ann.')
  expect(await build(after, 3)).toEqual(second)
  expect(await readRef(repo, 'build-3')).toBe(await readRef(repo, 'build-2'))

  const [oldAt, newAt] = [join(folder, 'old'), join(folder, 'new')]
  await writeTree(oldAt, first)
  await writeTree(newAt, second)
  const url = driver.sqliteUrl()
  await migrate(oldAt, url)
  await driver.insert({ folder: oldAt, physical: physicalOf(before.architecture) }, url, 'a todo')
  const rows = await driver.dump(url)
  await migrate(newAt, url)
  const now = await driver.dump(url)
  for (const [key, row] of Object.entries(rows.todos!))
    expect(now.todos?.[key]).toMatchObject({ ...row, due_at: 'None' })
  // After a roll back the old release meets a database that is ahead, and leaves it alone.
  await migrate(oldAt, url)
  expect(await driver.dump(url)).toEqual(now)

  const mixed: FileTree = new Map([...first].filter(([path]) => !path.startsWith('migrations/')))
  for (const [path, content] of second) if (path.startsWith('migrations/')) mixed.set(path, content)
  const mixedAt = join(folder, 'old-on-new')
  await writeTree(mixedAt, mixed)
  const tests = await runTool(
    join(pythonBin, 'python'),
    ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', '-W', 'ignore', 'tests', '-k', 'not migrations_make_the_tables'],
    { cwd: mixedAt, env: { PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1' }, timeoutMs: 200_000 },
  )
  expect(tests.output).toMatch(/^\d+ passed, 1 deselected/m)
}, 300_000)

test('a build stops where hand edits and new code clash, and the running one stays', async () => {
  const repo = join(folder, 'clash.git')
  await commitBuild(repo, new Map([['README.md', '# Todo\n']]), { build: 1, message: 'build 1' })
  const checkout = join(folder, 'bob')
  const as = ['-c', 'user.name=Bob', '-c', 'user.email=bob@example.org']
  await run('git', ['clone', '--quiet', repo, checkout])
  await writeFile(join(checkout, 'README.md'), '# Bob was here\n')
  await run('git', [...as, 'commit', '--quiet', '-am', 'docs: bob'], { cwd: checkout })
  await run('git', ['push', '--quiet', 'origin', 'main'], { cwd: checkout })
  const components = Object.keys(after.architecture.components).map((name) => emitComponent(name, after))
  await expect(
    generate.run({ blueprint: after, components, repo, buildNumber: 2, pythonBin }, stageContext()),
  ).rejects.toMatchObject({ code: 'merge-conflict', message: expect.stringContaining('README.md') })
  expect(await readRef(repo, 'build-2')).toBeUndefined()
})
