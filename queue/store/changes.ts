import { sql } from 'drizzle-orm'
import type { Db } from './db.ts'

/**
 * What a wake-up says. It never carries state: whoever is woken reads the rows.
 * - conversation: something that the conversation's cards follow from has changed
 * - inbox: a message arrived for this conversation
 * - cancel: a build's cancel was requested
 * - work: drafts, builds or actions wait to be handed to the queue
 * - poll: no news; the safety net's tick, on which everything that matters is looked at
 */
export type Change =
  | { kind: 'conversation' | 'inbox'; conversationId: string }
  | { kind: 'cancel'; buildId: string }
  | { kind: 'work' }
  | { kind: 'poll' }

export type Changes = {
  /** Calls the listener for every change of any process, own ones included. Returns what ends the subscription. */
  subscribe: (listener: (change: Change) => void) => () => void
}

/** The channel of LISTEN and NOTIFY. */
export const CHANNEL = 'autocoder'

/** Returns the payload that parseChange reads. */
export const encode = (change: Change): string =>
  change.kind === 'cancel'
    ? `cancel ${change.buildId}`
    : change.kind === 'conversation' || change.kind === 'inbox'
      ? `${change.kind} ${change.conversationId}`
      : change.kind

/** Returns the change that a payload names, or undefined for one of a newer release. */
export const parseChange = (payload: string): Change | undefined => {
  const [kind, id] = payload.split(' ', 2)
  if (kind === 'work') return { kind }
  if (!id) return undefined
  if (kind === 'conversation' || kind === 'inbox') return { kind, conversationId: id }
  return kind === 'cancel' ? { kind, buildId: id } : undefined
}

/** Wakes every listener when the transaction commits; PostgreSQL folds equal ones of a transaction into one. */
export const notify = async (db: Db, ...changes: Change[]): Promise<void> => {
  for (const change of changes) await db.execute(sql`select pg_notify(${CHANNEL}, ${encode(change)})`)
}

/** Returns the listeners of a process and `emit`, which calls each of them; one that throws does not keep the others from hearing. */
export const createChanges = (
  onError: (error: unknown) => void,
): Changes & { emit: (change: Change) => void; clear: () => void } => {
  const listeners = new Set<(change: Change) => void>()
  return {
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    emit: (change) => {
      for (const listener of [...listeners])
        try {
          listener(change)
        } catch (error) {
          onError(error)
        }
    },
    clear: () => listeners.clear(),
  }
}
