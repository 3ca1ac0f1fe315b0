import { and, desc, eq, sql } from 'drizzle-orm'
import type { Db } from './db.ts'
import { newId } from './ids.ts'
import { deployments } from './schema.ts'

export type Deployment = typeof deployments.$inferSelect

/** Records that a build's release serves a system; what was live before is `replaced`. Needs a transaction. */
export const live = async (
  tx: Db,
  deployment: { systemId: string; buildId: string; target: string; url: string },
): Promise<void> => {
  await settle(tx, deployment.systemId, 'replaced')
  await tx
    .insert(deployments)
    .values({ id: newId(), status: 'live', ...deployment })
    .onConflictDoUpdate({ target: deployments.buildId, set: { status: 'live', url: sql`excluded.url` } })
}

/** Records that nothing serves a system any more, and why. */
export const settle = async (db: Db, systemId: string, status: 'replaced' | 'stopped' | 'removed'): Promise<void> => {
  await db
    .update(deployments)
    .set({ status })
    .where(and(eq(deployments.systemId, systemId), eq(deployments.status, 'live')))
}

/** Returns a system's deployments, newest first. */
export const ofSystem = (db: Db, systemId: string): Promise<Deployment[]> =>
  db.select().from(deployments).where(eq(deployments.systemId, systemId)).orderBy(desc(deployments.id))
