import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FileTree } from '../../pipeline/file-tree.ts'
import { commitBuild, ensureRepository, readRef } from '../../pipeline/generate/repository.ts'
import { git } from '../../pipeline/generate/repository-git.ts'
import { readFiles, readTree } from '../../pipeline/generate/repository-objects.ts'

const run = promisify(execFile)
let folder: string
let repo: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autocoder-repository-'))
  repo = join(folder, 'repo.git')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const tree = (files: Record<string, string>): FileTree => new Map(Object.entries(files))
const build = (number: number, files: Record<string, string>) =>
  commitBuild(repo, tree(files), { build: number, message: `build ${number}` })
const log = async (branch: string) => (await git(repo, ['rev-list', '--count', branch])).toString().trim()

/** Does what a person does: clone, edit main, commit, push. */
/** Who edits by hand, wherever the tests run: a machine may know no name. */
const as = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.org']

const editByHand = async (name: string, edit: (checkout: string) => Promise<void>): Promise<void> => {
  const checkout = join(folder, name)
  await run('git', ['clone', '--quiet', repo, checkout])
  await edit(checkout)
  await run('git', ['add', '-A'], { cwd: checkout })
  await run('git', [...as, 'commit', '--quiet', '-m', 'by hand'], { cwd: checkout })
  await run('git', ['push', '--quiet', 'origin', 'main'], { cwd: checkout })
}

describe('commitBuild', () => {
  test('returns a commit that holds exactly the tree', async () => {
    const files = { 'app/main.py': 'print("grüße")\n', 'README.md': '# Todo\n', 'a/b/c.json': '{}\n' }
    const { commit } = await build(1, files)
    expect(Object.fromEntries(await readTree(repo, commit))).toEqual(files)
    expect(await readRef(repo, 'main')).toBe(commit)
    expect(await readRef(repo, 'build-1')).toBe(commit)
  })

  test('makes no new commit on generated when the tree is the same', async () => {
    const first = await build(1, { a: '1\n' })
    const second = await build(2, { a: '1\n' })
    expect(second.commit).toBe(first.commit)
    expect(await log('generated')).toBe('1')
    expect(await readRef(repo, 'build-2')).toBe(first.commit)
  })

  test('returns the same commit when a stage is retried', async () => {
    const first = await build(1, { a: '1\n' })
    await build(2, { a: '2\n' })
    expect((await build(1, { a: 'something else\n' })).commit).toBe(first.commit)
    expect(await log('generated')).toBe('2')
  })

  test('removes files that the compilers no longer write', async () => {
    await build(1, { a: '1\n', b: '1\n' })
    const { commit } = await build(2, { a: '1\n' })
    expect([...(await readTree(repo, commit)).keys()]).toEqual(['a'])
  })

  test('keeps what people changed by hand', async () => {
    await build(1, { a: 'one\ntwo\nthree\nfour\nfive\n' })
    await editByHand('ann', (checkout) => writeFile(join(checkout, 'a'), 'one\ntwo\nthree\nfour\nfive by hand\n'))
    const { commit } = await build(2, { a: 'one new\ntwo\nthree\nfour\nfive\n', b: 'b\n' })
    expect(Object.fromEntries(await readTree(repo, commit))).toEqual({
      a: 'one new\ntwo\nthree\nfour\nfive by hand\n',
      b: 'b\n',
    })
    const again = await build(3, { a: 'one new\ntwo\nthree\nfour\nfive\n', b: 'b\n' })
    expect(again.commit).toBe(commit)
  })

  test('names the files when hand edits and new code clash, and builds after they were settled', async () => {
    await build(1, { a: 'one\n' })
    await editByHand('ann', (checkout) => writeFile(join(checkout, 'a'), 'one by hand\n'))
    const before = await readRef(repo, 'main')
    await expect(build(2, { a: 'one new\n' })).rejects.toMatchObject({
      code: 'merge-conflict',
      message: expect.stringContaining('a'),
    })
    expect(await readRef(repo, 'main')).toBe(before)
    expect(await readRef(repo, 'build-2')).toBeUndefined()
    await editByHand('bob', async (checkout) => {
      // It ends with 1, for the conflict that is to be settled.
      await expect(run('git', [...as, 'merge', 'origin/generated'], { cwd: checkout })).rejects.toMatchObject({
        code: 1,
      })
      await writeFile(join(checkout, 'a'), 'one new by hand\n')
    })
    const { commit } = await build(2, { a: 'one new\n' })
    expect(Object.fromEntries(await readTree(repo, commit))).toEqual({ a: 'one new by hand\n' })
  })

  test('gives every one of several builds at once its tag', async () => {
    const built = await Promise.all([1, 2, 3, 4].map((number) => build(number, { a: `${number}\n` })))
    for (const [index, { commit }] of built.entries()) {
      expect(await readRef(repo, `build-${index + 1}`)).toBe(commit)
      expect(Object.fromEntries(await readTree(repo, commit))).toEqual({ a: `${index + 1}\n` })
    }
    expect(await log('generated')).toBe('4')
  })

  test('goes on over a lock that a killed process left behind', async () => {
    await build(1, { a: '1\n' })
    const lock = join(repo, 'refs/heads/main.lock')
    await writeFile(lock, '')
    await utimes(lock, new Date(0), new Date(0))
    const { commit } = await build(2, { a: '2\n' })
    expect(await readRef(repo, 'main')).toBe(commit)
  })

  test('leaves no refs of its own behind', async () => {
    await build(1, { a: '1\n' })
    await build(2, { a: '1\n' })
    expect((await git(repo, ['for-each-ref', '--format=%(refname)'])).toString().trim().split('\n')).toEqual([
      'refs/heads/generated',
      'refs/heads/main',
      'refs/tags/build-1',
      'refs/tags/build-2',
    ])
  })

  test('stops when the signal aborts', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'))
    await expect(commitBuild(repo, tree({ a: '1\n' }), { build: 1, message: 'x', signal })).rejects.toThrow('cancelled')
  })

  test.each(['../a', '/a', 'a/../b', '.git/hooks/x', 'a/.git/config', 'a//b', 'a\nb', ''])(
    'refuses the path %j',
    async (path) => {
      await expect(build(1, { [path]: '1\n' })).rejects.toThrow('unusable path')
    },
  )
})

describe('ensureRepository', () => {
  test('makes one repository when called at once', async () => {
    await Promise.all([1, 2, 3, 4].map(() => ensureRepository(repo)))
    expect(await readFile(join(repo, 'HEAD'), 'utf8')).toBe('ref: refs/heads/main\n')
    expect(await run('ls', [folder]).then(({ stdout }) => stdout.trim())).toBe('repo.git')
  })
})

describe('readTree', () => {
  test('throws when a link was pushed by hand', async () => {
    await build(1, { a: '1\n' })
    await editByHand('ann', async (checkout) => void (await run('ln', ['-s', '/etc/passwd', join(checkout, 'b')])))
    const main = await readRef(repo, 'main')
    await expect(readTree(repo, main!)).rejects.toMatchObject({ code: 'repository-link' })
  })

  test('returns only what is under a folder', async () => {
    const { commit } = await build(1, { 'migrations/env.py': '1\n', 'app/main.py': '2\n' })
    expect([...(await readTree(repo, commit, { under: ['migrations'] })).keys()]).toEqual(['migrations/env.py'])
  })

  test('returns bytes where a file is not UTF-8', async () => {
    const bytes = new Uint8Array([0, 255, 10, 13])
    const { commit } = await commitBuild(repo, new Map([['x.bin', bytes]]), { build: 1, message: 'x' })
    expect((await readTree(repo, commit)).get('x.bin')).toEqual(bytes)
    expect((await readFiles(repo, commit))['x.bin']).toEqual(bytes)
  })
})
