import { readFile, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, dirname, resolve } from 'node:path'
import { AppError } from '../../schemas/errors.ts'
import type { AttachedFile } from '../../schemas/generated/terminal-request.ts'

/** More than this is not read; see schemas/chat-event. In bytes. */
const LARGEST = 1_000_000

/** Milliseconds that an address may take to answer. */
const PATIENCE = 20_000

/**
 * Returns the files that a line names: a path that ends in .yaml, .yml, .json, .csv or .tsv, or an address that ends so. Addresses are
 * only looked at in lines that speak of an API; what is not there is a mistake in such lines, and where it names its folder.
 * Throws AppError `file-unreadable` where one cannot be had.
 */
export const filesIn = async (line: string): Promise<AttachedFile[]> => {
  const files: AttachedFile[] = []
  const aboutApi =
    /\b(?:api|openapi|swagger|contract|spec|specification|serve|implement)\b/i.test(line) ||
    /^(?:please )?(?:build|make|create|draft)\b.*\.[ct]sv\b/i.test(line)
  for (const [, word] of line.matchAll(
    /(?:^|[\s"'(])((?:https?:\/\/)?[^\s"'()]+\.(?:ya?ml|json|csv|tsv))(?=$|[\s"').,;])/gi,
  )) {
    if (files.length === 4) break
    const isAddress = /^https?:/i.test(word!)
    if (isAddress && !aboutApi) continue
    const file = isAddress ? await download(word!) : await read(word!, aboutApi)
    if (file) files.push(file)
  }
  return files
}

const read = async (said: string, wanted: boolean): Promise<AttachedFile | undefined> => {
  const path = said.replace(/^~(?=\/)/, homedir())
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) {
    // "rename config.json to settings" names no file of this machine: then it is a word like any other.
    // What is written as a path, with its folder, is one: "serve exactly this /tmp/none.yaml".
    if (!wanted && !/^(?:~|\.{1,2})?\//.test(said)) return undefined
    if (found) throw unreadable(resolve(path), 'it is a folder')
    throw new AppError('file-unreadable', `There is no file ${basename(path)} in ${dirname(resolve(path))}`, {
      help: 'Check the path, and send the message again. A path that does not begin with / is looked for where the chat was started.',
    })
  }
  if (found.size > LARGEST) throw unreadable(path, `it has ${found.size} bytes, at most ${LARGEST} are read`)
  return { name: basename(path), text: await readFile(path, 'utf8') }
}

const download = async (url: string): Promise<AttachedFile> => {
  const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) }).catch((error: unknown) => {
    throw unreadable(url, error instanceof Error ? error.message : String(error), error)
  })
  if (!answer.ok) throw unreadable(url, `it answers ${answer.status}`)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body ?? []) {
    size += chunk.byteLength
    if (size > LARGEST) throw unreadable(url, `it has more than ${LARGEST} bytes`)
    chunks.push(chunk)
  }
  return { name: basename(new URL(url).pathname) || 'file', text: Buffer.concat(chunks).toString('utf8') }
}

const unreadable = (where: string, why: string, cause?: unknown): AppError =>
  new AppError('file-unreadable', `${where} cannot be read: ${why}`, {
    help: 'Check the path or the address, and send the message again.',
    cause,
  })
