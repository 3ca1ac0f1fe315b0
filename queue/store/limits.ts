import { eq, sql } from 'drizzle-orm'
import { type Db, lockInTransaction, rowsOf } from './db.ts'
import { teams } from './schema.ts'

/** A system that counts against its team's limit: it runs, or it is on its way to. */
export type Occupant = { id: string; slug: string; title: string; running: boolean }
/** Why no other system may start: how many may run at once, and which take the places. */
export type Full = { limit: number; occupants: Occupant[] }

/** Returns a team's systems that run, are being built, or are about to be started, by slug. */
export const occupantsOf = (db: Db, teamId: string): Promise<Occupant[]> =>
  rowsOf<Occupant>(
    db,
    sql`select id, slug, title, status = 'running' as running from systems
        where team_id = ${teamId} and status <> 'removed' and (
          status = 'running'
          or exists (select 1 from builds where builds.system_id = systems.id and builds.status in ('queued', 'running'))
          or exists (select 1 from actions where actions.system_id = systems.id
            and actions.status in ('queued', 'running') and actions.kind in ('start', 'restart', 'rollback'))
        ) order by slug`,
  )

/** Returns why a system may not begin to run, or undefined; somebody else may take the last place a moment later. */
export const fullNow = async (db: Db, place: { teamId: string; systemId?: string }): Promise<Full | undefined> => {
  const [team] = await db.select({ policy: teams.policy }).from(teams).where(eq(teams.id, place.teamId))
  const limit = team?.policy.systems
  if (limit === undefined) return undefined
  const occupants = await occupantsOf(db, place.teamId)
  if (occupants.length < limit || occupants.some(({ id }) => id === place.systemId)) return undefined
  return { limit, occupants }
}

/**
 * Returns why a system may not begin to run, or undefined where it may: there is room, it takes a place already, or its
 * team has no limit. Needs a transaction: whoever asks for the same team waits until it ends, so two cannot take the last
 * place together. Lock rows of conversations and systems before this, never after.
 */
export const fullFor = async (tx: Db, place: { teamId: string; systemId: string }): Promise<Full | undefined> => {
  await lockInTransaction(tx, `places:${place.teamId}`)
  return fullNow(tx, place)
}
