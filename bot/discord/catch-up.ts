import type { APIChannel, GatewayGuildCreateDispatchData } from 'discord.js'
import type { Logger } from 'pino'
import type { KnownThread } from '../chat/adapter.ts'
import type { Api } from './api.ts'
import { refusedWith } from './api.ts'
import type { DiscordDeps } from './deps.ts'
import { isCalled, type Said } from './events.ts'
import type { Lanes } from './lanes.ts'

/** 2015-01-01, from which snowflakes count (page "Reference"). Milliseconds. */
const EPOCH = 1_420_070_400_000n
/** Milliseconds that are read twice, for clocks that differ; the store knows what it has. */
const OVERLAP = 60_000
/** How far back a channel is read for calls that nobody heard. Milliseconds. */
const FARTHEST = 24 * 3_600_000
const PAGE = 100
/** Milliseconds for which a message may be missing in the history because it is so new. */
const SETTLED = 10_000

/** Returns the id that a message of that moment would have. */
export const snowflakeAt = (milliseconds: number): string => {
  const since = BigInt(Math.max(0, Math.floor(milliseconds))) - EPOCH
  return String((since > 0n ? since : 0n) << 22n)
}

/** Returns when a message of this id was written. Milliseconds since the epoch. */
const writtenAt = (id: string): number => Number((BigInt(id) >> 22n) + EPOCH)

/** Returns the channels and ids of messages; ids of presses and commands are none. */
const placesOf = ({ undecided }: KnownThread): { channel: string; id: string }[] =>
  undecided.flatMap((message) => {
    const [, channel, id] = /^(\d+):(\d+)$/.exec(message.id) ?? []
    return channel && id ? [{ channel, id }] : []
  })

/** Returns what reads in the history what the gateway did not tell. */
export const createCatchUp = (deps: {
  api: Api
  lanes: Lanes
  threads: DiscordDeps['threads']
  take: (message: Said) => Promise<void>
  edited: (message: Said) => Promise<void>
  deleted: (gone: { id: string; channel_id: string }) => Promise<void>
  bot: () => string
  roleOf: (guild: string) => string | undefined
  log: Logger
}) => {
  const { api, lanes, log } = deps
  /** Since when events may have been missed: in this process, or since it was last heard of. */
  let heard: number | undefined
  let since: Promise<number | undefined> = Promise.resolve(undefined)

  /** Takes every message after an id, oldest first. */
  const read = async (
    channel: string,
    from: number,
    wanted: (message: Said) => boolean,
    guild?: string,
  ): Promise<void> => {
    let after = snowflakeAt(from)
    for (;;) {
      const page = (await api.history(channel, { limit: PAGE, after })) as Said[]
      const messages = page.toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1))
      for (const message of messages)
        if (wanted(message)) await lanes.persist(() => deps.take({ ...message, ...(guild ? { guild_id: guild } : {}) }))
      if (messages.length < PAGE) return
      after = messages.at(-1)!.id
    }
  }

  /** The threads that are known, as soon as the store says which. */
  const list = async (): Promise<Awaited<ReturnType<DiscordDeps['threads']>>> => {
    let found: Awaited<ReturnType<DiscordDeps['threads']>> = []
    await lanes.persist(async () => {
      found = await deps.threads()
    })
    return found
  }

  /** Takes what became of a message; the gateway does not tell again of changes and deletions. */
  const revise = async (channel: string, id: string, now: Said | undefined): Promise<void> => {
    if (now) await lanes.persist(() => deps.edited(now))
    else if (writtenAt(id) < Date.now() - SETTLED) await lanes.persist(() => deps.deleted({ id, channel_id: channel }))
  }

  /** The message that a thread was made from stands in the channel: it is the first after the id before it. */
  const find = async (channel: string, id: string): Promise<Said | undefined> => {
    const found = (await api.history(channel, { limit: 1, after: String(BigInt(id) - 1n) })) as Said[]
    return found.find((message) => message.id === id)
  }

  const thread = (known: KnownThread): void => {
    const id = known.thread
    const from = known.since.getTime() - OVERLAP
    void lanes.first(id, async () => {
      try {
        const open = placesOf(known)
        const inside = new Map<string, Said | undefined>(
          open.filter(({ channel }) => channel === id).map((message) => [message.id, undefined]),
        )
        const first = Math.min(from, ...[...inside.keys()].map(writtenAt))
        await read(id, first, (message) => {
          if (inside.has(message.id)) inside.set(message.id, message)
          return writtenAt(message.id) >= from
        })
        for (const [message, now] of inside) await revise(id, message, now)
        for (const message of open)
          if (message.channel !== id) await revise(message.channel, message.id, await find(message.channel, message.id))
      } catch (error) {
        // The thread was deleted, or nobody lets the bot see it any more.
        if (!refusedWith(error, 'unknownChannel', 'missingAccess', 'missingPermissions')) throw error
        log.info({ thread: id }, 'a thread cannot be read any more')
      }
    })
  }

  return {
    /** Notes that the gateway speaks to us. */
    hear: (): void => {
      heard = Date.now()
    },
    /** A session began: reads what was said in the threads that are known, before anything new is taken. */
    begin: (): void => {
      const last = heard
      const known = list()
      since = known.then((all) => {
        const newest = all.reduce((most, one) => Math.max(most, one.since.getTime()), 0)
        const from = last ?? (newest > 0 ? newest : undefined)
        return from === undefined ? undefined : Math.max(from - OVERLAP, Date.now() - FARTHEST)
      })
      // The lanes of the known threads are entered before the gate opens for what comes live.
      lanes.hold(
        known.then((all) => {
          for (const one of all) thread(one)
        }),
      )
    },
    /** Reads the channels of a server in which something was said meanwhile, for calls to the bot. */
    guild: (guild: GatewayGuildCreateDispatchData): void => {
      for (const channel of guild.channels) {
        const last = lastOf(channel as APIChannel)
        if (last === undefined) continue
        void lanes.run(channel.id, async () => {
          const from = await since
          if (from === undefined || BigInt(last) < BigInt(snowflakeAt(from))) return
          const called = (message: Said): boolean => isCalled(message, deps.bot(), deps.roleOf(guild.id))
          try {
            await read(channel.id, from, called, guild.id)
          } catch (error) {
            if (!refusedWith(error, 'unknownChannel', 'missingAccess', 'missingPermissions')) throw error
          }
        })
      }
    },
  }
}

const lastOf = (channel: APIChannel): string | undefined =>
  'last_message_id' in channel ? (channel.last_message_id ?? undefined) : undefined
