import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { ChannelType, GatewayIntentBits, PermissionFlagsBits } from 'discord.js'
import { ApiError, fail } from './errors.ts'
import { createGateway } from './gateway.ts'
import { createInteractions } from './interactions.ts'
import { createLimits, tooMany } from './limits.ts'
import { type Body, createMessages, type Upload } from './messages.ts'
import { createPerson, type Person } from './person.ts'
import { createRoutes } from './rest.ts'
import { toChannel, toGuildCreate } from './shapes.ts'
import { shown } from './transcript.ts'
import { type Channel, createWorld, type Guild } from './world.ts'

export type Request = { route: string; body: Body; status: number }
/** What happens to a request instead of its answer: `lost` carries it out and hangs up before the answer. */
export type Fault = 'limited' | 'down' | 'lost' | undefined
export type FakeDiscord = Awaited<ReturnType<typeof startFakeDiscord>>

/** What the bot's role allows by default: what the invite asks for. */
const usual =
  PermissionFlagsBits.ViewChannel |
  PermissionFlagsBits.SendMessages |
  PermissionFlagsBits.SendMessagesInThreads |
  PermissionFlagsBits.CreatePublicThreads |
  PermissionFlagsBits.AttachFiles |
  PermissionFlagsBits.ReadMessageHistory

/** Starts a Discord of one's own on a free port. */
export const startFakeDiscord = async (
  options: {
    /** Shortens the windows of the rate limits; 1 is as slow as the real one. */
    pace?: number
    /** Milliseconds between heartbeats; the real one asks for 41,250. */
    beat?: number
    /** Privileged intents that the application was given. */
    privileged?: number
    limits?: Record<string, { limit: number; window: number }>
  } = {},
) => {
  const world = createWorld()
  const limits = createLimits(options.pace ?? 0.02, options.limits)
  const requests: Request[] = []
  const hooks = { fault: (_route: string, _body: Body): Fault => undefined }
  let port = 0
  const base = () => `http://127.0.0.1:${port}`
  const socketUrl = () => `ws://127.0.0.1:${port}`

  const http = createServer((request, response) => void serve(request, response))
  const gateway = createGateway(http, world, {
    privileged: options.privileged ?? GatewayIntentBits.MessageContent,
    beat: options.beat ?? 41_250,
    url: socketUrl,
  })
  const messages = createMessages(world, gateway, base)
  const interactions = createInteractions(world, gateway, messages)
  const routes = createRoutes({ world, gateway, messages, interactions, socketUrl })

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', base())
    const answer = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers })
      response.end(body === undefined ? undefined : JSON.stringify(body))
    }
    const bytes = await read(request)
    if (url.pathname.startsWith('/attachments/')) {
      const file = world.files.get(decodeURIComponent(url.pathname.slice('/attachments/'.length)))
      if (!file) return answer(404, {})
      response.writeHead(200, { 'content-type': file.type })
      response.end(file.bytes)
      return
    }
    const path = url.pathname.replace(/^\/api\/v10/, '')
    const found = routes.find((one) => one.method === request.method && one.pattern.test(path))
    const record: Request = { route: found?.name ?? `${request.method} ${path}`, body: {}, status: 0 }
    requests.push(record)
    try {
      if (!found || path === url.pathname) throw fail('notFound')
      if (!found.open && request.headers.authorization !== `Bot ${world.application.token}`) throw fail('unauthorized')
      const { body, uploads } = await parse(request, bytes)
      record.body = body
      const fault = hooks.fault(found.name, body)
      if (fault === 'down') throw new ApiError(503, { message: '503: Service Unavailable', code: 0 })
      if (fault === 'limited') throw tooMany(0.05)
      const parts = found.pattern.exec(path)!.slice(1)
      const headers = found.name.includes('/callback') ? {} : limits.take(found.name, parts[0] ?? '')
      const result = found.run({ query: url.searchParams, body, uploads, parts })
      record.status = result === undefined ? 204 : 200
      if (fault === 'lost') return void request.socket.destroy()
      answer(record.status, result, headers)
    } catch (error) {
      if (!(error instanceof ApiError)) {
        record.status = 500
        answer(500, { message: `500: ${String(error)}`, code: 0 })
        return
      }
      record.status = error.status
      answer(error.status, error.body, error.headers)
    }
  }

  const listen = (wanted: number) => new Promise<void>((resolve) => http.listen(wanted, '127.0.0.1', () => resolve()))
  await listen(0)
  port = (http.address() as { port: number }).port

  const guild = world.guild('Analytical Engines', usual)
  const general = world.channel({ type: ChannelType.GuildText, name: 'general', guildId: guild.id })

  return {
    /** What DISCORD_API_URL and DISCORD_TOKEN would be. */
    api: `${base()}/api`,
    token: world.application.token,
    world,
    gateway,
    interactions,
    requests,
    guild,
    general,
    role: [...guild.roles.values()].find((role) => role.name === 'AutoCoder')!,
    /** Lets a request fail; stays until it is set again. */
    faults: (fault: (route: string, body: Body) => Fault): void => {
      hooks.fault = fault
    },
    channel: (name: string, more: Partial<Channel> = {}): Channel => {
      const made = world.channel({ type: ChannelType.GuildText, name, guildId: guild.id, ...more })
      gateway.dispatch('CHANNEL_CREATE', toChannel(made), GatewayIntentBits.Guilds)
      return made
    },
    thread: (name: string, parent: Channel = general): Channel => {
      const made = world.channel({
        type: ChannelType.PublicThread,
        name,
        guildId: guild.id,
        parentId: parent.id,
        ownerId: guild.ownerId,
      })
      gateway.dispatch('THREAD_CREATE', { ...toChannel(made), newly_created: true }, GatewayIntentBits.Guilds)
      return made
    },
    person: (name: string, more: { nick?: string; roles?: string[]; in?: Guild } = {}): Person => {
      const user = world.user(name)
      ;(more.in ?? guild).members.set(user.id, { user, nick: more.nick ?? null, roles: more.roles ?? [] })
      return createPerson({ world, messages, interactions }, user, more.in ?? guild)
    },
    owner: (): Person => createPerson({ world, messages, interactions }, world.users.get(guild.ownerId)!, guild),
    /** Makes a role with permissions and tells the bot. */
    makeRole: (name: string, permissions: bigint): string => {
      const id = world.newId()
      guild.roles.set(id, { id, name, permissions })
      gateway.dispatch('GUILD_UPDATE', toGuildCreate(world, guild), GatewayIntentBits.Guilds)
      return id
    },
    /** Somebody invites the bot into another server, whose news stand in `general` unless it has no such channel. */
    join: (name: string, { news = true } = {}): { guild: Guild; general: Channel } => {
      const made = world.guild(name, usual)
      const channel = world.channel({ type: ChannelType.GuildText, name: 'general', guildId: made.id })
      if (news) made.systemChannelId = channel.id
      gateway.dispatch('GUILD_CREATE', toGuildCreate(world, made), GatewayIntentBits.Guilds)
      return { guild: made, general: channel }
    },
    /** Somebody takes the bot out of a server. */
    leave: (left: Guild): void => {
      world.guilds.delete(left.id)
      gateway.dispatch('GUILD_DELETE', { id: left.id }, GatewayIntentBits.Guilds)
    },
    /** The server takes it in again. */
    rejoin: (back: Guild): void => {
      world.guilds.set(back.id, back)
      gateway.dispatch('GUILD_CREATE', toGuildCreate(world, back), GatewayIntentBits.Guilds)
    },
    /** What everybody in the channel reads now, a paragraph for each message. */
    transcript: (channel: Channel, of: 'all' | 'bot' = 'all'): string =>
      channel.messages
        .filter((one) => !one.ephemeralTo && (of === 'all' || one.author.bot))
        .map((one) => `${one.author.bot ? 'AutoCoder' : one.author.global_name}: ${shown(world, one)}`)
        .join('\n\n'),
    /** The text of a file that a message in the channel carries; the newest of its name. */
    file: (channel: Channel, name: string): string | undefined => {
      const found = channel.messages.flatMap((one) => one.attachments).findLast((one) => one.filename === name)
      const file = found && world.files.get(`${channel.id}/${found.id}/${found.filename}`)
      return file && new TextDecoder().decode(file.bytes)
    },
    stop: async (): Promise<void> => {
      gateway.stop()
      http.closeAllConnections()
      await new Promise<void>((resolve) => http.close(() => resolve()))
    },
  }
}

const read = async (request: IncomingMessage): Promise<Buffer<ArrayBuffer>> => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

const parse = async (
  request: IncomingMessage,
  bytes: Buffer<ArrayBuffer>,
): Promise<{ body: Body; uploads: Upload[] }> => {
  if (bytes.length === 0) return { body: {}, uploads: [] }
  const type = request.headers['content-type'] ?? ''
  try {
    if (!type.startsWith('multipart/form-data')) return { body: JSON.parse(bytes.toString()) as Body, uploads: [] }
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
    const uploads: Upload[] = []
    for (const [key, value] of form)
      if (typeof value !== 'string')
        uploads.push({
          index: Number(/^files\[(\d+)\]$/.exec(key)?.[1]),
          name: value.name,
          bytes: new Uint8Array(await value.arrayBuffer()),
          type: value.type || 'application/octet-stream',
        })
    return { body: JSON.parse(String(form.get('payload_json') ?? '{}')) as Body, uploads }
  } catch {
    throw fail('badJson')
  }
}
