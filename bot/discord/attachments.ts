import type { APIAttachment } from 'discord.js'
import { AppError } from '../../schemas/errors.ts'
import type { AttachedFile } from '../../schemas/generated/chat-event.ts'
import { oneLine } from '../chat/plain.ts'

/** What schemas/chat-event takes of a file, in characters; a byte is at least as much. */
const LARGEST = 1_000_000
/** Milliseconds that Discord's store of files may take. */
const PATIENCE = 15_000

/** Returns the text files among what was attached, and the names of the others. Rejects where one cannot be had now. */
export const readAttachments = async (
  attachments: readonly APIAttachment[],
): Promise<{ files: AttachedFile[]; unread: string[] }> => {
  const files: AttachedFile[] = []
  const unread: string[] = []
  for (const { filename, size, url } of attachments) {
    const name = oneLine(filename, 200) || 'file'
    const text = size <= LARGEST ? await readText(url) : undefined
    if (text === undefined) unread.push(name)
    else files.push({ name, text })
  }
  return { files, unread }
}

/** Returns a file as text, or undefined where it is none. */
const readText = async (url: string): Promise<string | undefined> => {
  const bytes = await download(url)
  if (!bytes) return undefined
  if (bytes.length > LARGEST || bytes.includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    // Not the letters of any language in UTF-8: a picture, an archive, an old encoding.
    return undefined
  }
}

/** Returns what an address holds, or undefined where it is gone. */
const download = async (url: string): Promise<Uint8Array | undefined> => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) })
    if (answer.status === 404) return undefined
    if (answer.ok) return new Uint8Array(await answer.arrayBuffer())
  } catch {
    // The address of an attachment is signed: what the network says of it is not passed on.
  }
  throw new AppError('platform-away', 'A file on Discord cannot be had', { retryable: true })
}
