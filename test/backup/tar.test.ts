import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { packTar, type TarEntry } from '../../queue/backup/tar.ts'
import { readTar } from '../../queue/backup/untar.ts'

const run = promisify(execFile)
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autocoder-tar-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

type File = { path: string; bytes: Uint8Array }
const entry = ({ path, bytes }: File): TarEntry => ({
  path,
  folder: false,
  mode: 0o640,
  size: bytes.length,
  mtime: new Date(1_700_000_000_000),
  content: (async function* () {
    yield bytes
  })(),
})
const packed = async (files: File[]): Promise<Buffer> => {
  const entries = async function* () {
    for (const file of files) yield entry(file)
  }
  const pieces: Uint8Array[] = []
  for await (const piece of packTar(entries())) pieces.push(piece)
  return Buffer.concat(pieces)
}
/** The bytes in pieces of a size, as a stream may give them. */
const inPieces = async function* (bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const name = fc.stringMatching(/^[a-zäß🦜 ]{1,60}$/u).filter((text) => text.trim() !== '')
const files = fc.uniqueArray(
  fc.record({
    path: fc.array(name, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('/')),
    bytes: fc.uint8Array({ maxLength: 2_000 }),
  }),
  { selector: ({ path }) => path, maxLength: 5 },
)

it('gives back what it was given, however the stream is cut and whatever is skipped', async () => {
  await fc.assert(
    fc.asyncProperty(files, fc.integer({ min: 1, max: 3_000 }), fc.boolean(), async (wanted, size, skip) => {
      const found: File[] = []
      for await (const { path, content } of readTar(inPieces(await packed(wanted), size))) {
        if (skip && found.length % 2 === 1) {
          found.push({ path, bytes: wanted[found.length]!.bytes })
          continue
        }
        const pieces: Uint8Array[] = []
        for await (const piece of content) pieces.push(piece)
        found.push({ path, bytes: new Uint8Array(Buffer.concat(pieces)) })
      }
      expect(found).toEqual(wanted)
    }),
    { numRuns: 60 },
  )
})

it('writes what tar reads, with long names and the modes', async () => {
  const path = `${'a long folder/'.repeat(12)}ünï.txt`
  await writeFile(join(folder, 'ours.tar'), await packed([{ path, bytes: Buffer.from('hello') }]))
  await run('tar', ['-xf', 'ours.tar'], { cwd: folder })
  expect(await readFile(join(folder, path), 'utf8')).toBe('hello')
  expect((await stat(join(folder, path))).mode & 0o777).toBe(0o640)
})

it('reads what tar writes', async () => {
  await run('tar', ['--format=posix', '-cf', 'theirs.tar', 'a long folder'], { cwd: folder })
  const found: string[] = []
  for await (const { path, folder: isFolder } of readTar(inPieces(await readFile(join(folder, 'theirs.tar')), 700)))
    if (!isFolder) found.push(path)
  expect(found).toEqual([`${'a long folder/'.repeat(12)}ünï.txt`])
})

it('says the size of what is larger than eight gigabytes', async () => {
  const large = { ...entry({ path: 'large', bytes: new Uint8Array() }), size: 2 ** 35 }
  const entries = async function* () {
    yield large
  }
  const pieces: Uint8Array[] = []
  await expect(async () => {
    for await (const piece of packTar(entries())) pieces.push(piece)
  }).rejects.toThrow('large has other than 34359738368 bytes')
  const heads = readTar(inPieces(Buffer.concat(pieces), 512))
  expect((await heads.next()).value).toMatchObject({ path: 'large', size: 2 ** 35 })
})
