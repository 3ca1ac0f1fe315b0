import {
  type APIChannel,
  type APIGuildMember,
  type APIUser,
  ChannelType,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  PermissionFlagsBits,
} from 'discord.js'
import type { EventActor } from '../../schemas/generated/chat-event.ts'
import { oneLine } from '../chat/plain.ts'
import { type Api, Refused } from './api.ts'

/** A place where people write. `parent` is the channel of a thread. */
export type Place = {
  id: string
  guild: string | undefined
  kind: 'channel' | 'thread' | 'direct'
  /** The person at the other end of direct messages. */
  person: string | undefined
}
type Role = { id: string; name: string; permissions: string; tags?: { bot_id?: string } }
type Guild = {
  name: string
  owner: string
  roles: Map<string, bigint>
  names: Map<string, string>
  bots: Map<string, string>
}
export type Directory = ReturnType<typeof createDirectory>

/** Who has one of these administers the server. */
const ADMINISTERS = PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageGuild
const threads: readonly number[] = [ChannelType.PublicThread, ChannelType.PrivateThread, ChannelType.AnnouncementThread]

/** Returns what the bot knows of servers and channels: told by the gateway, asked for where it was not. It is only a cache. */
export const createDirectory = (api: Api) => {
  const guilds = new Map<string, Guild>()
  const places = new Map<string, Place>()

  const keepGuild = (guild: { id: string; name: string; owner_id: string; roles: Role[] }): Guild => {
    const kept = {
      name: guild.name,
      owner: guild.owner_id,
      roles: new Map(guild.roles.map((role) => [role.id, BigInt(role.permissions)])),
      names: new Map(guild.roles.map((role) => [role.id, role.name])),
      // The role that came with a bot carries its name: people pick the one for the other.
      bots: new Map(guild.roles.flatMap((role) => (role.tags?.bot_id ? [[role.tags.bot_id, role.id] as const] : []))),
    }
    guilds.set(guild.id, kept)
    return kept
  }
  const keepPlace = (channel: APIChannel, guild?: string): Place => {
    const place: Place = {
      id: channel.id,
      guild: guild ?? ('guild_id' in channel ? channel.guild_id : undefined),
      kind:
        channel.type === ChannelType.DM || channel.type === ChannelType.GroupDM
          ? 'direct'
          : threads.includes(channel.type)
            ? 'thread'
            : 'channel',
      person: channel.type === ChannelType.DM ? channel.recipients?.[0]?.id : undefined,
    }
    places.set(place.id, place)
    return place
  }
  const guildOf = async (id: string): Promise<Guild> => guilds.get(id) ?? keepGuild(await api.guild(id))

  return {
    /** Takes in what the gateway says of servers and channels. */
    learn: (payload: GatewayDispatchPayload): void => {
      const { t, d } = payload
      switch (t) {
        case GatewayDispatchEvents.GuildCreate:
          if (d.unavailable) return
          keepGuild(d)
          for (const channel of [...d.channels, ...d.threads]) keepPlace(channel as APIChannel, d.id)
          return
        case GatewayDispatchEvents.GuildUpdate:
          keepGuild(d)
          return
        case GatewayDispatchEvents.GuildRoleCreate:
        case GatewayDispatchEvents.GuildRoleUpdate:
          guilds.get(d.guild_id)?.roles.set(d.role.id, BigInt(d.role.permissions))
          guilds.get(d.guild_id)?.names.set(d.role.id, d.role.name)
          return
        case GatewayDispatchEvents.GuildRoleDelete:
          guilds.get(d.guild_id)?.roles.delete(d.role_id)
          return
        case GatewayDispatchEvents.GuildDelete:
          guilds.delete(d.id)
          return
        case GatewayDispatchEvents.ChannelCreate:
        case GatewayDispatchEvents.ChannelUpdate:
        case GatewayDispatchEvents.ThreadCreate:
        case GatewayDispatchEvents.ThreadUpdate:
          keepPlace(d as APIChannel)
          return
        case GatewayDispatchEvents.ChannelDelete:
        case GatewayDispatchEvents.ThreadDelete:
          places.delete(d.id)
          return
      }
    },
    place: async (id: string): Promise<Place> => places.get(id) ?? keepPlace(await api.channel(id)),
    keepPlace,
    /** Returns the role that came with a bot, where there is one. */
    roleOf: (guild: string, bot: string): string | undefined => guilds.get(guild)?.bots.get(bot),
    /** Returns what a role is called, or undefined where there is none of this id. */
    roleName: async (guild: string, id: string): Promise<string | undefined> => (await guildOf(guild)).names.get(id),
    /** Returns what a member is called in a server, or undefined where nobody of this id is in it. */
    memberName: async (guild: string, id: string): Promise<string | undefined> => {
      const member = await api.member(guild, id).catch((error: unknown) => {
        if (error instanceof Refused) return undefined
        throw error
      })
      const user = member?.user
      return user && (oneLine(member.nick ?? user.global_name ?? user.username, 200) || undefined)
    },
    guildName: async (id: string): Promise<string> => (await guildOf(id)).name,
    /** Returns who did something: the name shown in the server, the roles, whether they administer it. */
    actor: async (
      user: APIUser,
      guild: string | undefined,
      known?: Pick<APIGuildMember, 'nick' | 'roles'>,
    ): Promise<EventActor> => {
      const plain = oneLine(user.global_name ?? user.username, 200) || user.id
      if (guild === undefined) return { id: user.id, name: plain, owner: true }
      const member = known ?? (await api.member(guild, user.id))
      const { owner, roles } = await guildOf(guild)
      const rights = [guild, ...member.roles].reduce((sum, id) => sum | (roles.get(id) ?? 0n), 0n)
      return {
        id: user.id,
        name: oneLine(member.nick ?? '', 200) || plain,
        groups: member.roles,
        owner: owner === user.id || (rights & ADMINISTERS) !== 0n,
      }
    },
  }
}
