import { and, asc, desc, eq, inArray, ne, sql } from 'drizzle-orm'
import * as audit from './audit.ts'
import * as builds from './builds.ts'
import { notify } from './changes.ts'
import * as conversations from './conversations.ts'
import { type Db, rowsOf } from './db.ts'
import * as draftRows from './drafts.ts'
import { newId } from './ids.ts'
import { type Full, fullFor } from './limits.ts'
import { type Actor, approvals, drafts, pictures, revisions, systems } from './schema.ts'
import * as systemRows from './systems.ts'

export type Revision = typeof revisions.$inferSelect
export type Picture = { svg: string; png: Uint8Array }

/** What the compile stage found; texts are canonical YAML. */
export type Proposal = {
  draftId: string
  /** Of a new system; a change keeps its system's. */
  slug: string
  title: string
  architecture: string
  deployment: string
  digest: string
  components: string[]
  card: unknown
  picture: Picture
}

/** Why a press of Approve or Reject had no effect. */
export type Refusal =
  | { ok: false; reason: 'not-found' }
  /** The digest is another one, a newer proposal took its place, or the system moved on since it was proposed. */
  | { ok: false; reason: 'stale' }
  | { ok: false; reason: 'already-approved' | 'already-rejected'; by: Actor }
/** `counted`: the approval is noted, and others are needed before it is built. */
export type Approval =
  | { ok: true; buildId: string; systemId: string }
  | { ok: false; reason: 'counted' | 'counted-before'; given: number; needed: number }
  /** The team lets no further system run; the proposal stays, and so do the approvals given so far. */
  | { ok: false; reason: 'full'; full: Full }
  | Refusal

/** Returns a revision, or undefined. */
export const get = async (db: Db, id: string): Promise<Revision | undefined> =>
  (await db.select().from(revisions).where(eq(revisions.id, id)))[0]

/** Returns the drawing of a revision, or undefined. */
export const picture = async (db: Db, id: string): Promise<Picture | undefined> =>
  (await db.select().from(pictures).where(eq(pictures.revisionId, id)))[0]

/** Returns a system's revisions, newest first. */
export const ofSystem = (db: Db, systemId: string): Promise<Revision[]> =>
  db.select().from(revisions).where(eq(revisions.systemId, systemId)).orderBy(desc(revisions.number))

/** Returns a conversation's newest revision, or undefined. */
export const latest = async (db: Db, conversationId: string): Promise<Revision | undefined> =>
  (
    await db
      .select()
      .from(revisions)
      .where(eq(revisions.conversationId, conversationId))
      .orderBy(desc(revisions.createdAt), desc(revisions.id))
      .limit(1)
  )[0]

/** Returns the revision that a conversation's Approve button is about, or undefined. */
export const proposed = async (db: Db, conversationId: string): Promise<Revision | undefined> =>
  (
    await db
      .select()
      .from(revisions)
      .where(and(eq(revisions.conversationId, conversationId), eq(revisions.status, 'proposed')))
      .orderBy(desc(revisions.createdAt))
      .limit(1)
  )[0]

/**
 * Turns a pending draft into a proposed revision: makes the system where it is new, takes the place of the
 * conversation's earlier proposals of the system or, where it is new, of one of the same title that was never built, and
 * lets go of systems that never came further than such a proposal. One
 * transaction. Returns undefined where the draft is pending no more.
 *
 * Rows are locked in one order everywhere, so that no two transactions wait for each other: conversation, systems by
 * id, revisions, builds.
 */
export const propose = (db: Db, proposal: Proposal): Promise<Revision | undefined> =>
  db.transaction(async (tx) => {
    const known = await draftRows.get(tx, proposal.draftId)
    if (!known) return undefined
    const conversation = await conversations.lockRow(tx, known.conversationId)
    const rivals = and(
      eq(revisions.status, 'proposed'),
      // A proposal of another thread stays: when this one is approved, it says that it has to be drawn again.
      eq(revisions.conversationId, conversation.id),
      // One of another system waits until the thread comes back to it; the same wish said better is no other system.
      known.systemId
        ? eq(revisions.systemId, known.systemId)
        : inArray(
            revisions.systemId,
            tx
              .select({ id: systems.id })
              .from(systems)
              .where(
                and(
                  eq(systems.teamId, conversation.teamId),
                  eq(systems.status, 'draft'),
                  eq(systems.title, proposal.title),
                ),
              ),
          ),
    )
    const touched = await tx.select({ id: revisions.systemId }).from(revisions).where(rivals)
    const affected = new Set([...touched.map((row) => row.id), ...(known.systemId ? [known.systemId] : [])])
    for (const systemId of [...affected].sort()) await systemRows.lockRow(tx, systemId)
    const [draft] = await tx
      .update(drafts)
      .set({ status: 'done', updatedAt: sql`now()` })
      .where(and(eq(drafts.id, proposal.draftId), eq(drafts.status, 'pending')))
      .returning()
    if (!draft) return undefined
    const superseded = await tx
      .update(revisions)
      .set({ status: 'superseded' })
      .where(rivals)
      .returning({ systemId: revisions.systemId, conversationId: revisions.conversationId })
    await letGo(
      tx,
      superseded.map((row) => row.systemId).filter((id) => id !== draft.systemId),
    )
    const systemId =
      draft.systemId ??
      (
        await systemRows.create(tx, {
          teamId: conversation.teamId,
          slug: proposal.slug,
          title: proposal.title,
          createdBy: draft.actor,
        })
      ).id
    const { picture: drawing, slug: _slug, title: _title, ...values } = proposal
    const [made] = await tx
      .insert(revisions)
      .values({
        ...values,
        id: newId(),
        systemId,
        conversationId: conversation.id,
        // What was forked is a system of its own.
        baseRevisionId: draft.systemId ? draft.baseRevisionId : null,
        number: sql`(select coalesce(max(number), 0) + 1 from revisions where system_id = ${systemId})`,
      })
      .returning()
    await tx.insert(pictures).values({ revisionId: made!.id, ...drawing })
    await conversations.setSystem(tx, conversation.id, systemId)
    const others = new Set(superseded.map((row) => row.conversationId)).add(conversation.id)
    for (const conversationId of others) await notify(tx, { kind: 'conversation', conversationId })
    return made
  })

/** Returns who approved a digest of each revision so far, oldest first. */
export const approvalsOf = (db: Db, revisionIds: string[]): Promise<(typeof approvals.$inferSelect)[]> =>
  revisionIds.length === 0
    ? Promise.resolve([])
    : db.select().from(approvals).where(inArray(approvals.revisionId, revisionIds)).orderBy(asc(approvals.createdAt))

/** Takes a proposal back without anybody's decision: what it was asked for was said anew. Its system is let go where it never came further. */
export const withdraw = (db: Db, revisionId: string): Promise<void> =>
  db.transaction(async (tx) => {
    const seen = await get(tx, revisionId)
    if (!seen) return
    await systemRows.lockRow(tx, seen.systemId)
    const [taken] = await tx
      .update(revisions)
      .set({ status: 'superseded' })
      .where(and(eq(revisions.id, revisionId), eq(revisions.status, 'proposed')))
      .returning()
    if (!taken) return
    await letGo(tx, [taken.systemId])
    await notify(tx, { kind: 'conversation', conversationId: taken.conversationId })
  })

/** Marks systems as removed that have neither a build nor a proposal: nobody can reach them, and their slug is free again. */
const letGo = async (tx: Db, systemIds: string[]): Promise<void> => {
  if (systemIds.length === 0) return
  await tx
    .update(systems)
    .set({ status: 'removed', updatedAt: sql`now()` })
    .where(
      and(
        inArray(systems.id, systemIds),
        eq(systems.status, 'draft'),
        sql`not exists (select 1 from builds where builds.system_id = ${systems.id})`,
        sql`not exists (select 1 from revisions where revisions.system_id = ${systems.id} and revisions.status in ('proposed', 'approved'))`,
      ),
    )
}

const refusalOf = (revision: Revision, digest: string): Refusal | undefined => {
  if (revision.status === 'approved') return { ok: false, reason: 'already-approved', by: revision.decidedBy! }
  if (revision.status === 'rejected') return { ok: false, reason: 'already-rejected', by: revision.decidedBy! }
  return revision.status === 'superseded' || revision.digest !== digest ? { ok: false, reason: 'stale' } : undefined
}

/**
 * Whether the system changed under a proposal: another revision was approved after it was made and did not fail, or a
 * roll back ended since. Its diff would then be one against something that runs no more.
 */
const movedOn = async (tx: Db, revision: Revision): Promise<boolean> => {
  const rows = await rowsOf<{ moved: boolean }>(
    tx,
    sql`select exists (
          select 1 from revisions other join builds on builds.revision_id = other.id
          where other.system_id = ${revision.systemId} and other.id <> ${revision.id}
            and other.status = 'approved' and builds.status in ('queued', 'running', 'succeeded')
            and other.decided_at > (select created_at from revisions where id = ${revision.id})
        ) or exists (
          select 1 from actions where system_id = ${revision.systemId} and kind in ('rollback', 'remove')
            and status = 'succeeded' and finished_at > (select created_at from revisions where id = ${revision.id})
        ) as moved`,
  )
  return rows[0]!.moved
}

/** Notes one approval of several. Returns how many there are with it, and whether this person had given theirs before. */
const count = async (tx: Db, revision: Revision, actor: Actor): Promise<{ given: number; before: boolean }> => {
  const made = await tx
    .insert(approvals)
    .values({ revisionId: revision.id, digest: revision.digest, actor, actorId: actor.id })
    .onConflictDoNothing()
    .returning()
  const given = (await approvalsOf(tx, [revision.id])).filter((row) => row.digest === revision.digest).length
  if (made.length > 0) await notify(tx, { kind: 'conversation', conversationId: revision.conversationId })
  return { given, before: made.length === 0 }
}

/**
 * Approves the digest of a revision and makes its build, in one transaction. Of any number of racing calls exactly one
 * gets `ok: true`. Where `needed` people must approve, each before the last is only counted. Of racing approvals of
 * several systems only as many pass as the team lets run. Hand the build to the queue afterwards with producer.enqueueBuild.
 */
export const approve = (
  db: Db,
  approval: { revisionId: string; digest: string; actor: Actor; needed?: number },
): Promise<Approval> =>
  db.transaction(async (tx) => {
    const seen = await get(tx, approval.revisionId)
    if (!seen) return { ok: false, reason: 'not-found' }
    // The system's row first: approvals of two revisions of one system must see each other.
    const system = await systemRows.lockRow(tx, seen.systemId)
    const revision = (await get(tx, approval.revisionId))!
    const refusal = refusalOf(revision, approval.digest)
    if (refusal) return refusal
    if (!system || system.status === 'removed' || (await movedOn(tx, revision))) return { ok: false, reason: 'stale' }
    const { needed = 1 } = approval
    const noted = (outcome: string): Promise<void> =>
      audit.record(tx, {
        teamId: system.teamId,
        actor: approval.actor,
        action: 'approve',
        subject: `revision ${revision.id} ${revision.digest}`,
        outcome,
      })
    let share = ''
    if (needed > 1) {
      const { given, before } = await count(tx, revision, approval.actor)
      share = `, ${given} of ${needed}`
      if (given < needed) {
        // Each approval is a deed, and the one before the last no smaller than the last.
        if (!before) await noted(`counted${share}`)
        return { ok: false, reason: before ? 'counted-before' : 'counted', given, needed }
      }
    }
    const full = await fullFor(tx, { teamId: system.teamId, systemId: system.id })
    if (full) return { ok: false, reason: 'full', full }
    await decide(tx, revision, 'approved', approval.actor)
    await wakeRivals(tx, revision)
    const build = await builds.create(tx, { revision, teamId: system.teamId, requestedBy: approval.actor })
    await noted(`build ${build.id}${share}`)
    return { ok: true, buildId: build.id, systemId: system.id }
  })

/** The threads of other proposals for the system: what they were drawn on is not the newest any more. */
const wakeRivals = async (tx: Db, revision: Revision): Promise<void> => {
  const rivals = await tx
    .select({ conversationId: revisions.conversationId })
    .from(revisions)
    .where(and(eq(revisions.systemId, revision.systemId), eq(revisions.status, 'proposed')))
  for (const { conversationId } of rivals) await notify(tx, { kind: 'conversation', conversationId })
}

/** Rejects a proposed revision. A system that never came further is let go. */
export const reject = (
  db: Db,
  rejection: { revisionId: string; actor: Actor },
): Promise<{ ok: true; systemId: string } | Refusal> =>
  db.transaction(async (tx) => {
    const seen = await get(tx, rejection.revisionId)
    if (!seen) return { ok: false, reason: 'not-found' }
    const system = (await systemRows.lockRow(tx, seen.systemId))!
    const revision = (await get(tx, rejection.revisionId))!
    const refusal = refusalOf(revision, revision.digest)
    if (refusal) return refusal
    await decide(tx, revision, 'rejected', rejection.actor)
    await letGo(tx, [revision.systemId])
    await audit.record(tx, {
      teamId: system.teamId,
      actor: rejection.actor,
      action: 'reject',
      subject: `revision ${revision.id} ${revision.digest}`,
      outcome: 'rejected',
    })
    return { ok: true, systemId: revision.systemId }
  })

const decide = async (tx: Db, revision: Revision, status: 'approved' | 'rejected', actor: Actor): Promise<void> => {
  await tx
    .update(revisions)
    .set({ status, decidedBy: actor, decidedAt: sql`clock_timestamp()` })
    .where(and(eq(revisions.id, revision.id), ne(revisions.status, 'superseded')))
  await notify(tx, { kind: 'conversation', conversationId: revision.conversationId })
}
