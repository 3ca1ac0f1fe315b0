import { and, asc, eq, sql } from 'drizzle-orm'
import type { Db } from './db.ts'
import { installations } from './schema.ts'
import type { Seal } from './seal.ts'

export type Installation = { name: string; secrets: unknown }

const of = (platform: string, team: string) =>
  and(eq(installations.platform, platform), eq(installations.externalId, team))

const about = (platform: string, team: string): string => `${platform} ${team}`

/** Keeps what a workspace entrusted to the bot, in place of what was there; `team` is the platform's own id. */
export const save = async (
  db: Db,
  seal: Seal,
  { platform, team, name, secrets }: { platform: string; team: string } & Installation,
): Promise<void> => {
  const sealed = seal.seal(JSON.stringify(secrets), about(platform, team))
  await db
    .insert(installations)
    .values({ platform, externalId: team, name, sealed })
    .onConflictDoUpdate({
      target: [installations.platform, installations.externalId],
      set: { name, sealed, updatedAt: sql`now()` },
    })
}

/** Returns what a workspace entrusted, or undefined. What an older key sealed is sealed again with the newest. */
export const find = async (db: Db, seal: Seal, platform: string, team: string): Promise<Installation | undefined> => {
  const [row] = await db.select().from(installations).where(of(platform, team))
  if (!row) return undefined
  const { text, old } = seal.open(row.sealed, about(platform, team))
  const secrets: unknown = JSON.parse(text)
  if (old)
    await db
      .update(installations)
      .set({ sealed: seal.seal(text, about(platform, team)) })
      // Another process may have written newer secrets meanwhile.
      .where(and(of(platform, team), eq(installations.sealed, row.sealed)))
  return { name: row.name, secrets }
}

/** Returns the ids of a platform's workspaces that have one. */
export const list = async (db: Db, platform: string): Promise<string[]> =>
  (
    await db
      .select({ team: installations.externalId })
      .from(installations)
      .where(eq(installations.platform, platform))
      .orderBy(asc(installations.createdAt))
  ).map((row) => row.team)

/** Forgets what a workspace entrusted. */
export const remove = async (db: Db, platform: string, team: string): Promise<void> => {
  await db.delete(installations).where(of(platform, team))
}
