import { and, asc, desc, eq, gt } from 'drizzle-orm'
import { notify } from './changes.ts'
import type { Db } from './db.ts'
import { buildEvents, builds } from './schema.ts'

export type BuildEvent = typeof buildEvents.$inferSelect

/** Records one step of a build's progress and wakes whoever shows it. */
export const report = async (
  db: Db,
  event: { buildId: string; stage: string; step: string; done?: number; total?: number },
): Promise<void> => {
  await db.insert(buildEvents).values(event)
  const [build] = await db
    .select({ conversationId: builds.conversationId })
    .from(builds)
    .where(eq(builds.id, event.buildId))
  if (build) await notify(db, { kind: 'conversation', conversationId: build.conversationId })
}

/** Returns a build's events after `seq`, oldest first. */
export const ofBuild = (db: Db, buildId: string, after = 0): Promise<BuildEvent[]> =>
  db
    .select()
    .from(buildEvents)
    .where(and(eq(buildEvents.buildId, buildId), gt(buildEvents.seq, after)))
    .orderBy(asc(buildEvents.seq))

/** Returns a build's newest event, or undefined. */
export const latest = async (db: Db, buildId: string): Promise<BuildEvent | undefined> =>
  (
    await db.select().from(buildEvents).where(eq(buildEvents.buildId, buildId)).orderBy(desc(buildEvents.seq)).limit(1)
  )[0]
