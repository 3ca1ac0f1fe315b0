import type { ChatEvent, EarlierMessage, Mention, MessageEvent } from '../../schemas/generated/chat-event.ts'
import { messageId, timeOf } from './ids.ts'
import type { People } from './people.ts'
import type { RawFile } from './raw.ts'
import { replies } from './replies.ts'
import type { Team } from './teams.ts'
import { mentionedIn, mentionsIn, type Names, toWords, withoutMention } from './text.ts'

/** Characters of a message that an event may hold. */
export const LONGEST = 20_000
/** Messages before the first mention that are read in. */
const BEFORE = 100

/** Kinds of messages that people write; others are Slack's own notes. */
const written = new Set<string | undefined>([undefined, 'file_share', 'thread_broadcast', 'me_message'])
export const isWritten = (subtype: string | undefined): boolean => written.has(subtype)
/** The kind of what Slack puts at the beginning of a conversation with an assistant. */
export const ASSISTANT_ROOT = 'assistant_app_thread'

export type Heard = {
  team: Team
  user: string
  channel: string
  ts: string
  root: string
  /** In Slack's notation. */
  text: string
  files: readonly RawFile[]
}

type Base = Pick<ChatEvent, 'platform' | 'team' | 'thread' | 'actor' | 'at'>

/** Returns the parts that every event has. */
export const baseOf = async (
  people: People,
  of: { team: Team; user: string; thread: string; at: string },
): Promise<Base & { platform: 'slack' }> => ({
  platform: 'slack',
  team: { id: of.team.key, name: of.team.name.slice(0, 200) },
  thread: of.thread,
  actor: await people.actor(of.team, of.user),
  at: of.at,
})

const namesIn = async (people: People, team: Team, text: string): Promise<Names> => {
  const groups = mentionsIn(text).flatMap(({ kind, id }) => (kind === 'group' ? [id] : []))
  return {
    people: await people.names(team, mentionedIn(text)),
    groups: groups.length > 0 ? await people.groups(team, groups) : new Map(),
  }
}

export type Said = { text: string; mentions?: Mention[] }

/** Returns a text in Slack's notation in the person's own words, and whom it names besides the bot. */
export const saidIn = async (people: People, team: Team, text: string): Promise<Said> => {
  const said = withoutMention(text, team.bot)
  const names = await namesIn(people, team, said)
  const mentions = mentionsIn(said).map(({ kind, id }) => ({
    kind,
    id,
    name: (kind === 'person' ? names.people : names.groups).get(id) ?? id,
  }))
  return { text: toWords(said, names).slice(0, LONGEST), ...(mentions.length > 0 ? { mentions } : {}) }
}

/** Returns a message as an event, without what was attached to it. */
export const toMessage = async (people: People, heard: Heard): Promise<MessageEvent> => ({
  ...(await baseOf(people, {
    team: heard.team,
    user: heard.user,
    thread: `${heard.channel}:${heard.root}`,
    at: timeOf(heard.ts),
  })),
  type: 'message',
  id: messageId(heard.team.key, heard.channel, heard.ts),
  ...(await saidIn(people, heard.team, heard.text)),
})

/** Returns what people wrote in a thread before a ts, oldest first; the newest hundred. */
export const earlier = async (people: People, heard: Heard): Promise<EarlierMessage[]> => {
  const found: { user: string; text: string }[] = []
  for await (const reply of replies(heard.team, `${heard.channel}:${heard.root}`)) {
    if (reply.ts && reply.ts >= heard.ts) continue
    if (reply.user && !reply.bot_id && reply.text && isWritten(reply.subtype))
      found.push({ user: reply.user, text: reply.text })
  }
  return Promise.all(
    found.slice(-BEFORE).map(async ({ user, text }) => ({
      name: (await people.actor(heard.team, user)).name,
      text: (await saidIn(people, heard.team, text)).text,
    })),
  )
}
