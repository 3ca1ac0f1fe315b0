import type { APIChannel, GatewayGuildCreateDispatchData } from 'discord.js'
import type { Logger } from 'pino'
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

/** Returns the id that a message of that moment would have. */
export const snowflakeAt = (milliseconds: number): string => {
  const since = BigInt(Math.max(0, Math.floor(milliseconds))) - EPOCH
  return String((since > 0n ? since : 0n) << 22n)
}

/** Returns what reads in the history what the gateway did not tell. */
export const createCatchUp = (deps: {
  api: Api
  lanes: Lanes
  threads: DiscordDeps['threads']
  take: (message: Said) => Promise<void>
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

  const thread = (id: string, from: number): void => {
    void lanes.first(id, async () => {
      try {
        await read(id, from, () => true)
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
          for (const one of all) thread(one.thread, one.since.getTime() - OVERLAP)
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
