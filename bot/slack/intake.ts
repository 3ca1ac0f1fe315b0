import type { ChatEvent, EarlierMessage, MessageEvent } from '../../schemas/generated/chat-event.ts'
import { messageId, timeOf } from './ids.ts'
import type { People } from './people.ts'
import type { RawFile } from './raw.ts'
import { replies } from './replies.ts'
import type { Team } from './teams.ts'
import { mentionedIn, toWords, withoutMention } from './text.ts'

/** Characters of a message that an event may hold. */
export const LONGEST = 20_000
/** Messages before the first mention that are read in. */
const BEFORE = 100

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

/** Returns a text in Slack's notation in the person's own words. */
export const wordsIn = async (people: People, team: Team, text: string): Promise<string> => {
  const said = withoutMention(text, team.bot)
  return toWords(said, { people: await people.names(team, mentionedIn(said)) })
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
  text: (await wordsIn(people, heard.team, heard.text)).slice(0, LONGEST),
})

/** Returns what people wrote in a thread before a ts, oldest first; the newest hundred. */
export const earlier = async (people: People, heard: Heard): Promise<EarlierMessage[]> => {
  const found: { user: string; text: string }[] = []
  for await (const reply of replies(heard.team, `${heard.channel}:${heard.root}`)) {
    if (reply.ts && reply.ts >= heard.ts) continue
    if (reply.user && !reply.bot_id && reply.text) found.push({ user: reply.user, text: reply.text })
  }
  return Promise.all(
    found.slice(-BEFORE).map(async ({ user, text }) => ({
      name: (await people.actor(heard.team, user)).name,
      text: (await wordsIn(people, heard.team, text)).slice(0, LONGEST),
    })),
  )
}
