import type { APIUser } from 'discord.js'
import type { Logger } from 'pino'
import type { ChatEvent } from '../../schemas/generated/chat-event.ts'
import { type Api, refusedWith } from './api.ts'
import { readAttachments } from './attachments.ts'
import type { DiscordDeps } from './deps.ts'
import type { Directory, Place } from './directory.ts'
import {
  isCalled,
  isSaid,
  messageId,
  originOf,
  type Said,
  teamId,
  threadName,
  toEarlier,
  toEdit,
  toMessage,
  wordsOf,
} from './events.ts'
import { namedIn } from './mentions.ts'
import { nonceOf } from './press-id.ts'
import { type Whispers, words } from './say.ts'

export type Listener = ReturnType<typeof createListener>

/** Messages of a thread that are read when the bot is called into it; Discord gives 100 at most. */
const BEFORE = 50
/** Authors that are remembered, for the day their message is deleted: Discord does not say whose it was. */
const AUTHORS = 5_000

/** Returns what turns messages into events, and makes the threads that they are answered in. */
export const createListener = (
  deps: Pick<DiscordDeps, 'knows' | 'log'> & {
    api: Api
    directory: Directory
    whispers: Whispers
    bot: () => string
    onEvent: (event: ChatEvent) => Promise<void>
  },
) => {
  const { api, directory, knows } = deps
  const log: Logger = deps.log
  const authors = new Map<string, APIUser>()

  const remember = (message: Said): void => {
    authors.set(message.id, message.author)
    if (authors.size > AUTHORS) authors.delete(authors.keys().next().value!)
  }

  /** Returns the thread of a message, made where there was none; the channel itself where none may be made. */
  const openThread = async (place: Place, message: string, name: string): Promise<string> => {
    try {
      const thread = await api.thread(place.id, message, name)
      directory.keepPlace(thread, place.guild)
      return thread.id
    } catch (error) {
      // It was made before the process died, or by somebody else; a thread has the id of its message.
      if (refusedWith(error, 'threadExists')) return message
      if (!refusedWith(error, 'missingPermissions', 'missingAccess', 'wrongKindOfChannel')) throw error
      if (!(await knows(place.guild ?? '', place.id)))
        await api.post(
          place.id,
          words(
            'I may not make threads here, so I answer in the channel; mention me each time. With the permission "Create Public Threads" every system gets a thread of its own.',
            'warning',
          ),
          nonceOf('no-threads', place.id),
        )
      return place.id
    }
  }

  /** Returns the thread in which a message goes on, or undefined where it is not for the bot. */
  const threadOf = async (place: Place, message: Said, text: string, called: boolean): Promise<string | undefined> => {
    if (place.kind === 'direct') return place.id
    if (place.kind === 'thread')
      return called || (await knows(teamId(place, message.author.id), place.id)) ? place.id : undefined
    return called ? openThread(place, message.id, threadName(text)) : undefined
  }

  const earlier = async (place: Place, message: Said): Promise<Said[]> => {
    if (place.kind !== 'thread' || (await knows(teamId(place, message.author.id), place.id))) return []
    return api.history(place.id, { limit: BEFORE, before: message.id })
  }

  return {
    openThread,
    /** Takes a message that is for the bot; everything else is let go. Rejects where it could not be stored. */
    take: async (message: Said): Promise<void> => {
      if (!isSaid(message)) return
      const place = await directory.place(message.channel_id)
      const bot = deps.bot()
      const role = place.guild === undefined ? undefined : directory.roleOf(place.guild, bot)
      const called = isCalled(message, bot, role)
      const said = wordsOf(message.content, bot, role)
      // Without the intent Discord leaves the words out.
      if (!called && said === '' && message.attachments.length === 0) return
      const thread = await threadOf(place, message, said, called)
      if (thread === undefined) return
      remember(message)
      const before = toEarlier(await earlier(place, message), bot)
      const { files, unread } = await readAttachments(message.attachments)
      const origin = await originOf(directory, place, thread, message.author, message.member)
      const named = await namedIn(directory, place.guild, said)
      // Only a file that cannot be read: there is nothing to take.
      const nothing = said === '' && files.length === 0 && message.attachments.length > 0
      if (!nothing)
        await deps.onEvent(
          toMessage(origin, {
            id: messageId(message.channel_id, message.id),
            at: message.timestamp,
            // A bare mention asks what one can say, unless it points at what was said before it.
            text: named.text || (files.length > 0 || before.length > 0 ? '' : 'help'),
            mentions: named.mentions,
            files,
            before,
          }),
        )
      if (unread.length > 0)
        await deps.whispers.whisper({ team: origin.team.id, thread }, origin.actor, {
          kind: 'message',
          tone: 'warning',
          text: `I can only read text files up to 1 MB, such as OpenAPI files and CSV: not ${unread.join(', ')}.`,
        })
    },
    /** Takes the change of a message in a thread that the bot takes part in. */
    edited: async (message: Said): Promise<void> => {
      if (!message.edited_timestamp || !message.author || !isSaid(message)) return
      const place = await directory.place(message.channel_id)
      const thread = await threadOfChange(place, message.id, message.author.id)
      if (thread === undefined) return
      const role = place.guild === undefined ? undefined : directory.roleOf(place.guild, deps.bot())
      const text = wordsOf(message.content, deps.bot(), role)
      if (text === '') return
      const origin = await originOf(directory, place, thread, message.author, message.member)
      const at = Date.parse(message.edited_timestamp)
      const named = await namedIn(directory, place.guild, text)
      await deps.onEvent(toEdit(origin, { channel: place.id, message: message.id, at, text: named.text }))
    },
    /** Takes the deletion of a message in such a thread; Discord does not say who did it, mostly its author. */
    deleted: async (gone: { id: string; channel_id: string }): Promise<void> => {
      const place = await directory.place(gone.channel_id)
      const author = authors.get(gone.id)
      if (author?.bot) return
      const thread = await threadOfChange(place, gone.id, author?.id ?? '')
      if (thread === undefined) return
      const user = author ?? {
        id: 'unknown',
        username: 'Somebody',
        global_name: null,
        discriminator: '0',
        avatar: null,
      }
      const origin = await originOf(directory, place, thread, user, author ? undefined : { nick: null, roles: [] })
      await deps.onEvent(toEdit(origin, { channel: place.id, message: gone.id, at: Date.now() }))
    },
  }

  /** The message that a thread was made from stands in the channel. */
  async function threadOfChange(place: Place, message: string, author: string): Promise<string | undefined> {
    const team = teamId(place, author)
    if (place.kind === 'channel' && (await knows(team, message))) return message
    if (await knows(team, place.id)) return place.id
    log.debug({ channel: place.id }, 'a change of what is not ours')
    return undefined
  }
}
