import { systemPaths } from '../../deploy/local/paths.ts'
import type { Db } from '../../queue/store/db.ts'
import { rowsOfThread, type ThreadRows } from '../../queue/store/threads.ts'
import type { Card } from '../../schemas/generated/card.ts'
import { describeRevision } from './described.ts'
import { ranOf } from './lineage.ts'
import type { Build, Described, Revision, ThreadState } from './state.ts'

const described = new Map<string, Described>()
const KEPT = 64

const describeOnce = (revision: Revision, live: Revision | undefined, base: Revision | undefined): Described => {
  const key = `${revision.id} ${live?.id ?? ''}`
  const known = described.get(key)
  if (known) return known
  if (described.size >= KEPT) described.delete(described.keys().next().value!)
  const fresh = describeRevision(revision, live, base)
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
  // A chain of bases has no circle; the set only guards against one written by hand.
  for (const seen = new Set<string>(); id && !seen.has(id); ) {
    seen.add(id)
    const base = all.get(id)
    if (!base || succeeded.has(base.id)) return base
    id = base.baseRevisionId
  }
  return undefined
}

/** Returns the rows that a conversation's cards follow from, or undefined where there is no such conversation. */
export const loadThread = async (db: Db, conversationId: string, data: string): Promise<ThreadState | undefined> => {
  const rows = await rowsOfThread(db, conversationId)
  if (!rows) return undefined
  const events = Map.groupBy(rows.events, (row) => row.buildId)
  const evidence = Map.groupBy(rows.evidence, (row) => row.buildId)
  const revisions = new Map(rows.systemRevisions.map((row) => [row.id, row]))
  const succeededRevisions = new Set(
    rows.systemBuilds.filter((build) => build.status === 'succeeded').map((build) => build.revisionId),
  )
  return {
    conversation: rows.conversation,
    drafts: rows.drafts,
    actions: rows.actions,
    revisions: rows.revisions.map((row) => ({
      ...row,
      described: describeOnce(
        row,
        liveBelow(row, revisions, succeededRevisions),
        row.baseRevisionId ? revisions.get(row.baseRevisionId) : undefined,
      ),
      behind: behindOf(row, rows),
      approvals: rows.approvals.filter((one) => one.revisionId === row.id && one.digest === row.digest),
    })),
    team: rows.team,
    told: rows.told,
    builds: rows.builds.map((build) => ({
      ...build,
      events: events.get(build.id) ?? [],
      evidence: evidence.get(build.id) ?? [],
      setupTokenFile: tokenFileOf(build, data),
      webhookSecretFiles: secretFilesOf(build, data),
    })),
    systems: new Map(
      rows.systems.map((row) => [
        row.id,
        {
          ...row,
          succeeded: ranOf(rows.systemBuilds.filter((build) => build.systemId === row.id)),
        },
      ]),
    ),
    stored: new Map(rows.cards.map((row) => [row.key, row.card as Card])),
  }
}

/** The newest blueprint of the system that was approved after a proposal was drawn, unless its build came to nothing. */
const behindOf = (revision: Revision, rows: ThreadRows): number | undefined => {
  if (revision.status !== 'proposed') return undefined
  const alive = new Set(
    rows.systemBuilds
      .filter((build) => !['failed', 'cancelled'].includes(build.status))
      .map((build) => build.revisionId),
  )
  return rows.systemRevisions.findLast(
    (other) =>
      other.systemId === revision.systemId &&
      other.status === 'approved' &&
      alive.has(other.id) &&
      other.decidedAt !== null &&
      other.decidedAt > revision.createdAt,
  )?.number
}

/** The token lies where the layout of the data directory says; only the local platforms show the path. */
const tokenFileOf = (build: Build, data: string): string | undefined =>
  (build.release as { accounts?: boolean } | null)?.accounts ? systemPaths(data, build.systemId).setupToken : undefined

/** The secrets with which senders of the system's webhooks sign, in the order of their names. */
const secretFilesOf = (build: Build, data: string): string[] =>
  ((build.release as { webhookSecrets?: string[] } | null)?.webhookSecrets ?? []).map((name) =>
    systemPaths(data, build.systemId).webhookSecret(name),
  )
