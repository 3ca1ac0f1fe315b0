/**
 * The repository of a system: branch `generated` is what the compilers wrote, `main` is that merged with what people
 * changed by hand, and every build is a tag `build-<n>`.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '../../schemas/errors.ts'
import type { FileTree } from '../file-tree.ts'
import { git, gitFailed, runGit } from './repository-git.ts'
import { writeCommit } from './repository-objects.ts'

const GENERATED = 'refs/heads/generated'
const MAIN = 'refs/heads/main'
const tagOf = (build: number): string => `refs/tags/build-${build}`
const NONE = '0'.repeat(40)

/** A ref update takes milliseconds; a lock this old was left by a process that was killed. */
const STALE_LOCK_MS = 10_000
const TRIES = 20

type Refs = { generated?: string; main?: string; tag?: string }
type Update = { ref: string; to: string; from: string | undefined }

/** Makes the bare repository where there is none. Safe to repeat and to run twice at once. */
export const ensureRepository = async (repo: string, signal?: AbortSignal): Promise<void> => {
  if (await stat(join(repo, 'HEAD')).catch(() => undefined)) return
  const making = `${repo}.${randomUUID()}`
  await mkdir(making, { recursive: true })
  try {
    await git(making, ['init', '--quiet', '--bare', '--initial-branch=main', '--template=', making], { signal })
    // Only a whole repository ever stands under its name; who comes second finds the first one's.
    await rename(making, repo).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await rm(making, { recursive: true, force: true })
  }
}

const readRefs = async (repo: string, build: number, signal?: AbortSignal): Promise<Refs> => {
  const out = await git(repo, ['for-each-ref', '--format=%(refname) %(objectname)', GENERATED, MAIN, tagOf(build)], {
    signal,
  })
  const found = new Map(
    out
      .toString()
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split(' ') as [string, string]),
  )
  return { generated: found.get(GENERATED), main: found.get(MAIN), tag: found.get(tagOf(build)) }
}

/** Returns the commit of a branch or build tag, undefined where there is none. */
export const readRef = async (repo: string, name: 'main' | 'generated' | `build-${number}`) => {
  const ref = name.startsWith('build-') ? `refs/tags/${name}` : `refs/heads/${name}`
  const result = await runGit(repo, ['rev-parse', '--verify', '--quiet', ref])
  return result.code === 0 ? result.stdout.toString().trim() : undefined
}

const removeStaleLock = async (stderr: string): Promise<boolean> => {
  const lock = /Unable to create '(.+\.lock)': File exists/.exec(stderr)?.[1]
  if (!lock) return false
  const info = await stat(lock).catch(() => undefined)
  if (info && Date.now() - info.mtimeMs > STALE_LOCK_MS) await rm(lock, { force: true })
  return true
}

/** Moves refs together if all of them still are where they were; false where one has moved meanwhile. */
const moveRefs = async (repo: string, updates: Update[], signal?: AbortSignal): Promise<boolean> => {
  const lines = updates.map(({ ref, to, from }) =>
    to === NONE ? `delete ${ref}` : `update ${ref} ${to} ${from ?? NONE}`,
  )
  const args = ['update-ref', '--stdin']
  for (let attempt = 0; ; attempt++) {
    const result = await runGit(repo, args, { input: `start\n${lines.join('\n')}\nprepare\ncommit\n`, signal })
    if (result.code === 0) return true
    if (/but expected|reference already exists|reference is missing/.test(result.stderr)) return false
    if (attempt === 300 || !(await removeStaleLock(result.stderr))) throw gitFailed(args, result)
    await sleep(50, undefined, { signal })
  }
}

const mergeTree = async (repo: string, main: string, generated: string, signal?: AbortSignal) => {
  const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', main, generated]
  const result = await runGit(repo, args, { signal })
  if (result.code > 1 || result.code < 0) throw gitFailed(args, result)
  const [tree, ...files] = result.stdout.toString().split('\0').filter(Boolean) as [string, ...string[]]
  return { tree, conflicts: result.code === 1 ? [...new Set(files)].sort() : [] }
}

const conflictError = (conflicts: string[]): AppError => {
  const named = conflicts.slice(0, 5).join(', ')
  const more = conflicts.length > 5 ? ` and ${conflicts.length - 5} more` : ''
  return new AppError(
    'merge-conflict',
    `Changes made by hand and the new code meet in the same lines of ${named}${more}`,
    {
      help: "Clone the system's repository, run `git merge origin/generated` on main, settle these files, push main, and build again. What runs now stays as it is.",
    },
  )
}

/** Puts the new commit into main: as it is where nobody changed anything by hand, merged otherwise. */
const mergeToMain = async (repo: string, refs: Refs, generated: string, message: string, signal?: AbortSignal) => {
  if (!refs.main || refs.main === refs.generated || refs.main === generated) return { commit: generated, conflicts: [] }
  const contained = await runGit(repo, ['merge-base', '--is-ancestor', generated, refs.main], { signal })
  if (contained.code === 0) return { commit: refs.main, conflicts: [] }
  const { tree, conflicts } = await mergeTree(repo, refs.main, generated, signal)
  if (conflicts.length > 0) return { commit: refs.main, conflicts }
  const args = ['commit-tree', tree, '-p', refs.main, '-p', generated, '-m', message]
  return { commit: (await git(repo, args, { signal })).toString().trim(), conflicts }
}

/** Returns the commit on `generated` that holds the tree: the branch's own where the tree is the same. */
const writeGenerated = async (repo: string, refs: Refs, tree: FileTree, message: string, signal?: AbortSignal) => {
  const written = await writeCommit(repo, tree, { message, parent: refs.generated, signal })
  if (!refs.generated) return { ...written, changed: true }
  const trees = await git(repo, ['rev-parse', `${written.commit}^{tree}`, `${refs.generated}^{tree}`], { signal })
  const [after, before] = trees.toString().trim().split('\n')
  return after === before ? { ...written, commit: refs.generated, changed: false } : { ...written, changed: true }
}

/**
 * Commits what the compilers wrote for a build and returns the commit on main that is to be built: `generated` gets the
 * tree (no new commit where it is the same), main gets it merged, `build-<n>` names the result. A repeated call for a
 * build that was committed returns its commit. Throws AppError `merge-conflict`, after moving only `generated`.
 */
export const commitBuild = async (
  repo: string,
  tree: FileTree,
  { build, message, signal }: { build: number; message: string; signal?: AbortSignal },
): Promise<{ commit: string; generated: string }> => {
  await ensureRepository(repo, signal)
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const refs = await readRefs(repo, build, signal)
    if (refs.tag) return { commit: refs.tag, generated: refs.generated ?? refs.tag }
    const written = await writeGenerated(repo, refs, tree, message, signal)
    const merged = await mergeToMain(repo, refs, written.commit, `Merge ${message}`, signal)
    const stopped = merged.conflicts.length > 0
    const updates: Update[] = [{ ref: written.ref, to: NONE, from: undefined }]
    if (written.changed) updates.push({ ref: GENERATED, to: written.commit, from: refs.generated })
    if (!stopped && merged.commit !== refs.main) updates.push({ ref: MAIN, to: merged.commit, from: refs.main })
    if (!stopped) updates.push({ ref: tagOf(build), to: merged.commit, from: undefined })
    if (!(await moveRefs(repo, updates, signal))) {
      // Somebody pushed, or another build was faster: the same again on what is there now.
      await git(repo, ['update-ref', '-d', written.ref], { signal })
      continue
    }
    if (stopped) throw conflictError(merged.conflicts)
    return { commit: merged.commit, generated: written.commit }
  }
  throw new AppError('repository-busy', 'The repository changed faster than this build could be written to it', {
    help: 'Build again in a moment.',
    retryable: true,
  })
}
