import type { Channel, Guild, Member, Message, Role, World } from './world.ts'
import { isThread } from './world.ts'

/** Returns the objects as the API writes them: names of fields and what is left out. */
export const toRole = (role: Role) => ({
  id: role.id,
  name: role.name,
  permissions: String(role.permissions),
  position: 0,
  ...(role.tags ? { tags: role.tags } : {}),
})

export const toMember = (member: Member) => ({
  nick: member.nick,
  roles: member.roles,
  joined_at: '2026-01-01T00:00:00.000000+00:00',
  deaf: false,
  mute: false,
  flags: 0,
})

export const toChannel = (channel: Channel) => ({
  id: channel.id,
  type: channel.type,
  name: channel.name,
  last_message_id: channel.messages.at(-1)?.id ?? null,
  ...(channel.guildId ? { guild_id: channel.guildId } : {}),
  ...(channel.parentId ? { parent_id: channel.parentId } : {}),
  ...(channel.recipient ? { recipients: [channel.recipient] } : {}),
  ...(isThread(channel)
    ? {
        owner_id: channel.ownerId,
        thread_metadata: {
          archived: channel.archived,
          locked: channel.locked,
          auto_archive_duration: 1440,
          archive_timestamp: '2026-01-01T00:00:00.000000+00:00',
        },
      }
    : {}),
})

export const toGuild = (guild: Guild) => ({
  id: guild.id,
  name: guild.name,
  owner_id: guild.ownerId,
  system_channel_id: guild.systemChannelId ?? null,
  roles: [...guild.roles.values()].map(toRole),
})

/** The dispatch of a guild; members are only the bot, since the intent for more is not asked for. */
export const toGuildCreate = (world: World, guild: Guild) => ({
  ...toGuild(guild),
  joined_at: '2026-01-01T00:00:00.000000+00:00',
  large: false,
  unavailable: false,
  member_count: guild.members.size,
  members: [...guild.members.values()]
    .filter((member) => member.user.id === world.bot.id)
    .map((member) => ({ user: member.user, ...toMember(member) })),
  channels: [...world.channels.values()]
    .filter((channel) => channel.guildId === guild.id && !isThread(channel))
    .map(toChannel),
  threads: [...world.channels.values()]
    .filter((channel) => channel.guildId === guild.id && isThread(channel) && !channel.archived)
    .map(toChannel),
})

/** A message as REST gives it: a nonce is only in the answer to its sender and in the dispatch. */
export const toMessage = ({ ephemeralTo: _, nonce: __, ...message }: Message) => message

/** A message as it is dispatched: with the guild and the author's member. */
export const toDispatch = (world: World, message: Message) => {
  const channel = world.channels.get(message.channel_id)
  const guild = channel?.guildId ? world.guilds.get(channel.guildId) : undefined
  const member = guild?.members.get(message.author.id)
  return {
    ...toMessage(message),
    ...(message.nonce ? { nonce: message.nonce } : {}),
    ...(guild ? { guild_id: guild.id } : {}),
    ...(member ? { member: toMember(member) } : {}),
  }
}
