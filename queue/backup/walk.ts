import { constants } from 'node:fs'
import { lstat, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../schemas/errors.ts'
import type { TarEntry } from './tar.ts'

const none = async function* (): AsyncGenerator<Uint8Array> {}

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** Gives a file's first `size` bytes: one that grows meanwhile is taken as it was found. */
async function* contentOf(path: string, size: number): AsyncGenerator<Uint8Array> {
  if (size === 0) return
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    yield* file.createReadStream({ end: size - 1, autoClose: false }) as AsyncIterable<Uint8Array>
  } finally {
    await file.close()
  }
}

/** Returns a file as an entry of this path, or undefined where it is not there. */
export const fileEntry = async (file: string, path: string): Promise<TarEntry | undefined> => {
  const info = await lstat(file).catch((error: unknown) => {
    if (isGone(error)) return undefined
    throw error
  })
  if (!info?.isFile()) return undefined
  const { mode, size, mtime } = info
  return { path, folder: false, mode, size, mtime, content: contentOf(file, size) }
}

/** A repository's references come first and its objects last: an object is there before anything refers to it. */
const byReference = (a: string, b: string): number =>
  Number(a === 'objects') - Number(b === 'objects') || (a < b ? -1 : 1)

/**
 * Returns a folder with everything in it as entries under `path`, but for what `wanted` (given the path within the
 * folder) does not want, and for what is neither file nor folder. What disappears meanwhile is left out; in a
 * repository that is an error: throws AppError `backup-failed`.
 */
export async function* folderEntries(
  folder: string,
  path: string,
  wanted: (inside: string) => boolean,
): AsyncGenerator<TarEntry> {
  const walk = async function* (inside: string): AsyncGenerator<TarEntry> {
    const from = join(folder, inside)
    const info = await lstat(from)
    if (inside === '' || info.isDirectory()) {
      const { mode, mtime } = info
      yield { path: inside ? `${path}/${inside}` : path, folder: true, mode, size: 0, mtime, content: none() }
      for (const name of (await readdir(from)).sort(byReference)) {
        const next = inside ? `${inside}/${name}` : name
        if (wanted(next)) yield* guarded(next)
      }
      return
    }
    const entry = await fileEntry(from, `${path}/${inside}`)
    if (entry) yield entry
  }
  const guarded = async function* (inside: string): AsyncGenerator<TarEntry> {
    try {
      yield* walk(inside)
    } catch (cause) {
      if (!isGone(cause)) throw cause
      if (!inside.includes('.git/')) return
      throw new AppError('backup-failed', 'A repository was tidied up while it was read', {
        help: 'Run it again in a moment.',
        retryable: true,
        cause,
      })
    }
  }
  yield* guarded('')
}
