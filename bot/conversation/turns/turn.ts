import type { Logger } from 'pino'
import type { DeployTarget } from '../../../deploy/target.ts'
import * as conversations from '../../../queue/store/conversations.ts'
import type { Db } from '../../../queue/store/db.ts'
import type { Card, MessageCard } from '../../../schemas/generated/card.ts'
import type { ChatEvent } from '../../../schemas/generated/chat-event.ts'
import type { ThreadCard } from '../../chat/adapter.ts'
import type { Standing } from '../rights.ts'
import type { Revision, System, ThreadState } from '../state.ts'

/** Hands work that the store holds to the queue. */
export type WorkQueue = {
  enqueueCompile: (draftId: string) => Promise<void>
  enqueueBuild: (buildId: string) => Promise<void>
  enqueueAction: (actionId: string) => Promise<void>
  broadcastCancel: (buildId: string) => Promise<void>
}

/** What a system holds, read from its database for the confirmation of a purge: table -> rows. */
export type CountRows = (systemId: string) => Promise<{ table: string; rows: number }[] | undefined>

export type TurnDeps = {
  queue: WorkQueue
  target: Pick<DeployTarget, 'status' | 'logs'>
  likeness: (text: string) => { newSystem: number; change: number }
  /** Whether the planner can make a system of a text. */
  makesSystem: (text: string) => boolean
  countRows: CountRows
  /** Absolute path of the data directory. */
  data: string
  log: Logger
}

/** What a turn is decided from: the event, the thread, and the team's systems. */
export type TurnContext<Event extends ChatEvent = ChatEvent> = {
  seq: number
  event: Event
  state: ThreadState
  /** The team's systems that are not removed. */
  systems: System[]
  /** A system's revisions, newest first; read once in a turn. */
  revisionsOf: (systemId: string) => Promise<readonly Revision[]>
  /** What the one who asks may do. */
  standing: Standing
  db: Db
  deps: TurnDeps
}

/** What a turn leaves behind, written in one transaction with the event's mark as done. */
export type Outcome = {
  /** The answer, under the event's own key. */
  reply?: Card
  /** Other cards that changed with it, such as an answered question. */
  cards?: ThreadCard[]
  /** Shown to the one who asked, and not kept. */
  whisper?: string
  /** Hands over what was written, once the transaction is committed; the queue's sweep covers a crash in between. */
  after?: () => Promise<void>
}

/** Either the turn's writes, or that the event waits until what runs has ended. */
export type Turn = { wait: string } | { run: Run }

type Run = (tx: Db) => Promise<Outcome>

/** A turn with something around its writes; one that waits only waits. */
export const wrapped = (turn: Turn, around: (run: Run, tx: Db) => Promise<Outcome>): Turn =>
  'wait' in turn ? turn : { run: (tx) => around(turn.run, tx) }

/** Writes cards before those of the turn, such as the question that it answers. */
export const withCards = (turn: Turn, cards: readonly ThreadCard[]): Turn =>
  wrapped(turn, async (run, tx) => {
    const outcome = await run(tx)
    return { ...outcome, cards: [...cards, ...(outcome.cards ?? [])] }
  })

/** Remembers which system was spoken of, for the sentences after this one. */
export const spokenOf = (turn: Turn, { state }: TurnContext, systemId: string): Turn =>
  wrapped(turn, async (run, tx) => {
    await conversations.setSystem(tx, state.conversation.id, systemId)
    return run(tx)
  })

export const say = (text: string, more: Partial<Omit<MessageCard, 'kind' | 'text'>> = {}): MessageCard => ({
  kind: 'message',
  text,
  tone: 'plain',
  ...more,
})

/** A turn that only answers. */
export const answer = (reply: Card): Turn => ({ run: async () => ({ reply }) })

/** A turn that only refuses, in private. */
export const refuse = (whisper: string): Turn => ({ run: async () => ({ whisper }) })

export const isUnfinished = (row: { status: string }): boolean => row.status === 'queued' || row.status === 'running'
