import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { notify } from './changes.ts'
import type { Db } from './db.ts'
import { newId } from './ids.ts'
import { type Actor, conversations, drafts } from './schema.ts'

export type Draft = typeof drafts.$inferSelect
export type DraftResult = { status: 'question' | 'refused' | 'failed'; result: unknown }

/** Makes a pending draft: a wish on its way to a revision. Hand it to the queue afterwards with producer.enqueueCompile. */
export const create = async (
  db: Db,
  draft: {
    conversationId: string
    text: string
    actor: Actor
    /** The system and revision to change; absent for a new system. */
    systemId?: string | null
    baseRevisionId?: string | null
    answers?: Record<string, string>
  },
): Promise<Draft> => {
  const [made] = await db
    .insert(drafts)
    .values({ ...draft, id: newId() })
    .returning()
  await notify(db, { kind: 'work' }, { kind: 'conversation', conversationId: draft.conversationId })
  return made!
}

/** Returns a draft, or undefined. */
export const get = async (db: Db, id: string): Promise<Draft | undefined> =>
  (await db.select().from(drafts).where(eq(drafts.id, id)))[0]

/** Returns a conversation's newest draft, or undefined. */
export const latest = async (db: Db, conversationId: string): Promise<Draft | undefined> =>
  (
    await db
      .select()
      .from(drafts)
      .where(eq(drafts.conversationId, conversationId))
      .orderBy(desc(drafts.createdAt), desc(drafts.id))
      .limit(1)
  )[0]

/** Returns a conversation's drafts, oldest first. */
export const ofConversation = (db: Db, conversationId: string): Promise<Draft[]> =>
  db
    .select()
    .from(drafts)
    .where(eq(drafts.conversationId, conversationId))
    .orderBy(asc(drafts.createdAt), asc(drafts.id))

/**
 * Adds answers to a draft that waits for them and makes it pending again; `about`: what it turned out to be about. Returns
 * it, or undefined where it waits for no answer (any more).
 */
export const answer = async (
  db: Db,
  id: string,
  answers: Record<string, string>,
  about: Partial<Pick<Draft, 'systemId' | 'baseRevisionId'>> = {},
): Promise<Draft | undefined> => {
  const [changed] = await db
    .update(drafts)
    .set({
      ...about,
      answers: sql`${drafts.answers} || ${JSON.stringify(answers)}::jsonb`,
      status: 'pending',
      result: null,
      // Another attempt, so the queue does not take the new job for the one that asked.
      attempt: sql`${drafts.attempt} + 1`,
      updatedAt: sql`now()`,
    })
    .where(and(eq(drafts.id, id), eq(drafts.status, 'question')))
    .returning()
  if (changed) await notify(db, { kind: 'work' }, { kind: 'conversation', conversationId: changed.conversationId })
  return changed
}

/** Gives up a draft that is pending or waits for an answer. Returns whether it did. */
export const cancel = async (db: Db, id: string): Promise<boolean> => {
  const [changed] = await db
    .update(drafts)
    .set({ status: 'cancelled', updatedAt: sql`now()` })
    .where(and(eq(drafts.id, id), inArray(drafts.status, ['pending', 'question'])))
    .returning({ conversationId: drafts.conversationId })
  if (changed) await notify(db, { kind: 'conversation', conversationId: changed.conversationId })
  return changed !== undefined
}

/** Ends a pending draft with questions, a refusal or an error. Returns false where it is pending no more: then nothing was written. */
export const finish = async (db: Db, id: string, outcome: DraftResult): Promise<boolean> => {
  const [changed] = await db
    .update(drafts)
    .set({ ...outcome, updatedAt: sql`now()` })
    .where(and(eq(drafts.id, id), eq(drafts.status, 'pending')))
    .returning({ conversationId: drafts.conversationId })
  if (changed) await notify(db, { kind: 'conversation', conversationId: changed.conversationId })
  return changed !== undefined
}

/** Returns the pending drafts, oldest first. */
export const pending = (db: Db): Promise<Draft[]> =>
  db.select().from(drafts).where(eq(drafts.status, 'pending')).orderBy(asc(drafts.createdAt))

/** Raises the attempt of a pending draft that the queue forgot. Returns the new attempt, or undefined where it is pending no more. */
export const again = async (db: Db, seen: { id: string; attempt: number }): Promise<number | undefined> =>
  (
    await db
      .update(drafts)
      .set({ attempt: sql`${drafts.attempt} + 1` })
      .where(and(eq(drafts.id, seen.id), eq(drafts.attempt, seen.attempt), eq(drafts.status, 'pending')))
      .returning({ attempt: drafts.attempt })
  )[0]?.attempt

/** Returns how many of the team's drafts were made before this one and are still pending: its place in the team's line. */
export const placeInLine = async (db: Db, draft: Draft): Promise<number> => {
  const [row] = await db
    .select({ ahead: sql<number>`count(*)::int` })
    .from(drafts)
    .innerJoin(conversations, eq(conversations.id, drafts.conversationId))
    .where(
      and(
        eq(drafts.status, 'pending'),
        sql`${conversations.teamId} = (select team_id from conversations where id = ${draft.conversationId})`,
        sql`${drafts.id} < ${draft.id}`,
      ),
    )
  return row?.ahead ?? 0
}
