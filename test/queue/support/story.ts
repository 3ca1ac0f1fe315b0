import { setTimeout as sleep } from 'node:timers/promises'
import * as actions from '../../../queue/store/actions.ts'
import * as builds from '../../../queue/store/builds.ts'
import * as drafts from '../../../queue/store/drafts.ts'
import * as inbox from '../../../queue/store/inbox.ts'
import * as revisions from '../../../queue/store/revisions.ts'
import type { Rig } from './columns.ts'

export const ACTOR = { id: 'u1', name: 'Ada' }

/** Waits until `look` returns something, no longer than `milliseconds`. */
export const eventually = async <T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  milliseconds = 20_000,
): Promise<T> => {
  for (const end = Date.now() + milliseconds; Date.now() < end; await sleep(15)) {
    const found = await look()
    if (found !== undefined && found !== false) return found
  }
  throw new Error(`${what} did not happen within ${milliseconds} ms`)
}

/** A conversation of a team, with one message in it. */
export const converse = async (rig: Rig, team = 'local', thread = `thread-${Math.random()}`): Promise<string> => {
  const { conversationId } = await inbox.accept(rig.store.db, {
    id: `event-${Math.random()}`,
    team: { platform: 'web', externalId: team, name: team },
    thread: { id: thread },
    actor: ACTOR,
    event: { text: 'hello' },
  })
  return conversationId
}

/** Drafts a wish in a conversation and waits for the end of the draft. */
export const draft = async (
  rig: Rig,
  conversationId: string,
  text: string,
  base?: { systemId: string; baseRevisionId: string },
): Promise<drafts.Draft> => {
  const made = await drafts.create(rig.store.db, { conversationId, text, actor: ACTOR, ...base })
  await rig.producer.enqueueCompile(made.id)
  return eventually('the end of a draft', async () => {
    const now = await drafts.get(rig.store.db, made.id)
    return now?.status !== 'pending' && now
  })
}

/** Drafts a wish and returns the revision that came of it. */
export const propose = async (
  rig: Rig,
  conversationId: string,
  text: string,
  base?: { systemId: string; baseRevisionId: string },
): Promise<revisions.Revision> => {
  await draft(rig, conversationId, text, base)
  return (await revisions.proposed(rig.store.db, conversationId))!
}

/** Approves a revision and hands its build over. Returns the build's id. */
export const approve = async (rig: Rig, revision: revisions.Revision): Promise<string> => {
  const approval = await revisions.approve(rig.store.db, {
    revisionId: revision.id,
    digest: revision.digest,
    actor: ACTOR,
  })
  if (!approval.ok) throw new Error(`not approved: ${approval.reason}`)
  await rig.producer.enqueueBuild(approval.buildId)
  return approval.buildId
}

/** Waits for the end of a build. */
export const ended = (rig: Rig, buildId: string, milliseconds?: number): Promise<builds.Build> =>
  eventually(
    'the end of a build',
    async () => {
      const now = await builds.get(rig.store.db, buildId)
      return now?.finishedAt != null && now
    },
    milliseconds,
  )

/** From a wish to a build that has ended. */
export const build = async (
  rig: Rig,
  conversationId: string,
  text: string,
  base?: { systemId: string; baseRevisionId: string },
): Promise<builds.Build> => ended(rig, await approve(rig, await propose(rig, conversationId, text, base)))

/** Asks for an action on a build's system and waits for its end. */
export const act = async (
  rig: Rig,
  of: { conversationId: string; systemId: string; teamId: string },
  kind: actions.Action['kind'],
): Promise<actions.Action> => {
  const { conversationId, systemId, teamId } = of
  const made = await actions.create(rig.store.db, { conversationId, systemId, teamId, kind, requestedBy: ACTOR })
  await rig.producer.enqueueAction(made.id)
  return eventually('the end of an action', async () => {
    const now = await actions.get(rig.store.db, made.id)
    return now?.finishedAt != null && now
  })
}
