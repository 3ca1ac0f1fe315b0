import type { Worker } from 'bullmq'
import type { Logger } from 'pino'
import type { Backend } from './backend/backend.ts'
import { actionHandler } from './handlers/action.ts'
import { compileHandler } from './handlers/compile.ts'
import { componentHandler } from './handlers/component.ts'
import type { HandlerDeps } from './handlers/handler.ts'
import { deployHandler, generateHandler, hardenHandler, packageHandler } from './handlers/stages.ts'
import { createJobRunner, type Handlers, type JobRunner } from './job-runner.ts'
import { QUEUES } from './jobs.ts'
import { coalesced, within } from './patience.ts'
import type { Pipeline } from './pipeline-contract.ts'
import type { Producer } from './producer.ts'
import { countDeaths, sweep } from './recovery.ts'
import * as builds from './store/builds.ts'
import type { Store } from './store/store.ts'
import * as systems from './store/systems.ts'

export type WorkerPool = {
  /**
   * Takes no more jobs, lets running ones end for two thirds of `deadline` milliseconds, hands the rest back to the
   * queue, and resolves by the deadline whatever happens.
   */
  stop: (deadline: number) => Promise<void>
  /** Looks now for work that the queue forgot; it happens by itself every 15 s. */
  sweep: () => Promise<void>
  /** Jobs that run in this process now. */
  running: () => number
}

/** Milliseconds. A dead worker's jobs are taken over within lock + 2 * stalled; a lock is renewed at its half. */
export type Timing = { sweep: number; lock: number; stalled: number }
const SHARED: Timing = { sweep: 15_000, lock: 10_000, stalled: 3_000 }
/** Nobody else can die here: what is left to notice is a job whose end could not be written. */
const ALONE: Timing = { ...SHARED, stalled: 15_000 }

const handlersOf = (deps: HandlerDeps): Handlers => ({
  compile: compileHandler(deps),
  action: actionHandler(deps),
  'generate-component': componentHandler(deps),
  generate: generateHandler(deps),
  harden: hardenHandler(deps),
  package: packageHandler(deps),
  deploy: deployHandler(deps),
})

/**
 * Starts working the queues in this process: takes back what dead processes left, sweeps, then runs `concurrency` jobs
 * of each queue at a time. Systems that should run and do not are brought back, now and with every sweep.
 */
export const startWorkers = async (options: {
  store: Store
  backend: Backend
  producer: Producer
  pipeline: Pipeline
  data: string
  concurrency: number
  log: Logger
  timing?: Timing
  /** Instead of the stages' own; a benchmark gives empty ones. */
  handlers?: Handlers
}): Promise<WorkerPool> => {
  const timing = options.timing ?? (options.backend.shared ? SHARED : ALONE)
  const { store, backend, producer, log } = options
  const deps: HandlerDeps = { store, pipeline: options.pipeline, data: options.data, log }
  const handlers = options.handlers ?? handlersOf(deps)
  const runner = createJobRunner(handlers, log)

  const stopBuild = async (buildId: string): Promise<void> => {
    if (runner.stop('cancelled', (job) => job.buildId === buildId) > 0) return
    const build = await builds.get(store.db, buildId)
    if (!build || build.finishedAt || !build.cancelRequested) return
    // Free: no stage of it runs anywhere, and none would notice for as long as the workers are busy.
    const lock = await store.locks.tryLock(`system:${build.systemId}`)
    if (!lock) return
    try {
      await builds.finish(store.db, buildId, { status: 'cancelled' })
    } finally {
      await lock.release()
    }
  }

  const failed = (what: string) => (error: unknown) =>
    log.warn({ err: error }, `${what} did not work; it is tried again`)
  const dispatch = coalesced(producer.dispatch, failed('letting builds in'))
  const recover = coalesced(() => sweep({ store, backend, producer, handlers, log }), failed('the recovery sweep'))
  const stopCancelled = coalesced(async () => {
    for (const buildId of await builds.cancelRequested(store.db)) await stopBuild(buildId)
  }, failed('stopping cancelled builds'))
  // Systems live where workers do: what should run and does not, such as after a restart of the machine, comes back.
  const bringBack = coalesced(async () => {
    const back = await options.pipeline.target.ensure()
    // One that came from another place may have another address here.
    for (const [id, url] of back) await systems.update(store.db, id, { url })
    if (back.size > 0) log.info({ systems: [...back.keys()] }, 'systems were brought back')
  }, failed('bringing systems back'))

  await countDeaths({ store, backend, producer, handlers, log }, await backend.reclaim())
  const unsubscribe = store.changes.subscribe((change) => {
    if (change.kind === 'work') void dispatch.run()
    if (change.kind === 'cancel') runner.stop('cancelled', (job) => job.buildId === change.buildId)
    if (change.kind === 'cancel' || change.kind === 'poll') void stopCancelled.run()
  })
  const workers = QUEUES.map((name) =>
    makeWorker(backend, name, runner, { concurrency: options.concurrency, timing, log }),
  )
  await Promise.all(workers.map((worker) => worker.waitUntilReady()))
  const timer = setInterval(() => {
    void recover.run()
    void bringBack.run()
  }, timing.sweep)
  void bringBack.run()
  await recover.run()

  let stopped: Promise<void> | undefined
  return {
    running: runner.size,
    sweep: recover.run,
    stop: (deadline) => {
      stopped ??= (async () => {
        runner.refuse()
        clearInterval(timer)
        unsubscribe()
        const end = Date.now() + deadline
        for (const worker of workers) await within(1_000, worker.pause(true))
        await idle(runner, Date.now() + (deadline * 2) / 3)
        runner.stop('shutdown')
        await within(end - Date.now(), Promise.all([dispatch.rest(), recover.rest(), stopCancelled.rest()]))
        const closed = await within(end - Date.now(), Promise.all(workers.map((worker) => worker.close())))
        if (!closed) log.warn({ running: runner.size() }, 'some work did not stop in time; it is taken up again later')
      })()
      return stopped
    },
  }
}

const makeWorker = (
  backend: Backend,
  name: (typeof QUEUES)[number],
  runner: JobRunner,
  { concurrency, timing, log }: { concurrency: number; timing: Timing; log: Logger },
): Worker => {
  const worker = backend.worker(name, runner.processor, {
    concurrency,
    lockDuration: timing.lock,
    stalledInterval: timing.stalled,
    maxStalledCount: 3,
    runRetryDelay: 500,
  })
  worker.on('error', (error) => log.warn({ err: error, queue: name }, 'a worker reported an error'))
  worker.on('lockRenewalFailed', (ids: string[]) => {
    runner.stop('lock-lost', (job) => ids.includes(job.jobId))
  })
  return worker
}

/** Resolves when nothing runs or the time has come. */
const idle = async (runner: JobRunner, until: number): Promise<void> => {
  while (runner.size() > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 25))
}
