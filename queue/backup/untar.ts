import { AppError } from '../../schemas/errors.ts'
import { BLOCK, sumOf, type TarEntry, type TarHead } from './tar.ts'

/** Returns the error of an archive that is not whole: `why` says where. */
export const damaged = (why: string, cause?: unknown): AppError =>
  new AppError('archive-damaged', `The archive is damaged: ${why}`, {
    help: 'Use another copy of it or another backup. Nothing was changed.',
    cause,
  })

/** Returns the same error with the name of the archive that is damaged; other errors stay. */
export const namedAs = (file: string, error: unknown): unknown =>
  error instanceof AppError && error.code === 'archive-damaged'
    ? new AppError(error.code, error.message.replace(/^The archive is/, `The archive ${file} is`), {
        help: error.help,
        cause: error,
      })
    : error

/** Hands out a stream in the portions that are asked for. */
const createPortions = (source: AsyncIterable<Uint8Array>) => {
  const pieces = source[Symbol.asyncIterator]()
  let rest: Uint8Array = new Uint8Array(0)
  const next = async (): Promise<boolean> => {
    const { done, value } = await pieces.next()
    if (!done) rest = value
    return !done
  }
  return {
    /** Gives `size` bytes, a piece after the other. */
    async *take(size: number): AsyncGenerator<Uint8Array> {
      for (let left = size; left > 0; ) {
        if (rest.byteLength === 0) {
          if (!(await next())) throw damaged('it ends too early')
          continue
        }
        const piece = rest.subarray(0, left)
        rest = rest.subarray(piece.byteLength)
        left -= piece.byteLength
        yield piece
      }
    },
    /** Reads on to the end, so that what follows the last entry is seen to be whole too. */
    drain: async (): Promise<void> => {
      while (await next()) rest = new Uint8Array(0)
    },
  }
}

const wholeOf = async (pieces: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

const textAt = (block: Buffer, from: number, to: number): string => {
  const end = block.indexOf(0, from)
  return block.toString('utf8', from, end < 0 || end > to ? to : end)
}
const numberAt = (block: Buffer, from: number, to: number): number => {
  const value = Number.parseInt(textAt(block, from, to).trim() || '0', 8)
  if (!Number.isInteger(value)) throw damaged('a header holds no number where one must be')
  return value
}

const paxOf = (records: Buffer): Record<string, string> => {
  const found: Record<string, string> = {}
  for (let at = 0; at < records.length; ) {
    const length = Number.parseInt(records.toString('utf8', at, records.indexOf(' ', at)), 10)
    if (!(length > 0)) throw damaged('an extended header cannot be read')
    const [, key = '', value = ''] = /^\d+ ([^=]+)=(.*)\n$/s.exec(records.toString('utf8', at, at + length)) ?? []
    found[key] = value
    at += length
  }
  return found
}

/** An archive must not write beside the folder that it is unpacked in. */
const safe = (path: string): string => {
  const plain = path.replace(/\/$/, '')
  if (plain === '' || plain.includes('\0') || plain.split('/').some((part) => ['', '.', '..'].includes(part)))
    throw damaged(`it names the path ${JSON.stringify(path)}`)
  return plain
}

/**
 * Returns the entries of an archive; what of an entry's content is not read is skipped. Throws AppError
 * `archive-damaged` where the bytes are no whole archive, or hold anything but files and folders.
 */
export async function* readTar(source: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const portions = createPortions(source)
  let pax: Record<string, string> = {}
  for (;;) {
    const block = await wholeOf(portions.take(BLOCK))
    if (block.every((byte) => byte === 0)) break
    if (numberAt(block, 148, 156) !== sumOf(block)) throw damaged('a header has a wrong checksum')
    const type = textAt(block, 156, 157)
    const size = pax.size === undefined ? numberAt(block, 124, 136) : Number(pax.size)
    const rest = (BLOCK - (size % BLOCK)) % BLOCK
    if (type === 'x' || type === 'g') {
      const records = await wholeOf(portions.take(size))
      await wholeOf(portions.take(rest))
      if (type === 'x') pax = paxOf(records)
      continue
    }
    if (type !== '0' && type !== '' && type !== '5') throw damaged(`it holds an entry of the unknown kind ${type}`)
    const prefix = textAt(block, 345, 500)
    const name = textAt(block, 0, 100)
    const head: TarHead = {
      path: safe(pax.path ?? (prefix ? `${prefix}/${name}` : name)),
      folder: type === '5',
      mode: numberAt(block, 100, 108),
      size,
      mtime: new Date(numberAt(block, 136, 148) * 1000),
    }
    pax = {}
    let left = size
    const content = async function* (): AsyncGenerator<Uint8Array> {
      for await (const piece of portions.take(size)) {
        left -= piece.byteLength
        yield piece
      }
    }
    yield { ...head, content: content() }
    for await (const _ of portions.take(left + rest));
  }
  await portions.drain()
}
