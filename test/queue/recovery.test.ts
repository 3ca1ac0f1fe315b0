import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { QUEUES } from '../../queue/jobs.ts'
import * as actions from '../../queue/store/actions.ts'
import * as builds from '../../queue/store/builds.ts'
import * as drafts from '../../queue/store/drafts.ts'
import * as revisions from '../../queue/store/revisions.ts'
import { COLUMNS, type Column, openRig, QUICK, type Rig } from './support/columns.ts'
import { startProcess } from './support/kill.ts'
import { deploymentsIn, letDie, servingIn } from './support/pipeline.ts'
import { ACTOR, approve, build, converse, ended, eventually, propose } from './support/story.ts'

describe.each(COLUMNS)('recovery ($name)', ({ start }) => {
  let column: Column
  let rig: Rig
  beforeAll(async () => {
    column = await start()
    rig = await openRig(await column.place(), { timing: QUICK })
  })
  afterEach(async () => {
    await rig.workers?.stop(10_000)
    expect(rig.workers?.running()).toBe(0)
    rig.pipeline.pace = 5
  })
  afterAll(async () => {
    await rig.close()
    await column.stop()
  })
  const deployed = (systemId: string) => deploymentsIn(rig.place.data).filter((line) => line.startsWith(systemId))

  /** What a queue has after somebody wiped it, or a crash lost its last second. */
  const forget = async () => {
    for (const name of QUEUES) await rig.backend.queue(name).obliterate({ force: true })
    for (const name of QUEUES) await rig.backend.queue(name).resume()
  }

  it('brings back a system that died while nobody looked', async () => {
    await rig.work()
    const { systemId } = await build(rig, await converse(rig), 'Mortal')
    letDie(rig.place.data, systemId)
    await eventually('it serves again', async () => servingIn(rig.place.data, systemId).serving)
    expect(deployed(systemId)).toHaveLength(1)
  })

  it('takes up drafts, builds and actions that were never handed to the queue', async () => {
    await rig.work()
    const before = await build(rig, await converse(rig), 'Earlier')
    const revision = await propose(rig, await converse(rig), 'Unsent')
    await rig.workers!.stop(5_000)
    const { db } = rig.store
    const conversationId = await converse(rig)
    const draft = await drafts.create(db, { conversationId, text: 'Lost', actor: ACTOR })
    const approval = await revisions.approve(db, { revisionId: revision.id, digest: revision.digest, actor: ACTOR })
    const action = await actions.create(db, {
      conversationId: before.conversationId,
      systemId: before.systemId,
      teamId: before.teamId,
      kind: 'stop',
      requestedBy: ACTOR,
    })
    await rig.work()
    await eventually('the draft', async () => (await drafts.get(db, draft.id))?.status === 'done')
    await eventually('the action', async () => (await actions.get(db, action.id))?.status === 'succeeded')
    if (!approval.ok) throw new Error(approval.reason)
    expect(await ended(rig, approval.buildId)).toMatchObject({ status: 'succeeded' })
  })

  it('takes up a build whose jobs the queue lost on the way', async () => {
    rig.pipeline.pace = 300
    await rig.work()
    const buildId = await approve(rig, await propose(rig, await converse(rig), 'Wiped'))
    await eventually('harden', async () => (await builds.get(rig.store.db, buildId))?.stage === 'harden')
    await rig.workers!.stop(100)
    await forget()
    await sleep(10)
    // As if it had been let in a while ago: what was let in just now may be on its way.
    await rig.store.db.execute(`update builds set admitted_at = now() - interval '1 minute'`)
    await rig.work()
    const made = await ended(rig, buildId)
    expect(made.status).toBe('succeeded')
    expect(deployed(made.systemId)).toHaveLength(1)
  })

  it('ends a build that kills its process again and again', async () => {
    await rig.work()
    const revision = await propose(rig, await converse(rig), 'Deadly')
    await rig.workers!.stop(5_000)
    const buildId = await approve(rig, revision)
    await rig.store.db.execute(`update builds set crashes = 10 where id = '${buildId}'`)
    await forget()
    await rig.store.db.execute(`update builds set admitted_at = now() - interval '1 minute'`)
    await rig.work()
    expect(await ended(rig, buildId)).toMatchObject({ status: 'failed', error: { code: 'work-crashed' } })
  })

  it('changes nothing when there is nothing to do', async () => {
    await rig.work()
    const made = await build(rig, await converse(rig), 'Quiet')
    for (let n = 0; n < 5; n += 1) await rig.workers!.sweep()
    expect(await builds.get(rig.store.db, made.id)).toEqual(made)
    expect(deployed(made.systemId)).toHaveLength(1)
  })

  it('does not disturb a build that goes well', async () => {
    rig.pipeline.pace = 200
    await rig.work()
    const buildId = await approve(rig, await propose(rig, await converse(rig), 'Well'))
    let done = false
    const sweeping = (async () => {
      while (!done) {
        await rig.workers!.sweep()
        await sleep(5)
      }
    })()
    const made = await ended(rig, buildId)
    done = true
    await sweeping
    expect(made).toMatchObject({ status: 'succeeded', attempt: 1, crashes: 0 })
  })

  it('hands running work back when the worker is stopped, within its deadline', async () => {
    await rig.work()
    const revision = await propose(rig, await converse(rig), 'Long')
    rig.pipeline.pace = 60_000
    const buildId = await approve(rig, revision)
    await eventually(
      'the stage',
      async () => (await builds.get(rig.store.db, buildId))?.stage === 'generate' && rig.workers!.running() > 0,
    )
    await sleep(100)
    const asked = performance.now()
    await rig.workers!.stop(2_000)
    expect(performance.now() - asked).toBeLessThan(2_500)
    expect(rig.workers!.running()).toBe(0)
    expect(await builds.get(rig.store.db, buildId)).toMatchObject({ status: 'running' })
    rig.pipeline.pace = 5
    await rig.work()
    expect(await ended(rig, buildId)).toMatchObject({ status: 'succeeded', attempt: 1 })
  })

  it('lets short work end when the worker is stopped', async () => {
    await rig.work()
    rig.pipeline.pace = 300
    const buildId = await approve(rig, await propose(rig, await converse(rig), 'Short'))
    await eventually(
      'the stage',
      async () => (await builds.get(rig.store.db, buildId))?.commit === null && rig.workers!.running() > 0,
    )
    await rig.workers!.stop(5_000)
    expect(rig.workers!.running()).toBe(0)
    rig.pipeline.pace = 5
    await rig.work()
    expect(await ended(rig, buildId)).toMatchObject({ status: 'succeeded' })
  })
})

describe('servers that restart', () => {
  let column: Column
  let rig: Rig
  beforeAll(async () => {
    column = await COLUMNS[1]!.start()
    rig = await openRig(await column.place(), { timing: QUICK })
  })
  beforeEach(async () => {
    await rig.work()
  })
  afterEach(async () => {
    await rig.workers?.stop(10_000)
    expect(rig.workers?.running()).toBe(0)
    rig.pipeline.pace = 5
  })
  afterAll(async () => {
    await rig.close()
    await column.stop()
  })
  const deployed = (systemId: string) => deploymentsIn(rig.place.data).filter((line) => line.startsWith(systemId))

  it.each(['generate', 'harden', 'package', 'deploy'])('Redis during %s: the build ends well, once', async (stage) => {
    rig.pipeline.pace = 400
    const buildId = await approve(rig, await propose(rig, await converse(rig), `Redis in ${stage}`))
    await eventually(stage, async () => (await builds.get(rig.store.db, buildId))?.stage === stage)
    await column.restartRedis!()
    const made = await ended(rig, buildId, 40_000)
    expect(made.status).toBe('succeeded')
    expect(deployed(made.systemId)).toHaveLength(1)
  })

  it.each(['generate', 'deploy'])('PostgreSQL during %s: the build ends well, once', async (stage) => {
    rig.pipeline.pace = 400
    const buildId = await approve(rig, await propose(rig, await converse(rig), `Postgres in ${stage}`))
    await eventually(stage, async () => (await builds.get(rig.store.db, buildId))?.stage === stage)
    await column.restartPostgres!()
    const made = await eventually(
      'the end',
      async () => {
        const now = await builds.get(rig.store.db, buildId).catch(() => undefined)
        return now?.finishedAt != null && now
      },
      40_000,
    )
    expect(made.status).toBe('succeeded')
    expect(deployed(made.systemId)).toHaveLength(1)
  })

  it('a lost lock stops the stage, which is tried again: the build ends well, once', async () => {
    rig.pipeline.pace = 500
    let tries = 0
    rig.pipeline.onStage = (stage) => {
      if (stage === 'harden') tries += 1
    }
    const buildId = await approve(rig, await propose(rig, await converse(rig), 'Lock lost'))
    await eventually('harden', async () => tries === 1)
    await rig.store.db.execute(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'autocoder-locks'`,
    )
    const made = await ended(rig, buildId)
    rig.pipeline.onStage = () => undefined
    expect(made).toMatchObject({ status: 'succeeded', error: null })
    expect(tries).toBe(2)
    expect(deployed(made.systemId)).toHaveLength(1)
  })

  it('two workers have room for twice the builds', async () => {
    const other = startProcess('worker.ts', [JSON.stringify(rig.place), '5'])
    await other.line(/^working$/)
    expect(await rig.backend.queue('build').getWorkersCount()).toBe(2)
    await other.kill('SIGTERM')
  })

  it('Redis that is away does not keep a turn from ending', async () => {
    const conversationId = await converse(rig)
    const draft = await drafts.create(rig.store.db, { conversationId, text: 'Away', actor: ACTOR })
    const handed = (async () => {
      await sleep(20)
      const asked = performance.now()
      await rig.producer.enqueueCompile(draft.id)
      return performance.now() - asked
    })()
    await column.restartRedis!()
    expect(await handed).toBeLessThan(2_000)
    await eventually('the draft', async () => (await drafts.get(rig.store.db, draft.id))?.status === 'done', 30_000)
  })

  it('a cancel reaches a stage in another process within two seconds', async () => {
    await rig.workers!.stop(5_000)
    const worker = startProcess('worker.ts', [JSON.stringify(rig.place), '60000'])
    await worker.line(/^working$/)
    const buildId = await approve(rig, await propose(rig, await converse(rig), 'Far away'))
    await eventually('the stage', async () => (await builds.get(rig.store.db, buildId))?.stage === 'generate')
    await sleep(200)
    const asked = performance.now()
    await builds.requestCancel(rig.store.db, { buildId, actor: ACTOR })
    expect(await ended(rig, buildId)).toMatchObject({ status: 'cancelled' })
    expect(performance.now() - asked).toBeLessThan(2_000)
    expect(await worker.kill('SIGTERM')).toBe(0)
  })

  it('another worker ends the build when one is killed in the middle of a stage', async () => {
    await rig.workers!.stop(5_000)
    const first = startProcess('worker.ts', [JSON.stringify(rig.place), '60000'])
    await first.line(/^working$/)
    const buildId = await approve(rig, await propose(rig, await converse(rig), 'Orphan'))
    await eventually('the stage', async () => (await builds.get(rig.store.db, buildId))?.stage === 'generate')
    await sleep(200)
    await first.kill('SIGKILL')
    rig.pipeline.pace = 5
    await rig.work()
    expect(await ended(rig, buildId)).toMatchObject({ status: 'succeeded' })
  })
})
