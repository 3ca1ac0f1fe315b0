import type { FlowJob, JobsOptions } from 'bullmq'
import type { Logger } from 'pino'
import type { Backend } from './backend/backend.ts'
import { JOB_OPTIONS, type Jobs, jobId, LOWEST_PRIORITY, QUEUE_OF, type StageName } from './jobs.ts'
import * as actions from './store/actions.ts'
import * as builds from './store/builds.ts'
import { notify } from './store/changes.ts'
import * as drafts from './store/drafts.ts'
import * as revisions from './store/revisions.ts'
import type { Store } from './store/store.ts'

export type Producer = {
  /**
   * Hand over what the store already holds. They resolve also where the queue cannot be reached: the recovery sweep
   * then does it later. Handing over twice is handing over once.
   */
  enqueueCompile: (draftId: string) => Promise<void>
  /** Lets builds in, fairly between the teams; this one at once where there is room. */
  enqueueBuild: (buildId: string) => Promise<void>
  enqueueAction: (actionId: string) => Promise<void>
  /** Wakes every worker to look at the build's cancel flag; builds.requestCancel has done so already. */
  broadcastCancel: (buildId: string) => Promise<void>
  /** Lets waiting builds in, as many as there is room for. */
  dispatch: () => Promise<void>
  /** Adds the flow of a build that was let in. Throws where the queue cannot be reached. */
  addBuild: (build: builds.Build) => Promise<void>
}

/**
 * Returns what hands work to the queue. `concurrency` is the builds that one worker process runs at a time; as many as
 * all processes can run are under way at once, the others wait in the store.
 */
export const createProducer = (deps: {
  store: Store
  backend: Backend
  concurrency: number
  log: Logger
}): Producer => {
  const { store, backend, log } = deps
  const { db } = store

  /** Runs what may fail because the queue is away; the sweep repeats it then. */
  const leaveToSweep = async (what: string, deed: () => Promise<void>): Promise<void> => {
    try {
      await deed()
    } catch (error) {
      log.warn({ err: error }, `${what} could not be handed to the queue yet`)
    }
  }

  const addBuild = async (build: builds.Build): Promise<void> => {
    const revision = (await revisions.get(db, build.revisionId))!
    await backend.flows.add(flowOf(build, revision.components))
  }

  const capacity = async (): Promise<number> => {
    // The bot's process may have no worker of its own; one is the least that will come.
    const processes = backend.shared ? Math.max(1, await backend.queue('build').getWorkersCount()) : 1
    return processes * deps.concurrency
  }

  const dispatch = (): Promise<void> =>
    leaveToSweep('builds', async () => {
      for (const build of await builds.admit(db, await capacity())) await addBuild(build)
    })

  return {
    addBuild,
    dispatch,
    enqueueCompile: (draftId) =>
      leaveToSweep('a draft', async () => {
        const draft = await drafts.get(db, draftId)
        if (draft?.status !== 'pending') return
        // A team's tenth draft gives way to another team's first.
        const priority = Math.min(LOWEST_PRIORITY, 1 + (await drafts.placeInLine(db, draft)))
        await addJob(backend, 'compile', { draftId, attempt: draft.attempt }, { priority })
      }),
    enqueueBuild: dispatch,
    enqueueAction: (actionId) =>
      leaveToSweep('an action', async () => {
        const action = await actions.get(db, actionId)
        if (!action || !['queued', 'running'].includes(action.status)) return
        await addJob(backend, 'action', { actionId, attempt: action.attempt })
      }),
    broadcastCancel: (buildId) => notify(db, { kind: 'cancel', buildId }),
  }
}

/** Adds a job of its own, once for each payload. Throws where the queue cannot be reached. */
export const addJob = async <Stage extends StageName>(
  backend: Backend,
  stage: Stage,
  payload: Jobs[Stage],
  options: JobsOptions = {},
): Promise<void> => {
  const queue = backend.queue(QUEUE_OF[stage])
  await queue.add(stage, payload, { ...JOB_OPTIONS, ...options, jobId: jobId(stage, payload) })
}

/** Returns the flow of a build: deploy waits for package, that for harden, that for generate, that for every component. */
export const flowOf = (build: { id: string; attempt: number }, components: string[]): FlowJob => {
  const payload = { buildId: build.id, attempt: build.attempt }
  const node = <Stage extends StageName>(
    stage: Stage,
    data: Jobs[Stage],
    children: FlowJob[],
    options: JobsOptions = { failParentOnFailure: true },
  ): FlowJob => ({
    name: stage,
    queueName: QUEUE_OF[stage],
    data,
    opts: { ...JOB_OPTIONS, ...options, jobId: jobId(stage, data) },
    children,
  })
  // The first component of one build goes before the second of another, so a thousand of them hold nobody up; and a
  // stage, which has no priority, goes before all of them.
  const parts = components.map((component, index) =>
    node('generate-component', { ...payload, component }, [], {
      failParentOnFailure: true,
      priority: Math.min(LOWEST_PRIORITY, index + 1),
    }),
  )
  const stages = (['generate', 'harden', 'package'] as const).reduce<FlowJob[]>(
    (children, stage) => [node(stage, payload, children)],
    parts,
  )
  return node('deploy', payload, stages, {})
}
