import { and, asc, eq, getTableColumns, gt, inArray, ne, sql } from 'drizzle-orm'
import { type Db, rowsOf } from './db.ts'
import { approvalsOf } from './revisions.ts'
import {
  actions,
  type approvals,
  buildEvents,
  builds,
  cards,
  conversations,
  drafts,
  evidence,
  revisions,
  subscriptions,
  systems,
  teams,
} from './schema.ts'

/** Everything that a conversation's cards follow from, as rows. */
export type ThreadRows = {
  conversation: typeof conversations.$inferSelect
  drafts: (typeof drafts.$inferSelect)[]
  revisions: (typeof revisions.$inferSelect)[]
  builds: (typeof builds.$inferSelect)[]
  /** Of the builds whose progress card does not say yet that they ended. */
  events: (typeof buildEvents.$inferSelect)[]
  /** Without what the tools printed, which is long. */
  evidence: Omit<typeof evidence.$inferSelect, 'detail'>[]
  actions: (typeof actions.$inferSelect)[]
  cards: (typeof cards.$inferSelect)[]
  /** The systems that the rows above name, with all of their revisions and builds, whichever conversation they are of. */
  systems: (typeof systems.$inferSelect)[]
  systemRevisions: (typeof revisions.$inferSelect)[]
  systemBuilds: (typeof builds.$inferSelect)[]
  team: typeof teams.$inferSelect
  /** Of the conversation's revisions. */
  approvals: (typeof approvals.$inferSelect)[]
  /** What became of systems that this thread subscribed to, in other threads, since it did. */
  told: { builds: (typeof builds.$inferSelect)[]; actions: (typeof actions.$inferSelect)[] }
}

const { detail: _printed, ...shownOfEvidence } = getTableColumns(evidence)

/** Returns a conversation's rows, each list oldest first, or undefined where there is no such conversation. */
export const rowsOfThread = async (db: Db, conversationId: string): Promise<ThreadRows | undefined> => {
  const [conversation] = await db.select().from(conversations).where(eq(conversations.id, conversationId))
  if (!conversation) return undefined
  const own = {
    drafts: await db
      .select()
      .from(drafts)
      .where(eq(drafts.conversationId, conversationId))
      .orderBy(asc(drafts.createdAt), asc(drafts.id)),
    actions: await db
      .select()
      .from(actions)
      .where(eq(actions.conversationId, conversationId))
      .orderBy(asc(actions.createdAt), asc(actions.id)),
    cards: await db.select().from(cards).where(eq(cards.conversationId, conversationId)).orderBy(asc(cards.seq)),
  }
  const ownRevisions = await db
    .select()
    .from(revisions)
    .where(eq(revisions.conversationId, conversationId))
    .orderBy(asc(revisions.createdAt), asc(revisions.id))
  const ownBuilds = await db
    .select()
    .from(builds)
    .where(eq(builds.conversationId, conversationId))
    .orderBy(asc(builds.createdAt), asc(builds.id))
  const [team] = await db.select().from(teams).where(eq(teams.id, conversation.teamId))
  const told = await toldIn(db, conversationId)
  const ids = [
    ...new Set(
      [...ownRevisions, ...ownBuilds, ...own.actions, ...own.drafts, ...told.builds, ...told.actions, conversation].map(
        (row) => row.systemId,
      ),
    ),
  ].filter((id) => id !== null)
  const buildIds = ownBuilds.map((build) => build.id)
  const some = ids.length > 0
  const built = buildIds.length > 0
  // A build that ended and was shown so is told: its many events are not needed again.
  const shown = new Set(
    own.cards.filter((row) => (row.card as { seconds?: number }).seconds !== undefined).map((row) => row.key),
  )
  const untold = ownBuilds
    .filter((build) => !build.finishedAt || !shown.has(`build:${build.id}`))
    .map((build) => build.id)
  return {
    conversation,
    ...own,
    revisions: ownRevisions,
    builds: ownBuilds,
    events:
      untold.length > 0
        ? await db.select().from(buildEvents).where(inArray(buildEvents.buildId, untold)).orderBy(asc(buildEvents.seq))
        : [],
    evidence: built
      ? await db
          .select(shownOfEvidence)
          .from(evidence)
          .where(inArray(evidence.buildId, buildIds))
          .orderBy(asc(evidence.createdAt), asc(evidence.check))
      : [],
    team: team!,
    told,
    approvals: await approvalsOf(
      db,
      ownRevisions.map((revision) => revision.id),
    ),
    systems: some ? await db.select().from(systems).where(inArray(systems.id, ids)) : [],
    systemRevisions: some
      ? await db.select().from(revisions).where(inArray(revisions.systemId, ids)).orderBy(asc(revisions.number))
      : [],
    systemBuilds: some
      ? await db.select().from(builds).where(inArray(builds.systemId, ids)).orderBy(asc(builds.number))
      : [],
  }
}

const toldIn = async (db: Db, conversationId: string): Promise<ThreadRows['told']> => {
  const own = eq(subscriptions.conversationId, conversationId)
  // Most threads subscribed to nothing, and this is read with every change of each.
  if ((await db.select().from(subscriptions).where(own).limit(1)).length === 0) return { builds: [], actions: [] }
  const endedBuilds = await db
    .select()
    .from(builds)
    .innerJoin(subscriptions, and(eq(subscriptions.systemId, builds.systemId), own))
    .where(and(ne(builds.conversationId, conversationId), gt(builds.finishedAt, subscriptions.createdAt)))
    .orderBy(asc(builds.finishedAt))
  const endedActions = await db
    .select()
    .from(actions)
    .innerJoin(subscriptions, and(eq(subscriptions.systemId, actions.systemId), own))
    .where(and(ne(actions.conversationId, conversationId), gt(actions.finishedAt, subscriptions.createdAt)))
    .orderBy(asc(actions.finishedAt))
  return { builds: endedBuilds.map((row) => row.builds), actions: endedActions.map((row) => row.actions) }
}

/** Returns the conversations in which something moved in the last `days`: whose cards a dead process may not have written. */
export const recentThreads = async (db: Db, days: number): Promise<string[]> =>
  (
    await rowsOf<{ id: string }>(
      db,
      sql`select conversation_id as id from drafts where updated_at > now() - make_interval(days => ${days}::int)
          union select conversation_id from builds where coalesce(finished_at, now()) > now() - make_interval(days => ${days}::int)
          union select conversation_id from actions where coalesce(finished_at, now()) > now() - make_interval(days => ${days}::int)`,
    )
  ).map((row) => row.id)

/** Returns a platform's threads in which somebody wrote in the last `days`, newest first, and when that was last. */
export const listenedTo = async (
  db: Db,
  platform: string,
  days: number,
): Promise<{ team: string; thread: string; since: Date }[]> =>
  (
    await rowsOf<{ team: string; thread: string; since: string | Date }>(
      db,
      sql`select teams.external_id as team, conversations.thread as thread, max(inbox.created_at) as since
          from conversations
            join teams on teams.id = conversations.team_id
            join inbox on inbox.conversation_id = conversations.id
          where conversations.platform = ${platform} and inbox.created_at > now() - make_interval(days => ${days}::int)
          group by teams.external_id, conversations.thread
          order by since desc limit 500`,
    )
  ).map((row) => ({ ...row, since: new Date(row.since) }))
