import { desc, eq } from 'drizzle-orm'
import type { Db } from './db.ts'
import { type Actor, audit } from './schema.ts'

export type AuditEntry = typeof audit.$inferSelect

/** Records who did what to which thing with what outcome; call it in the transaction of the deed. */
export const record = async (
  db: Db,
  entry: { teamId: string; actor: Actor; action: string; subject: string; outcome: string },
): Promise<void> => {
  await db.insert(audit).values(entry)
}

/** Returns a team's newest entries, newest first. */
export const ofTeam = (db: Db, teamId: string, limit = 100): Promise<AuditEntry[]> =>
  db.select().from(audit).where(eq(audit.teamId, teamId)).orderBy(desc(audit.seq)).limit(limit)
