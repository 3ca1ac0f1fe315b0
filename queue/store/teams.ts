import { and, eq } from 'drizzle-orm'
import type { Db } from './db.ts'
import { newId } from './ids.ts'
import { teams } from './schema.ts'

export type Team = typeof teams.$inferSelect

/** Returns the id of the team that a platform knows by `externalId`, made on first sight. */
export const ensure = async (db: Db, team: { platform: string; externalId: string; name: string }): Promise<string> => {
  const find = () =>
    db
      .select({ id: teams.id })
      .from(teams)
      .where(and(eq(teams.platform, team.platform), eq(teams.externalId, team.externalId)))
  const [known] = await find()
  if (known) return known.id
  const [made] = await db
    .insert(teams)
    .values({ id: newId(), ...team })
    .onConflictDoNothing()
    .returning({ id: teams.id })
  return made?.id ?? (await find())[0]!.id
}

/** Returns a team, or undefined. */
export const get = async (db: Db, id: string): Promise<Team | undefined> =>
  (await db.select().from(teams).where(eq(teams.id, id)))[0]

/** Returns the team that a platform knows by `externalId`, or undefined. */
export const find = async (db: Db, platform: string, externalId: string): Promise<Team | undefined> =>
  (
    await db
      .select()
      .from(teams)
      .where(and(eq(teams.platform, platform), eq(teams.externalId, externalId)))
  )[0]
