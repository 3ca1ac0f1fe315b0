import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { digestOf, type FileTree } from '../../pipeline/file-tree.ts'
import { commitBuild } from '../../pipeline/generate/repository.ts'
import { type PackageInput, packageRelease } from '../../pipeline/package/stage.ts'
import type { Evidence } from '../../schemas/generated/evidence.ts'
import { validatorOf } from '../../schemas/validate.ts'
import { blueprintOf, readFixture, stageContext } from '../harden/build.ts'

const tree: FileTree = new Map([
  ['README.md', '# Todo\n'],
  ['app/main.py', 'print("hello")\n'],
  ['architecture.yaml', 'apiVersion: autocoder/v1\n'],
  ['requirements.lock', 'fastapi==1.0\n'],
])
const evidenceFor = (digest: string, result: Evidence['result'] = 'passed'): Evidence[] =>
  ['format', 'tests'].map((check) => ({
    check,
    tool: 'ruff',
    version: '1.0',
    digest,
    result,
    seconds: 0.5,
    summary: `${check} | fine`,
    passed: 3,
  }))

let folder: string
let input: PackageInput

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autocoder-package-'))
  const repo = join(folder, 'repo.git')
  const { commit } = await commitBuild(repo, tree, { build: 1, message: 'build 1' })
  input = {
    repo,
    commit,
    releases: join(folder, 'releases'),
    system: 'system-1',
    name: 'todo',
    blueprint: blueprintOf(readFixture('todo')),
    evidence: evidenceFor(digestOf(tree)),
  }
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('hands on whom the system may call and which secrets its webhooks have', async () => {
  const { release } = await run({ blueprint: blueprintOf(readFixture('parcels')) })
  expect([release.outbound, release.webhookSecrets, release.redis]).toEqual([['loopback'], ['carrier'], undefined])
  expect((await run()).release).not.toHaveProperty('outbound')
})

const run = (changes: Partial<PackageInput> = {}) => packageRelease.run({ ...input, ...changes }, stageContext())

describe('packageRelease', () => {
  test('returns a read-only folder named after the digest, with lock and evidence', async () => {
    const { release } = await run()
    const digest = digestOf(tree)
    expect(release).toEqual({
      system: 'system-1',
      name: 'todo',
      digest,
      folder: join(input.releases, digest.slice(7, 23)),
      engine: 'sqlite',
      accounts: true,
    })
    expect(await readFile(join(release.folder, 'app/main.py'), 'utf8')).toBe('print("hello")\n')
    expect((await stat(join(release.folder, 'app/main.py'))).mode & 0o777).toBe(0o444)
    const lock = JSON.parse(await readFile(join(release.folder, 'build.lock'), 'utf8'))
    expect(lock).toMatchObject({ digest, commit: input.commit, checks: { tests: { result: 'passed' } } })
    expect(Object.values(lock.blueprint)[0]).toMatch(/^sha256:[0-9a-f]{64}$/)
    const record: unknown = JSON.parse(await readFile(join(release.folder, 'evidence/tests.json'), 'utf8'))
    expect(validatorOf('evidence')(record)).toBe(true)
  })

  test('returns the same release when it is repeated, also at once', async () => {
    const releases = await Promise.all([run(), run(), run()])
    expect(new Set(releases.map(({ release }) => release.folder)).size).toBe(1)
    expect((await run()).release).toEqual(releases[0]!.release)
    expect(await readdir(input.releases)).toHaveLength(1)
  })

  test('refuses to release what failed a check, was not checked, or was checked as something else', async () => {
    const code = { code: 'release-unproven' }
    await expect(run({ evidence: evidenceFor(digestOf(tree), 'failed') })).rejects.toMatchObject(code)
    await expect(run({ evidence: [] })).rejects.toMatchObject(code)
    await expect(run({ evidence: evidenceFor(`sha256:${'0'.repeat(64)}`) })).rejects.toMatchObject(code)
    await expect(readdir(input.releases)).rejects.toThrow()
  })

  test('notices when somebody edited a release', async () => {
    const { release } = await run()
    const path = join(release.folder, 'app/main.py')
    await rm(path)
    await writeFile(path, 'print("edited")\n')
    await expect(run()).rejects.toMatchObject({ code: 'release-damaged' })
  })

  test('leaves nothing behind when it is cancelled', async () => {
    await expect(packageRelease.run(input, stageContext(AbortSignal.abort(new Error('cancelled'))))).rejects.toThrow(
      'cancelled',
    )
    expect(await readdir(input.releases).catch(() => [])).toEqual([])
  })
})
