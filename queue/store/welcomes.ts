import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from './db.ts'
import { welcomes } from './schema.ts'

const of = (platform: string, team: string) => and(eq(welcomes.platform, platform), eq(welcomes.externalId, team))

/** Notes that a workspace is to be greeted at a place, or never where there is none; what was noted before stays. */
export const note = async (db: Db, platform: string, team: string, place: string | undefined): Promise<void> => {
  await db
    .insert(welcomes)
    .values({ platform, externalId: team, place: place ?? '', ...(place ? {} : { doneAt: sql`now()` }) })
    .onConflictDoNothing()
}

/**
 * Returns where a workspace is still to be greeted, and whether the caller is the first to try; undefined where it was
 * greeted or was never noted. Of several callers one is the first.
 */
export const begin = async (
  db: Db,
  platform: string,
  team: string,
): Promise<{ place: string; first: boolean } | undefined> => {
  const [taken] = await db
    .update(welcomes)
    .set({ sendingAt: sql`now()` })
    .where(and(of(platform, team), isNull(welcomes.sendingAt), isNull(welcomes.doneAt)))
    .returning({ place: welcomes.place })
  if (taken) return { place: taken.place, first: true }
  const [open] = await db
    .select({ place: welcomes.place })
    .from(welcomes)
    .where(and(of(platform, team), isNull(welcomes.doneAt)))
  return open && { place: open.place, first: false }
}

/** Notes that a workspace needs no greeting any more. */
export const done = async (db: Db, platform: string, team: string): Promise<void> => {
  await db.update(welcomes).set({ doneAt: sql`now()` }).where(of(platform, team))
}

/** Returns the ids of the workspaces of a platform that are still to be greeted, oldest first. */
export const open = async (db: Db, platform: string): Promise<string[]> =>
  (
    await db
      .select({ team: welcomes.externalId })
      .from(welcomes)
      .where(and(eq(welcomes.platform, platform), isNull(welcomes.doneAt)))
      .orderBy(asc(welcomes.createdAt))
  ).map((row) => row.team)

/** Forgets a workspace that took the bot out: where it comes back, it is greeted anew. */
export const forget = async (db: Db, platform: string, team: string): Promise<void> => {
  await db.delete(welcomes).where(of(platform, team))
}
