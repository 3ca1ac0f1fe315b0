import { parseThread } from './ids.ts'
import type { Team } from './teams.ts'

/** The type of the metadata that a card's message carries; people do not see it. */
export const CARD_EVENT = 'autocoder_card'

/** What a message remembers of its card: its key, and what of it lies at Slack. */
export type Marks = { key: string; files?: string; picture?: string; pictureOf?: string }

/** A message as Slack's history gives it. */
export type Reply = {
  ts?: string
  user?: string
  bot_id?: string
  text?: string
  subtype?: string
  thread_ts?: string
  edited?: { ts?: string }
  files?: { id?: string }[]
  metadata?: { event_type?: string; event_payload?: object }
}

const patience = { limited: 'wait', again: 2 } as const
/** Slack recommends at most 200 a page. */
const PAGE = 200

/** Yields a thread's messages, oldest first, from a ts on where one is named. */
export async function* replies(team: Team, thread: string, oldest?: string): AsyncGenerator<Reply> {
  const { channel, root } = parseThread(thread)
  let cursor: string | undefined
  do {
    const page = await team.call('conversations.replies', patience, (client) =>
      client.conversations.replies({
        channel,
        ts: root,
        limit: PAGE,
        include_all_metadata: true,
        ...(oldest ? { oldest, inclusive: true } : {}),
        ...(cursor ? { cursor } : {}),
      }),
    )
    yield* (page.messages ?? []) as Reply[]
    cursor = page.response_metadata?.next_cursor || undefined
  } while (cursor)
}

const marksOf = (team: Team, reply: Reply): Marks | undefined => {
  const payload = reply.metadata?.event_payload as Partial<Marks> | undefined
  if (reply.user !== team.bot || reply.metadata?.event_type !== CARD_EVENT) return undefined
  return typeof payload?.key === 'string' ? (payload as Marks) : undefined
}

/** Yields the bot's own cards in a thread. */
export async function* ownCards(team: Team, thread: string): AsyncGenerator<{ ts: string; marks: Marks }> {
  for await (const reply of replies(team, thread)) {
    const marks = marksOf(team, reply)
    if (marks && reply.ts) yield { ts: reply.ts, marks }
  }
}

/** Returns what a message remembers of its card. */
export const readMarks = async (team: Team, thread: string, message: string): Promise<Marks | undefined> => {
  const { channel, root } = parseThread(thread)
  const page = await team.call('conversations.replies', patience, (client) =>
    client.conversations.replies({
      channel,
      ts: root,
      oldest: message,
      latest: message,
      inclusive: true,
      limit: 2,
      include_all_metadata: true,
    }),
  )
  const found = ((page.messages ?? []) as Reply[]).find((reply) => reply.ts === message)
  return found && marksOf(team, found)
}
