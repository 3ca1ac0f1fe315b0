import { and, asc, eq, ne, sql } from 'drizzle-orm'
import { type Db, lockInTransaction } from './db.ts'
import { newId } from './ids.ts'
import { type Actor, systems } from './schema.ts'

export type System = typeof systems.$inferSelect

/** Returns a system, or undefined. */
export const get = async (db: Db, id: string): Promise<System | undefined> =>
  (await db.select().from(systems).where(eq(systems.id, id)))[0]

/** Returns a team's systems that are not removed, by slug. */
export const ofTeam = (db: Db, teamId: string): Promise<System[]> =>
  db
    .select()
    .from(systems)
    .where(and(eq(systems.teamId, teamId), ne(systems.status, 'removed')))
    .orderBy(asc(systems.slug))

/** Returns the team's system of this slug that is not removed, or undefined. */
export const bySlug = async (db: Db, teamId: string, slug: string): Promise<System | undefined> =>
  (
    await db
      .select()
      .from(systems)
      .where(and(eq(systems.teamId, teamId), eq(systems.slug, slug), ne(systems.status, 'removed')))
  )[0]

/**
 * Makes a system of status `draft`. Where the team has one of the slug, the next free of <slug>-2, <slug>-3 … is taken.
 * Needs a transaction: the team's slugs are locked until it ends.
 */
export const create = async (
  tx: Db,
  system: { teamId: string; slug: string; title: string; createdBy: Actor },
): Promise<System> => {
  await lockInTransaction(tx, `slugs:${system.teamId}`)
  const taken = new Set((await ofTeam(tx, system.teamId)).map((row) => row.slug))
  let slug = system.slug
  for (let n = 2; taken.has(slug); n += 1) slug = `${system.slug}-${n}`
  const [made] = await tx
    .insert(systems)
    .values({ ...system, id: newId(), slug })
    .returning()
  return made!
}

/** Changes what is known of a system. */
export const update = async (
  db: Db,
  id: string,
  change: Partial<Pick<System, 'title' | 'status' | 'revisionId' | 'buildId' | 'url' | 'owner' | 'archivedAt'>>,
): Promise<void> => {
  await db
    .update(systems)
    .set({ ...change, updatedAt: sql`now()` })
    .where(eq(systems.id, id))
}

/** Holds the row until the transaction ends, so what is decided about a system is decided one at a time. */
export const lockRow = async (tx: Db, id: string): Promise<System | undefined> =>
  (await tx.select().from(systems).where(eq(systems.id, id)).for('no key update'))[0]
