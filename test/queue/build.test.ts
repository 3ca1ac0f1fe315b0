import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { scratchOf } from '../../queue/folders.ts'
import * as actions from '../../queue/store/actions.ts'
import * as buildEvents from '../../queue/store/build-events.ts'
import * as builds from '../../queue/store/builds.ts'
import * as deployments from '../../queue/store/deployments.ts'
import * as drafts from '../../queue/store/drafts.ts'
import * as evidence from '../../queue/store/evidence.ts'
import * as revisions from '../../queue/store/revisions.ts'
import * as stageOutputs from '../../queue/store/stage-outputs.ts'
import * as systems from '../../queue/store/systems.ts'
import { AppError } from '../../schemas/errors.ts'
import { COLUMNS, type Column, openRig, type Rig } from './support/columns.ts'
import { deploymentsIn, servingIn } from './support/pipeline.ts'
import { ACTOR, act, approve, build, converse, draft, ended, eventually, propose } from './support/story.ts'

describe.each(COLUMNS)('work ($name)', ({ start }) => {
  let column: Column
  let rig: Rig
  beforeAll(async () => {
    column = await start()
    rig = await openRig(await column.place())
    await rig.work()
  })
  afterEach(() => {
    rig.pipeline.pace = 5
    rig.pipeline.onStage = () => undefined
  })
  afterAll(async () => {
    await rig.close()
    await column.stop()
  })
  const deployed = (systemId: string) => deploymentsIn(rig.place.data).filter((line) => line.startsWith(systemId))

  describe('a draft', () => {
    it('becomes a proposed revision', async () => {
      const conversationId = await converse(rig)
      const revision = await propose(rig, conversationId, 'Garden with plants')
      expect(revision).toMatchObject({
        number: 1,
        status: 'proposed',
        digest: 'digest of Garden with plants',
        components: ['alpha', 'beta', 'gamma'],
        card: { understood: ['Garden with plants'] },
      })
      expect(await systems.get(rig.store.db, revision.systemId)).toMatchObject({ slug: 'garden', status: 'draft' })
    })

    it('asks, and goes on when it is answered', async () => {
      const conversationId = await converse(rig)
      const asked = await draft(rig, conversationId, 'Shop ask')
      expect(asked).toMatchObject({ status: 'question', result: { questions: [{ id: 'colour' }] } })
      await drafts.answer(rig.store.db, asked.id, { colour: 'red' })
      await rig.producer.enqueueCompile(asked.id)
      const revision = await eventually('the revision', () => revisions.proposed(rig.store.db, conversationId))
      expect(revision.card).toEqual({ understood: ['Shop ask', 'red'] })
    })

    it('is refused with the reason', async () => {
      expect(await draft(rig, await converse(rig), 'refuse this')).toMatchObject({
        status: 'refused',
        result: { text: 'No.', help: 'Ask for something else.' },
      })
    })

    it('fails with words that hold nothing of the machine when the planner falls over', async () => {
      const failed = await draft(rig, await converse(rig), 'boom')
      expect(failed.status).toBe('failed')
      expect(JSON.stringify(failed.result)).not.toContain('secret')
    })

    it('leads to one revision when it is handed over ten times', async () => {
      const conversationId = await converse(rig)
      const made = await drafts.create(rig.store.db, { conversationId, text: 'Many times', actor: ACTOR })
      await Promise.all(Array.from({ length: 10 }, () => rig.producer.enqueueCompile(made.id)))
      const revision = await eventually('the revision', () => revisions.proposed(rig.store.db, conversationId))
      await rig.producer.enqueueCompile(made.id)
      await sleep(100)
      expect(await revisions.ofSystem(rig.store.db, revision.systemId)).toHaveLength(1)
    })
  })

  describe('a build', () => {
    it('goes from a wish to a running system', async () => {
      const made = await build(rig, await converse(rig), 'Todo with users')
      expect(made).toMatchObject({ status: 'succeeded', number: 1, stage: 'deploy', commit: 'commit-1', error: null })
      const system = await systems.get(rig.store.db, made.systemId)
      expect(system).toMatchObject({ slug: 'todo', status: 'running', url: made.url, buildId: made.id })
      const records = await evidence.ofBuild(rig.store.db, made.id)
      expect(records.map((row) => row.check).sort()).toEqual(['lint', 'tests'])
      const steps = await buildEvents.ofBuild(rig.store.db, made.id)
      expect(steps.map((row) => row.step)).toEqual(['Writing files', 'Checking'])
      expect(deployed(made.systemId)).toEqual([`${made.systemId} sha256:commit-1`])
      expect(await stageOutputs.keys(rig.store.db, made.id, '')).toEqual([])
      expect(existsSync(scratchOf(rig.place.data, made.id))).toBe(false)
    })

    it('replaces what ran when it builds a change', async () => {
      const conversationId = await converse(rig)
      const first = await build(rig, conversationId, 'Books')
      const second = await build(rig, conversationId, 'Books again', {
        systemId: first.systemId,
        baseRevisionId: first.revisionId,
      })
      expect(second).toMatchObject({ status: 'succeeded', number: 2, previousBuildId: first.id })
      const rows = await deployments.ofSystem(rig.store.db, first.systemId)
      expect(rows.map((row) => [row.buildId, row.status])).toEqual([
        [second.id, 'live'],
        [first.id, 'replaced'],
      ])
    })

    it('ends with the evidence when a check does not pass, and nothing is deployed', async () => {
      rig.pipeline.emitComponent = (component) => new Map([[`app/${component}-broken.py`, 'x']])
      const made = await build(rig, await converse(rig), 'Broken thing')
      rig.pipeline.emitComponent = (component) => new Map([[`app/${component}.py`, 'x']])
      expect(made).toMatchObject({
        status: 'failed',
        stage: 'harden',
        error: { code: 'check-failed', evidence: 'tests', stage: 'harden', traceId: made.traceId },
      })
      expect(deployed(made.systemId)).toEqual([])
      expect(await systems.get(rig.store.db, made.systemId)).toMatchObject({ status: 'draft', buildId: null })
      expect(existsSync(scratchOf(rig.place.data, made.id))).toBe(false)
    })

    it('ends with a text that holds nothing of the machine when a stage falls over', async () => {
      rig.pipeline.onStage = () => {
        throw new Error('ENOENT /secret/path')
      }
      const made = await build(rig, await converse(rig), 'Falls over')
      expect(made).toMatchObject({ status: 'failed', error: { code: 'internal', stage: 'generate' } })
      expect(JSON.stringify(made.error)).not.toContain('secret')
      expect(made.error?.help).toContain(made.traceId)
    })

    it('does not try again what no other try can mend', async () => {
      let tries = 0
      rig.pipeline.onStage = (stage) => {
        if (stage !== 'package') return
        tries += 1
        throw new AppError('release-damaged', 'The release is damaged', { help: 'Build again.' })
      }
      const made = await build(rig, await converse(rig), 'Damaged')
      expect(made.error).toMatchObject({
        code: 'release-damaged',
        text: 'The release is damaged',
        help: 'Build again.',
      })
      expect(tries).toBe(1)
    })

    it('tries a stage again when its error is worth it, and only that stage', async () => {
      const seen: string[] = []
      rig.pipeline.onStage = (stage) => {
        seen.push(stage)
        if (stage === 'package' && seen.filter((name) => name === 'package').length < 3)
          throw new AppError('repository-busy', 'Busy', { retryable: true })
      }
      const made = await build(rig, await converse(rig), 'Busy for a while')
      expect(made.status).toBe('succeeded')
      expect(seen).toEqual(['generate', 'harden', 'package', 'package', 'package', 'deploy'])
    })

    it('runs once when it is handed over ten times', async () => {
      const revision = await propose(rig, await converse(rig), 'Once only')
      const buildId = await approve(rig, revision)
      const row = (await builds.get(rig.store.db, buildId))!
      await Promise.all(Array.from({ length: 10 }, () => rig.producer.addBuild(row)))
      const made = await ended(rig, buildId)
      await sleep(200)
      expect(made.status).toBe('succeeded')
      expect(deployed(made.systemId)).toHaveLength(1)
    })

    it('can be built again after it failed', async () => {
      rig.pipeline.onStage = () => {
        throw new AppError('merge-conflict', 'Conflict')
      }
      const failed = await build(rig, await converse(rig), 'Second chance')
      rig.pipeline.onStage = () => undefined
      const again = (await builds.retry(rig.store.db, { buildId: failed.id, actor: ACTOR }))!
      await rig.producer.enqueueBuild(again.id)
      expect(await ended(rig, again.id)).toMatchObject({ status: 'succeeded', number: 2 })
    })
  })

  describe('a cancel', () => {
    it.each(['generate', 'harden', 'package', 'deploy'])(
      'reaches a running %s stage within two seconds',
      async (stage) => {
        let reached = (): void => undefined
        const inStage = new Promise<void>((resolve) => {
          reached = resolve
        })
        rig.pipeline.onStage = (name) => {
          if (name !== stage) return
          rig.pipeline.pace = 60_000
          reached()
        }
        const buildId = await approve(rig, await propose(rig, await converse(rig), `Cancel in ${stage}`))
        await inStage
        await sleep(50)
        const asked = performance.now()
        expect(await builds.requestCancel(rig.store.db, { buildId, actor: ACTOR })).toBe('requested')
        const made = await ended(rig, buildId)
        expect(performance.now() - asked).toBeLessThan(2_000)
        expect(made.status).toBe('cancelled')
        expect(deployed(made.systemId)).toEqual([])
        await eventually('the end of the work', async () => rig.workers!.running() === 0)
      },
    )

    it('has no effect when the build has ended', async () => {
      const made = await build(rig, await converse(rig), 'Too late')
      expect(await builds.requestCancel(rig.store.db, { buildId: made.id, actor: ACTOR })).toBe('ended')
      expect(await builds.get(rig.store.db, made.id)).toMatchObject({ status: 'succeeded' })
    })
  })

  describe('an action', () => {
    it('stops a system and starts it again', async () => {
      const made = await build(rig, await converse(rig), 'Lamp')
      expect(await act(rig, made, 'stop')).toMatchObject({ status: 'succeeded' })
      expect(await systems.get(rig.store.db, made.systemId)).toMatchObject({ status: 'stopped' })
      expect(servingIn(rig.place.data, made.systemId).serving).toBe(false)
      expect(await act(rig, made, 'start')).toMatchObject({ status: 'succeeded', result: { url: made.url } })
      expect(await systems.get(rig.store.db, made.systemId)).toMatchObject({ status: 'running' })
      expect((await deployments.ofSystem(rig.store.db, made.systemId)).map((row) => row.status)).toEqual(['live'])
      expect(await act(rig, made, 'restart')).toMatchObject({ status: 'succeeded' })
    })

    it('rolls back further each time, and says when there is nothing earlier', async () => {
      const conversationId = await converse(rig)
      const first = await build(rig, conversationId, 'Wiki')
      const base = (of: builds.Build) => ({ systemId: of.systemId, baseRevisionId: of.revisionId })
      const second = await build(rig, conversationId, 'Wiki two', base(first))
      const third = await build(rig, conversationId, 'Wiki three', base(second))
      const now = async () => (await systems.get(rig.store.db, first.systemId))!
      expect(await act(rig, third, 'rollback')).toMatchObject({ status: 'succeeded' })
      expect(await now()).toMatchObject({ buildId: second.id, revisionId: second.revisionId })
      expect(servingIn(rig.place.data, first.systemId).release).toBe('sha256:commit-2')
      expect(await act(rig, third, 'rollback')).toMatchObject({ status: 'succeeded' })
      expect(await now()).toMatchObject({ buildId: first.id })
      expect(await act(rig, third, 'rollback')).toMatchObject({ status: 'failed', result: { code: 'nothing-earlier' } })
      // What is built next comes after what runs, not after what was left.
      const fourth = await build(rig, conversationId, 'Wiki four', base(first))
      expect(fourth).toMatchObject({ number: 4, previousBuildId: first.id })
      await act(rig, fourth, 'rollback')
      expect(await now()).toMatchObject({ buildId: first.id })
      const live = (await deployments.ofSystem(rig.store.db, first.systemId)).filter((row) => row.status === 'live')
      expect(live.map((row) => row.buildId)).toEqual([first.id])
    })

    it('removes a system, frees its name and cancels its builds', async () => {
      const conversationId = await converse(rig, 'removers')
      const made = await build(rig, conversationId, 'Gone')
      rig.pipeline.pace = 30_000
      const next = await approve(
        rig,
        await propose(rig, conversationId, 'Gone more', { systemId: made.systemId, baseRevisionId: made.revisionId }),
      )
      await eventually('the build', async () => (await builds.get(rig.store.db, next))?.status === 'running')
      expect(await act(rig, made, 'remove')).toMatchObject({ status: 'succeeded' })
      expect(await builds.get(rig.store.db, next)).toMatchObject({ status: 'cancelled' })
      expect(await systems.get(rig.store.db, made.systemId)).toMatchObject({ status: 'removed', url: null })
      rig.pipeline.pace = 5
      const again = await build(rig, await converse(rig, 'removers'), 'Gone')
      expect(await systems.get(rig.store.db, again.systemId)).toMatchObject({ slug: 'gone', status: 'running' })
    })

    it('is done once when it is handed over ten times', async () => {
      const made = await build(rig, await converse(rig), 'Twice')
      const action = await actions.create(rig.store.db, {
        conversationId: made.conversationId,
        systemId: made.systemId,
        teamId: made.teamId,
        kind: 'stop',
        requestedBy: ACTOR,
      })
      await Promise.all(Array.from({ length: 10 }, () => rig.producer.enqueueAction(action.id)))
      await eventually('its end', async () => (await actions.get(rig.store.db, action.id))?.finishedAt != null)
      expect((await actions.get(rig.store.db, action.id))?.status).toBe('succeeded')
    })

    it('says so when nothing was ever deployed', async () => {
      const revision = await propose(rig, await converse(rig), 'Never')
      const made = { ...revision, teamId: (await systems.get(rig.store.db, revision.systemId))!.teamId }
      expect(await act(rig, made, 'stop')).toMatchObject({ status: 'failed', result: { code: 'nothing-deployed' } })
    })
  })

  describe('many teams', () => {
    it('get their turn when one has twenty builds waiting', async () => {
      rig.pipeline.pace = 20
      const order: string[] = []
      const many = await Promise.all(
        Array.from({ length: 20 }, async (_, n) => propose(rig, await converse(rig, 'greedy'), `Greedy${n}`)),
      )
      const one = await propose(rig, await converse(rig, 'modest'), 'Modest')
      const waiting = await Promise.all(many.map((revision) => approve(rig, revision)))
      const modest = await approve(rig, one)
      await ended(rig, modest, 60_000)
      for (const id of waiting) if ((await builds.get(rig.store.db, id))?.finishedAt) order.push(id)
      // Two rounds of the four that run at a time may have been under way.
      expect(order.length).toBeLessThanOrEqual(12)
      for (const buildId of waiting) await builds.requestCancel(rig.store.db, { buildId, actor: ACTOR })
      await eventually('the end of all', async () => (await builds.underWay(rig.store.db)).length === 0)
    })
  })
})
