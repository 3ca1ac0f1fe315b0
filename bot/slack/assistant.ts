import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { oneLine } from '../chat/plain.ts'
import { saidBy } from './call.ts'
import { parseThread } from './ids.ts'
import type { Team } from './teams.ts'

/** What lies ready in a conversation that has just begun: what it is called, and what is then said. */
export const PROMPTS = [
  { title: 'Build a todo API', message: 'Build me a todo API with user authentication' },
  {
    title: 'Build a pet clinic',
    message: 'A clinic: pets have visits, vets see all visits, owners see only their own pets',
  },
  { title: 'See our systems', message: 'Which systems do we have?' },
  { title: 'What can you do?', message: 'help' },
]

const SCOPE = 'assistant:write'
/** Slack says it after the bot's name, and takes it away when the bot writes, at the latest after two minutes. */
const STATUS = 'is reading …'
/** Characters; Slack names no limit, and its list shows about as much. */
const TITLE = 80
/** Milliseconds that a message waits at most for the status to arrive before it. */
const SOON = 1_000

/** The refusals that concern one conversation; any other means that the workspace does not have the method. */
const passing = new Set(['invalid_thread_ts', 'thread_not_found', 'message_not_found', 'channel_not_found'])

type Method = 'setSuggestedPrompts' | 'setTitle' | 'setStatus'

export type Assistant = {
  /** Somebody opened a conversation, or the place where they begin (without a `thread`). */
  opened: (team: Team, at: { channel: string; thread?: string }) => Promise<void>
  /** A person's words begin a conversation. */
  titled: (team: Team, thread: string, words: string) => Promise<void>
  /** A person's words are being taken up. */
  reading: (team: Team, thread: string) => void
  /** Resolves when a status on its way has arrived: what is posted then takes it away. */
  posting: (team: string, thread: string) => Promise<void>
  /** Takes the status away after an answer that was no new message. */
  answered: (team: string, thread: string) => Promise<void>
  /** The app was installed anew, or taken out. */
  forget: (team: string) => void
}

/**
 * Returns what makes direct messages a conversation with an assistant, in workspaces where the app is one: prompts to
 * choose from, a title, a status. It is a courtesy: nothing waits long for it, and what Slack does not do is left out.
 */
export const createAssistant = (deps: { log: Logger }): Assistant => {
  /** Workspaces that told of a conversation with the assistant. */
  const told = new Set<string>()
  const refused = new Map<string, Set<Method>>()
  /** Threads with a status, and the call that set it. */
  const busy = new Map<string, { team: Team; set: Promise<void> }>()

  const isOn = (team: Team): boolean => told.has(team.key) || team.scopes.includes(SCOPE)

  const call = async (team: Team, method: Method, make: Parameters<Team['call']>[2]): Promise<void> => {
    if (refused.get(team.key)?.has(method)) return
    try {
      await team.call(`assistant.threads.${method}`, { limited: 'drop', again: 0 }, make)
    } catch (error) {
      const said = saidBy(error)
      deps.log.debug({ team: team.key, method, said }, 'the assistant of a workspace does without this')
      if (said !== undefined && !passing.has(said))
        refused.set(team.key, (refused.get(team.key) ?? new Set()).add(method))
    }
  }

  const status = (team: Team, thread: string, words: string): Promise<void> => {
    const { channel, root } = parseThread(thread)
    return call(team, 'setStatus', (client) =>
      client.assistant.threads.setStatus({ channel_id: channel, thread_ts: root, status: words }),
    )
  }

  return {
    opened: async (team, { channel, thread }) => {
      // An app of the older kind tells of the conversation itself; the place has no prompts there.
      if (thread === undefined && (told.has(team.key) || !isOn(team))) return
      if (thread !== undefined) told.add(team.key)
      await call(team, 'setSuggestedPrompts', (client) =>
        client.assistant.threads.setSuggestedPrompts({
          channel_id: channel,
          ...(thread === undefined ? {} : { thread_ts: parseThread(thread).root }),
          prompts: PROMPTS,
        }),
      )
    },
    titled: async (team, thread, words) => {
      const { channel, root } = parseThread(thread)
      const title = oneLine(words, TITLE)
      if (!isOn(team) || title === '') return
      await call(team, 'setTitle', (client) =>
        client.assistant.threads.setTitle({ channel_id: channel, thread_ts: root, title }),
      )
    },
    reading: (team, thread) => {
      if (!isOn(team)) return
      busy.set(`${team.key} ${thread}`, { team, set: status(team, thread, STATUS) })
    },
    posting: async (team, thread) => {
      const key = `${team} ${thread}`
      const known = busy.get(key)
      if (!known) return
      await Promise.race([known.set, sleep(SOON, undefined, { ref: false })])
      if (busy.get(key) === known) busy.delete(key)
    },
    answered: async (team, thread) => {
      const key = `${team} ${thread}`
      const known = busy.get(key)
      if (!known) return
      busy.delete(key)
      await known.set
      await status(known.team, thread, '')
    },
    forget: (team) => {
      told.delete(team)
      refused.delete(team)
    },
  }
}
