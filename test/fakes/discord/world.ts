import { ChannelType, PermissionFlagsBits } from 'discord.js'
import type { Command } from './commands.ts'
import type { Component } from './components.ts'

export type User = {
  id: string
  username: string
  global_name: string | null
  bot?: boolean
  discriminator: string
  avatar: null
}
export type Role = { id: string; name: string; permissions: bigint; tags?: { bot_id: string } }
export type Member = { user: User; nick: string | null; roles: string[] }
export type Guild = {
  id: string
  name: string
  ownerId: string
  roles: Map<string, Role>
  members: Map<string, Member>
  /** Where Discord writes who came; nowhere where absent. */
  systemChannelId?: string
}
export type Attachment = {
  id: string
  filename: string
  size: number
  url: string
  content_type?: string
  description?: string
}
export type Message = {
  id: string
  channel_id: string
  author: User
  content: string
  timestamp: string
  edited_timestamp: string | null
  mentions: User[]
  mention_roles: string[]
  attachments: Attachment[]
  components: Component[]
  embeds: unknown[]
  flags: number
  type: number
  nonce?: string
  message_reference?: { message_id: string; channel_id: string }
  /** Only this person sees it. */
  ephemeralTo?: string
}
export type Channel = {
  id: string
  type: number
  name: string
  guildId?: string
  parentId?: string
  recipient?: User
  ownerId?: string
  archived: boolean
  locked: boolean
  /** What the bot may not do here although its role allows it. */
  denied: bigint
  messages: Message[]
}
export type World = ReturnType<typeof createWorld>

const EPOCH = 1_420_070_400_000n
const threads: readonly number[] = [ChannelType.PublicThread, ChannelType.PrivateThread, ChannelType.AnnouncementThread]
export const isThread = (channel: Channel): boolean => threads.includes(channel.type)

/** Everything that the service knows. */
export const createWorld = () => {
  let count = 0n
  let ahead = 0
  const now = (): number => Date.now() + ahead
  /** A snowflake: milliseconds since 2015, and a counter. */
  const newId = (): string => String(((BigInt(now()) - EPOCH) << 22n) | (count++ & 0x3fffffn & 0xfffn))
  const user = (name: string, bot = false): User => {
    const made: User = {
      id: newId(),
      // Bots kept the capitals of their names.
      username: bot ? name : name.toLowerCase().replace(/[^a-z0-9._]/g, ''),
      global_name: bot ? null : name,
      discriminator: '0',
      avatar: null,
      ...(bot ? { bot } : {}),
    }
    users.set(made.id, made)
    return made
  }
  const users = new Map<string, User>()
  const guilds = new Map<string, Guild>()
  const channels = new Map<string, Channel>()
  const files = new Map<string, { name: string; bytes: Uint8Array; type: string }>()
  /** People who take no direct messages from strangers. */
  const closed = new Set<string>()
  const bot = user('AutoCoder', true)
  const application = {
    id: bot.id,
    token: `${Buffer.from(bot.id).toString('base64url')}.fake.${'x'.repeat(27)}`,
    commands: [] as Command[],
  }

  const channel = (more: Partial<Channel> & { type: number; name: string }): Channel => {
    const made: Channel = { id: newId(), archived: false, locked: false, denied: 0n, messages: [], ...more }
    channels.set(made.id, made)
    return made
  }
  const guild = (name: string, permissions: bigint): Guild => {
    const owner = user('Owner')
    const id = newId()
    const everyone: Role = {
      id,
      name: '@everyone',
      permissions: PermissionFlagsBits.ViewChannel | PermissionFlagsBits.SendMessages,
    }
    const role: Role = { id: newId(), name: 'AutoCoder', permissions }
    const made: Guild = {
      id,
      name,
      ownerId: owner.id,
      roles: new Map([everyone, role].map((one) => [one.id, one])),
      members: new Map([
        [owner.id, { user: owner, nick: null, roles: [] }],
        [bot.id, { user: bot, nick: null, roles: [role.id] }],
      ]),
    }
    guilds.set(id, made)
    return made
  }
  /** What a member may do in a guild, and the bot in a channel. */
  const permissionsOf = (guild: Guild, member: Member): bigint => {
    if (guild.ownerId === member.user.id) return ~0n & ((1n << 53n) - 1n)
    return [guild.id, ...member.roles].reduce((sum, id) => sum | (guild.roles.get(id)?.permissions ?? 0n), 0n)
  }
  const may = (channel: Channel, permission: bigint): boolean => {
    if (!channel.guildId) return true
    const guild = guilds.get(channel.guildId)!
    const parent = channel.parentId ? channels.get(channel.parentId) : undefined
    const denied = channel.denied | (parent?.denied ?? 0n)
    return (permissionsOf(guild, guild.members.get(bot.id)!) & ~denied & permission) === permission
  }
  return {
    now,
    /** Lets time pass for tokens and windows; nothing waits for it. */
    pass: (milliseconds: number): void => {
      ahead += milliseconds
    },
    newId,
    user,
    users,
    guilds,
    guild,
    channels,
    channel,
    files,
    closed,
    bot,
    application,
    permissionsOf,
    may,
  }
}
