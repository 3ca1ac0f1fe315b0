import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import * as audit from './audit.ts'
import { notify } from './changes.ts'
import type { Db } from './db.ts'
import { newId } from './ids.ts'
import { type ActionResult, type Actor, actions, builds, systems } from './schema.ts'
import * as subscriptions from './subscriptions.ts'

export type Action = typeof actions.$inferSelect

const unfinished = inArray(actions.status, ['queued', 'running'])

/** Makes a queued action on a system. Hand it to the queue afterwards with producer.enqueueAction. */
export const create = (
  db: Db,
  action: {
    conversationId: string
    systemId: string
    teamId: string
    kind: Action['kind']
    /** remove: whether the data goes too; it cannot be undone. */
    purge?: boolean
    /** rollback: the build to run; the one before where absent, and then the audit does not name it. */
    buildId?: string
    requestedBy: Actor
  },
): Promise<Action> =>
  db.transaction(async (tx) => {
    const [made] = await tx
      .insert(actions)
      .values({ ...action, id: newId() })
      .returning()
    await audit.record(tx, {
      teamId: action.teamId,
      actor: action.requestedBy,
      action: action.purge ? `${action.kind} with data` : action.kind,
      subject: `system ${action.systemId}`,
      outcome: `action ${made!.id}${action.buildId ? await wayOf(tx, action.systemId, action.buildId) : ''}`,
    })
    await notify(tx, { kind: 'work' }, { kind: 'conversation', conversationId: action.conversationId })
    return made!
  })

/** Returns from which build to which a system is rolled. */
const wayOf = async (tx: Db, systemId: string, buildId: string): Promise<string> => {
  const [row] = await tx
    .select({ from: builds.number, to: sql<number>`(select number from builds where id = ${buildId})` })
    .from(systems)
    .innerJoin(builds, eq(builds.id, systems.buildId))
    .where(eq(systems.id, systemId))
  return row ? `, build ${row.from} to build ${row.to}` : ''
}

/** Returns an action, or undefined. */
export const get = async (db: Db, id: string): Promise<Action | undefined> =>
  (await db.select().from(actions).where(eq(actions.id, id)))[0]

/** Returns a conversation's actions, oldest first. */
export const ofConversation = (db: Db, conversationId: string): Promise<Action[]> =>
  db
    .select()
    .from(actions)
    .where(eq(actions.conversationId, conversationId))
    .orderBy(asc(actions.createdAt), asc(actions.id))

/** Returns the actions that have not ended, oldest first. */
export const pending = (db: Db): Promise<Action[]> =>
  db.select().from(actions).where(unfinished).orderBy(asc(actions.createdAt))

/** Says that an action begins. Returns it, or undefined where it has ended or was handed over again since this attempt. */
export const begin = async (db: Db, id: string, attempt: number): Promise<Action | undefined> => {
  const [action] = await db
    .update(actions)
    .set({ status: 'running' })
    .where(and(eq(actions.id, id), unfinished, eq(actions.attempt, attempt)))
    .returning()
  if (action) await notify(db, { kind: 'conversation', conversationId: action.conversationId })
  return action
}

/** Raises the attempt of an action that the queue forgot. Returns the new attempt, or undefined where it has ended. */
export const again = async (db: Db, seen: { id: string; attempt: number }): Promise<number | undefined> =>
  (
    await db
      .update(actions)
      .set({ attempt: sql`${actions.attempt} + 1` })
      .where(and(eq(actions.id, seen.id), eq(actions.attempt, seen.attempt), unfinished))
      .returning({ attempt: actions.attempt })
  )[0]?.attempt

/** Ends an action, once: the first call returns true, later ones change nothing. */
export const finish = async (
  db: Db,
  id: string,
  end: { status: 'succeeded' | 'failed'; result: ActionResult },
): Promise<boolean> => {
  const [action] = await db
    .update(actions)
    .set({ ...end, finishedAt: sql`clock_timestamp()` })
    .where(and(eq(actions.id, id), unfinished))
    .returning({ conversationId: actions.conversationId, systemId: actions.systemId })
  if (action) {
    await notify(db, { kind: 'conversation', conversationId: action.conversationId })
    await subscriptions.wake(db, action.systemId)
  }
  return action !== undefined
}
