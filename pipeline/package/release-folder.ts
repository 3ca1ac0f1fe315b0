import { randomUUID } from 'node:crypto'
import { chmod, mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '../../schemas/errors.ts'
import { digestOf, type FileTree } from '../file-tree.ts'
import { sync } from '../sync.ts'
import { writeTree } from '../tree-folder.ts'

/** Returns where a release of this digest stands. */
export const releaseFolder = (releases: string, digest: string): string =>
  join(releases, digest.slice('sha256:'.length, 'sha256:'.length + 16))

const seal = async (folder: string, paths: string[]): Promise<void> => {
  for (let at = 0; at < paths.length; at += 32)
    await Promise.all(
      paths.slice(at, at + 32).map(async (path) => {
        await chmod(join(folder, path), 0o444)
        await sync(join(folder, path))
      }),
    )
  const folders = new Set(paths.map((path) => dirname(join(folder, path))))
  await Promise.all([...folders, folder].map(sync))
}

/** Throws AppError `release-damaged` where a file of the release is not as it was written. */
const verify = async (folder: string, paths: Iterable<string>, digest: string): Promise<void> => {
  const found: FileTree = new Map()
  for (const path of paths) found.set(path, await readFile(join(folder, path)).catch(() => ''))
  if (digestOf(found) !== digest)
    throw new AppError('release-damaged', 'The folder of this release was changed after it was written', {
      help: 'A release is never edited: change main in the repository and build again.',
    })
}

/** Removes what builds that were killed had begun to write. */
const removeLeftovers = async (releases: string): Promise<void> => {
  const hourAgo = Date.now() - 3_600_000
  for (const name of await readdir(releases))
    if (name.startsWith('.making-')) {
      const info = await stat(join(releases, name)).catch(() => undefined)
      if (info && info.mtimeMs < hourAgo) await rm(join(releases, name), { recursive: true, force: true })
    }
}

/**
 * Writes a release under its digest and returns its folder. It is complete or not there: written beside, synced to disk,
 * then renamed. A release that stands already is verified and left alone. `digest` is that of `tree`; `records` (build.lock,
 * evidence) stand beside it and tell of it.
 */
export const writeRelease = async (
  releases: string,
  { tree, records, digest, signal }: { tree: FileTree; records: FileTree; digest: string; signal?: AbortSignal },
): Promise<string> => {
  const folder = releaseFolder(releases, digest)
  await mkdir(releases, { recursive: true })
  await removeLeftovers(releases)
  if (await stat(folder).catch(() => undefined)) {
    await verify(folder, tree.keys(), digest)
    return folder
  }
  const making = join(releases, `.making-${randomUUID()}`)
  try {
    await writeTree(making, new Map([...tree, ...records]), signal)
    await seal(making, [...tree.keys(), ...records.keys()])
    signal?.throwIfAborted()
    await rename(making, folder).catch((error: NodeJS.ErrnoException) => {
      // Another run of this build was faster; its folder holds the same.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
    await sync(releases)
  } finally {
    await rm(making, { recursive: true, force: true })
  }
  return folder
}
