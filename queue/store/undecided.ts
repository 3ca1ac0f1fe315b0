import { sql } from 'drizzle-orm'
import { type Db, rowsOf } from './db.ts'

/** A message whose author may still take it back or put it otherwise; `id`, `team`, `thread` and `actor` are the platform's own. */
export type UndecidedMessage = { id: string; text: string; actor: string; team: string; thread: string }

/**
 * Returns a platform's messages of the last `days` that no turn has taken yet, or that asked for a blueprint which
 * nobody has decided on: with the words that are known of them now. Messages that were deleted are left out.
 */
export const undecidedOf = async (db: Db, platform: string, days: number): Promise<UndecidedMessage[]> =>
  rowsOf(
    db,
    sql`with said as (
          select inbox.conversation_id, inbox.status, inbox.seq, inbox.actor->>'id' as actor,
            inbox.event->>'id' as id, inbox.event->>'text' as first, edit.event as edit,
            coalesce(edit.event->>'text', inbox.event->>'text') as text
          from inbox
            join conversations on conversations.id = inbox.conversation_id
            left join lateral (
              select later.event from inbox later
              where later.conversation_id = inbox.conversation_id
                and later.event->>'type' = 'edit' and later.event->>'message' = inbox.event->>'id'
              order by later.seq desc limit 1
            ) edit on true
          where conversations.platform = ${platform} and inbox.event->>'type' = 'message'
            and inbox.created_at > now() - make_interval(days => ${days}::int)
        )
        select teams.external_id as team, conversations.thread as thread, said.id, said.text, said.actor
        from said
          join conversations on conversations.id = said.conversation_id
          join teams on teams.id = conversations.team_id
          left join lateral (
            select drafts.id, drafts.status from drafts
            where drafts.conversation_id = said.conversation_id and drafts.text in (said.first, said.text)
            order by drafts.created_at desc, drafts.id desc limit 1
          ) draft on true
        where (said.edit is null or said.edit->>'text' is not null)
          and (said.status = 'pending' or (
            draft.status <> 'cancelled'
            and not exists (select from revisions where revisions.draft_id = draft.id and revisions.status <> 'proposed')
          ))
        order by said.seq`,
  )
