import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { AppError } from '../../schemas/errors.ts'
import type { BackupManifest } from '../../schemas/generated/backup-manifest.ts'
import { validatorOf } from '../../schemas/validate.ts'
import { newestMigration } from './tables.ts'
import type { TarEntry } from './tar.ts'
import { damaged, readTar } from './untar.ts'

/** The format that this release writes, and the only one that it reads. */
export const FORMAT = 1
/** The first entry says what the archive is, the last one what every entry between must be. */
export const MANIFEST = 'manifest.json'
export const CHECKSUMS = 'SHA256SUMS'

/** Returns entries of small texts. */
export const textEntry = (path: string, text: string): TarEntry => {
  const bytes = Buffer.from(text)
  const content = (async function* () {
    yield bytes
  })()
  return { path, folder: false, mode: 0o600, size: bytes.length, mtime: new Date(), content }
}

/** Returns the entries with one more at the end: the SHA-256 of each file, as `sha256sum -c` reads it. */
export async function* withChecksums(entries: AsyncIterable<TarEntry>): AsyncGenerator<TarEntry> {
  const lines: string[] = []
  for await (const entry of entries) {
    if (entry.folder) {
      yield entry
      continue
    }
    const hash = createHash('sha256')
    const { content } = entry
    yield {
      ...entry,
      content: (async function* () {
        for await (const piece of content) {
          hash.update(piece)
          yield piece
        }
        lines.push(`${hash.digest('hex')}  ${entry.path}\n`)
      })(),
    }
  }
  yield textEntry(CHECKSUMS, lines.join(''))
}

/** Returns the entries of an archive's file. Throws AppError `archive-unreadable` or `archive-damaged`. */
export async function* entriesOf(file: string): AsyncGenerator<TarEntry> {
  const source = createReadStream(file)
  const plain = createGunzip()
  // What the file cannot give ends the stream that is read.
  source.on('error', (error) => plain.destroy(error))
  try {
    yield* readTar(source.pipe(plain))
  } catch (error) {
    throw translated(file, error)
  } finally {
    source.destroy()
    plain.destroy()
  }
}

const translated = (file: string, error: unknown): unknown => {
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (code === 'Z_BUF_ERROR') return damaged('it ends too early, so a part of it is missing', error)
  if (code.startsWith('Z_')) return damaged('its compression is broken or it is no .tar.gz file', error)
  if (['ENOENT', 'EACCES', 'EISDIR', 'EPERM'].includes(code))
    return new AppError('archive-unreadable', `${file} cannot be read: ${code}`, {
      help: 'Name a file that npm run backup wrote, and that you may read.',
      cause: error,
    })
  return error
}

const manifestOf = (text: string): BackupManifest => {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw damaged('its manifest is not JSON', cause)
  }
  const format = (value as { format?: unknown } | null)?.format
  if (format !== FORMAT)
    throw new AppError('archive-unknown', `The archive has the format ${format}, and this release reads ${FORMAT}`, {
      help: 'Restore it with the release of AutoCoder that wrote it, or a newer one.',
    })
  if (!validatorOf<BackupManifest>('backup-manifest')(value)) throw damaged('its manifest lacks something')
  if (value.migration > newestMigration())
    throw new AppError('archive-unknown', 'The archive was written by a newer release of AutoCoder', {
      help: `Restore it with AutoCoder ${value.release} or newer.`,
    })
  return value
}

/**
 * Reads an archive from its beginning to its end and returns what it says it is. Throws AppError `archive-unreadable`,
 * `archive-damaged` where a checksum is not right or anything is missing or too many, `archive-unknown` where this
 * release does not read it.
 */
export const verifyArchive = async (file: string): Promise<BackupManifest> => {
  let manifest: BackupManifest | undefined
  let sums: string | undefined
  const found: string[] = []
  for await (const entry of entriesOf(file)) {
    if (sums !== undefined) throw damaged('something follows its checksums')
    if (!manifest && entry.path !== MANIFEST) throw damaged('it does not begin with a manifest')
    if (entry.folder) continue
    const hash = createHash('sha256')
    const pieces: Uint8Array[] = []
    for await (const piece of entry.content) {
      hash.update(piece)
      if (entry.path === MANIFEST || entry.path === CHECKSUMS) pieces.push(piece)
    }
    const text = Buffer.concat(pieces).toString()
    if (entry.path === CHECKSUMS) sums = text
    else found.push(`${hash.digest('hex')}  ${entry.path}\n`)
    if (entry.path === MANIFEST) manifest = manifestOf(text)
  }
  if (!manifest || sums === undefined) throw damaged('it has no checksums at its end')
  if (sums !== found.join('')) throw damaged(`${firstWrong(sums, found)} is not what was written`)
  return manifest
}

const firstWrong = (sums: string, found: string[]): string => {
  const known = new Set(sums.split('\n'))
  const wrong = found.find((line) => !known.has(line.trimEnd()))
  return wrong ? wrong.trimEnd().slice(66) : 'the list of its files'
}
