import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import { AppError } from '../../schemas/errors.ts'
import { saidBy } from './call.ts'
import { parseThread } from './ids.ts'
import type { Team } from './teams.ts'

export type Upload = { name: string; bytes: Uint8Array; alt?: string }

const patience = { limited: 'wait', again: 3 } as const
const UPLOAD_TIME = 60_000

/** Returns a short name for a set of files: the same files have the same. */
export const digestOf = (files: readonly { name: string; bytes: Uint8Array }[]): string => {
  const hash = createHash('sha256')
  for (const { name, bytes } of files) hash.update(`${name}\0${bytes.length}\0`).update(bytes)
  return hash.digest('hex').slice(0, 24)
}

const send = async (team: Team, upload: Upload): Promise<{ id: string; title: string }> => {
  const { upload_url: address, file_id: id } = await team.call('files.getUploadURLExternal', patience, (client) =>
    client.files.getUploadURLExternal({
      filename: upload.name,
      length: upload.bytes.length,
      // The method's page calls it alt_txt, the client's types alt_text.
      ...(upload.alt ? { alt_text: upload.alt, alt_txt: upload.alt } : {}),
    }),
  )
  const answer = await fetch(address!, {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: Buffer.from(upload.bytes),
    signal: AbortSignal.timeout(UPLOAD_TIME),
  }).catch(() => undefined)
  if (!answer?.ok) throw new AppError('platform-away', 'Slack did not take an uploaded file', { retryable: true })
  return { id: id!, title: upload.name }
}

/**
 * Uploads files: into a thread where one is named, else kept for blocks to show. Resolves with their ids, or with
 * undefined where the app may not attach files (scope files:write).
 */
export const uploadFiles = async (
  team: Team,
  uploads: readonly Upload[],
  log: Logger,
  thread?: string,
): Promise<string[] | undefined> => {
  try {
    const sent: { id: string; title: string }[] = []
    for (const upload of uploads) sent.push(await send(team, upload))
    const { channel, root } = parseThread(thread ?? '')
    const files = sent as [{ id: string; title: string }, ...{ id: string; title: string }[]]
    await team.call('files.completeUploadExternal', { limited: 'wait', again: 0 }, (client) =>
      client.files.completeUploadExternal(thread ? { files, channel_id: channel, thread_ts: root } : { files }),
    )
    return sent.map(({ id }) => id)
  } catch (error) {
    if (saidBy(error) !== 'missing_scope') throw error
    log.info({ team: team.key }, 'files are not attached: the app lacks the scope files:write')
    return undefined
  }
}
