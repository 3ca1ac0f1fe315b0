import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { KnownThread, Undecided } from '../chat/adapter.ts'
import { saidBy } from './call.ts'
import type { Events } from './events.ts'
import { messageId, parseThread, threadId } from './ids.ts'
import { ASSISTANT_ROOT } from './intake.ts'
import { type Reply, replies } from './replies.ts'
import type { Team, Teams } from './teams.ts'

export type CatchUp = {
  /** Begins to read what was said meanwhile, again where it is under way already. */
  begin: () => void
  /** Resolves when nothing is being read. */
  settled: () => Promise<void>
}

/** Milliseconds before `since` that are read too: clocks differ, and what is known already is known by its id. */
const MARGIN = 60_000
const AGAIN = 5_000
/** Milliseconds for which a message may be missing in the history because it is so new. */
const SETTLED = 10_000

const tsOf = (date: Date): string => (Math.max(0, date.getTime() - MARGIN) / 1000).toFixed(6)

const TOMBSTONE = 'tombstone'

/** Returns messages of a channel by their ts: ids of presses, commands and other channels are none. */
const byTs = (team: Team, channel: string, messages: readonly Undecided[]): Map<string, Undecided> => {
  const prefix = messageId(team.key, channel, '')
  return new Map(
    messages
      .filter(({ id }) => id.startsWith(prefix) && /^\d+\.\d{6}$/.test(id.slice(prefix.length)))
      .map((message) => [message.id.slice(prefix.length), message]),
  )
}

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

  /** Slack does not tell again of changes and deletions: they are seen in what the thread holds now. */
  const readThread = async (team: Team, { thread, since, undecided }: KnownThread): Promise<void> => {
    const oldest = tsOf(since)
    const { channel, root } = parseThread(thread)
    const open = byTs(team, channel, undecided)
    const [from] = [oldest, ...open.keys()].toSorted()
    const gone = async (known: Undecided) => deps.events()?.revised(team, thread, known, undefined)
    try {
      for await (const reply of replies(team, thread, from)) {
        const ts = reply.ts ?? ''
        const known = open.get(ts)
        open.delete(ts)
        if (ts > oldest) await take(team, channel, reply)
        // What has answers leaves a stone behind.
        if (known && reply.subtype === TOMBSTONE) await gone(known)
        else if (known) await deps.events()?.revised(team, thread, known, reply)
      }
    } catch (error) {
      const known = open.get(root)
      if (known && saidBy(error) === 'thread_not_found') await gone(known)
      throw error
    }
    const settled = ((Date.now() - SETTLED) / 1000).toFixed(6)
    for (const [ts, known] of open) if (ts < settled) await gone(known)
  }

  /** Conversations with the assistant begin with a message of Slack's: people write in them and not in the channel. */
  const readAnswers = async (team: Team, channel: string, root: string): Promise<void> => {
    for await (const reply of replies(team, threadId(channel, root))) await take(team, channel, reply)
  }

  /** New calls for the bot stand in the channel itself, where no thread is known yet. */
  const readChannel = async (
    team: Team,
    channel: string,
    since: Date,
    isKnown: (thread: string) => boolean,
  ): Promise<void> => {
    const found: Reply[] = []
    let cursor: string | undefined
    do {
      const page = await team.call('conversations.history', { limited: 'wait', again: 2 }, (client) =>
        client.conversations.history({ channel, oldest: tsOf(since), limit: 200, ...(cursor ? { cursor } : {}) }),
      )
      found.push(...((page.messages ?? []) as Reply[]))
      cursor = page.response_metadata?.next_cursor || undefined
    } while (cursor)
    for (const reply of found.reverse()) {
      await take(team, channel, reply)
      const begun = reply.subtype === ASSISTANT_ROOT && reply.ts
      if (begun && !isKnown(threadId(channel, begun))) await readAnswers(team, channel, begun)
    }
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
    const threads = await deps.threads()
    for (const known of threads) {
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
      await unlessGone(team, () =>
        readChannel(team, channel, since, (thread) =>
          threads.some((known) => known.team === team.key && known.thread === thread),
        ),
      )
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
