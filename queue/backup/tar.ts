/** Tar archives as POSIX describes them: ustar headers, with pax records for what these cannot hold. */

/** A file or a folder in an archive. `path` is relative, with slashes; `size` in bytes, 0 for a folder. */
export type TarHead = { path: string; folder: boolean; mode: number; size: number; mtime: Date }
/** `content` gives exactly `size` bytes. */
export type TarEntry = TarHead & { content: AsyncIterable<Uint8Array> }

export const BLOCK = 512
/** The longest path of a plain header, and the largest size that its eleven octal digits hold, in bytes. */
const PATH_LIMIT = 100
const SIZE_LIMIT = 0o77777777777

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`

const header = (head: { path: Buffer; type: '0' | '5' | 'x'; mode: number; size: number; mtime: Date }): Buffer => {
  const block = Buffer.alloc(BLOCK)
  head.path.copy(block, 0, 0, PATH_LIMIT)
  block.write(octal(head.mode & 0o7777, 7), 100)
  block.write(octal(0, 7), 108)
  block.write(octal(0, 7), 116)
  block.write(octal(Math.min(head.size, SIZE_LIMIT), 11), 124)
  block.write(octal(Math.max(0, Math.floor(head.mtime.getTime() / 1000)), 11), 136)
  block.write(head.type, 156)
  block.write('ustar\x0000', 257)
  block.write(`${octal(sumOf(block), 6)} `, 148)
  return block
}

/** Returns the checksum of a header: the sum of its bytes, with blanks where the checksum itself stands. */
export const sumOf = (block: Uint8Array): number =>
  block.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 32 : byte), 0)

/** A record says its own length, which has digits that count too. */
const paxRecord = (key: string, value: string): string => {
  const rest = Buffer.byteLength(` ${key}=${value}\n`)
  let length = rest + String(rest).length
  if (String(length).length > String(rest).length) length = rest + String(length).length
  return `${length} ${key}=${value}\n`
}

const padding = (size: number): Buffer => Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK)

const headersOf = (entry: TarHead): Buffer[] => {
  const path = Buffer.from(entry.folder ? `${entry.path}/` : entry.path)
  const records =
    (path.length > PATH_LIMIT ? paxRecord('path', path.toString()) : '') +
    (entry.size > SIZE_LIMIT ? paxRecord('size', String(entry.size)) : '')
  const plain = header({ ...entry, path, type: entry.folder ? '5' : '0' })
  if (records === '') return [plain]
  const size = Buffer.byteLength(records)
  const more = header({ path: Buffer.from('PaxHeader'), type: 'x', mode: 0o600, size, mtime: entry.mtime })
  return [more, Buffer.from(records), padding(size), plain]
}

/** Returns the bytes of an archive. Throws RangeError where an entry gives other than `size` bytes. */
export async function* packTar(entries: AsyncIterable<TarEntry>): AsyncGenerator<Uint8Array> {
  for await (const entry of entries) {
    yield* headersOf(entry)
    let left = entry.size
    for await (const piece of entry.content) {
      left -= piece.byteLength
      if (left < 0) break
      yield piece
    }
    if (left !== 0) throw new RangeError(`${entry.path} has other than ${entry.size} bytes`)
    yield padding(entry.size)
  }
  yield Buffer.alloc(2 * BLOCK)
}
