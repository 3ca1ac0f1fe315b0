import type { AttachedFile } from '../../schemas/generated/chat-event.ts'
import { oneLine } from '../chat/plain.ts'
import type { RawFile } from './raw.ts'
import type { Team } from './teams.ts'

/** Bytes of a file that is read: what an OpenAPI file or a table has. */
const LARGEST = 1_000_000
const MOST = 10
/** Milliseconds for all files of a message: Slack wants its event acknowledged within three seconds. */
const TIME = 1_800

const textual = (file: RawFile): boolean =>
  /^(text\/|application\/(json|(x-)?yaml|xml))/.test(file.mimetype ?? '') ||
  /\.(ya?ml|json|csv|tsv|txt|md)$/i.test(file.name ?? '')

export type ReadFiles = { files: AttachedFile[]; unread: string[] }

const read = async (team: Team, file: RawFile, signal: AbortSignal): Promise<string | undefined> => {
  const address = file.url_private_download ?? file.url_private
  if (!address || !textual(file) || (file.size ?? 0) > LARGEST) return undefined
  const answer = await fetch(address, { headers: { authorization: `Bearer ${team.token}` }, redirect: 'error', signal })
  // Without the right to read files, Slack answers with its sign-in page.
  const page = answer.headers.get('content-type')?.startsWith('text/html') && !/\.html?$/i.test(file.name ?? '')
  if (!answer.ok || page) return undefined
  const bytes = Buffer.from(await answer.arrayBuffer())
  const text = bytes.toString('utf8')
  return bytes.length > LARGEST || text.includes('\0') ? undefined : text
}

/** Returns the text files of a message, and the names of those that could not be read. */
export const readFiles = async (team: Team, raw: readonly RawFile[]): Promise<ReadFiles> => {
  const result: ReadFiles = { files: [], unread: [] }
  const signal = AbortSignal.timeout(TIME)
  const texts = await Promise.all(raw.slice(0, MOST).map((file) => read(team, file, signal).catch(() => undefined)))
  for (const [index, file] of raw.entries()) {
    const name = oneLine(file.name ?? 'file', 200) || 'file'
    const text = texts[index]
    if (text === undefined) result.unread.push(name)
    else result.files.push({ name, text })
  }
  return result
}
