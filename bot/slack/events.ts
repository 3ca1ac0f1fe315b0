import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { ChatEvent, EarlierMessage } from '../../schemas/generated/chat-event.ts'
import type { Undecided } from '../chat/adapter.ts'
import type { Assistant } from './assistant.ts'
import { readFiles } from './attachments.ts'
import { saidBy } from './call.ts'
import { messageId, threadId, timeOf } from './ids.ts'
import { ASSISTANT_ROOT, baseOf, earlier, type Heard, isWritten, LONGEST, saidIn, toMessage } from './intake.ts'
import type { Messages } from './messages.ts'
import type { People } from './people.ts'
import type { RawMessage } from './raw.ts'
import type { Reply } from './replies.ts'
import type { Team } from './teams.ts'

export type EventDeps = {
  people: People
  messages: Pick<Messages, 'whisper'>
  assistant: Pick<Assistant, 'reading' | 'titled'>
  /** Whether the bot takes part in the thread already. */
  knows: (team: string, thread: string) => Promise<boolean>
  onEvent: (event: ChatEvent) => Promise<void>
  log: Logger
}

/** Milliseconds that reading a thread's history may take, of the three seconds until Slack sends the event again. */
const HISTORY = 1_500
/** From this attempt on, what cannot be read is left out: better heard without its history than not at all. */
const LAST_ATTEMPTS = 2

/** Milliseconds in which the twin of an `app_mention` comes, the `message`: only that one is sure to carry files. */
const TWIN = 500

export type Events = {
  /** Takes a message, an edit or a deletion; resolves when it is stored or is nobody's business. */
  message: (team: Team, event: RawMessage, retry: number) => Promise<void>
  /** Takes what became of a known message while nobody listened: its words `now`, or undefined where it is gone. */
  revised: (team: Team, thread: string, known: Undecided, now: Reply | undefined) => Promise<void>
}

/** Returns what turns Slack's message events into the bot's. */
export const createEvents = (deps: EventDeps): Events => {
  const { people, log } = deps
  /** Messages that are being taken, or were a moment ago, by their event's id. */
  const taken = new Map<string, Promise<void>>()

  /** Resolves with the taking of a mention's twin, or with undefined where none comes (without channels:history). */
  const twinOf = async (id: string): Promise<Promise<void>[]> => {
    for (let waited = 0; waited < TWIN && !taken.has(id); waited += 25) await sleep(25)
    const twin = taken.get(id)
    return twin ? [twin] : []
  }

  const remembered = (id: string, taking: Promise<void>): Promise<void> => {
    taken.set(id, taking)
    const forget = (): void => void (taken.get(id) === taking && taken.delete(id))
    void taking.then(() => setTimeout(forget, 10 * TWIN).unref(), forget)
    return taking
  }

  const before = async (heard: Heard, retry: number): Promise<EarlierMessage[]> => {
    try {
      return await Promise.race([
        earlier(people, heard),
        sleep(HISTORY, undefined, { ref: false }).then(() => {
          throw new Error('reading the thread takes too long')
        }),
      ])
    } catch (error) {
      // What Slack refuses (the scope is missing) it refuses again.
      if (retry < LAST_ATTEMPTS && saidBy(error) === undefined) throw error
      log.warn({ err: error, team: heard.team.key }, 'a thread is taken up without what was said before')
      return []
    }
  }

  const tell = (heard: Heard, text: string): void => {
    const thread = { team: heard.team.key, thread: threadId(heard.channel, heard.root) }
    void deps.messages
      .whisper(thread, { id: heard.user, name: heard.user }, { kind: 'message', tone: 'warning', text })
      .catch((error: unknown) => log.warn({ err: error, team: heard.team.key }, 'a note could not be given'))
  }

  const take = async (heard: Heard, known: boolean, direct: boolean, retry: number): Promise<void> => {
    const [event, attached, said] = await Promise.all([
      toMessage(people, heard),
      readFiles(heard.team, heard.files),
      known || heard.root === heard.ts ? [] : before(heard, retry),
    ])
    await deps.onEvent({
      ...event,
      ...(attached.files.length > 0 ? { files: attached.files } : {}),
      ...(said.length > 0 ? { before: said } : {}),
    })
    if (direct && !known) void deps.assistant.titled(heard.team, threadId(heard.channel, heard.root), event.text)
    if (attached.unread.length > 0)
      tell(heard, `I can only read text files of up to 1 MB, so not: ${attached.unread.join(', ')}.`)
    if (event.text.length === LONGEST)
      tell(heard, 'That was very long: I have read its first 20,000 characters. Attach the rest as a text file.')
  }

  const heardIn = (team: Team, event: RawMessage, channel: string): Heard | undefined => {
    const { user, ts, bot_id: bot, subtype, text } = event
    if (!user || !ts || bot || user === team.bot || !isWritten(subtype)) return undefined
    return { team, user, channel, ts, root: event.thread_ts ?? ts, text: text ?? '', files: event.files ?? [] }
  }

  const isCalled = (team: Team, text: string | undefined): boolean =>
    new RegExp(`<@${team.bot}(\\|[^>]*)?>`).test(text ?? '')

  const changed = async (team: Team, event: RawMessage, channel: string, retry: number): Promise<void> => {
    const now = event.message ?? {}
    const was = event.previous_message ?? {}
    // A message with answers that is deleted stays as a stone of its own kind.
    const deleted = event.subtype === 'message_deleted' || now.subtype === 'tombstone'
    const user = was.user ?? now.user
    const ts = event.deleted_ts ?? now.ts ?? was.ts
    // The root of a conversation with the assistant is Slack's: it changes with the title.
    if (now.subtype === ASSISTANT_ROOT) return
    if (!user || user === team.bot || was.bot_id || now.bot_id || !ts) return
    // Slack also says "changed" when it adds a preview.
    if (!deleted && now.text === was.text) return
    const root = now.thread_ts ?? was.thread_ts ?? ts
    const thread = threadId(channel, root)
    if (!(await deps.knows(team.key, thread))) {
      const heard = !deleted && isCalled(team, now.text) && !isCalled(team, was.text) && heardIn(team, now, channel)
      // The bot's name was forgotten at first.
      if (heard) await take(heard, false, false, retry)
      return
    }
    const at = event.event_ts ?? event.ts ?? ts
    await edit(team, thread, user, {
      message: messageId(team.key, channel, ts),
      at,
      ...(deleted
        ? {}
        : { now: { text: (await saidIn(people, team, now.text ?? '')).text, ts: now.edited?.ts ?? at } }),
    })
  }

  /** The id of an edit is the same whoever tells of it: Slack at once, or its history later. */
  const edit = async (
    team: Team,
    thread: string,
    user: string,
    { message, at, now }: { message: string; at: string; now?: { text: string; ts: string } },
  ): Promise<void> =>
    deps.onEvent({
      ...(await baseOf(people, { team, user, thread, at: timeOf(at) })),
      type: 'edit',
      id: `${message}:${now?.ts ?? 'gone'}`,
      message,
      ...(now ? { text: now.text } : {}),
    })

  const revised: Events['revised'] = async (team, thread, { id: message, text: was, actor }, now) => {
    if (!now) return edit(team, thread, actor, { message, at: String(Date.now() / 1000) })
    // The bot writes the first message of a thread that a command begins: its words are not the person's.
    if (!now.edited?.ts || now.user === team.bot) return
    const { text } = await saidIn(people, team, now.text ?? '')
    if (text !== was) await edit(team, thread, actor, { message, at: now.edited.ts, now: { text, ts: now.edited.ts } })
  }

  return {
    revised,
    message: async (team, event, retry) => {
      const { channel } = event
      if (!channel) return
      if (event.subtype === 'message_changed' || event.subtype === 'message_deleted')
        return changed(team, event, channel, retry)
      const heard = heardIn(team, event, channel)
      if (!heard) return
      const direct = event.channel_type === 'im'
      const answer = heard.root !== heard.ts
      const known = answer && (await deps.knows(team.key, threadId(channel, heard.root)))
      const mention = event.type === 'app_mention'
      if (!direct && !known && !mention && !isCalled(team, event.text)) return
      const id = messageId(team.key, channel, heard.ts)
      const [twin] = mention ? await twinOf(id) : []
      // What comes again may have been answered long ago.
      if (direct && retry === 0 && !taken.has(id)) deps.assistant.reading(team, threadId(channel, heard.root))
      await (twin ?? remembered(id, take(heard, known, direct, retry)))
    },
  }
}
