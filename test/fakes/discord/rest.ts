import { ApplicationFlags, ChannelType, GatewayIntentBits, PermissionFlagsBits } from 'discord.js'
import { checkCommands } from './commands.ts'
import { createForm, fail } from './errors.ts'
import type { Gateway } from './gateway.ts'
import type { Interactions } from './interactions.ts'
import type { Body, Messages, Upload } from './messages.ts'
import { toChannel, toGuild, toMember, toMessage } from './shapes.ts'
import { type Channel, isThread, type Message, type World } from './world.ts'

export type Call = { query: URLSearchParams; body: Body; uploads: Upload[]; parts: string[] }
type Route = { method: string; pattern: RegExp; name: string; open?: true; run: (call: Call) => unknown }

/** The routes that a bot of this kind needs, as the REST API, version 10, serves them. */
export const createRoutes = (deps: {
  world: World
  gateway: Gateway
  messages: Messages
  interactions: Interactions
  socketUrl: () => string
}): Route[] => {
  const { world, gateway, messages, interactions } = deps
  const route = (method: string, path: string, run: (call: Call) => unknown, open?: true): Route => ({
    method,
    name: `${method} ${path.replace(/:\w+/g, ':id')}`,
    pattern: new RegExp(
      `^${path
        .replace(/:token/g, '([\\w-]+)')
        .replace(/:mid/g, '(\\d+|@original)')
        .replace(/:\w+/g, '(\\d{17,20})')}$`,
    ),
    ...(open ? { open } : {}),
    run,
  })
  const channelOf = (id: string | undefined): Channel => {
    const channel = world.channels.get(id ?? '')
    if (!channel) throw fail('unknownChannel')
    if (!world.may(channel, PermissionFlagsBits.ViewChannel)) throw fail('missingAccess')
    return channel
  }
  const messageOf = (channel: Channel, id: string | undefined): Message => {
    const message = channel.messages.find((one) => one.id === id && !one.ephemeralTo)
    if (!message) throw fail('unknownMessage')
    return message
  }
  /** History is as readable as the dispatch is. */
  const read = (message: Message) =>
    gateway.readable(message)
      ? toMessage(message)
      : { ...toMessage(message), content: '', attachments: [], components: [], embeds: [] }

  const history = ({ parts, query }: Call): unknown => {
    const channel = channelOf(parts[0])
    if (!world.may(channel, PermissionFlagsBits.ReadMessageHistory)) return []
    const limit = Number(query.get('limit') ?? 50)
    const form = createForm()
    if (!(limit >= 1 && limit <= 100)) form.add(['limit'], 'NUMBER_TYPE_MAX', 'int value should be between 1 and 100.')
    form.check()
    const after = query.get('after')
    const before = query.get('before')
    const seen = channel.messages.filter((one) => !one.ephemeralTo)
    // Newest first, whatever is asked for; `after` takes those next to it.
    if (after)
      return seen
        .filter((one) => BigInt(one.id) > BigInt(after))
        .slice(0, limit)
        .reverse()
        .map(read)
    const older = before ? seen.filter((one) => BigInt(one.id) < BigInt(before)) : seen
    return older.slice(-limit).reverse().map(read)
  }

  const makeThread = ({ parts, body }: Call): unknown => {
    const channel = channelOf(parts[0])
    const message = messageOf(channel, parts[1])
    if (isThread(channel) || !channel.guildId) throw fail('missingPermissions')
    if (!world.may(channel, PermissionFlagsBits.CreatePublicThreads)) throw fail('missingPermissions')
    const form = createForm()
    form.length(['name'], body.name, 1, 100)
    if (
      body.auto_archive_duration !== undefined &&
      ![60, 1440, 4320, 10080].includes(Number(body.auto_archive_duration))
    )
      form.add(['auto_archive_duration'], 'BASE_TYPE_CHOICES', 'Value must be one of {60, 1440, 4320, 10080}.')
    form.check()
    if (world.channels.has(message.id)) throw fail('threadExists')
    // A thread made from a message has the message's id.
    const thread = world.channel({
      id: message.id,
      type: ChannelType.PublicThread,
      name: String(body.name),
      guildId: channel.guildId,
      parentId: channel.id,
      ownerId: world.bot.id,
    })
    gateway.dispatch('THREAD_CREATE', { ...toChannel(thread), newly_created: true }, GatewayIntentBits.Guilds)
    return toChannel(thread)
  }

  const changeChannel = ({ parts, body }: Call): unknown => {
    const channel = channelOf(parts[0])
    if (!isThread(channel)) throw fail('missingPermissions')
    if (channel.locked && !world.may(channel, PermissionFlagsBits.ManageThreads)) throw fail('missingPermissions')
    if (typeof body.archived === 'boolean') channel.archived = body.archived
    if (typeof body.name === 'string') channel.name = body.name
    gateway.dispatch('THREAD_UPDATE', toChannel(channel), GatewayIntentBits.Guilds)
    return toChannel(channel)
  }

  const editMessage = ({ parts, body, uploads }: Call): unknown => {
    const channel = channelOf(parts[0])
    const message = messageOf(channel, parts[1])
    if (message.author.id !== world.bot.id) throw fail('notEditable')
    if (channel.archived) throw fail('archived')
    return toMessage(messages.edit(message, messages.check(channel, body, uploads, message)))
  }

  const openDirect = ({ body }: Call): unknown => {
    const form = createForm()
    if (!/^\d{17,20}$/.test(String(body.recipient_id)))
      form.add(['recipient_id'], 'NUMBER_TYPE_COERCE', `Value "${String(body.recipient_id)}" is not snowflake.`)
    form.check()
    const user = world.users.get(String(body.recipient_id))
    if (!user) throw fail('cannotMessageUser')
    const known = [...world.channels.values()].find((one) => one.recipient?.id === user.id)
    return toChannel(known ?? world.channel({ type: ChannelType.DM, name: user.username, recipient: user }))
  }

  return [
    route('GET', '/gateway/bot', () => ({
      url: deps.socketUrl(),
      shards: 1,
      session_start_limit: { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 1 },
    })),
    route('GET', '/users/@me', () => world.bot),
    route('GET', '/applications/@me', () => ({
      id: world.application.id,
      name: 'AutoCoder',
      // An application in fewer than a hundred servers has the limited form of the flag.
      flags:
        gateway.state.privileged & GatewayIntentBits.MessageContent ? ApplicationFlags.GatewayMessageContentLimited : 0,
      approximate_guild_count: world.guilds.size,
    })),
    route('POST', '/users/@me/channels', openDirect),
    route('GET', '/guilds/:guild', ({ parts }) => {
      const guild = world.guilds.get(parts[0]!)
      if (!guild) throw fail('unknownGuild')
      return toGuild(guild)
    }),
    route('GET', '/guilds/:guild/members/:user', ({ parts }) => {
      const guild = world.guilds.get(parts[0]!)
      if (!guild) throw fail('unknownGuild')
      const member = guild.members.get(parts[1]!)
      if (!member) throw fail('unknownMember')
      return { user: member.user, ...toMember(member) }
    }),
    route('GET', '/applications/:app/commands', () => world.application.commands),
    route(
      'PUT',
      '/applications/:app/commands',
      ({ body }) => (world.application.commands = checkCommands(body, world.newId)),
    ),
    route('GET', '/channels/:channel', ({ parts }) => toChannel(channelOf(parts[0]))),
    route('PATCH', '/channels/:channel', changeChannel),
    route('GET', '/channels/:channel/messages', history),
    route('GET', '/channels/:channel/messages/:mid', ({ parts }) => read(messageOf(channelOf(parts[0]), parts[1]))),
    route('POST', '/channels/:channel/typing', ({ parts }) => void channelOf(parts[0])),
    route('POST', '/channels/:channel/messages', ({ parts, body, uploads }) => {
      const channel = channelOf(parts[0])
      if (channel.recipient && world.closed.has(channel.recipient.id)) throw fail('cannotMessageUser')
      const made = messages.post(channel, body, uploads)
      return { ...toMessage(made), ...(made.nonce ? { nonce: made.nonce } : {}) }
    }),
    route('PATCH', '/channels/:channel/messages/:mid', editMessage),
    route('DELETE', '/channels/:channel/messages/:mid', ({ parts }) =>
      messages.remove(messageOf(channelOf(parts[0]), parts[1])),
    ),
    route('POST', '/channels/:channel/messages/:mid/threads', makeThread),
    route(
      'POST',
      '/interactions/:id/:token/callback',
      ({ parts, body, uploads }) => interactions.answer(parts[0]!, parts[1]!, body, uploads),
      true,
    ),
    route(
      'POST',
      '/webhooks/:app/:token',
      ({ parts, body, uploads }) => toMessage(interactions.followUp(parts[1]!, body, uploads)),
      true,
    ),
    route(
      'GET',
      '/webhooks/:app/:token/messages/:mid',
      ({ parts }) => toMessage(interactions.read(parts[1]!, parts[2]!)),
      true,
    ),
    route(
      'PATCH',
      '/webhooks/:app/:token/messages/:mid',
      ({ parts, body, uploads }) => toMessage(interactions.edit(parts[1]!, parts[2]!, body, uploads)),
      true,
    ),
    route(
      'DELETE',
      '/webhooks/:app/:token/messages/:mid',
      ({ parts }) => interactions.remove(parts[1]!, parts[2]!),
      true,
    ),
  ]
}
