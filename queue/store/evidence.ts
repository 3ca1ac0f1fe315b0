import { asc, eq, sql } from 'drizzle-orm'
import type { Evidence } from '../../schemas/generated/evidence.ts'
import type { Db } from './db.ts'
import { evidence } from './schema.ts'

export type EvidenceRow = typeof evidence.$inferSelect

/** Records what the checks of a build found; a check that ran again replaces its own record. */
export const put = async (db: Db, buildId: string, records: Evidence[]): Promise<void> => {
  if (records.length === 0) return
  await db
    .insert(evidence)
    .values(records.map((record) => ({ ...record, buildId })))
    .onConflictDoUpdate({
      target: [evidence.buildId, evidence.check],
      set: {
        tool: sql`excluded.tool`,
        version: sql`excluded.version`,
        digest: sql`excluded.digest`,
        result: sql`excluded.result`,
        seconds: sql`excluded.seconds`,
        summary: sql`excluded.summary`,
        passed: sql`excluded.passed`,
        failed: sql`excluded.failed`,
        detail: sql`excluded.detail`,
        createdAt: sql`now()`,
      },
    })
}

/** Returns a build's evidence in the order in which the checks ended. */
export const ofBuild = (db: Db, buildId: string): Promise<EvidenceRow[]> =>
  db.select().from(evidence).where(eq(evidence.buildId, buildId)).orderBy(asc(evidence.createdAt), asc(evidence.check))
