import { join } from 'node:path'
import { asc, eq, inArray } from 'drizzle-orm'
import type { Db } from '../../queue/store/db.ts'
import {
  actions,
  buildEvents,
  builds,
  cards,
  conversations,
  drafts,
  evidence,
  revisions,
  systems,
} from '../../queue/store/schema.ts'
import type { Card } from '../../schemas/generated/card.ts'
import { describeRevision } from './described.ts'
import type { Build, Described, Revision, ThreadState } from './state.ts'

const described = new Map<string, Described>()
const KEPT = 64

const describeOnce = (revision: Revision, live: Revision | undefined): Described => {
  const key = `${revision.id} ${live?.id ?? ''}`
  const known = described.get(key)
  if (known) return known
  if (described.size >= KEPT) described.delete(described.keys().next().value!)
  const fresh = describeRevision(revision, live)
  described.set(key, fresh)
  return fresh
}

/** Returns the nearest revision below this one that was ever built and online, or undefined for a first one. */
export const liveBelow = (
  revision: Revision,
  all: Map<string, Revision>,
  succeeded: Set<string>,
): Revision | undefined => {
  let id = revision.baseRevisionId
  for (let steps = 0; id && steps < 1000; steps += 1) {
    const base = all.get(id)
    if (!base || succeeded.has(base.id)) return base
    id = base.baseRevisionId
  }
  return undefined
}

const groupBy = <Row, Key>(rows: Row[], key: (row: Row) => Key): Map<Key, Row[]> => {
  const groups = new Map<Key, Row[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group) group.push(row)
    else groups.set(key(row), [row])
  }
  return groups
}

/** Returns the rows that a conversation's cards follow from, or undefined where there is no such conversation. */
export const loadThread = async (db: Db, conversationId: string, data: string): Promise<ThreadState | undefined> => {
  const [conversation] = await db.select().from(conversations).where(eq(conversations.id, conversationId))
  if (!conversation) return undefined
  const own = {
    drafts: await db
      .select()
      .from(drafts)
      .where(eq(drafts.conversationId, conversationId))
      .orderBy(asc(drafts.createdAt)),
    revisions: await db
      .select()
      .from(revisions)
      .where(eq(revisions.conversationId, conversationId))
      .orderBy(asc(revisions.createdAt)),
    builds: await db
      .select()
      .from(builds)
      .where(eq(builds.conversationId, conversationId))
      .orderBy(asc(builds.createdAt)),
    actions: await db
      .select()
      .from(actions)
      .where(eq(actions.conversationId, conversationId))
      .orderBy(asc(actions.createdAt)),
    cards: await db.select().from(cards).where(eq(cards.conversationId, conversationId)).orderBy(asc(cards.seq)),
  }
  const systemIds = new Set(
    [...own.revisions, ...own.builds, ...own.actions, ...own.drafts]
      .map((row) => row.systemId)
      .filter((id) => id !== null),
  )
  if (conversation.systemId) systemIds.add(conversation.systemId)
  const ids = [...systemIds]
  const systemRows = ids.length > 0 ? await db.select().from(systems).where(inArray(systems.id, ids)) : []
  const allRevisions = ids.length > 0 ? await db.select().from(revisions).where(inArray(revisions.systemId, ids)) : []
  const allBuilds = ids.length > 0 ? await db.select().from(builds).where(inArray(builds.systemId, ids)) : []
  const buildIds = own.builds.map((build) => build.id)
  const events =
    buildIds.length > 0
      ? await db.select().from(buildEvents).where(inArray(buildEvents.buildId, buildIds)).orderBy(asc(buildEvents.seq))
      : []
  const records =
    buildIds.length > 0
      ? await db.select().from(evidence).where(inArray(evidence.buildId, buildIds)).orderBy(asc(evidence.createdAt))
      : []
  const eventsOf = groupBy(events, (row) => row.buildId)
  const recordsOf = groupBy(records, (row) => row.buildId)
  const revisionsById = new Map(allRevisions.map((row) => [row.id, row]))
  const succeeded = allBuilds.filter((build) => build.status === 'succeeded').sort((a, b) => a.number - b.number)
  const succeededRevisions = new Set(succeeded.map((build) => build.revisionId))
  return {
    conversation,
    drafts: own.drafts,
    actions: own.actions,
    revisions: own.revisions.map((row) => ({
      ...row,
      described: describeOnce(row, liveBelow(row, revisionsById, succeededRevisions)),
    })),
    builds: own.builds.map((build) => ({
      ...build,
      events: eventsOf.get(build.id) ?? [],
      evidence: recordsOf.get(build.id) ?? [],
      setupTokenFile: tokenFileOf(build, data),
    })),
    systems: new Map(
      systemRows.map((row) => [
        row.id,
        {
          ...row,
          succeeded: succeeded
            .filter((build) => build.systemId === row.id)
            .map((build) => ({ buildId: build.id, number: build.number })),
        },
      ]),
    ),
    stored: new Map(own.cards.map((row) => [row.key, row.card as Card])),
  }
}

/** The token lies where the layout of the data directory says; only the local platforms show the path. */
const tokenFileOf = (build: Build, data: string): string | undefined =>
  (build.release as { accounts?: boolean } | null)?.accounts
    ? join(data, 'systems', build.systemId, 'secrets', 'setup_token')
    : undefined
