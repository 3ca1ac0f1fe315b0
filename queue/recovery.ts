import type { Logger } from 'pino'
import { AppError } from '../schemas/errors.ts'
import type { Backend, Orphan } from './backend/backend.ts'
import { failBuild } from './handlers/build-stage.ts'
import type { Handler } from './handlers/handler.ts'
import { BUILD_STAGES, jobId, QUEUE_OF, type StageName } from './jobs.ts'
import type { Producer } from './producer.ts'
import * as actions from './store/actions.ts'
import * as builds from './store/builds.ts'
import * as drafts from './store/drafts.ts'
import type { Store } from './store/store.ts'

type Deps = {
  store: Store
  backend: Backend
  producer: Producer
  handlers: { compile: Handler<'compile'>; action: Handler<'action'> }
  log: Logger
}

/** So many deaths without a finished stage in between say that the work itself kills its process. */
const MOST_CRASHES = 10
/** Milliseconds that whoever let a build in has to add its flow. */
const ADMISSION_GRACE = 5_000

const LIVE = new Set(['waiting', 'active', 'delayed', 'prioritized', 'paused'])
const crashError = () =>
  new AppError('work-crashed', 'The work ended its process again and again', {
    help: 'The log says what happened before; the machine may be short of memory.',
  })

/**
 * Counts the deaths behind jobs that dead processes left, so that work which kills its process does not do so for ever.
 */
export const countDeaths = async (deps: Deps, orphans: Orphan[]): Promise<void> => {
  const { db } = deps.store
  const builtBy = new Set(
    orphans.map(({ data }) => (data as { buildId?: string }).buildId).filter((id) => id !== undefined),
  )
  for (const id of builtBy) await builds.crashed(db, id)
  if (orphans.length > 0) deps.log.info({ jobs: orphans.length }, 'work that a dead process left was put back')
}

/**
 * Hands over again what the store knows as unfinished and the queue forgot: a job that was never added, was lost, or
 * ended without the store hearing of it. One process sweeps at a time. Returns how much was handed over.
 */
export const sweep = async (deps: Deps): Promise<number> => {
  const lock = await deps.store.locks.tryLock('sweep')
  if (!lock) return 0
  try {
    const found = (await sweepDrafts(deps)) + (await sweepActions(deps)) + (await sweepBuilds(deps))
    if (found > 0) deps.log.info({ found }, 'work that the queue had forgotten was handed over again')
    return found
  } finally {
    await lock.release()
  }
}

const stateOf = (deps: Deps, stage: StageName, id: string): Promise<string> =>
  deps.backend.queue(QUEUE_OF[stage]).getJobState(id)

const sweepDrafts = async (deps: Deps): Promise<number> => {
  const { db } = deps.store
  let found = 0
  for (const draft of await drafts.pending(db)) {
    const payload = { draftId: draft.id, attempt: draft.attempt }
    const state = await stateOf(deps, 'compile', jobId('compile', payload))
    if (LIVE.has(state)) continue
    if (state !== 'unknown' && (await drafts.again(db, draft)) === undefined) continue
    if (draft.attempt >= MOST_CRASHES * 2) await deps.handlers.compile.fail(payload, crashError())
    else await deps.producer.enqueueCompile(draft.id)
    found += 1
  }
  return found
}

const sweepActions = async (deps: Deps): Promise<number> => {
  const { db } = deps.store
  let found = 0
  for (const action of await actions.pending(db)) {
    const payload = { actionId: action.id, attempt: action.attempt }
    const state = await stateOf(deps, 'action', jobId('action', payload))
    if (LIVE.has(state)) continue
    if (state !== 'unknown' && (await actions.again(db, action)) === undefined) continue
    if (action.attempt >= MOST_CRASHES) await deps.handlers.action.fail(payload, crashError())
    else await deps.producer.enqueueAction(action.id)
    found += 1
  }
  return found
}

const sweepBuilds = async (deps: Deps): Promise<number> => {
  const { db } = deps.store
  let found = 0
  for (const build of await builds.underWay(db)) {
    const state = await flowState(deps, build)
    if (state === 'live') continue
    if (build.crashes >= MOST_CRASHES) {
      await failBuild(deps, build.id, build.stage ?? 'generate', crashError())
      continue
    }
    if (state === 'missing') {
      const admitted = build.admittedAt?.getTime() ?? 0
      if (Date.now() - admitted < ADMISSION_GRACE) continue
      // Completed jobs go at once: a build that ended since it was read has no flow either.
      if ((await builds.get(db, build.id))?.finishedAt) continue
      await deps.producer.addBuild(build)
    } else {
      const raised = await builds.again(db, build)
      if (raised) await deps.producer.addBuild(raised)
    }
    found += 1
  }
  await deps.producer.dispatch()
  return found
}

/** Whether some job of a build's flow will still run. */
const flowState = async (deps: Deps, build: builds.Build): Promise<'live' | 'dead' | 'missing'> => {
  const stateAt = (stage: StageName) =>
    stateOf(deps, stage, jobId(stage as 'deploy', { buildId: build.id, attempt: build.attempt }))
  // From the last stage down: a stage that waits for its children lives if they do.
  for (const stage of [...BUILD_STAGES].reverse()) {
    const state = await stateAt(stage)
    if (LIVE.has(state)) return 'live'
    if (state === 'waiting-children') continue
    if (stage === 'deploy') return state === 'unknown' ? 'missing' : 'dead'
    // Between the two looks the child may have ended and set its parent free.
    const parent = BUILD_STAGES[BUILD_STAGES.indexOf(stage) + 1]!
    return (await stateAt(parent)) === 'waiting-children' ? 'dead' : 'live'
  }
  return 'live'
}
