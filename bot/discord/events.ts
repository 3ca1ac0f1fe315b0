import { type APIMessage, type APIUser, MessageType } from 'discord.js'
import type { ChatEvent, EarlierMessage, EventActor, EventTeam } from '../../schemas/generated/chat-event.ts'
import { oneLine } from '../chat/plain.ts'
import type { Directory, Place } from './directory.ts'

/** A message as the gateway or the history tells it; the history leaves guild and member out. */
export type Said = APIMessage & { guild_id?: string; member?: { nick?: string | null; roles: string[] } }

const TEXT = 20_000

/** Returns the id of the event of a message: the same however often it is told. */
export const messageId = (channel: string, message: string): string => `${channel}:${message}`

/** Whether a person wrote it, and not Discord itself. */
export const isSaid = (message: Said): boolean =>
  !message.author.bot &&
  message.webhook_id === undefined &&
  (message.type === MessageType.Default || message.type === MessageType.Reply)

/** Whether a message is to the bot: it names it or the role that came with it, or answers it. */
export const isCalled = (message: Said, bot: string, role: string | undefined): boolean =>
  message.mentions.some((user) => user.id === bot) ||
  (role !== undefined && message.mention_roles?.includes(role) === true)

/** Returns the words without the calls to the bot. */
export const wordsOf = (content: string, bot: string, role?: string): string =>
  content
    .replace(new RegExp(`<@!?${bot}>${role === undefined ? '' : `|<@&${role}>`}`, 'g'), '')
    .trim()
    .slice(0, TEXT)

/** Returns the name of the thread of a request: its words, 100 characters at most. */
export const threadName = (words: string): string => oneLine(words, 100).slice(0, 100) || 'AutoCoder'

/** Returns the team of a place: the server, or the person in direct messages. */
export const teamId = (place: Place, author: string): string => place.guild ?? `dm:${place.person ?? author}`

const nameOf = (user: APIUser): string => oneLine(user.global_name ?? user.username, 200) || user.id

/** Returns what people said earlier, oldest first; a thread begins with the message that it was made from. */
export const toEarlier = (history: readonly Said[], bot: string): EarlierMessage[] =>
  history
    .toReversed()
    .map((message) =>
      message.type === MessageType.ThreadStarterMessage ? (message.referenced_message as Said | undefined) : message,
    )
    .filter((message): message is Said => !!message && isSaid(message))
    .map((message) => ({ name: nameOf(message.author), text: wordsOf(message.content, bot) }))
    .filter(({ text }) => text !== '')

/** What every event says of where it came from. */
export type Origin = { team: EventTeam; thread: string; actor: EventActor }

/** Returns where something came from: the team by name, and who did it. */
export const originOf = async (
  directory: Directory,
  place: Place,
  thread: string,
  user: APIUser,
  member?: { nick?: string | null; roles: string[] },
): Promise<Origin> => {
  const actor = await directory.actor(user, place.guild, member)
  const name = place.guild === undefined ? actor.name : await directory.guildName(place.guild)
  return { team: { id: teamId(place, user.id), name: oneLine(name, 200) }, thread, actor }
}

type MessageParts = Pick<
  Extract<ChatEvent, { type: 'message' }>,
  'id' | 'at' | 'text' | 'files' | 'before' | 'mentions'
>

/** Returns the event of words. */
export const toMessage = (origin: Origin, { id, at, text, files, before, mentions }: MessageParts): ChatEvent => ({
  type: 'message',
  platform: 'discord',
  id,
  ...origin,
  at: new Date(at).toISOString(),
  text,
  ...(mentions ? { mentions } : {}),
  ...(files && files.length > 0 ? { files } : {}),
  ...(before && before.length > 0 ? { before } : {}),
})

/** Returns the event of a message that was changed, or deleted where there are no new words. */
export const toEdit = (
  origin: Origin,
  edit: { channel: string; message: string; at: number; text?: string },
): ChatEvent => ({
  type: 'edit',
  platform: 'discord',
  id: `${messageId(edit.channel, edit.message)}:${edit.text === undefined ? 'deleted' : `edit:${edit.at}`}`,
  ...origin,
  at: new Date(edit.at).toISOString(),
  message: messageId(edit.channel, edit.message),
  ...(edit.text === undefined ? {} : { text: edit.text }),
})
