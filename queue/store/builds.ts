import { and, asc, desc, eq, inArray, isNotNull, sql } from 'drizzle-orm'
import * as audit from './audit.ts'
import { notify } from './changes.ts'
import { type Db, lockInTransaction, rowsOf } from './db.ts'
import { newId, newTraceId } from './ids.ts'
import { type Actor, type BuildError, builds, revisions, stageOutputs, systems as systemRows } from './schema.ts'
import * as subscriptions from './subscriptions.ts'
import * as systems from './systems.ts'

export type Build = typeof builds.$inferSelect

const unfinished = inArray(builds.status, ['queued', 'running'])

/** Makes the queued build of an approved revision. Needs a transaction that holds the system's row. */
export const create = async (
  tx: Db,
  build: { revision: typeof revisions.$inferSelect; teamId: string; requestedBy: Actor },
): Promise<Build> => {
  const { revision } = build
  const [made] = await tx
    .insert(builds)
    .values({
      id: newId(),
      systemId: revision.systemId,
      revisionId: revision.id,
      conversationId: revision.conversationId,
      teamId: build.teamId,
      requestedBy: build.requestedBy,
      traceId: newTraceId(),
      number: sql`(select coalesce(max(number), 0) + 1 from builds where system_id = ${revision.systemId})`,
    })
    .returning()
  await notify(tx, { kind: 'work' }, { kind: 'conversation', conversationId: revision.conversationId })
  return made!
}

/** Returns a build, or undefined. */
export const get = async (db: Db, id: string): Promise<Build | undefined> =>
  (await db.select().from(builds).where(eq(builds.id, id)))[0]

/** Returns a system's builds, newest first. */
export const ofSystem = (db: Db, systemId: string): Promise<Build[]> =>
  db.select().from(builds).where(eq(builds.systemId, systemId)).orderBy(desc(builds.number))

/** Returns a conversation's builds, oldest first. */
export const ofConversation = (db: Db, conversationId: string): Promise<Build[]> =>
  db
    .select()
    .from(builds)
    .where(eq(builds.conversationId, conversationId))
    .orderBy(asc(builds.createdAt), asc(builds.id))

/** Returns the builds of a team that have not ended, oldest first. */
export const unfinishedOfTeam = (db: Db, teamId: string): Promise<Build[]> =>
  db
    .select()
    .from(builds)
    .where(and(eq(builds.teamId, teamId), unfinished))
    .orderBy(asc(builds.createdAt))

/**
 * Returns the build of every system of a team that runs, or ran when it was stopped, with the card of its revision; `newest`:
 * the number of the newest build that could run.
 */
export const onlineOfTeam = (
  db: Db,
  teamId: string,
): Promise<(Pick<Build, 'systemId' | 'number' | 'requestedBy' | 'finishedAt'> & { newest: number; card: unknown })[]> =>
  db
    .select({
      systemId: builds.systemId,
      number: builds.number,
      requestedBy: builds.requestedBy,
      finishedAt: builds.finishedAt,
      newest: sql<number>`(select max(number) from builds later where later.system_id = ${builds.systemId} and later.status = 'succeeded')`,
      card: revisions.card,
    })
    .from(builds)
    .innerJoin(systemRows, eq(systemRows.buildId, builds.id))
    .innerJoin(revisions, eq(revisions.id, builds.revisionId))
    .where(eq(builds.teamId, teamId))

/**
 * Makes another build of a failed or cancelled build's revision. Returns undefined where one is under way or succeeded
 * already, or the build did not end that way.
 */
export const retry = (db: Db, again: { buildId: string; actor: Actor }): Promise<Build | undefined> =>
  db.transaction(async (tx) => {
    const build = await get(tx, again.buildId)
    if (!build || !['failed', 'cancelled'].includes(build.status)) return undefined
    await systems.lockRow(tx, build.systemId)
    const rivals = await tx
      .select({ id: builds.id })
      .from(builds)
      .where(and(eq(builds.revisionId, build.revisionId), inArray(builds.status, ['queued', 'running', 'succeeded'])))
    if (rivals.length > 0) return undefined
    const [revision] = await tx.select().from(revisions).where(eq(revisions.id, build.revisionId))
    const made = await create(tx, { revision: revision!, teamId: build.teamId, requestedBy: again.actor })
    await audit.record(tx, {
      teamId: build.teamId,
      actor: again.actor,
      action: 'build again',
      subject: `build ${build.id}`,
      outcome: `build ${made.id}`,
    })
    return made
  })

/**
 * Asks for a build to stop. One that no worker has begun ends at once as `cancelled`; for one that runs the flag is set
 * and every worker is woken, so it ends within two seconds. Returns `ended` where there was nothing to cancel any more.
 */
export const requestCancel = (
  db: Db,
  request: { buildId: string; actor: Actor },
): Promise<'cancelled' | 'requested' | 'ended'> =>
  db.transaction(async (tx) => {
    const [build] = await tx.select().from(builds).where(eq(builds.id, request.buildId)).for('update')
    if (!build || !['queued', 'running'].includes(build.status)) return 'ended'
    const begun = build.status === 'running'
    if (!begun) await finish(tx, build.id, { status: 'cancelled' })
    else {
      await tx.update(builds).set({ cancelRequested: true }).where(eq(builds.id, build.id))
      await notify(
        tx,
        { kind: 'cancel', buildId: build.id },
        { kind: 'conversation', conversationId: build.conversationId },
      )
    }
    if (!build.cancelRequested)
      await audit.record(tx, {
        teamId: build.teamId,
        actor: request.actor,
        action: 'cancel',
        subject: `build ${build.id}`,
        outcome: begun ? 'requested' : 'cancelled',
      })
    return begun ? 'requested' : 'cancelled'
  })

/** Returns the ids of running builds whose cancel was requested. */
export const cancelRequested = async (db: Db): Promise<string[]> =>
  (
    await db
      .select({ id: builds.id })
      .from(builds)
      .where(and(unfinished, eq(builds.cancelRequested, true)))
  ).map((row) => row.id)

/**
 * Lets waiting builds in, as many as `capacity` leaves room for, and returns them. Fair between teams: the next one is
 * always that of the team with the fewest builds under way, then the oldest. A system's builds go one at a time. Safe to
 * call from any number of processes at once.
 */
export const admit = (db: Db, capacity: number): Promise<Build[]> =>
  db.transaction(async (tx) => {
    await lockInTransaction(tx, 'admission')
    const rows = await rowsOf<{ id: string }>(
      tx,
      sql`with under_way as (
            select team_id, system_id from builds where status in ('queued', 'running') and admitted_at is not null
          ), first_of_system as (
            select distinct on (system_id) id, team_id, created_at from builds
            where status = 'queued' and admitted_at is null
              and system_id not in (select system_id from under_way)
            order by system_id, created_at, id
          ), lined_up as (
            select id, created_at,
              row_number() over (partition by team_id order by created_at, id)
                + (select count(*) from under_way where under_way.team_id = first_of_system.team_id) as turn
            from first_of_system
          )
          select id from lined_up order by turn, created_at, id
          limit greatest(0, ${capacity}::int - (select count(*)::int from under_way))`,
    )
    if (rows.length === 0) return []
    const admitted = await tx
      .update(builds)
      .set({ admittedAt: sql`now()`, attempt: sql`${builds.attempt} + 1` })
      .where(
        inArray(
          builds.id,
          rows.map((row) => row.id),
        ),
      )
      .returning()
    return rows.map((row) => admitted.find((build) => build.id === row.id)!)
  })

/** Returns the builds that were let in and have not ended, oldest first. */
export const underWay = (db: Db): Promise<Build[]> =>
  db
    .select()
    .from(builds)
    .where(and(unfinished, isNotNull(builds.admittedAt)))
    .orderBy(asc(builds.admittedAt))

/**
 * Raises the attempt of a build that the queue forgot, so that late jobs of the earlier one do nothing, and counts it as
 * a death of the work. Returns the build, or undefined where it has ended or somebody else raised it first.
 */
export const again = async (db: Db, seen: Pick<Build, 'id' | 'attempt'>): Promise<Build | undefined> =>
  (
    await db
      .update(builds)
      .set({ attempt: sql`${builds.attempt} + 1`, crashes: sql`${builds.crashes} + 1` })
      .where(and(eq(builds.id, seen.id), eq(builds.attempt, seen.attempt), unfinished))
      .returning()
  )[0]

/** Counts a death of the work without handing it over again. Returns the count since a stage last ended. */
export const crashed = async (db: Db, id: string): Promise<number> =>
  (
    await db
      .update(builds)
      .set({ crashes: sql`${builds.crashes} + 1` })
      .where(and(eq(builds.id, id), unfinished))
      .returning({ crashes: builds.crashes })
  )[0]?.crashes ?? 0

/**
 * Says that a stage of a build begins. Returns the build, or undefined where it has ended, was handed over again since
 * this attempt, or is to be cancelled: then there is nothing to do.
 */
export const beginStage = async (db: Db, id: string, attempt: number, stage: string): Promise<Build | undefined> => {
  const [build] = await db
    .update(builds)
    .set({ status: 'running', stage, startedAt: sql`coalesce(${builds.startedAt}, now())` })
    .where(and(eq(builds.id, id), unfinished, eq(builds.attempt, attempt), eq(builds.cancelRequested, false)))
    .returning()
  if (build) await notify(db, { kind: 'conversation', conversationId: build.conversationId })
  return build
}

/** Records what a stage found out, and that the work made progress. Returns false where the build has ended: then nothing was written. */
export const record = async (db: Db, id: string, found: Partial<Pick<Build, 'commit' | 'release'>>): Promise<boolean> =>
  (
    await db
      .update(builds)
      .set({ ...found, crashes: 0 })
      .where(and(eq(builds.id, id), unfinished))
      .returning({ id: builds.id })
  ).length === 1

/**
 * Ends a build, once: of any number of calls the first returns true, and nothing changes for the others. What the
 * stages handed each other is let go.
 */
export const finish = (
  db: Db,
  id: string,
  end:
    | { status: 'succeeded'; url: string; previousBuildId: string | null }
    | { status: 'failed'; error: BuildError }
    | { status: 'cancelled' },
): Promise<boolean> =>
  db.transaction(async (tx) => {
    const [build] = await tx
      .update(builds)
      .set({ ...end, finishedAt: sql`now()` })
      .where(and(eq(builds.id, id), unfinished))
      .returning()
    if (!build) return false
    await tx.delete(stageOutputs).where(eq(stageOutputs.buildId, id))
    await notify(tx, { kind: 'work' }, { kind: 'conversation', conversationId: build.conversationId })
    await subscriptions.wake(tx, build.systemId)
    return true
  })
