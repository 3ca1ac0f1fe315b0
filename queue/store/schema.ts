/**
 * Every table of the store. Times are timestamptz; ids are uuid v7 text unless a serial gives an order that matters.
 * What is derived is not stored: a conversation's cards follow from these rows (bot/conversation/presenter.ts).
 */
import { sql } from 'drizzle-orm'
import {
  bigserial,
  boolean,
  customType,
  doublePrecision,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
} from 'drizzle-orm/pg-core'

export type Actor = { id: string; name: string }
export type BuildError = {
  code: string
  text: string
  help: string
  stage: string
  /** Name of the check that failed. */
  evidence?: string
  traceId: string
}
/** What a person may do in a team, each more than the one before. */
export type Role = 'viewer' | 'builder' | 'approver' | 'admin'
/** How a team decides. What is absent is as `defaultPolicy` has it (bot/conversation/rights.ts). */
export type Policy = {
  /** The role of whoever was given none. */
  everybody?: Role
  /** Whether one may approve what one asked for. */
  selfApproval?: boolean
  /** How many people must approve a blueprint. */
  approvals?: number
  /** Nothing but an administrator's approval starts a build between these hours (HH:MM) in this IANA time zone. */
  quiet?: { from: string; to: string; zone: string }
  /** How many systems may run at once; any number where absent. */
  systems?: number
}
export type ActionResult = { text: string; url?: string } | { code: string; text: string; help: string }

const id = () => text().primaryKey()
const at = () => timestamp({ withTimezone: true, mode: 'date' })
const created = () => at().notNull().default(sql`now()`)
/** How often work was handed to the queue again; part of its job ids, so a late job of an earlier hand-over is known. */
const attempt = () => integer().notNull().default(0)
const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' })

/** A Slack workspace, a Discord server or the local workspace. */
export const teams = pgTable(
  'teams',
  {
    id: id(),
    platform: text().notNull(),
    externalId: text().notNull(),
    name: text().notNull(),
    policy: jsonb().$type<Policy>().notNull().default({}),
    createdAt: created(),
  },
  (t) => [uniqueIndex().on(t.platform, t.externalId)],
)

/**
 * What a team gave to a person or to a group of its platform (a Slack user group, a Discord role). `externalId` is the
 * platform's own id; a person without a row has the role that the policy gives to everybody.
 */
export const members = pgTable(
  'members',
  {
    teamId: text()
      .notNull()
      .references(() => teams.id),
    kind: text().$type<'person' | 'group'>().notNull(),
    externalId: text().notNull(),
    name: text().notNull(),
    role: text().$type<Role>().notNull(),
    createdAt: created(),
  },
  (t) => [uniqueIndex().on(t.teamId, t.kind, t.externalId)],
)

/** What a workspace entrusted to the bot when it installed it: tokens, sealed (queue/store/seal.ts). */
export const installations = pgTable(
  'installations',
  {
    platform: text().notNull(),
    externalId: text().notNull(),
    name: text().notNull(),
    sealed: text().notNull(),
    createdAt: created(),
    updatedAt: created(),
  },
  (t) => [uniqueIndex().on(t.platform, t.externalId)],
)

/**
 * Which workspaces were greeted, or are to be: once an installation. `place` is where, in the platform's own words (a
 * person, a channel). Between `sendingAt` and `doneAt` a process that ends leaves open whether the words arrived.
 */
export const welcomes = pgTable(
  'welcomes',
  {
    platform: text().notNull(),
    externalId: text().notNull(),
    place: text().notNull(),
    createdAt: created(),
    sendingAt: at(),
    doneAt: at(),
  },
  (t) => [uniqueIndex().on(t.platform, t.externalId)],
)

/** One thread on one platform; it is about one system at a time. `thread` is the platform's own id of it. */
export const conversations = pgTable(
  'conversations',
  {
    id: id(),
    teamId: text()
      .notNull()
      .references(() => teams.id),
    platform: text().notNull(),
    thread: text().notNull(),
    title: text().notNull().default(''),
    systemId: text(),
    createdAt: created(),
    updatedAt: created(),
  },
  (t) => [uniqueIndex().on(t.teamId, t.platform, t.thread)],
)

/** Everything that came in, claimed by the platform's event id. `pending` until a turn took it to its end. */
export const inbox = pgTable(
  'inbox',
  {
    seq: bigserial({ mode: 'number' }).primaryKey(),
    conversationId: text()
      .notNull()
      .references(() => conversations.id),
    eventId: text().notNull(),
    event: jsonb().$type<unknown>().notNull(),
    actor: jsonb().$type<Actor>().notNull(),
    status: text().$type<'pending' | 'done'>().notNull().default('pending'),
    createdAt: created(),
  },
  (t) => [uniqueIndex().on(t.eventId), index().on(t.conversationId, t.status)],
)

/** A system that a team has. `slug` is its name in the team; `version` counts changes of the row. */
export const systems = pgTable(
  'systems',
  {
    id: id(),
    teamId: text()
      .notNull()
      .references(() => teams.id),
    slug: text().notNull(),
    title: text().notNull(),
    /** draft: nothing was ever deployed. */
    status: text().$type<'draft' | 'running' | 'stopped' | 'removed'>().notNull().default('draft'),
    /** The revision and build that run, or would when started. */
    revisionId: text(),
    buildId: text(),
    url: text(),
    createdBy: jsonb().$type<Actor>().notNull(),
    /** Who looks after it since it was handed over; whoever asked for it where null. */
    owner: jsonb().$type<Actor>(),
    /** Left out of lists since then; null while it is in use. */
    archivedAt: at(),
    createdAt: created(),
    updatedAt: created(),
  },
  (t) => [uniqueIndex().on(t.teamId, t.slug).where(sql`status <> 'removed'`)],
)

/** A request on its way to a revision: what the compile stage is asked to plan. */
export const drafts = pgTable(
  'drafts',
  {
    id: id(),
    conversationId: text()
      .notNull()
      .references(() => conversations.id),
    /** The system to change; null for a new one. */
    systemId: text(),
    /** The revision the change is drafted on; null for a new system. Without a system it is forked, and the text is the title. */
    baseRevisionId: text(),
    text: text().notNull(),
    answers: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** question: waits for an answer, in `result`. */
    status: text()
      .$type<'pending' | 'question' | 'done' | 'refused' | 'failed' | 'cancelled'>()
      .notNull()
      .default('pending'),
    attempt: attempt(),
    /** The planner's questions or refusal, or the error; shapes in pipeline/blueprint/planner/result.ts. */
    result: jsonb().$type<unknown>(),
    actor: jsonb().$type<Actor>().notNull(),
    createdAt: created(),
    updatedAt: created(),
  },
  (t) => [index().on(t.conversationId), index().on(t.status)],
)

/** One version of a system's blueprint. Approval is given to the digest. */
export const revisions = pgTable(
  'revisions',
  {
    id: id(),
    systemId: text()
      .notNull()
      .references(() => systems.id),
    conversationId: text().notNull(),
    draftId: text(),
    number: integer().notNull(),
    baseRevisionId: text(),
    architecture: text().notNull(),
    deployment: text().notNull(),
    digest: text().notNull(),
    /** Names of the components, in the blueprint's order: what generate is fanned out over. */
    components: jsonb().$type<string[]>().notNull(),
    /** {understood, assumptions, notCarried, changes, description, alt}: what the card shows; see queue/pipeline.ts. */
    card: jsonb().$type<unknown>().notNull(),
    status: text().$type<'proposed' | 'approved' | 'rejected' | 'superseded'>().notNull().default('proposed'),
    decidedBy: jsonb().$type<Actor>(),
    decidedAt: at(),
    createdAt: created(),
  },
  (t) => [uniqueIndex().on(t.systemId, t.number), index().on(t.conversationId)],
)

/** Who approved a revision, where a team wants more than one to. */
export const approvals = pgTable(
  'approvals',
  {
    revisionId: text()
      .notNull()
      .references(() => revisions.id),
    digest: text().notNull(),
    actor: jsonb().$type<Actor>().notNull(),
    /** The platform's id of the actor. */
    actorId: text().notNull(),
    createdAt: created(),
  },
  (t) => [uniqueIndex().on(t.revisionId, t.digest, t.actorId)],
)

/** Threads that are told what becomes of a system besides the one in which it is built. */
export const subscriptions = pgTable(
  'subscriptions',
  {
    systemId: text()
      .notNull()
      .references(() => systems.id),
    conversationId: text()
      .notNull()
      .references(() => conversations.id),
    /** Builds that ended before it are not told. */
    createdAt: created(),
  },
  (t) => [uniqueIndex().on(t.systemId, t.conversationId)],
)

/** The drawing of a revision's components; apart from the revision because lists of revisions never need it. */
export const pictures = pgTable('pictures', {
  revisionId: text()
    .primaryKey()
    .references(() => revisions.id),
  svg: text().notNull(),
  png: bytes().notNull(),
})

/** One run of the stages for one approved revision. */
export const builds = pgTable(
  'builds',
  {
    id: id(),
    systemId: text()
      .notNull()
      .references(() => systems.id),
    revisionId: text()
      .notNull()
      .references(() => revisions.id),
    conversationId: text().notNull(),
    teamId: text().notNull(),
    number: integer().notNull(),
    status: text().$type<'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled'>().notNull().default('queued'),
    cancelRequested: boolean().notNull().default(false),
    /** When its turn came among the teams' builds and its flow was handed to the queue; null while it waits for that. */
    admittedAt: at(),
    attempt: attempt(),
    /** How often the work died without an error since a stage last ended; too many end the build. */
    crashes: integer().notNull().default(0),
    /** Names the build in logs and in the error that people report. */
    traceId: text().notNull(),
    stage: text(),
    /** Commit on the repository's main branch that was built. */
    commit: text(),
    /** The release: {digest, folder, engine, accounts}. */
    release: jsonb().$type<unknown>(),
    url: text(),
    /** The build that ran before this one: where a roll back goes. */
    previousBuildId: text(),
    /** {code, text, help, stage, evidence?, traceId} of what ended it. */
    error: jsonb().$type<BuildError>(),
    requestedBy: jsonb().$type<Actor>().notNull(),
    createdAt: created(),
    startedAt: at(),
    finishedAt: at(),
  },
  (t) => [
    uniqueIndex().on(t.systemId, t.number),
    uniqueIndex('one_build_per_revision').on(t.revisionId).where(sql`status in ('queued', 'running', 'succeeded')`),
    index().on(t.status),
  ],
)

/** What stages produced on the way; a stage that runs again overwrites its own row. */
export const stageOutputs = pgTable(
  'stage_outputs',
  {
    buildId: text()
      .notNull()
      .references(() => builds.id),
    key: text().notNull(),
    output: jsonb().$type<unknown>().notNull(),
    createdAt: created(),
  },
  (t) => [uniqueIndex().on(t.buildId, t.key)],
)

/** Progress of a build, one row a report; `stage` and `step` are in plain words. */
export const buildEvents = pgTable(
  'build_events',
  {
    seq: bigserial({ mode: 'number' }).primaryKey(),
    buildId: text()
      .notNull()
      .references(() => builds.id),
    stage: text().notNull(),
    step: text().notNull(),
    done: integer(),
    total: integer(),
    createdAt: created(),
  },
  (t) => [index().on(t.buildId)],
)

/** See schemas/evidence.schema.json. */
export const evidence = pgTable(
  'evidence',
  {
    buildId: text()
      .notNull()
      .references(() => builds.id),
    check: text().notNull(),
    tool: text().notNull(),
    version: text().notNull(),
    digest: text().notNull(),
    result: text().$type<'passed' | 'failed'>().notNull(),
    seconds: doublePrecision().notNull(),
    summary: text().notNull(),
    passed: integer(),
    failed: integer(),
    detail: text(),
    createdAt: created(),
  },
  (t) => [uniqueIndex().on(t.buildId, t.check)],
)

/** A release running on a target; a system has at most one that is `live`. */
export const deployments = pgTable(
  'deployments',
  {
    id: id(),
    systemId: text()
      .notNull()
      .references(() => systems.id),
    buildId: text()
      .notNull()
      .references(() => builds.id),
    target: text().notNull(),
    status: text().$type<'live' | 'replaced' | 'stopped' | 'removed'>().notNull(),
    url: text().notNull(),
    createdAt: created(),
  },
  (t) => [uniqueIndex('one_live_deployment').on(t.systemId).where(sql`status = 'live'`), uniqueIndex().on(t.buildId)],
)

/** Work on a system that is no build: what a button or a sentence asked for. */
export const actions = pgTable(
  'actions',
  {
    id: id(),
    conversationId: text().notNull(),
    systemId: text()
      .notNull()
      .references(() => systems.id),
    teamId: text().notNull(),
    kind: text().$type<'stop' | 'start' | 'restart' | 'rollback' | 'remove'>().notNull(),
    /** remove: whether the data goes too. */
    purge: boolean().notNull().default(false),
    /** rollback: the build to run; the one before where absent. */
    buildId: text(),
    attempt: attempt(),
    status: text().$type<'queued' | 'running' | 'succeeded' | 'failed'>().notNull().default('queued'),
    /** What was done in plain words, or what went wrong. */
    result: jsonb().$type<ActionResult>(),
    requestedBy: jsonb().$type<Actor>().notNull(),
    createdAt: created(),
    finishedAt: at(),
  },
  (t) => [index().on(t.conversationId), index().on(t.status)],
)

/**
 * What a thread should show. `key` names the card in its conversation (`build:<id>`); the relay posts or edits until
 * `shownVersion` equals `version`. `seq` is the order of first appearance.
 */
export const cards = pgTable(
  'cards',
  {
    seq: bigserial({ mode: 'number' }).primaryKey(),
    conversationId: text()
      .notNull()
      .references(() => conversations.id),
    key: text().notNull(),
    card: jsonb().$type<unknown>().notNull(),
    version: integer().notNull().default(1),
    shownVersion: integer().notNull().default(0),
    /** The platform's reference of the posted message. */
    message: text(),
    /** When it was about to be posted first: with no `message`, a process died in between and the thread may show it. */
    postingAt: at(),
    createdAt: created(),
    updatedAt: created(),
  },
  (t) => [uniqueIndex().on(t.conversationId, t.key), index().on(t.conversationId)],
)

/** Who did what to which thing, when, with what outcome. Only ever added to. */
export const audit = pgTable(
  'audit',
  {
    seq: bigserial({ mode: 'number' }).primaryKey(),
    teamId: text().notNull(),
    actor: jsonb().$type<Actor>().notNull(),
    action: text().notNull(),
    subject: text().notNull(),
    outcome: text().notNull(),
    createdAt: created(),
  },
  (t) => [index().on(t.teamId)],
)
