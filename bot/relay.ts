import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Logger } from 'pino'
import * as cards from '../queue/store/cards.ts'
import * as inbox from '../queue/store/inbox.ts'
import type { Store } from '../queue/store/store.ts'
import * as teams from '../queue/store/teams.ts'
import { recentThreads } from '../queue/store/threads.ts'
import { AppError } from '../schemas/errors.ts'
import type { Card } from '../schemas/generated/card.ts'
import type { ChatAdapter, ThreadRef } from './chat/adapter.ts'
import { loadThread } from './conversation/load.ts'
import { present } from './conversation/presenter.ts'
import type { ThreadState } from './conversation/state.ts'
import { openQuestion } from './conversation/turns/choose.ts'
import { isUnfinished } from './conversation/turns/turn.ts'
import { createGate } from './gate.ts'

export type Relay = {
  start: () => Promise<void>
  /** Makes the thread of a conversation equal to its cards now; resolves when it is, or cannot be shown for the time being. */
  sync: (conversationId: string) => Promise<void>
  stop: () => Promise<void>
}

/** What a conversation looks like at a moment when its thread shows everything. */
export type Settled = {
  conversationId: string
  platform: string
  thread: ThreadRef
  /** The platform's id of the last event that was taken to its end. */
  lastEvent: string | undefined
  /** Whether a question waits for its answer. */
  question: boolean
  system: string | undefined
}

/** Milliseconds between two changes of one thread: progress coalesces, and nobody reads faster. */
const PACE = 150
/** Threads that are shown at a time; a platform that makes one wait holds up few others. */
const THREADS = 4
/**
 * Milliseconds before a thread that could not be shown is tried again, doubled each time up to the longest: that of a
 * platform which is away for a moment, and that of one which refuses what it is shown.
 */
const FIRST_PAUSE = 500
const LONGEST_AWAY = 30_000
const LONGEST_PAUSE = 5 * 60_000
/** Days after which a thread that nobody showed is nobody's business any more. */
const RECENT = 30

/** Returns what keeps every thread equal to its cards. `onSettled` is called when a thread shows everything and nothing runs. */
export const createRelay = (deps: {
  store: Store
  adapters: ChatAdapter[]
  data: string
  log: Logger
  onSettled: (settled: Settled) => void
}): Relay => {
  const { store, log } = deps
  const { db } = store
  const adapters = new Map<string, ChatAdapter>(deps.adapters.map((adapter) => [adapter.name, adapter]))
  const running = new Map<string, { again: boolean; done: Promise<void> }>()
  // Conversations with work under way are looked at on every tick, in case a wake-up was lost.
  const busy = new Set<string>()
  // Threads that could not be shown lately: the ticks come back to each more and more seldom, a change at once.
  const failing = new Map<string, { times: number; until: number }>()
  const gate = createGate(THREADS)
  let stopped = false
  let unsubscribe = (): void => undefined

  const fails = (conversationId: string, error: unknown): void => {
    const known = error instanceof AppError ? error : undefined
    // What was left out because newer follows is no trouble: what ends the story must not wait for it.
    const hurried = known?.code === 'rate-limited'
    const times = (failing.get(conversationId)?.times ?? 0) + (hurried ? 0 : 1)
    const pause = Math.min(known?.retryable ? LONGEST_AWAY : LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.max(1, times))
    failing.set(conversationId, { times, until: Date.now() + pause })
  }

  const schedule = (conversationId: string): Promise<void> => {
    if (stopped) return Promise.resolve()
    const known = running.get(conversationId)
    if (known) {
      known.again = true
      return known.done
    }
    const entry = { again: false, done: Promise.resolve() }
    running.set(conversationId, entry)
    entry.done = (async () => {
      try {
        do {
          entry.again = false
          const pause = await gate(() => show(conversationId))
          failing.delete(conversationId)
          if (pause > 0 && entry.again && !stopped) await sleep(pause)
        } while (entry.again && !stopped)
      } catch (error) {
        // Nobody is there to see it; the platform's adapter asks again when somebody comes.
        fails(conversationId, error)
        if (stopped || (error instanceof AppError && error.code === 'thread-away')) return
        // A platform that is in a hurry gets the newest state in a moment.
        if (error instanceof AppError && error.code === 'rate-limited') return
        log.warn({ err: error, conversation: conversationId }, 'the thread is not up to date yet')
      } finally {
        running.delete(conversationId)
      }
    })()
    return entry.done
  }

  /** Returns the milliseconds that the thread's platform wants before the next change; 0 where nothing changed. */
  const show = async (conversationId: string): Promise<number> => {
    const events = await inbox.ofConversation(db, conversationId)
    const waiting = events.some((event) => event.status === 'pending')
    const state = await loadThread(db, conversationId, deps.data)
    if (!state) return 0
    for (const { key, card } of present(state)) {
      // Through JSON, as the store returns it: absent and undefined are the same there.
      const plainCard = JSON.parse(JSON.stringify(card)) as Card
      if (!isDeepStrictEqual(state.stored.get(key), plainCard)) await cards.upsert(db, conversationId, key, plainCard)
    }
    const working = waiting || isWorking(state)
    if (working) busy.add(conversationId)
    else busy.delete(conversationId)
    const adapter = adapters.get(state.conversation.platform)
    if (!adapter) return 0
    const thread = await threadOf(state)
    const rows = await cards.toShow(db, conversationId)
    for (const row of rows) {
      const card = { key: row.key, card: row.card as Card }
      const message = row.message ?? (await postedBefore(adapter, conversationId, thread, row.key))
      if (message !== undefined) await adapter.update(thread, message, card)
      await cards.shown(db, {
        conversationId,
        key: row.key,
        version: row.version,
        message: message ?? (await adapter.post(thread, card)),
      })
      failing.delete(conversationId)
    }
    if (!working)
      deps.onSettled({
        conversationId,
        platform: state.conversation.platform,
        thread,
        lastEvent: (events.at(-1)?.event as { id?: string } | undefined)?.id,
        question: openQuestion(await withCards(state)) !== undefined,
        system: state.conversation.systemId ? state.systems.get(state.conversation.systemId)?.slug : undefined,
      })
    return rows.length > 0 ? (adapter.pace ?? PACE) : 0
  }

  /** The message of a card whose posting was begun by a process that did not come to record it. */
  const postedBefore = async (
    adapter: ChatAdapter,
    conversationId: string,
    thread: ThreadRef,
    key: string,
  ): Promise<string | undefined> => {
    if (!adapter.find) return undefined
    return (await cards.posting(db, { conversationId, key })) ? adapter.find(thread, key) : undefined
  }

  /** The cards may have been written just now. */
  const withCards = async (state: ThreadState): Promise<ThreadState> => ({
    ...state,
    stored: new Map((await cards.ofConversation(db, state.conversation.id)).map((row) => [row.key, row.card as Card])),
  })

  const threadOf = async (state: ThreadState): Promise<ThreadRef> => ({
    team: (await teams.get(db, state.conversation.teamId))?.externalId ?? '',
    thread: state.conversation.thread,
  })

  const tick = async (): Promise<void> => {
    for (const id of new Set([...busy, ...(await cards.toShow(db)).map((row) => row.conversationId)]))
      if ((failing.get(id)?.until ?? 0) <= Date.now()) void schedule(id)
  }

  return {
    start: async () => {
      unsubscribe = store.changes.subscribe((change) => {
        if (change.kind === 'inbox' || change.kind === 'conversation') void schedule(change.conversationId)
        if (change.kind === 'poll')
          void tick().catch((error: unknown) => log.warn({ err: error }, 'the store cannot be read yet'))
      })
      // A process that died may have left rows whose cards were never written.
      for (const id of await recentThreads(db, RECENT)) await schedule(id)
    },
    sync: schedule,
    stop: async () => {
      stopped = true
      unsubscribe()
      await Promise.allSettled([...running.values()].map((entry) => entry.done))
    },
  }
}

const isWorking = (state: ThreadState): boolean =>
  state.drafts.some((draft) => draft.status === 'pending') ||
  state.builds.some(isUnfinished) ||
  state.actions.some(isUnfinished)
