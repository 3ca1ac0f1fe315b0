import { and, asc, eq, sql } from 'drizzle-orm'
import { CHANNEL, encode } from './changes.ts'
import { type Db, rowsOf } from './db.ts'
import { newId } from './ids.ts'
import { type Actor, inbox } from './schema.ts'
import * as teams from './teams.ts'

/** Something that came in from a platform. `id` is the platform's own id of the event: one that comes again is known by it. */
export type IncomingEvent = {
  id: string
  /** The conversation of the thread, where it is known from an earlier event. */
  conversationId?: string | undefined
  team: { platform: string; externalId: string; name: string }
  /**
   * The platform's own id of the thread, and what lists call it where the platform knows. `platform` where it is not
   * the team's: web and terminal share the local team.
   */
  thread: { id: string; title?: string; platform?: string }
  actor: Actor
  /** What a turn reads; checked by its schema before. */
  event: unknown
}
export type InboxItem = typeof inbox.$inferSelect

/**
 * Claims an event and puts it in its conversation's inbox, in one transaction. `duplicate` where its id was claimed
 * before; then nothing has changed. Once this resolves the event may be acknowledged to the platform.
 */
export const accept = (
  db: Db,
  incoming: IncomingEvent,
): Promise<{ outcome: 'accepted' | 'duplicate'; conversationId: string }> =>
  incoming.conversationId ? claim(db, incoming, incoming.conversationId) : begin(db, incoming)

/** In one statement, which is a transaction of its own. */
const claim = async (
  db: Db,
  incoming: IncomingEvent,
  conversationId: string,
): Promise<{ outcome: 'accepted' | 'duplicate'; conversationId: string }> => {
  const rows = await rowsOf<{ woken: unknown }>(
    db,
    sql`with claimed as (
          insert into inbox (conversation_id, event_id, event, actor)
          values (${conversationId}, ${`${incoming.team.platform}:${incoming.id}`},
            ${JSON.stringify(incoming.event)}::jsonb, ${JSON.stringify(incoming.actor)}::jsonb)
          on conflict do nothing returning seq
        ), touched as (
          update conversations set updated_at = now() where id = ${conversationId} and exists (select 1 from claimed)
        )
        select pg_notify(${CHANNEL}, ${encode({ kind: 'inbox', conversationId })}) as woken from claimed`,
  )
  return { outcome: rows.length > 0 ? 'accepted' : 'duplicate', conversationId }
}

/**
 * As `claim`, where the conversation is perhaps not there yet: one statement once the team is known, for many threads begin
 * with a message, and whoever sent it waits for this. An event that came before leaves the conversation as it was.
 */
const begin = async (
  db: Db,
  incoming: IncomingEvent,
): Promise<{ outcome: 'accepted' | 'duplicate'; conversationId: string }> => {
  const teamId = await teams.ensure(db, incoming.team)
  const eventId = `${incoming.team.platform}:${incoming.id}`
  const platform = incoming.thread.platform ?? incoming.team.platform
  const [row] = await rowsOf<{ id: string; seq: string | null }>(
    db,
    sql`with conversation as (
          insert into conversations (id, team_id, platform, thread, title)
          values (${newId()}, ${teamId}, ${platform}, ${incoming.thread.id}, ${incoming.thread.title ?? ''})
          on conflict (team_id, platform, thread) do update set updated_at =
            case when exists (select 1 from inbox where event_id = ${eventId}) then conversations.updated_at else now() end
          returning id
        ), claimed as (
          insert into inbox (conversation_id, event_id, event, actor)
          select id, ${eventId}, ${JSON.stringify(incoming.event)}::jsonb, ${JSON.stringify(incoming.actor)}::jsonb
          from conversation
          on conflict do nothing returning seq
        )
        select conversation.id, claimed.seq,
          case when claimed.seq is not null then pg_notify(${CHANNEL}, ${encode({ kind: 'inbox', conversationId: '' })} || conversation.id) end
        from conversation left join claimed on true`,
  )
  return { outcome: row!.seq === null ? 'duplicate' : 'accepted', conversationId: row!.id }
}

/** Returns the oldest event of a conversation that no turn has taken to its end, or undefined. */
export const nextPending = async (db: Db, conversationId: string): Promise<InboxItem | undefined> =>
  (
    await db
      .select()
      .from(inbox)
      .where(and(eq(inbox.conversationId, conversationId), eq(inbox.status, 'pending')))
      .orderBy(asc(inbox.seq))
      .limit(1)
  )[0]

/** Returns a conversation's events that no turn has taken to its end, oldest first: what must wait does not hold up the rest. */
export const pendingOf = (db: Db, conversationId: string): Promise<InboxItem[]> =>
  db
    .select()
    .from(inbox)
    .where(and(eq(inbox.conversationId, conversationId), eq(inbox.status, 'pending')))
    .orderBy(asc(inbox.seq))

/** Returns the event of a conversation that its platform knows by this id, or undefined. */
export const byPlatformId = async (db: Db, conversationId: string, id: string): Promise<InboxItem | undefined> =>
  (
    await db
      .select()
      .from(inbox)
      .where(and(eq(inbox.conversationId, conversationId), sql`${inbox.event}->>'id' = ${id}`))
      .limit(1)
  )[0]

/** Gives an event that no turn has taken yet other words. */
export const rewrite = async (db: Db, seq: number, event: unknown): Promise<void> => {
  await db
    .update(inbox)
    .set({ event })
    .where(and(eq(inbox.seq, seq), eq(inbox.status, 'pending')))
}

/** Marks an event as done; call it in the transaction that holds what the turn wrote. Returns false where it was done already. */
export const done = async (db: Db, seq: number): Promise<boolean> =>
  (
    await db
      .update(inbox)
      .set({ status: 'done' })
      .where(and(eq(inbox.seq, seq), eq(inbox.status, 'pending')))
      .returning({ seq: inbox.seq })
  ).length === 1

/** Returns the ids of the conversations that have pending events, the longest waiting first. */
export const conversationsWithPending = async (db: Db): Promise<string[]> =>
  (
    await db
      .select({ id: inbox.conversationId })
      .from(inbox)
      .where(eq(inbox.status, 'pending'))
      .groupBy(inbox.conversationId)
      .orderBy(sql`min(${inbox.seq})`)
  ).map((row) => row.id)

/** Returns everything that was said in a conversation, oldest first. */
export const ofConversation = (db: Db, conversationId: string): Promise<InboxItem[]> =>
  db.select().from(inbox).where(eq(inbox.conversationId, conversationId)).orderBy(asc(inbox.seq))
