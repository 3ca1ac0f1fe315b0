import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as actions from '../../../queue/store/actions.ts'
import * as audit from '../../../queue/store/audit.ts'
import * as builds from '../../../queue/store/builds.ts'
import * as cards from '../../../queue/store/cards.ts'
import type { Change } from '../../../queue/store/changes.ts'
import * as conversations from '../../../queue/store/conversations.ts'
import * as drafts from '../../../queue/store/drafts.ts'
import * as inbox from '../../../queue/store/inbox.ts'
import * as limits from '../../../queue/store/limits.ts'
import * as members from '../../../queue/store/members.ts'
import * as revisions from '../../../queue/store/revisions.ts'
import { openStore, type Store } from '../../../queue/store/store.ts'
import * as systems from '../../../queue/store/systems.ts'
import { COLUMNS, type Column, log, type Place } from '../support/columns.ts'
import { ACTOR, eventually } from '../support/story.ts'

const BOB = { id: 'u2', name: 'Bob' }
let events = 0
const event = (team: string, thread: string, id = `event-${++events}`): inbox.IncomingEvent => ({
  id,
  team: { platform: 'web', externalId: team, name: team },
  thread: { id: thread },
  actor: ACTOR,
  event: { text: 'hello', id },
})

describe.each(COLUMNS)('the store ($name)', ({ start }) => {
  let column: Column
  let place: Place
  let store: Store
  beforeAll(async () => {
    column = await start()
    place = await column.place()
    store = await openStore({ ...place, log })
  })
  afterAll(async () => {
    await store.close()
    await column.stop()
  })

  const converse = async (team = `team-${++events}`): Promise<string> =>
    (await inbox.accept(store.db, event(team, `thread-${++events}`))).conversationId
  const propose = async (conversationId: string, slug = 'todo', base?: revisions.Revision) => {
    const draft = await drafts.create(store.db, {
      conversationId,
      text: 'x',
      actor: ACTOR,
      systemId: base?.systemId,
      baseRevisionId: base?.id,
    })
    const made = await revisions.propose(store.db, {
      draftId: draft.id,
      slug,
      title: slug,
      architecture: 'a',
      deployment: 'd',
      digest: `digest-${++events}`,
      components: ['one'],
      card: {},
      picture: { svg: '<svg/>', png: new Uint8Array([137, 80, 0, 255]) },
    })
    return made!
  }
  const approve = (revision: revisions.Revision, digest = revision.digest) =>
    revisions.approve(store.db, { revisionId: revision.id, digest, actor: ACTOR })
  const finished = async (buildId: string, status: 'succeeded' | 'failed') =>
    builds.finish(
      store.db,
      buildId,
      status === 'succeeded'
        ? { status, url: 'http://x', previousBuildId: null }
        : { status, error: { code: 'c', text: 't', help: 'h', stage: 's', traceId: 'x' } },
    )

  describe('inbox', () => {
    it('accepts an event once when it is delivered fifty times at once', async () => {
      const incoming = event('dup', 'thread')
      const outcomes = await Promise.all(Array.from({ length: 50 }, () => inbox.accept(store.db, incoming)))
      expect(outcomes.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(1)
      expect(new Set(outcomes.map((row) => row.conversationId)).size).toBe(1)
      expect(await inbox.ofConversation(store.db, outcomes[0]!.conversationId)).toHaveLength(1)
    })

    it('hands out events in the order they came, each until it is done', async () => {
      const first = await inbox.accept(store.db, event('order', 'thread', 'a'))
      await inbox.accept(store.db, event('order', 'thread', 'b'))
      const id = first.conversationId
      expect(await inbox.conversationsWithPending(store.db)).toContain(id)
      const one = (await inbox.nextPending(store.db, id))!
      expect(one.event).toMatchObject({ id: 'a' })
      expect(await inbox.done(store.db, one.seq)).toBe(true)
      expect(await inbox.done(store.db, one.seq)).toBe(false)
      const two = (await inbox.nextPending(store.db, id))!
      expect(two.event).toMatchObject({ id: 'b' })
      await inbox.done(store.db, two.seq)
      expect(await inbox.nextPending(store.db, id)).toBeUndefined()
      expect(await inbox.conversationsWithPending(store.db)).not.toContain(id)
    })

    it('takes the same event id of two platforms for two events', async () => {
      const web = event('two', 'thread', 'same')
      const slack = { ...web, team: { ...web.team, platform: 'slack' } }
      expect((await inbox.accept(store.db, web)).outcome).toBe('accepted')
      expect((await inbox.accept(store.db, slack)).outcome).toBe('accepted')
    })
  })

  describe('approval', () => {
    it('has one winner and one build when fifty people press at once', async () => {
      const revision = await propose(await converse())
      const approvals = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          revisions.approve(store.db, {
            revisionId: revision.id,
            digest: revision.digest,
            actor: { id: `u${n}`, name: `User ${n}` },
          }),
        ),
      )
      const winners = approvals.filter((approval) => approval.ok)
      expect(winners).toHaveLength(1)
      const decided = (await revisions.get(store.db, revision.id))!
      expect(approvals.filter((approval) => !approval.ok)).toEqual(
        Array.from({ length: 49 }, () => ({ ok: false, reason: 'already-approved', by: decided.decidedBy })),
      )
      expect(await builds.ofSystem(store.db, revision.systemId)).toHaveLength(1)
    })

    it('either approves or rejects when both are pressed at once', async () => {
      const revision = await propose(await converse())
      const [approved, rejected] = await Promise.all([
        approve(revision),
        revisions.reject(store.db, { revisionId: revision.id, actor: BOB }),
      ])
      expect([approved.ok, rejected.ok].filter(Boolean)).toHaveLength(1)
    })

    it('lets no more systems run than the team allows, also when all are approved at the same instant', async () => {
      const team = `team-${++events}`
      const made = []
      for (let n = 0; n < 5; n += 1) made.push(await propose(await converse(team), `limited-${n}`))
      const { teamId } = (await systems.get(store.db, made[0]!.systemId))!
      await members.setPolicy(store.db, {
        teamId,
        policy: { systems: 2 },
        words: 'at most 2 systems may run',
        by: ACTOR,
      })
      const approvals = await Promise.all(made.map((revision) => approve(revision)))
      expect(approvals.filter(({ ok }) => ok)).toHaveLength(2)
      const refused = approvals.filter((approval) => !approval.ok)
      expect(refused.every((approval) => approval.reason === 'full')).toBe(true)
      expect(refused[0]).toMatchObject({ full: { limit: 2, occupants: [{ running: false }, { running: false }] } })
      // The proposal stays, and passes when there is room again.
      const [won] = approvals.filter((approval) => approval.ok)
      await finished(won!.buildId, 'failed')
      const again = await Promise.all(made.map((revision) => approve(revision)))
      expect(again.filter(({ ok }) => ok)).toHaveLength(1)
    })

    it('counts what runs and what is about to, and never holds a system against itself', async () => {
      const team = `team-${++events}`
      const conversationId = await converse(team)
      const first = await propose(conversationId, 'first')
      const second = await propose(await converse(team), 'second')
      const { teamId } = (await systems.get(store.db, first.systemId))!
      const full = (systemId: string) => store.db.transaction((tx) => limits.fullFor(tx, { teamId, systemId }))
      expect(await full(second.systemId)).toBeUndefined()
      await members.setPolicy(store.db, { teamId, policy: { systems: 1 }, words: 'at most 1', by: ACTOR })
      await systems.update(store.db, first.systemId, { status: 'running' })
      expect(await full(second.systemId)).toEqual({
        limit: 1,
        occupants: [{ id: first.systemId, slug: 'first', title: 'first', running: true }],
      })
      expect(await full(first.systemId)).toBeUndefined()
      await systems.update(store.db, first.systemId, { status: 'stopped' })
      expect(await full(second.systemId)).toBeUndefined()
      const start = await actions.create(store.db, {
        conversationId,
        systemId: first.systemId,
        teamId,
        kind: 'start',
        requestedBy: ACTOR,
      })
      expect(await full(second.systemId)).toMatchObject({ occupants: [{ slug: 'first', running: false }] })
      await actions.finish(store.db, start.id, { status: 'failed', result: { code: 'x', text: 'x', help: '' } })
      expect(await full(second.systemId)).toBeUndefined()
      await systems.update(store.db, first.systemId, { status: 'running' })
      await members.setPolicy(store.db, { teamId, policy: { systems: undefined }, words: 'no limit', by: ACTOR })
      expect(await full(second.systemId)).toBeUndefined()
    })

    it('is refused as stale when the digest is another one', async () => {
      const revision = await propose(await converse())
      expect(await approve(revision, 'other')).toEqual({ ok: false, reason: 'stale' })
      expect(await builds.ofSystem(store.db, revision.systemId)).toEqual([])
    })

    it('is refused as stale when a newer proposal took its place', async () => {
      const conversationId = await converse()
      const first = await propose(conversationId)
      await propose(conversationId)
      expect(await approve(first)).toEqual({ ok: false, reason: 'stale' })
    })

    it('is refused as stale when the system was rolled back since it was proposed', async () => {
      const conversationId = await converse()
      const base = await propose(conversationId)
      const started = await approve(base)
      if (started.ok) await finished(started.buildId, 'succeeded')
      const revision = await propose(conversationId, 'todo', base)
      const { teamId } = (await conversations.get(store.db, conversationId))!
      const action = await actions.create(store.db, {
        conversationId,
        systemId: base.systemId,
        teamId,
        kind: 'rollback',
        requestedBy: ACTOR,
      })
      await actions.finish(store.db, action.id, { status: 'succeeded', result: { text: 'done' } })
      expect(await approve(revision)).toEqual({ ok: false, reason: 'stale' })
    })

    it('is given to one of two threads that proposed changes of a system, and stale for the other', async () => {
      const team = `team-${++events}`
      const base = await propose(await converse(team))
      const started = await approve(base)
      if (started.ok) await finished(started.buildId, 'succeeded')
      const here = await propose(await converse(team), 'todo', base)
      const there = await propose(await converse(team), 'todo', base)
      const approvals = await Promise.all([approve(here), approve(there)])
      expect(approvals.toSorted((a, b) => Number(a.ok) - Number(b.ok))).toMatchObject([
        { ok: false, reason: 'stale' },
        { ok: true },
      ])
    })

    it('holds when people propose, approve and reject all at once', async () => {
      const conversationId = await converse()
      const made = await Promise.all(Array.from({ length: 10 }, () => propose(conversationId)))
      const outcomes = await Promise.all([
        ...made.map((revision) => approve(revision)),
        ...made.map((revision) => revisions.reject(store.db, { revisionId: revision.id, actor: BOB })),
        ...Array.from({ length: 5 }, async () => ({ ok: false as const, made: await propose(conversationId) })),
      ])
      expect(outcomes.filter((outcome) => outcome.ok).length).toBeLessThanOrEqual(1)
    })

    it('names who rejected it when that came first', async () => {
      const revision = await propose(await converse())
      await revisions.reject(store.db, { revisionId: revision.id, actor: BOB })
      expect(await approve(revision)).toEqual({ ok: false, reason: 'already-rejected', by: BOB })
    })

    it('is not found when there is no such revision', async () => {
      expect(await revisions.approve(store.db, { revisionId: 'no', digest: 'd', actor: ACTOR })).toEqual({
        ok: false,
        reason: 'not-found',
      })
    })

    it('is written down with who gave it', async () => {
      const conversationId = await converse()
      const revision = await propose(conversationId)
      await approve(revision)
      const { teamId } = (await conversations.get(store.db, conversationId))!
      expect(await audit.ofTeam(store.db, teamId)).toMatchObject([{ action: 'approve', actor: ACTOR }])
    })
  })

  describe('proposals', () => {
    it('number themselves and keep the picture', async () => {
      const conversationId = await converse()
      const first = await propose(conversationId)
      const approval = await approve(first)
      if (approval.ok) await finished(approval.buildId, 'succeeded')
      const second = await propose(conversationId, 'todo', first)
      expect([first.number, second.number]).toEqual([1, 2])
      expect(second.baseRevisionId).toBe(first.id)
      const picture = (await revisions.picture(store.db, second.id))!
      expect([...picture.png]).toEqual([137, 80, 0, 255])
      expect((await conversations.get(store.db, conversationId))!.systemId).toBe(first.systemId)
    })

    it('get the next free slug when the team has one of the name', async () => {
      const team = `team-${++events}`
      const made = []
      for (let n = 0; n < 3; n += 1) {
        const revision = await propose(await converse(team), 'shop')
        await approve(revision)
        made.push((await systems.get(store.db, revision.systemId))!.slug)
      }
      expect(made).toEqual(['shop', 'shop-2', 'shop-3'])
    })

    it('of twenty threads at once get twenty slugs', async () => {
      const team = `team-${++events}`
      await inbox.accept(store.db, event(team, 'first'))
      const revisionsMade = await Promise.all(
        Array.from({ length: 20 }, async () => propose(await converse(team), 'race')),
      )
      const slugs = await Promise.all(
        revisionsMade.map(async (revision) => (await systems.get(store.db, revision.systemId))!.slug),
      )
      expect(new Set(slugs).size).toBe(20)
    })

    it('let go of a system that never came further', async () => {
      const conversationId = await converse()
      const first = await propose(conversationId, 'blog')
      const second = await propose(conversationId, 'blog')
      expect((await systems.get(store.db, first.systemId))!.status).toBe('removed')
      expect((await systems.get(store.db, second.systemId))!).toMatchObject({ status: 'draft', slug: 'blog' })
      await revisions.reject(store.db, { revisionId: second.id, actor: ACTOR })
      expect((await systems.get(store.db, second.systemId))!.status).toBe('removed')
    })

    it('of two systems wait beside each other in one thread', async () => {
      const conversationId = await converse()
      const first = await propose(conversationId, 'blog')
      const second = await propose(conversationId, 'zoo')
      for (const { id, systemId } of [first, second]) {
        expect((await revisions.get(store.db, id))!.status).toBe('proposed')
        expect((await systems.get(store.db, systemId))!.status).toBe('draft')
      }
      await revisions.withdraw(store.db, first.id)
      expect((await revisions.get(store.db, first.id))!.status).toBe('superseded')
      expect((await systems.get(store.db, first.systemId))!.status).toBe('removed')
      expect((await revisions.get(store.db, second.id))!.status).toBe('proposed')
    })

    it('come once when a draft is proposed twice', async () => {
      const conversationId = await converse()
      const revision = await propose(conversationId)
      const again = await revisions.propose(store.db, {
        ...revision,
        draftId: revision.draftId!,
        slug: 'x',
        title: 'x',
        picture: { svg: '', png: new Uint8Array() },
      })
      expect(again).toBeUndefined()
    })
  })

  describe('drafts', () => {
    it('wait for an answer, and are pending again with it', async () => {
      const draft = await drafts.create(store.db, { conversationId: await converse(), text: 'x', actor: ACTOR })
      await drafts.finish(store.db, draft.id, { status: 'question', result: { questions: [] } })
      const answers = await Promise.all([
        drafts.answer(store.db, draft.id, { a: '1' }),
        drafts.answer(store.db, draft.id, { a: '2' }),
      ])
      expect(answers.filter(Boolean)).toHaveLength(1)
      expect(await drafts.get(store.db, draft.id)).toMatchObject({ status: 'pending', attempt: 1, result: null })
      expect(await drafts.cancel(store.db, draft.id)).toBe(true)
      expect(await drafts.finish(store.db, draft.id, { status: 'refused', result: {} })).toBe(false)
    })
  })

  describe('builds', () => {
    it('end once when twenty stages report the end at once', async () => {
      const approval = await approve(await propose(await converse()))
      if (!approval.ok) throw new Error(approval.reason)
      const ends = await Promise.all(
        Array.from({ length: 20 }, (_, n) => finished(approval.buildId, n % 2 ? 'failed' : 'succeeded')),
      )
      expect(ends.filter(Boolean)).toHaveLength(1)
    })

    it('can be built again when they failed, once', async () => {
      const approval = await approve(await propose(await converse()))
      if (!approval.ok) throw new Error(approval.reason)
      await finished(approval.buildId, 'failed')
      const again = await Promise.all(
        [1, 2, 3].map(() => builds.retry(store.db, { buildId: approval.buildId, actor: ACTOR })),
      )
      expect(again.filter(Boolean)).toMatchObject([{ number: 2, status: 'queued' }])
    })

    it('that wait are cancelled at once', async () => {
      const approval = await approve(await propose(await converse()))
      if (!approval.ok) throw new Error(approval.reason)
      const cancel = () => builds.requestCancel(store.db, { buildId: approval.buildId, actor: ACTOR })
      expect(await cancel()).toBe('cancelled')
      expect(await cancel()).toBe('ended')
      expect(await builds.get(store.db, approval.buildId)).toMatchObject({ status: 'cancelled' })
    })
  })

  describe('cards', () => {
    it('raise their version only when they change', async () => {
      const id = await converse()
      expect(await cards.upsert(store.db, id, 'k', { a: 1, b: [1, 2] })).toBe(true)
      expect(await cards.upsert(store.db, id, 'k', { b: [1, 2], a: 1 })).toBe(false)
      expect(await cards.toShow(store.db, id)).toMatchObject([{ key: 'k', version: 1, shownVersion: 0, message: null }])
      await cards.shown(store.db, { conversationId: id, key: 'k', version: 1, message: 'm1' })
      expect(await cards.toShow(store.db, id)).toEqual([])
      expect(await cards.upsert(store.db, id, 'k', { a: 2 })).toBe(true)
      expect(await cards.toShow(store.db, id)).toMatchObject([{ version: 2, shownVersion: 1, message: 'm1' }])
    })

    it('stay to be shown when they changed while the thread showed an older version', async () => {
      const id = await converse()
      await cards.upsert(store.db, id, 'k', 1)
      await cards.upsert(store.db, id, 'k', 2)
      await cards.shown(store.db, { conversationId: id, key: 'k', version: 1, message: 'm' })
      expect(await cards.toShow(store.db, id)).toHaveLength(1)
    })
  })

  describe('locks', () => {
    it('have one owner at a time', async () => {
      const lock = await store.locks.tryLock('turn')
      expect(lock).toBeDefined()
      expect(await store.locks.tryLock('turn')).toBeUndefined()
      expect(await store.locks.tryLock('other')).toBeDefined()
      await lock!.release()
      const again = await store.locks.tryLock('turn')
      expect(again).toBeDefined()
      await again!.release()
    })

    it('go to one of twenty who ask at once', async () => {
      const locks = await Promise.all(Array.from({ length: 20 }, () => store.locks.tryLock('rush')))
      expect(locks.filter(Boolean)).toHaveLength(1)
      await locks.find(Boolean)!.release()
    })
  })

  describe('changes', () => {
    it('arrive within 100 ms of the commit, and not at all when it is rolled back', async () => {
      const heard: { change: Change; at: number }[] = []
      const stop = store.changes.subscribe((change) => heard.push({ change, at: performance.now() }))
      const conversationId = await converse()
      const committed = performance.now()
      const hit = await eventually('a change', async () =>
        heard.find(({ change }) => change.kind === 'inbox' && change.conversationId === conversationId),
      )
      expect(hit.at - committed).toBeLessThan(100)
      const rolledBack = store.db.transaction(async (tx) => {
        await cards.upsert(tx, conversationId, 'never', 1)
        throw new Error('no')
      })
      await expect(rolledBack).rejects.toThrow('no')
      await converse()
      expect(heard.filter(({ change }) => change.kind === 'conversation')).toEqual([])
      stop()
    })

    it('keep coming to others when one listener throws', async () => {
      const stopBad = store.changes.subscribe(() => {
        throw new Error('bad listener')
      })
      const heard: Change[] = []
      const stop = store.changes.subscribe((change) => heard.push(change))
      await converse()
      await eventually('a change', async () => heard.length > 0)
      stopBad()
      stop()
    })

    it('include a poll every second', async () => {
      let polls = 0
      const stop = store.changes.subscribe((change) => {
        if (change.kind === 'poll') polls += 1
      })
      await eventually('a poll', async () => polls > 0, 2_000)
      stop()
    })
  })
})

describe('two processes on PostgreSQL', () => {
  let column: Column
  let one: Store
  let two: Store
  beforeAll(async () => {
    column = await COLUMNS[1]!.start()
    const place = await column.place()
    // Both run the migrations at the same time: the lock makes one wait for the other.
    ;[one, two] = await Promise.all([openStore({ ...place, log }), openStore({ ...place, log })])
  })
  afterAll(async () => {
    await Promise.all([one.close(), two.close()])
    await column.stop()
  })

  it('share the locks', async () => {
    const lock = await one.locks.tryLock('turn')
    expect(await two.locks.tryLock('turn')).toBeUndefined()
    await lock!.release()
    const taken = await two.locks.tryLock('turn')
    expect(taken).toBeDefined()
    await taken!.release()
  })

  it('hear what the other wrote within 100 ms', async () => {
    const heard: Change[] = []
    const stop = two.changes.subscribe((change) => heard.push(change))
    const { conversationId } = await inbox.accept(one.db, event('both', 'thread'))
    const committed = performance.now()
    await eventually('the change', async () =>
      heard.some((c) => c.kind === 'inbox' && c.conversationId === conversationId),
    )
    expect(performance.now() - committed).toBeLessThan(100)
    stop()
  })

  it('lose their locks, and say so, when the server restarts; then all works again', async () => {
    const lock = (await one.locks.tryLock('held'))!
    await column.restartPostgres!()
    await eventually('the loss', async () => lock.signal.aborted)
    await lock.release()
    const heard: Change[] = []
    const stop = two.changes.subscribe((change) => heard.push(change))
    const other = await eventually('the lock', () => two.locks.tryLock('held').catch(() => undefined))
    await other.release()
    await eventually('a change after the restart', async () => {
      await inbox.accept(one.db, event('both', `thread-${++events}`)).catch(() => undefined)
      return heard.some((change) => change.kind === 'inbox')
    })
    stop()
  })
})
