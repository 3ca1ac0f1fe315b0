import { and, desc, eq, sql } from 'drizzle-orm'
import type { Db } from './db.ts'
import { newId } from './ids.ts'
import { conversations, teams } from './schema.ts'

export type Conversation = typeof conversations.$inferSelect

/** Returns the id of the conversation of a thread, made on first sight. */
export const ensure = async (
  db: Db,
  thread: { teamId: string; platform: string; thread: string; title?: string },
): Promise<string> => {
  const find = () =>
    db
      .select({ id: conversations.id })
      .from(conversations)
      .where(
        and(
          eq(conversations.teamId, thread.teamId),
          eq(conversations.platform, thread.platform),
          eq(conversations.thread, thread.thread),
        ),
      )
  const [known] = await find()
  if (known) return known.id
  const [made] = await db
    .insert(conversations)
    .values({ id: newId(), ...thread })
    .onConflictDoNothing()
    .returning({ id: conversations.id })
  return made?.id ?? (await find())[0]!.id
}

/** Returns the conversation of a thread by the platform's own ids, or undefined where nobody wrote there yet. */
export const ofThread = async (
  db: Db,
  thread: { platform: string; team: string; thread: string },
): Promise<Conversation | undefined> =>
  (
    await db
      .select({ row: conversations })
      .from(conversations)
      .innerJoin(teams, eq(teams.id, conversations.teamId))
      .where(
        and(
          eq(teams.platform, thread.platform),
          eq(teams.externalId, thread.team),
          eq(conversations.platform, thread.platform),
          eq(conversations.thread, thread.thread),
        ),
      )
  )[0]?.row

/** Returns a conversation, or undefined. */
export const get = async (db: Db, id: string): Promise<Conversation | undefined> =>
  (await db.select().from(conversations).where(eq(conversations.id, id)))[0]

/** Returns a team's conversations, the one with the newest change first. */
export const ofTeam = (db: Db, teamId: string, limit = 100): Promise<Conversation[]> =>
  db
    .select()
    .from(conversations)
    .where(eq(conversations.teamId, teamId))
    .orderBy(desc(conversations.updatedAt))
    .limit(limit)

/** Says which system a conversation is about; null for none. */
export const setSystem = async (db: Db, id: string, systemId: string | null): Promise<void> => {
  await db.update(conversations).set({ systemId, updatedAt: sql`now()` }).where(eq(conversations.id, id))
}

/** Gives a conversation the title that lists show. */
export const setTitle = async (db: Db, id: string, title: string): Promise<void> => {
  await db.update(conversations).set({ title, updatedAt: sql`now()` }).where(eq(conversations.id, id))
}

/** Holds the row until the transaction ends, so what is decided in a conversation is decided one at a time. */
export const lockRow = async (tx: Db, id: string): Promise<Conversation> => {
  const [row] = await tx.select().from(conversations).where(eq(conversations.id, id)).for('no key update')
  return row!
}
