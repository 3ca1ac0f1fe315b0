import { type FileLookup, MESSAGE_TOTAL, problemsOf, sizeOf } from './blocks.ts'
import type { Context, Method } from './methods.ts'
import { Refusal } from './refusal.ts'
import type { Message } from './state.ts'

type Args = Record<string, string>

/** Where text ends: docs.slack.dev/reference/methods/chat.postMessage, "Truncating content". */
const TEXT_MAX = 40_000

const parse = (value: string, error: string): unknown => {
  try {
    return JSON.parse(value)
  } catch {
    throw new Refusal(error)
  }
}

export const lookup =
  (context: Context): FileLookup =>
  (id) => {
    const file = context.state.files.get(id)
    if (!file?.complete || file.team !== context.install.team) return undefined
    if (file.readyAt > Date.now()) return 'processing'
    return file.mimetype.startsWith('image/') ? 'image' : 'other'
  }

/** Returns blocks that Slack would show. Throws `invalid_blocks` with a message for each problem. */
export const checkedBlocks = (context: Context, value: string | undefined): unknown[] | undefined => {
  if (value === undefined || value === '') return undefined
  const blocks = parse(value, 'invalid_blocks_format')
  const problems = problemsOf(blocks, 'message', lookup(context))
  for (const [index, block] of (blocks as { type?: string }[]).entries())
    if (context.state.unknownBlocks.has(block.type ?? ''))
      problems.push(`[ERROR] unsupported type: ${block.type} [json-pointer:/blocks/${index}/type]`)
  if (problems.length > 0)
    throw new Refusal('invalid_blocks', {
      errors: problems.map((problem) => problem.replace('[ERROR] ', '')),
      response_metadata: { messages: problems },
    })
  if (sizeOf(blocks) > MESSAGE_TOTAL) throw new Refusal('msg_blocks_too_long')
  return blocks as unknown[]
}

const checkedMetadata = (value: string | undefined): Message['metadata'] => {
  if (value === undefined) return undefined
  const metadata = parse(value, 'invalid_metadata_format') as NonNullable<Message['metadata']>
  const payload = metadata?.event_payload
  if (!/^[A-Za-z0-9_.-]{1,255}$/.test(metadata?.event_type ?? '') || typeof payload !== 'object')
    throw new Refusal('invalid_metadata_schema')
  for (const item of Object.values(payload))
    if (!['string', 'number', 'boolean'].includes(typeof item)) throw new Refusal('invalid_metadata_schema')
  if (value.length > 8_000) throw new Refusal('metadata_too_large')
  return metadata
}

const content = (context: Context, args: Args): Pick<Message, 'text' | 'blocks' | 'metadata'> => {
  const blocks = checkedBlocks(context, args.blocks)
  const text = args.text ?? ''
  if (text === '' && !blocks?.length) throw new Refusal('no_text')
  if (text.length > TEXT_MAX) throw new Refusal('msg_too_long')
  return { text, blocks, metadata: checkedMetadata(args.metadata) }
}

const shown = (context: Context, message: Message): Record<string, unknown> => ({
  type: 'message',
  user: message.user,
  ...(message.botId ? { bot_id: message.botId, app_id: context.appId } : {}),
  text: message.text,
  ts: message.ts,
  team: context.install.team,
  ...(message.thread ? { thread_ts: message.thread, parent_user_id: 'U' } : {}),
  ...(message.blocks ? { blocks: message.blocks } : {}),
  ...(message.subtype ? { subtype: message.subtype } : {}),
  ...(message.files ? { files: message.files.map((id) => ({ id })) } : {}),
  ...(message.edited ? { edited: { user: message.user, ts: message.edited } } : {}),
})

/** A person's id stands for the direct conversation with that person. */
const channelOf = (context: Context, channel: string): string => {
  const { state, install } = context
  if (state.people.get(channel)?.team === install.team) return state.dm(install.team, channel, install.botUser).id
  const known = state.channels.get(channel)
  if (!known || known.team !== install.team) throw new Refusal('channel_not_found')
  if (!known.members.has(install.botUser))
    throw new Refusal(known.kind === 'group' ? 'channel_not_found' : 'not_in_channel')
  return channel
}

/** A thread is its root: an answer cannot be one, and a root that is gone is refused. */
const threadOf = (context: Context, channel: string, thread: string | undefined): string | undefined => {
  if (thread === undefined) return undefined
  if (!/^\d+\.\d{6}$/.test(thread)) throw new Refusal('invalid_thread_ts')
  const root = context.state.message(channel, thread)
  if (!root) throw new Refusal('thread_not_found')
  return root.thread ?? thread
}

const page = <T>(items: T[], args: Args): { items: T[]; cursor: string } => {
  const from = args.cursor ? Number(Buffer.from(args.cursor, 'base64').toString()) : 0
  if (!Number.isInteger(from)) throw new Refusal('invalid_cursor')
  const limit = Math.min(Number(args.limit ?? 100), 999)
  const next = from + limit
  return {
    items: items.slice(from, next),
    cursor: next < items.length ? Buffer.from(String(next)).toString('base64') : '',
  }
}

const between = (args: Args) => (message: Message) => {
  const inclusive = args.inclusive === 'true'
  const after = !args.oldest || message.ts > args.oldest || (inclusive && message.ts === args.oldest)
  const until = !args.latest || message.ts < args.latest || (inclusive && message.ts === args.latest)
  return after && until
}

const withMetadata = (args: Args, message: Message): Record<string, unknown> =>
  args.include_all_metadata === 'true' && message.metadata ? { metadata: message.metadata } : {}

/** Slack asks for the scope of the conversation's kind. */
const historyScope = (context: Context, channel: string): void => {
  const kind = context.state.channels.get(channel)?.kind ?? 'channel'
  context.needs({ channel: 'channels:history', group: 'groups:history', im: 'im:history' }[kind])
}

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': (context, args) => {
    context.needs('chat:write')
    const { state, install } = context
    const channel = channelOf(context, args.channel ?? '')
    const thread = threadOf(context, channel, args.thread_ts)
    const ts = state.ts()
    const message: Message = {
      ts,
      channel,
      thread,
      user: install.botUser,
      botId: install.botId,
      ...content(context, args),
    }
    state.messages.push(message)
    // A status is over once the bot writes.
    if (thread) delete state.assisted(channel, thread).status
    context.deliverMessage(message)
    return { channel, ts, message: shown(context, message) }
  },
  'chat.update': (context, args) => {
    context.needs('chat:write')
    const { state, install } = context
    const message = state.message(args.channel ?? '', args.ts ?? '')
    if (!message) throw new Refusal('message_not_found')
    if (message.user !== install.botUser) throw new Refusal('cant_update_message')
    const next = content(context, args)
    message.text = next.text
    message.blocks = next.blocks
    if (next.metadata) message.metadata = next.metadata
    message.edited = state.ts()
    return { channel: message.channel, ts: message.ts, text: message.text }
  },
  'chat.postEphemeral': (context, args) => {
    context.needs('chat:write')
    const { state } = context
    const channel = channelOf(context, args.channel ?? '')
    if (!state.isMember(channel, args.user ?? '')) throw new Refusal('user_not_in_channel')
    const { text, blocks } = content(context, args)
    const ts = state.ts()
    state.ephemerals.push({ ts, channel, thread: args.thread_ts, to: args.user!, text, blocks })
    return { message_ts: ts }
  },
  'conversations.replies': (context, args) => {
    historyScope(context, args.channel ?? '')
    const channel = channelOf(context, args.channel ?? '')
    const root = context.state.message(channel, args.ts ?? '')
    if (!root) throw new Refusal('thread_not_found')
    // The root comes with every page's first, whatever the window.
    const all = context.state.thread(channel, root.ts)
    const { items, cursor } = page([root, ...all.slice(1).filter(between(args))], args)
    return {
      messages: items.map((message) => ({ ...shown(context, message), ...withMetadata(args, message) })),
      has_more: cursor !== '',
      response_metadata: { next_cursor: cursor },
    }
  },
  'conversations.history': (context, args) => {
    historyScope(context, args.channel ?? '')
    const channel = channelOf(context, args.channel ?? '')
    const all = context.state.messages
      .filter((message) => message.channel === channel && !message.thread)
      .filter(between(args))
      .reverse()
    const { items, cursor } = page(all, args)
    return {
      messages: items.map((message) => ({ ...shown(context, message), ...withMetadata(args, message) })),
      has_more: cursor !== '',
      response_metadata: { next_cursor: cursor },
    }
  },
  'conversations.info': (context, args) => {
    const known = context.state.channels.get(args.channel ?? '')
    if (!known || known.team !== context.install.team) throw new Refusal('channel_not_found')
    context.needs({ channel: 'channels:read', group: 'groups:read', im: 'im:read' }[known.kind])
    return { channel: { id: known.id, name: known.name, is_im: known.kind === 'im', is_member: true } }
  },
}
