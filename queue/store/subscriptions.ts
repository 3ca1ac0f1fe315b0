import { and, eq } from 'drizzle-orm'
import { notify } from './changes.ts'
import type { Db } from './db.ts'
import { subscriptions } from './schema.ts'

/** Tells a thread from now on what becomes of a system. Returns false where it is told already. */
export const add = async (db: Db, systemId: string, conversationId: string): Promise<boolean> =>
  (await db.insert(subscriptions).values({ systemId, conversationId }).onConflictDoNothing().returning()).length > 0

/** Tells it no more. Returns false where it was not told. */
export const remove = async (db: Db, systemId: string, conversationId: string): Promise<boolean> =>
  (
    await db
      .delete(subscriptions)
      .where(and(eq(subscriptions.systemId, systemId), eq(subscriptions.conversationId, conversationId)))
      .returning()
  ).length > 0

/** Whether a thread is told what becomes of a system. */
export const has = async (db: Db, systemId: string, conversationId: string): Promise<boolean> =>
  (
    await db
      .select()
      .from(subscriptions)
      .where(and(eq(subscriptions.systemId, systemId), eq(subscriptions.conversationId, conversationId)))
  ).length > 0

/** Wakes the threads that are told of a system. */
export const wake = async (db: Db, systemId: string): Promise<void> => {
  const rows = await db.select().from(subscriptions).where(eq(subscriptions.systemId, systemId))
  for (const { conversationId } of rows) await notify(db, { kind: 'conversation', conversationId })
}
