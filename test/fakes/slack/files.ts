import type { Context, Method } from './methods.ts'
import { Refusal } from './refusal.ts'
import type { Message, StoredFile } from './state.ts'

/** Kinds by the name's ending: Slack finds out after the upload, so the answer of completing it says nothing yet. */
export const mimetypeOf = (name: string): string => {
  const known: Record<string, string> = {
    png: 'image/png',
    jpg: 'image/jpeg',
    json: 'application/json',
    yaml: 'text/plain',
    yml: 'text/plain',
    csv: 'text/csv',
    md: 'text/plain',
    txt: 'text/plain',
    zip: 'application/zip',
  }
  return known[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream'
}

export const shownFile = (context: Pick<Context, 'base'>, file: StoredFile): Record<string, unknown> => ({
  id: file.id,
  name: file.name,
  title: file.title,
  mimetype: file.readyAt > Date.now() ? '' : file.mimetype,
  size: file.bytes.length,
  mode: 'hosted',
  url_private: `${context.base}/files-pri/${file.team}-${file.id}/${encodeURIComponent(file.name)}`,
  url_private_download: `${context.base}/files-pri/${file.team}-${file.id}/download/${encodeURIComponent(file.name)}`,
  permalink: `https://example.slack.com/files/${file.owner}/${file.id}/${encodeURIComponent(file.name)}`,
})

export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': (context, args) => {
    context.needs('files:write')
    const length = Number(args.length)
    if (!args.filename || !(length > 0)) throw new Refusal('invalid_arguments')
    const id = context.state.id('F')
    context.state.files.set(id, {
      id,
      team: context.install.team,
      name: args.filename,
      title: args.filename,
      mimetype: mimetypeOf(args.filename),
      bytes: Buffer.alloc(0),
      owner: context.install.botUser,
      readyAt: Number.POSITIVE_INFINITY,
      complete: false,
      altText: args.alt_txt ?? args.alt_text,
    })
    return { upload_url: `${context.base}/upload/v1/${id}?length=${length}`, file_id: id }
  },
  'files.completeUploadExternal': (context, args) => {
    context.needs('files:write')
    const { state, install } = context
    const wanted = JSON.parse(args.files ?? '[]') as { id: string; title?: string }[]
    if (wanted.length === 0) throw new Refusal('invalid_arguments')
    const files = wanted.map(({ id, title }) => {
      const file = state.files.get(id)
      if (!file || file.team !== install.team || file.bytes.length === 0) throw new Refusal('file_not_found')
      file.title = title ?? file.name
      file.complete = true
      file.readyAt = Date.now() + context.processing
      return file
    })
    if (args.channel_id) {
      if (!state.isMember(args.channel_id, install.botUser)) throw new Refusal('not_in_channel')
      const message: Message = {
        ts: state.ts(),
        channel: args.channel_id,
        thread: args.thread_ts,
        user: install.botUser,
        botId: install.botId,
        text: args.initial_comment ?? '',
        files: files.map(({ id }) => id),
        subtype: 'file_share',
      }
      state.messages.push(message)
      context.deliverMessage(message)
    }
    return { files: files.map((file) => ({ ...shownFile(context, file), mimetype: '' })) }
  },
  'files.info': (context, args) => {
    context.needs('files:read')
    const file = context.state.files.get(args.file ?? '')
    if (!file || file.team !== context.install.team) throw new Refusal('file_not_found')
    return { file: shownFile(context, file) }
  },
}
