import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { saidBy } from './call.ts'
import type { Events } from './events.ts'
import { parseThread } from './ids.ts'
import { type Reply, replies } from './replies.ts'
import type { Team, Teams } from './teams.ts'

/** A thread that the bot takes part in; `since` is when it last heard something there. */
export type KnownThread = { team: string; thread: string; since: Date }

export type CatchUp = {
  /** Begins to read what was said meanwhile, again where it is under way already. */
  begin: () => void
  /** Resolves when nothing is being read. */
  settled: () => Promise<void>
}

/** Milliseconds before `since` that are read too: clocks differ, and what is known already is known by its id. */
const MARGIN = 60_000
const AGAIN = 5_000

const tsOf = (date: Date): string => (Math.max(0, date.getTime() - MARGIN) / 1000).toFixed(6)

/** Returns what finds the messages that Slack could not deliver: it gives an event up after three attempts. */
export const createCatchUp = (deps: {
  teams: Teams
  events: () => Events | undefined
  threads: () => Promise<KnownThread[]>
  signal: AbortSignal
  log: Logger
}): CatchUp => {
  const { log } = deps
  let running: Promise<void> | undefined
  let again = false

  const take = async (team: Team, channel: string, reply: Reply): Promise<void> => {
    const kind = channel.startsWith('D') ? 'im' : 'channel'
    await deps.events()?.message(team, { ...reply, type: 'message', channel, channel_type: kind }, 9)
  }

  const readThread = async (team: Team, { thread, since }: KnownThread): Promise<void> => {
    const oldest = tsOf(since)
    const { channel } = parseThread(thread)
    for await (const reply of replies(team, thread, oldest))
      if ((reply.ts ?? '') > oldest) await take(team, channel, reply)
  }

  /** New calls for the bot stand in the channel itself, where no thread is known yet. */
  const readChannel = async (team: Team, channel: string, since: Date): Promise<void> => {
    const found: Reply[] = []
    let cursor: string | undefined
    do {
      const page = await team.call('conversations.history', { limited: 'wait', again: 2 }, (client) =>
        client.conversations.history({ channel, oldest: tsOf(since), limit: 200, ...(cursor ? { cursor } : {}) }),
      )
      found.push(...((page.messages ?? []) as Reply[]))
      cursor = page.response_metadata?.next_cursor || undefined
    } while (cursor)
    for (const reply of found.reverse()) await take(team, channel, reply)
  }

  /** A channel that was left, or a root that was deleted, has nothing more to say. */
  const unlessGone = async (team: Team, read: () => Promise<void>): Promise<void> => {
    try {
      await read()
    } catch (error) {
      const said = saidBy(error)
      if (said === undefined) throw error
      log.info({ team: team.key, said }, 'a thread cannot be read any more')
    }
  }

  const run = async (): Promise<void> => {
    const channels = new Map<string, { team: Team; channel: string; since: Date }>()
    for (const known of await deps.threads()) {
      const team = await deps.teams.get(known.team)
      if (!team) continue
      const here = team.key === known.team ? team : { ...team, key: known.team }
      const { channel } = parseThread(known.thread)
      await unlessGone(here, () => readThread(here, known))
      const seen = channels.get(`${known.team} ${channel}`)
      if (!seen || seen.since < known.since)
        channels.set(`${known.team} ${channel}`, { team: here, channel, since: known.since })
    }
    for (const { team, channel, since } of channels.values())
      await unlessGone(team, () => readChannel(team, channel, since))
  }

  const loop = async (): Promise<void> => {
    do {
      again = false
      try {
        await run()
      } catch (error) {
        if (deps.signal.aborted) return
        log.warn({ err: error }, 'what was said meanwhile cannot be read yet')
        again = true
        await sleep(AGAIN, undefined, { signal: deps.signal, ref: false }).catch(() => undefined)
      }
    } while (again && !deps.signal.aborted)
  }

  return {
    begin: () => {
      again = true
      running ??= loop().finally(() => {
        running = undefined
      })
    },
    settled: async () => {
      while (running) await running
    },
  }
}
