import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import { notify } from './changes.ts'
import type { Db } from './db.ts'
import { cards } from './schema.ts'

export type CardRow = typeof cards.$inferSelect

/**
 * Says what the card `key` of a conversation should show. A card equal to the stored one changes nothing; another one
 * raises the version, so the relay shows it. Returns whether it changed.
 */
export const upsert = async (db: Db, conversationId: string, key: string, card: unknown): Promise<boolean> => {
  const changed = await db
    .insert(cards)
    .values({ conversationId, key, card })
    .onConflictDoUpdate({
      target: [cards.conversationId, cards.key],
      set: { card: sql`excluded.card`, version: sql`${cards.version} + 1`, updatedAt: sql`now()` },
      // jsonb compares by value, so the order of keys does not count as a change.
      setWhere: sql`${cards.card} is distinct from excluded.card`,
    })
    .returning({ seq: cards.seq })
  if (changed.length > 0) await notify(db, { kind: 'conversation', conversationId })
  return changed.length > 0
}

/** Returns the cards whose thread does not show the newest version yet, in the order of first appearance. */
export const toShow = (db: Db, conversationId?: string): Promise<CardRow[]> =>
  db
    .select()
    .from(cards)
    .where(
      and(
        sql`${cards.shownVersion} < ${cards.version}`,
        conversationId === undefined ? undefined : eq(cards.conversationId, conversationId),
      ),
    )
    .orderBy(asc(cards.seq))

/**
 * Says that a card is about to be posted for the first time. Returns whether somebody said so before: they may have died
 * with the message posted and not recorded.
 */
export const posting = async (db: Db, card: { conversationId: string; key: string }): Promise<boolean> => {
  const where = and(eq(cards.conversationId, card.conversationId), eq(cards.key, card.key))
  const first = await db
    .update(cards)
    .set({ postingAt: sql`now()` })
    .where(and(where, isNull(cards.postingAt)))
    .returning({ seq: cards.seq })
  return first.length === 0
}

/** Records that the thread shows this version in the platform's message `message`. An older version than recorded is ignored. */
export const shown = async (
  db: Db,
  card: { conversationId: string; key: string; version: number; message: string },
): Promise<void> => {
  await db
    .update(cards)
    .set({ shownVersion: sql`greatest(${cards.shownVersion}, ${card.version})`, message: card.message })
    .where(and(eq(cards.conversationId, card.conversationId), eq(cards.key, card.key)))
}

/** Returns a conversation's cards in the order of first appearance. */
export const ofConversation = (db: Db, conversationId: string): Promise<CardRow[]> =>
  db.select().from(cards).where(eq(cards.conversationId, conversationId)).orderBy(asc(cards.seq))
