import { and, asc, eq, like, sql } from 'drizzle-orm'
import type { Db } from './db.ts'
import { stageOutputs } from './schema.ts'

/** Keeps what a stage made for the next ones; a stage that runs again overwrites its own. `output` must survive JSON. */
export const put = async (db: Db, buildId: string, key: string, output: unknown): Promise<void> => {
  await db
    .insert(stageOutputs)
    .values({ buildId, key, output })
    .onConflictDoUpdate({
      target: [stageOutputs.buildId, stageOutputs.key],
      set: { output: sql`excluded.output`, createdAt: sql`now()` },
    })
}

/** Returns what a stage made, or undefined. The caller vouches for its shape: only put wrote it. */
export const get = async <Output>(db: Db, buildId: string, key: string): Promise<Output | undefined> =>
  (
    await db
      .select({ output: stageOutputs.output })
      .from(stageOutputs)
      .where(and(eq(stageOutputs.buildId, buildId), eq(stageOutputs.key, key)))
  )[0]?.output as Output | undefined

/** Returns the keys of a build's outputs that begin with `prefix`. */
export const keys = async (db: Db, buildId: string, prefix: string): Promise<string[]> =>
  (
    await db
      .select({ key: stageOutputs.key })
      .from(stageOutputs)
      .where(and(eq(stageOutputs.buildId, buildId), like(stageOutputs.key, `${prefix}%`)))
      .orderBy(asc(stageOutputs.key))
  ).map((row) => row.key)
