import { isConnectionLoss } from '../../queue/stage-run.ts'
import * as cards from '../../queue/store/cards.ts'
import { newTraceId } from '../../queue/store/ids.ts'
import * as inbox from '../../queue/store/inbox.ts'
import * as members from '../../queue/store/members.ts'
import * as revisions from '../../queue/store/revisions.ts'
import type { Store } from '../../queue/store/store.ts'
import * as systems from '../../queue/store/systems.ts'
import { AppError } from '../../schemas/errors.ts'
import type { ChatEvent } from '../../schemas/generated/chat-event.ts'
import { sentenceOf, validatorOf } from '../../schemas/validate.ts'
import { isLocal } from '../chat/adapter.ts'
import { createGate } from '../gate.ts'
import { loadThread } from './load.ts'
import { denialWords, may, standingOf } from './rights.ts'
import type { ThreadState } from './state.ts'
import { decideEdit } from './turns/edit.ts'
import { decideMessage } from './turns/message.ts'
import { decidePress } from './turns/press.ts'
import { refuse, say, type Turn, type TurnContext, type TurnDeps } from './turns/turn.ts'
import { createWhispers, type Whisper } from './whispers.ts'

export type ConversationDeps = TurnDeps & {
  store: Store
  /** Shows words to the one who asked. */
  whisper: Whisper
}

export type Conversations = {
  /** Resolves once the event is stored; one that comes again changes nothing. Throws AppError `event-invalid`. */
  accept: (event: ChatEvent) => Promise<void>
  /** Takes up what is in the inbox, now and whenever something comes. */
  start: () => Promise<void>
  /** Takes no new turn and resolves when those under way have ended. */
  stop: () => Promise<void>
}

/** Returns an event that has the shape of the schema. Throws AppError `event-invalid`. */
export const parseEvent = (event: unknown): ChatEvent => {
  const validate = validatorOf<ChatEvent>('chat-event')
  if (validate(event)) return event
  throw new AppError(
    'event-invalid',
    `This message is not right: ${(validate.errors ?? []).map(sentenceOf).slice(0, 3).join('; ')}`,
    {
      help: 'Reload the page or update the client, then send it again.',
    },
  )
}

/** The team of the local platforms is one, whichever of them somebody uses. */
const teamOf = ({ platform, team }: ChatEvent) => ({
  platform: isLocal(platform) ? 'local' : platform,
  externalId: team.id,
  name: team.name,
})

/** Turns at a time: a burst of messages must not keep those after it from being stored, and so acknowledged. */
const TURNS = 2
/** Threads whose conversation is remembered, so that storing what comes in is one statement. */
const REMEMBERED = 10_000

/** Returns the loop that takes conversations' events to their end: one turn at a time each, none lost, none twice. */
export const createConversations = (deps: ConversationDeps): Conversations => {
  const { store, log } = deps
  const { db } = store
  const whispers = createWhispers(deps)
  const running = new Map<string, { again: boolean; done: Promise<void> }>()
  const gate = createGate(TURNS)
  const conversationIds = new Map<string, string>()
  let stopped = false
  let unsubscribe = (): void => undefined

  const schedule = (conversationId: string): void => {
    if (stopped) return
    const known = running.get(conversationId)
    if (known) {
      known.again = true
      return
    }
    const entry = { again: false, done: Promise.resolve() }
    running.set(conversationId, entry)
    entry.done = (async () => {
      try {
        do {
          entry.again = false
          await gate(() => takeTurns(conversationId))
        } while (entry.again && !stopped)
      } catch (error) {
        // What is pending stays so: the next tick of the store takes it up again.
        log.error({ err: error, conversation: conversationId }, 'a turn could not be taken')
      } finally {
        running.delete(conversationId)
      }
    })()
  }

  const takeTurns = async (conversationId: string): Promise<void> => {
    const lock = await store.locks.tryLock(`conversation:${conversationId}`)
    if (!lock) return
    try {
      for (const item of await inbox.pendingOf(db, conversationId)) {
        if (stopped || lock.signal.aborted) return
        await takeTurn(conversationId, item)
      }
    } finally {
      await lock.release()
    }
  }

  const takeTurn = async (conversationId: string, item: inbox.InboxItem): Promise<void> => {
    const state = await loadThread(db, conversationId, deps.data)
    if (!state) return
    const event = parseEvent(item.event)
    const scoped = log.child({ team: event.team.id, conversation: conversationId, event: item.seq })
    const replyKey = `reply:${item.seq}`
    try {
      const turn = await decide({ ...deps, log: scoped }, state, item.seq, event)
      if ('wait' in turn) {
        await cards.upsert(db, conversationId, replyKey, say(turn.wait, { busy: true }))
        return
      }
      const outcome = await db.transaction(async (tx) => {
        const made = await turn.run(tx)
        for (const { key, card } of made.cards ?? []) await cards.upsert(tx, conversationId, key, card)
        if (made.reply) await cards.upsert(tx, conversationId, replyKey, made.reply)
        else if (state.stored.has(replyKey))
          await cards.upsert(tx, conversationId, replyKey, say('I have taken this up now.'))
        await inbox.done(tx, item.seq)
        return made
      })
      if (outcome.whisper) await whispers.tell(event, outcome.whisper)
      await outcome.after?.()
    } catch (error) {
      if (isConnectionLoss(error)) throw error
      await giveUp(conversationId, item.seq, replyKey, error)
    }
  }

  /** A turn that fails by a fault of ours must not hold up the conversation for ever: say so, and go on. */
  const giveUp = async (conversationId: string, seq: number, replyKey: string, error: unknown): Promise<void> => {
    const traceId = newTraceId()
    log.error({ err: error, conversation: conversationId, event: seq, trace: traceId }, 'a turn failed')
    const known = error instanceof AppError ? error : undefined
    await db.transaction(async (tx) => {
      await cards.upsert(tx, conversationId, replyKey, {
        kind: 'failed',
        title: 'I could not do this',
        code: known?.code ?? 'internal',
        happened: known?.message ?? 'Something went wrong on my side.',
        safe: 'Nothing was changed by it.',
        next: known?.help || 'Try it once more. If it happens again, tell whoever runs me the trace below.',
        traceId,
        buttons: [],
      })
      await inbox.done(tx, seq)
    })
  }

  const resume = async (): Promise<void> => {
    for (const id of await inbox.conversationsWithPending(db)) schedule(id)
  }

  return {
    accept: async (event) => {
      const checked = parseEvent(event)
      const team = teamOf(checked)
      const thread = [checked.platform, team.platform, team.externalId, checked.thread].join('\n')
      const { conversationId } = await inbox.accept(db, {
        conversationId: conversationIds.get(thread),
        id: `${checked.platform}:${checked.id}`,
        team,
        thread: { id: checked.thread, platform: checked.platform },
        actor: checked.actor,
        event: checked,
      })
      if (conversationIds.size >= REMEMBERED) conversationIds.clear()
      conversationIds.set(thread, conversationId)
    },
    start: async () => {
      unsubscribe = store.changes.subscribe((change) => {
        if (change.kind === 'inbox' || change.kind === 'conversation') schedule(change.conversationId)
        if (change.kind === 'poll')
          void resume().catch((error: unknown) => log.warn({ err: error }, 'the inbox cannot be read yet'))
      })
      await resume()
    },
    stop: async () => {
      stopped = true
      unsubscribe()
      await Promise.allSettled([...running.values()].map((entry) => entry.done))
      await whispers.stop()
    },
  }
}

/** Asks once for each key, and gives the same answer from then on. */
const readOnce = <T>(read: (key: string) => Promise<T>): ((key: string) => Promise<T>) => {
  const known = new Map<string, Promise<T>>()
  return (key) => {
    const found = known.get(key) ?? read(key)
    known.set(key, found)
    return found
  }
}

const decide = async (deps: ConversationDeps, state: ThreadState, seq: number, event: ChatEvent): Promise<Turn> => {
  const { db } = deps.store
  const { teamId } = state.conversation
  const context: Omit<TurnContext, 'event'> = {
    seq,
    state,
    systems: await systems.ofTeam(db, teamId),
    revisionsOf: readOnce((systemId) => revisions.ofSystem(db, systemId)),
    standing: standingOf(event.actor, state.team, await members.ofTeam(db, teamId)),
    db,
    deps,
  }
  // From here on it is only said who did it; what they may do is decided.
  const actor = { id: event.actor.id, name: event.actor.name }
  switch (event.type) {
    case 'message':
      return decideMessage({ ...context, event: { ...event, actor } })
    case 'press':
      return decidePress({ ...context, event: { ...event, actor } })
    case 'edit':
      return may(context.standing, 'ask')
        ? decideEdit({ ...context, event: { ...event, actor } })
        : refuse(denialWords(context.standing, 'ask'))
  }
}
