import { setTimeout as sleep } from 'node:timers/promises'
import { GatewayDispatchEvents, type GatewayDispatchPayload } from 'discord.js'
import { AppError } from '../../schemas/errors.ts'
import type { ChatEvent } from '../../schemas/generated/chat-event.ts'
import type { ChatAdapter } from '../chat/adapter.ts'
import { createApi } from './api.ts'
import { createBoard, told } from './board.ts'
import { createCatchUp } from './catch-up.ts'
import { registerCommands } from './commands.ts'
import type { DiscordDeps } from './deps.ts'
import { createDirectory } from './directory.ts'
import type { Said } from './events.ts'
import { createGateway } from './gateway.ts'
import { createGreeter } from './greet.ts'
import { createInteractions } from './interactions.ts'
import { createLanes } from './lanes.ts'
import { createListener } from './listen.ts'
import { createWhispers } from './say.ts'

/** What the bot can do with the application as it is set up. */
export type Capabilities = {
  /** Whether every message of a thread is read; otherwise only those that mention the bot or answer it. */
  messageContent: boolean
  /** Whether events arrive now. */
  connected: boolean
  /** Known once the gateway has answered. */
  applicationId: string | undefined
}

export type DiscordAdapter = ChatAdapter & { capabilities: () => Capabilities }

/** Milliseconds between attempts to reach Discord at the start: the first pause, and the longest. */
const REOPEN = 1_000
const LONGEST = 60_000

/** Milliseconds between two edits of one message: Discord lets about five a channel through in five seconds. */
const PACE = 1_100

/** Returns the adapter for Discord: events come in over the gateway, cards go out as messages made of components. */
export const createDiscordAdapter = (deps: DiscordDeps): DiscordAdapter => {
  const { log } = deps
  const api = createApi(deps)
  const directory = createDirectory(api)
  const lanes = createLanes(log)
  let id = { application: '', bot: '', name: '' }
  let take: (event: ChatEvent) => Promise<void> = async () => {
    throw new AppError('internal', 'Discord was not started')
  }
  const onEvent = (event: ChatEvent): Promise<void> => take(event)
  const application = (): string => id.application
  const bot = (): string => id.bot
  const board = createBoard({ api, bot, files: deps.files, log })
  const greeter = createGreeter({ ...deps, board, name: () => id.name })
  const whispers = createWhispers({ api, application, log })
  const listener = createListener({ ...deps, api, directory, whispers, bot, onEvent })
  const interactions = createInteractions({ ...deps, api, directory, listener, whispers, application, onEvent })
  const catchUp = createCatchUp({
    api,
    lanes,
    threads: deps.threads,
    take: listener.take,
    edited: listener.edited,
    deleted: listener.deleted,
    bot,
    roleOf: (guild) => directory.roleOf(guild, id.bot),
    log,
  })

  const dispatch = (payload: GatewayDispatchPayload): void => {
    directory.learn(payload)
    const { t, d } = payload
    switch (t) {
      case GatewayDispatchEvents.GuildCreate:
        if (d.unavailable) break
        catchUp.guild(d)
        greeter.joined(d)
        break
      case GatewayDispatchEvents.GuildDelete:
        greeter.left(d)
        break
      case GatewayDispatchEvents.MessageCreate:
        void lanes.run(d.channel_id, () => listener.take(d as Said))
        break
      case GatewayDispatchEvents.MessageUpdate:
        void lanes.run(d.channel_id, () => listener.edited(d as Said))
        break
      case GatewayDispatchEvents.MessageDelete:
        void lanes.run(d.channel_id, () => listener.deleted(d))
        break
      case GatewayDispatchEvents.MessageDeleteBulk:
        for (const message of d.ids)
          void lanes.run(d.channel_id, () => listener.deleted({ id: message, channel_id: d.channel_id }))
        break
      case GatewayDispatchEvents.InteractionCreate:
        interactions.take(d).catch((err: unknown) => log.warn({ err }, 'an interaction could not be answered'))
        break
    }
    // After READY: what came before it is what was missed.
    if (t !== GatewayDispatchEvents.Ready) catchUp.hear()
  }

  const gateway = createGateway({
    ...deps,
    onReady: (ready) => {
      id = { application: ready.application.id, bot: ready.user.id, name: ready.user.username }
      greeter.began(ready.guilds.map((guild) => guild.id))
      catchUp.begin()
    },
    onEvent: dispatch,
  })

  const open = async (): Promise<void> => {
    await gateway.open()
    try {
      if (await registerCommands(api, id.application)) log.info('the commands were registered anew')
    } catch (error) {
      // Mentions work without them, and the next start tries again.
      log.error({ err: error }, 'the commands could not be registered')
    }
  }

  const stopping = new AbortController()
  let opening: Promise<void> | undefined
  const keepOpening = async (): Promise<void> => {
    for (let pause = REOPEN; ; pause = Math.min(LONGEST, pause * 2)) {
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return
      try {
        return await open()
      } catch (error) {
        log.warn({ err: error }, 'Discord is still away')
        if (!(error instanceof AppError && error.retryable)) return
      }
    }
  }

  return {
    name: 'discord',
    pace: PACE,
    reach: () => (gateway.state().connected ? 'connected' : 'away'),
    capabilities: () => ({
      messageContent: gateway.state().content,
      connected: gateway.state().connected,
      applicationId: id.application || undefined,
    }),
    start: async (handler) => {
      take = handler
      try {
        await open()
      } catch (error) {
        if (!(error instanceof AppError && error.retryable)) throw error
        // The other platforms need not wait for this one.
        log.warn({ err: error }, 'Discord is away; it is tried again')
        opening = keepOpening()
      }
    },
    ...board,
    whisper: async (thread, to, card) => {
      try {
        await whispers.whisper(thread, to, card)
      } catch (error) {
        throw told(error)
      }
    },
    stop: async () => {
      stopping.abort()
      await opening
      await gateway.stop()
      await lanes.stop()
      await greeter.stop()
    },
  }
}
