import type { Logger } from 'pino'
import type { SlackConfig } from '../../schemas/config.ts'
import type { ChatAdapter, Installations, KnownThread, TeamFiles, TeamHome, Welcomes } from '../chat/adapter.ts'
import { welcomeCard } from '../chat/welcome.ts'
import { createAssistant } from './assistant.ts'
import { type CatchUp, createCatchUp } from './catch-up.ts'
import { createCommands } from './commands.ts'
import { createEvents, type Events } from './events.ts'
import { homeView } from './home.ts'
import { createListener, type Listener } from './http.ts'
import { createInstall } from './install.ts'
import { createInteractions } from './interactions.ts'
import { createMessages } from './messages.ts'
import { createPeople } from './people.ts'
import type { RawBody } from './raw.ts'
import { createProcess, type Process } from './receive.ts'
import { createSocket, type Socket } from './socket.ts'
import { createStarts } from './starts.ts'
import { createTeams, type Team } from './teams.ts'
import { escaped } from './text.ts'

export type SlackDeps = SlackConfig & {
  /** The public address of this bot; where workspaces install the app, their browsers come back to it. */
  url: string | undefined
  /** Signs the states of installations; stays the same over restarts and processes. */
  stateSecret: string
  /** Whether the app has PKCE on, in its settings at Slack. */
  pkce?: boolean
  installations: Installations
  welcomes: Welcomes
  files: TeamFiles
  home: TeamHome
  /** Whether the bot takes part in a thread already: it then listens there without being called. */
  knows: (team: string, thread: string) => Promise<boolean>
  /** The threads in which people may have gone on while nobody listened. */
  threads: () => Promise<KnownThread[]>
  log: Logger
}

export type SlackAdapter = ChatAdapter & {
  /** Serves everything under /slack/; it reads the raw body itself. Before `start` it answers 503. */
  listener: Listener
  /** Resolves when what was said during an outage has been read. */
  caughtUp: () => Promise<void>
}

/** Milliseconds: chat.update may be called about 50 times a minute; docs.slack.dev/apis/web-api/rate-limits. */
const PACE = 1_500
const REPLY_TIME = 5_000
const WORDS = welcomeCard({
  name: 'AutoCoder',
  help: 'Write help here for more examples.',
  first: 'invite me to a channel (/invite @AutoCoder) and write there',
})

/** Returns the adapter for Slack: over Socket Mode where there is an app token, over HTTP otherwise. */
export const createSlackAdapter = (deps: SlackDeps): SlackAdapter => {
  const { log, installations } = deps
  const stopping = new AbortController()
  const { signal } = stopping
  const teams = createTeams({ ...deps, signal })
  const people = createPeople(log)
  const messages = createMessages({ teams, files: deps.files, log })
  const assistant = createAssistant({ log })
  /** Whoever installs the app is told in the app's own messages: that needs no channel and no scope beside chat:write. */
  const welcomes = deps.welcomes({ send: (team, user) => messages.direct(team, user, WORDS) })
  let events: Events | undefined
  let socket: Socket | undefined
  let listener: Listener | undefined
  let greeting: Promise<void> | undefined
  /** Whether Slack did not answer when the bot started. */
  let away = false
  const catchUp: CatchUp = createCatchUp({ teams, events: () => events, threads: deps.threads, signal, log })

  /** A response address is Slack's own and works five times in half an hour, also where the bot is no member. */
  const reply = async (body: RawBody, text: string): Promise<void> => {
    if (!body.response_url) return
    const answer = await fetch(body.response_url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: false, text: escaped(text) }),
      signal: AbortSignal.timeout(REPLY_TIME),
    }).catch(() => undefined)
    if (!answer?.ok) log.warn('a private answer could not be given')
  }

  const publishHome = async (team: Team, user: string): Promise<void> => {
    const actor = await people.actor(team, user)
    const systems = await deps.home(team.key, { actor })
    await team.call('views.publish', { limited: 'wait', again: 2 }, (client) =>
      client.views.publish({ user_id: user, view: homeView(systems) }),
    )
  }

  const createReceiver = (onEvent: Parameters<ChatAdapter['start']>[0]): Process => {
    events = createEvents({ people, messages, assistant, knows: deps.knows, onEvent, log })
    const starts = createStarts({ people, onEvent })
    return createProcess({
      teams,
      installations,
      welcomes,
      events,
      assistant,
      people,
      interactions: createInteractions({ people, starts, onEvent, reply, log }),
      commands: createCommands({ people, starts, home: deps.home }),
      publishHome,
      reply,
      log,
    })
  }

  const install = () =>
    deps.oauth && deps.url
      ? createInstall({
          ...deps.oauth,
          url: deps.url,
          apiUrl: deps.apiUrl,
          stateSecret: deps.stateSecret,
          pkce: deps.pkce ?? false,
          installations,
          welcomes,
          onInstalled: (team) => {
            teams.forget(team)
            assistant.forget(team)
          },
          signal,
          log,
        })
      : undefined

  return {
    name: 'slack',
    pace: PACE,
    reach: () => (socket ? (socket.isConnected() ? 'connected' : 'away') : away ? 'away' : 'called'),
    start: async (onEvent) => {
      const process = createReceiver(onEvent)
      // A wrong bot token is said at once; where Slack is away, it is asked again with the first event.
      if (deps.botToken)
        await teams.get('').catch((error: unknown) => {
          if (!(error as { retryable?: boolean }).retryable) throw error
          away = true
          log.warn({ err: error }, 'Slack is away')
        })
      listener = createListener({ signingSecret: deps.signingSecret, process, install: install(), log })
      if (deps.appToken) {
        socket = createSocket({
          appToken: deps.appToken,
          apiUrl: deps.apiUrl,
          process,
          onConnected: catchUp.begin,
          log,
        })
        await socket.start()
      } else catchUp.begin()
      greeting = welcomes
        .resume()
        .catch((error: unknown) => log.warn({ err: error }, 'who is still to be greeted cannot be read'))
    },
    post: async (thread, card) => {
      await assistant.posting(thread.team, thread.thread)
      return messages.post(thread, card)
    },
    find: messages.find,
    update: async (thread, message, card) => {
      await messages.update(thread, message, card)
      void assistant.answered(thread.team, thread.thread)
    },
    whisper: async (thread, to, card) => {
      await messages.whisper(thread, to, card)
      void assistant.answered(thread.team, thread.thread)
    },
    caughtUp: catchUp.settled,
    listener: (request, response) => {
      if (listener) listener(request, response)
      else response.writeHead(503).end()
    },
    stop: async () => {
      await socket?.stop()
      stopping.abort()
      await catchUp.settled()
      await greeting
    },
  }
}
