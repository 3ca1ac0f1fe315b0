import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type APIApplication,
  type APIApplicationCommand,
  type APIChannel,
  type APIGuild,
  type APIGuildMember,
  type APIMessage,
  DiscordAPIError,
  HTTPError,
  type InteractionResponseType,
  RateLimitError,
  type RawFile,
  REST,
  Routes,
} from 'discord.js'
import { AppError } from '../../schemas/errors.ts'
import type { Payload } from './render/face.ts'

export type Api = ReturnType<typeof createApi>

/** Codes of the page "Opcodes and Status Codes" that somebody acts on. */
export const codes = {
  unknownChannel: 10003,
  unknownMessage: 10008,
  unknownWebhook: 10015,
  unknownInteraction: 10062,
  alreadyAcknowledged: 40060,
  missingAccess: 50001,
  cannotMessageUser: 50007,
  missingPermissions: 50013,
  wrongKindOfChannel: 50024,
  invalidWebhookToken: 50027,
  invalidForm: 50035,
  archived: 50083,
  threadExists: 160004,
} as const

/** A request that Discord refused; it holds no address, since those of interactions are secrets. */
export class Refused extends Error {
  readonly code: number
  readonly status: number

  constructor(code: number, status: number, message: string) {
    super(`Discord refused: ${message} (${code})`)
    this.name = 'Refused'
    this.code = code
    this.status = status
  }
}

/** Whether an error is a refusal with one of the codes. */
export const refusedWith = (error: unknown, ...wanted: (keyof typeof codes)[]): boolean =>
  error instanceof Refused && wanted.some((name) => codes[name] === error.code)

const translated = (error: unknown): Error => {
  if (error instanceof DiscordAPIError) return new Refused(Number(error.code), error.status, error.message)
  if (error instanceof RateLimitError)
    return new AppError('rate-limited', 'Discord takes no more changes for a moment', { retryable: true })
  // What a network says may name the address, which for interactions holds a token: only its code is told.
  const code = error instanceof HTTPError ? error.status : (error as NodeJS.ErrnoException).code
  const status = code === undefined ? '' : ` (${code})`
  return new AppError('platform-away', `Discord does not answer${status}`, { retryable: true })
}

/** Returns the calls of the REST API that the bot makes. Every one throws Refused, or AppError `chat-away` or `rate-limited`. */
export const createApi = (options: { token: string; apiUrl: string | undefined }) => {
  // A request in such a context is dropped where it would have to wait; every other waits as long as it must.
  const hurried = new AsyncLocalStorage<boolean>()
  const rest = new REST({
    version: '10',
    ...(options.apiUrl ? { api: options.apiUrl } : {}),
    rejectOnRateLimit: () => hurried.getStore() === true,
  }).setToken(options.token)
  const call = async <Answer>(send: () => Promise<unknown>): Promise<Answer> => {
    try {
      return (await send()) as Answer
    } catch (error) {
      throw translated(error)
    }
  }
  const raw = (files: Payload['files']): RawFile[] =>
    files.map(({ name, data }) => ({
      name,
      data: typeof data === 'string' ? data : Buffer.from(data),
      // Without it the text of a file is guessed from its first bytes.
      ...(typeof data === 'string' ? { contentType: 'text/plain; charset=utf-8' } : {}),
    }))
  return {
    post: (channel: string, { body, files }: Payload, nonce: string): Promise<APIMessage> =>
      call(() =>
        rest.post(Routes.channelMessages(channel), {
          body: { ...body, nonce, enforce_nonce: true },
          files: raw(files),
        }),
      ),
    edit: (channel: string, message: string, { body, files }: Payload, hurry: boolean): Promise<APIMessage> =>
      hurried.run(hurry, () =>
        call(() => rest.patch(Routes.channelMessage(channel, message), { body, files: raw(files) })),
      ),
    history: (channel: string, query: { limit: number; before?: string; after?: string }): Promise<APIMessage[]> =>
      call(() =>
        rest.get(Routes.channelMessages(channel), {
          query: new URLSearchParams(
            Object.entries(query).map(([name, value]) => [name, String(value)] as [string, string]),
          ),
        }),
      ),
    channel: (id: string): Promise<APIChannel> => call(() => rest.get(Routes.channel(id))),
    unarchive: (id: string): Promise<APIChannel> =>
      call(() => rest.patch(Routes.channel(id), { body: { archived: false } })),
    thread: (channel: string, message: string, name: string): Promise<APIChannel> =>
      call(() => rest.post(Routes.threads(channel, message), { body: { name, auto_archive_duration: 10_080 } })),
    direct: (user: string): Promise<APIChannel> =>
      call(() => rest.post(Routes.userChannels(), { body: { recipient_id: user } })),
    guild: (id: string): Promise<APIGuild> => call(() => rest.get(Routes.guild(id))),
    member: (guild: string, user: string): Promise<APIGuildMember> =>
      call(() => rest.get(Routes.guildMember(guild, user))),
    application: (): Promise<APIApplication> => call(() => rest.get(Routes.currentApplication())),
    commands: (application: string): Promise<APIApplicationCommand[]> =>
      call(() => rest.get(Routes.applicationCommands(application))),
    setCommands: (application: string, body: unknown[]): Promise<APIApplicationCommand[]> =>
      call(() => rest.put(Routes.applicationCommands(application), { body })),
    /** The first answer to an interaction; it must come within three seconds. */
    answer: (id: string, token: string, type: InteractionResponseType, data?: object): Promise<void> =>
      call(() =>
        rest.post(Routes.interactionCallback(id, token), {
          auth: false,
          body: { type, ...(data === undefined ? {} : { data }) },
        }),
      ),
    followUp: (application: string, token: string, { body, files }: Payload): Promise<APIMessage> =>
      call(() => rest.post(Routes.webhook(application, token), { auth: false, body, files: raw(files) })),
    editOriginal: (application: string, token: string, { body, files }: Payload): Promise<APIMessage> =>
      call(() => rest.patch(Routes.webhookMessage(application, token), { auth: false, body, files: raw(files) })),
  }
}
