import {
  Client,
  Events,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  GatewayIntentBits,
  type GatewayReadyDispatchData,
  Options,
} from 'discord.js'
import type { Logger } from 'pino'
import { AppError } from '../../schemas/errors.ts'

export type Gateway = ReturnType<typeof createGateway>

/** What the bot listens to. */
const NEEDED = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages]

/** Closings after which coming back is no use (page "Opcodes and Status Codes"), in words. */
const ends: Partial<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: 'The token of the bot is not valid',
  [GatewayCloseCodes.InvalidShard]: 'The shard is not valid',
  [GatewayCloseCodes.ShardingRequired]: 'The bot is in more servers than one connection takes',
  [GatewayCloseCodes.InvalidAPIVersion]: 'The version of the gateway is no longer spoken',
  [GatewayCloseCodes.InvalidIntents]: 'The intents are not valid',
  [GatewayCloseCodes.DisallowedIntents]: 'The application was not given the intents',
}
const DISALLOWED = /disallowed intents/i
const BAD_TOKEN = /token|authentication failed/i

/**
 * Returns the connection to the gateway. It asks for the content of messages, and goes on without where the application
 * was not given that. The library resumes sessions and finds dead connections by their heartbeat.
 */
export const createGateway = (deps: {
  token: string
  apiUrl: string | undefined
  log: Logger
  /** A session began anew: what was said before it is not told again. */
  onReady: (ready: GatewayReadyDispatchData) => void
  onEvent: (payload: GatewayDispatchPayload) => void
}) => {
  const { log } = deps
  let client: Client | undefined
  let content = true
  let connected = false

  const open = async (): Promise<void> => {
    const made = new Client({
      intents: content ? [...NEEDED, GatewayIntentBits.MessageContent] : NEEDED,
      // What was said is in the store; the library need not remember it too.
      makeCache: Options.cacheWithLimits({
        ...Options.DefaultMakeCacheSettings,
        MessageManager: 0,
        GuildMemberManager: { maxSize: 1, keepOverLimit: (member) => member.id === member.client.user.id },
        UserManager: { maxSize: 1, keepOverLimit: (user) => user.id === user.client.user?.id },
      }),
      rest: { version: '10', ...(deps.apiUrl ? { api: deps.apiUrl } : {}) },
    })
    client = made
    made.on(Events.Raw, (raw) => {
      const payload = raw as GatewayDispatchPayload
      if (payload.t === GatewayDispatchEvents.Ready) {
        connected = true
        deps.onReady(payload.d)
      }
      if (payload.t === GatewayDispatchEvents.Resumed) {
        connected = true
        log.info('the gateway goes on where it was')
      }
      deps.onEvent(payload)
    })
    made.on(Events.ShardError, (err) => log.warn({ err }, 'the gateway complains'))
    made.on(Events.ShardReconnecting, () => {
      connected = false
      log.info('the gateway was cut')
    })
    made.on(Events.Error, (err) => log.warn({ err }, 'the gateway complains'))
    try {
      await made.login(deps.token)
    } catch (cause) {
      const words = cause instanceof Error ? cause.message : ''
      if (content && DISALLOWED.test(words)) return withoutContent()
      if (DISALLOWED.test(words) || BAD_TOKEN.test(words))
        throw new AppError(
          'config-invalid',
          `Discord: ${BAD_TOKEN.test(words) ? 'the token of the bot is not valid' : words}`,
          {
            help: 'Set DISCORD_TOKEN to the token on the page Bot of your application; docs/discord.md leads there.',
          },
        )
      client = undefined
      await made.destroy()
      throw new AppError('platform-away', 'The gateway of Discord does not answer', { retryable: true })
    }
    made.on(Events.ShardDisconnect, ({ code }) => {
      connected = false
      if (client !== made) return
      if (code === GatewayCloseCodes.DisallowedIntents && content)
        void withoutContent().catch((error: unknown) => log.error({ err: error }, 'Discord cannot be reached any more'))
      else log.error({ code }, `Discord ended the connection: ${ends[code] ?? 'no reason given'}`)
    })
  }

  const withoutContent = async (): Promise<void> => {
    content = false
    log.warn(
      'Discord: the Message Content intent is off. In threads, answers to the bot need a mention or a reply; docs/discord.md says how to switch it on.',
    )
    const old = client
    client = undefined
    await old?.destroy()
    await open()
  }

  return {
    open,
    /** Whether the content of every message is read, and whether events arrive now. */
    state: () => ({ content, connected }),
    stop: async (): Promise<void> => {
      const old = client
      client = undefined
      connected = false
      await old?.destroy()
    },
  }
}
