import { sql } from 'drizzle-orm'
import { type Db, rowsOf } from './db.ts'
import type { Actor } from './schema.ts'

/** Returns everybody who ever wrote or pressed in a team, each with the name they had last, newest first. */
export const ofTeam = (db: Db, teamId: string): Promise<Actor[]> =>
  rowsOf<Actor>(
    db,
    sql`select id, name from (
          select distinct on (inbox.actor->>'id') inbox.actor->>'id' as id, inbox.actor->>'name' as name, inbox.seq as seq
          from inbox join conversations on conversations.id = inbox.conversation_id
          where conversations.team_id = ${teamId}
          order by inbox.actor->>'id', inbox.seq desc
        ) as latest order by seq desc limit 500`,
  )
