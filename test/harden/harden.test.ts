import { mkdtemp, readdir, readlink, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FileTree } from '../../pipeline/file-tree.ts'
import { commitBuild } from '../../pipeline/generate/repository.ts'
import { readTree } from '../../pipeline/generate/repository-objects.ts'
import { harden } from '../../pipeline/harden/stage.ts'
import { failureOf } from '../../pipeline/harden/tests.ts'
import { validatorOf } from '../../schemas/validate.ts'
import { blueprintOf, buildIn, pythonBin, readFixture, stageContext } from './build.ts'

let folder: string
let built: Awaited<ReturnType<typeof buildIn>>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autocoder-harden-'))
  built = await buildIn(folder, blueprintOf(readFixture('todo')))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

let count = 100
/** Commits the system with changes and runs the ladder on it. */
const hardenWith = async (change: (tree: FileTree) => void, signal?: AbortSignal) => {
  const tree = await readTree(built.repo, built.generated.commit)
  change(tree)
  count += 1
  const { commit } = await commitBuild(built.repo, tree, { build: count, message: `build ${count}` })
  const work = join(folder, `work-${count}`)
  return harden.run({ repo: built.repo, commit, work, pythonBin, engine: 'sqlite' }, stageContext(signal))
}

const replace = (tree: FileTree, path: string, from: string | RegExp, to: string) => {
  const before = String(tree.get(path))
  const after = before.replace(from, to)
  expect(after).not.toBe(before)
  tree.set(path, after)
}

describe('harden', { timeout: 180_000 }, () => {
  test('returns evidence that every check passed when the system is as generated', async () => {
    const { evidence, passed, digest } = built.hardened
    expect(
      evidence.map(({ check, result, summary }) => `${check} ${result} ${result === 'failed' ? summary : ''}`.trim()),
    ).toEqual(['format', 'lint', 'types', 'boot', 'tests'].map((check) => `${check} passed`))
    expect(passed).toBe(true)
    for (const record of evidence) {
      expect(validatorOf('evidence')(record)).toBe(true)
      expect(record.digest).toBe(digest)
      expect(record.version).toMatch(/^\d+\.\d+/)
    }
    expect(evidence.at(-1)?.passed).toBeGreaterThan(80)
    const { release } = (await built.packaging()) as { release: { folder: string } }
    expect(release.folder).toContain(digest.slice(7, 23))
  })

  test('returns what failed and where when several checks fail, with the evidence of all', async () => {
    const { evidence, passed } = await hardenWith((tree) => {
      tree.set('app/extra.py', 'import os\nx:int="no"\n')
      replace(
        tree,
        'app/components/todos/component.py',
        'await self.data.delete(call, id)',
        'await self.data.read(call, id)',
      )
    })
    expect(passed).toBe(false)
    const by = new Map(evidence.map((record) => [record.check, record]))
    expect(by.get('format')).toMatchObject({ result: 'failed', summary: expect.stringContaining('app/extra.py') })
    expect(by.get('lint')).toMatchObject({ result: 'failed', summary: expect.stringContaining('app/extra.py:1:') })
    expect(by.get('types')).toMatchObject({ result: 'failed', summary: expect.stringContaining('app/extra.py:2') })
    // A sentence for people; what was compared is in the detail.
    expect(by.get('tests')?.summary).toMatch(
      /^\d+ of \d+ tests failed, the first: “[a-z ]*delete[a-z ]*”(?:, of todos)?$/,
    )
    expect(by.get('types')?.summary).toBe('1 type does not fit, the first in app/extra.py:2')
    expect(by.get('tests')?.detail).toContain('test_component_todos.py')
    // What was compared, too: the run that is shown is the one with pytest's own assertions.
    expect(by.get('tests')?.detail).toMatch(/^E .*assert .+ is None/m)
    expect(by.get('boot')).toMatchObject({ result: 'passed' })
  })

  test('fails the boot when the code differs from the blueprint', async () => {
    const { evidence } = await hardenWith((tree) =>
      replace(tree, 'app/registry.py', '"todos.api": "/v1/todos"', '"todos.api": "/v1/todo"'),
    )
    const boot = evidence.find(({ check }) => check === 'boot')
    expect(boot).toMatchObject({ result: 'failed' })
    expect(boot?.detail).toContain('differs from architecture.yaml')
  })

  test('shows what the service printed when it starts and is never ready', async () => {
    const { evidence } = await hardenWith((tree) => {
      replace(tree, 'runtime/database.py', 'sa.text("SELECT 1")', 'sa.text("SELECT nothing")')
      // Without tests nothing was shown, and nothing passes.
      for (const path of [...tree.keys()]) if (path.startsWith('tests/test_')) tree.delete(path)
    })
    const boot = evidence.find(({ check }) => check === 'boot')
    expect(boot).toMatchObject({ result: 'failed', summary: expect.stringContaining('/readyz answered 503') })
    expect(boot?.detail).toContain('not ready')
    expect(evidence.find(({ check }) => check === 'tests')).toMatchObject({ result: 'failed' })
  })

  test('stops within two seconds when it is cancelled, and leaves nothing running', async () => {
    const controller = new AbortController()
    let cancelled = 0
    setTimeout(() => {
      cancelled = performance.now()
      controller.abort(new Error('cancelled'))
    }, 1500)
    await expect(hardenWith((tree) => tree.set('NOTES.md', 'x\n'), controller.signal)).rejects.toThrow('cancelled')
    expect(performance.now() - cancelled).toBeLessThan(2_000)
    const folders = await Promise.all(
      (await readdir('/proc'))
        .filter((name) => /^\d+$/.test(name))
        .map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => '')),
    )
    expect(folders.filter((cwd) => cwd.startsWith(folder))).toEqual([])
  })
})

test('a run of tests that was stopped is not said to have had no tests', () => {
  const run = { code: 1, output: '50 passed', seconds: 600, timedOut: false }
  expect(failureOf({ ...run, timedOut: true })).toBe('The test run took too long and was stopped')
  expect(failureOf({ ...run, code: -1 })).toBe('The test run was killed')
  expect(failureOf({ ...run, code: 5, output: '' })).toBe('No test ran')
  expect(failureOf({ ...run, output: '1 failed, 2 passed' })).toBe('1 of 3 tests failed')
})
