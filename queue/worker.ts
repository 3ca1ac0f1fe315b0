import { type Job, type Processor, UnrecoverableError, type Worker } from 'bullmq'
import type { Logger } from 'pino'
import type { Backend } from './backend/backend.ts'
import { actionHandler } from './handlers/action.ts'
import { compileHandler } from './handlers/compile.ts'
import { componentHandler } from './handlers/component.ts'
import type { Handler, HandlerDeps } from './handlers/handler.ts'
import { deployHandler, generateHandler, hardenHandler, packageHandler } from './handlers/stages.ts'
import { isStage, type Jobs, parsePayload, QUEUES, type StageName } from './jobs.ts'
import type { Pipeline } from './pipeline-contract.ts'
import type { Producer } from './producer.ts'
import { countDeaths, sweep } from './recovery.ts'
import { handedBack, isWorthAnotherTry, Stopped, stopReasonOf, toJobError, toStageError } from './stage-run.ts'
import * as builds from './store/builds.ts'
import type { Store } from './store/store.ts'

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
const TIMING: Timing = { sweep: 15_000, lock: 10_000, stalled: 3_000 }

type Running = { buildId: string | undefined; controller: AbortController }
export type Handlers = { [Stage in StageName]: Handler<Stage> }

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
 * of each queue at a time.
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
  const timing = options.timing ?? TIMING
  const { store, backend, producer, log } = options
  const deps: HandlerDeps = { store, pipeline: options.pipeline, data: options.data, log }
  const handlers = options.handlers ?? handlersOf(deps)
  const running = new Map<string, Running>()
  let stopping = false

  const processor: Processor = async (job: Job, token?: string, lost?: AbortSignal) => {
    if (!isStage(job.name)) throw new UnrecoverableError(`no stage is called ${job.name}`)
    const controller = new AbortController()
    lost?.addEventListener('abort', () => controller.abort(new Stopped('lock-lost')), { once: true })
    const buildId = (job.data as { buildId?: string }).buildId
    running.set(job.id!, { buildId, controller })
    try {
      if (stopping) controller.abort(new Stopped('shutdown'))
      await runJob(job, job.name, token, controller.signal)
    } finally {
      running.delete(job.id!)
    }
  }

  const runJob = async <Stage extends StageName>(
    job: Job,
    stage: Stage,
    token: string | undefined,
    signal: AbortSignal,
  ) => {
    const handler: Handler<Stage> = handlers[stage]
    const jobLog = log.child({ stage, job: job.id })
    const payload: Jobs[Stage] = checked(stage, job.data)
    try {
      signal.throwIfAborted()
      await handler.run(payload, { signal, log: jobLog })
    } catch (error) {
      const reason = stopReasonOf(signal)
      if (reason === 'shutdown') {
        await job.moveToWait(token)
        throw handedBack()
      }
      if (reason === 'cancelled') {
        await handler.cancel(payload)
        throw new UnrecoverableError('cancelled')
      }
      // Whoever has the lock now does the work; the queue refuses this job's end by itself.
      if (reason === 'lock-lost') throw error
      const problem = toStageError(error)
      jobLog.warn({ err: error, code: problem.code, try: job.attemptsMade + 1 }, 'a stage failed')
      if (isWorthAnotherTry(problem, job)) throw problem
      // The store cannot be told now; the sweep finds the work when it can.
      if (problem.code === 'store-unreachable') throw problem
      await handler.fail(payload, problem)
      throw toJobError(problem)
    }
  }

  /** Tells the build's work in this process to stop. Returns whether there is any. */
  const stopHere = (buildId: string): boolean => {
    const here = [...running.values()].filter((run) => run.buildId === buildId)
    for (const run of here) run.controller.abort(new Stopped('cancelled'))
    return here.length > 0
  }

  const stopBuild = async (buildId: string): Promise<void> => {
    if (stopHere(buildId)) return
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

  /** Runs at most once at a time, and once more where it was asked for meanwhile. */
  const coalesced = (what: string, deed: () => Promise<unknown>): (() => Promise<void>) => {
    let current: Promise<void> | undefined
    let more = false
    const run = async (): Promise<void> => {
      do {
        more = false
        try {
          await deed()
        } catch (error) {
          log.warn({ err: error }, `${what} did not work; it is tried again`)
        }
      } while (more && !stopping)
      current = undefined
    }
    return () => {
      if (current) more = true
      else if (!stopping) current = run()
      return current ?? Promise.resolve()
    }
  }
  const dispatch = coalesced('letting builds in', producer.dispatch)
  const recover = coalesced('the recovery sweep', () => sweep({ store, backend, producer, handlers, log }))
  const stopCancelled = coalesced('stopping cancelled builds', async () => {
    for (const buildId of await builds.cancelRequested(store.db)) await stopBuild(buildId)
  })

  await countDeaths({ store, backend, producer, handlers, log }, await backend.reclaim())
  const unsubscribe = store.changes.subscribe((change) => {
    if (change.kind === 'work') void dispatch()
    if (change.kind === 'cancel') stopHere(change.buildId)
    if (change.kind === 'cancel' || change.kind === 'poll') void stopCancelled()
  })
  const workers = QUEUES.map((name) =>
    makeWorker(backend, name, processor, { concurrency: options.concurrency, timing, running, log }),
  )
  await Promise.all(workers.map((worker) => worker.waitUntilReady()))
  const timer = setInterval(() => void recover(), timing.sweep)
  await recover()

  let stopped: Promise<void> | undefined
  return {
    running: () => running.size,
    sweep: recover,
    stop: (deadline) => {
      stopped ??= (async () => {
        stopping = true
        clearInterval(timer)
        unsubscribe()
        const end = Date.now() + deadline
        for (const worker of workers) await within(1_000, worker.pause(true))
        await idle(running, Date.now() + (deadline * 2) / 3)
        for (const run of running.values()) run.controller.abort(new Stopped('shutdown'))
        await Promise.all([dispatch(), recover(), stopCancelled()].map((task) => within(end - Date.now(), task)))
        const closed = await within(end - Date.now(), Promise.all(workers.map((worker) => worker.close())))
        if (!closed) log.warn({ running: running.size }, 'some work did not stop in time; it is taken up again later')
      })()
      return stopped
    },
  }
}

/** A payload that is not right will not be so at another try. */
const checked = <Stage extends StageName>(stage: Stage, data: unknown): Jobs[Stage] => {
  try {
    return parsePayload(stage, data)
  } catch (error) {
    throw toJobError(toStageError(error))
  }
}

const makeWorker = (
  backend: Backend,
  name: (typeof QUEUES)[number],
  processor: Processor,
  {
    concurrency,
    timing,
    running,
    log,
  }: { concurrency: number; timing: Timing; running: Map<string, Running>; log: Logger },
): Worker => {
  const worker = backend.worker(name, processor, {
    concurrency,
    lockDuration: timing.lock,
    stalledInterval: timing.stalled,
    maxStalledCount: 3,
    runRetryDelay: 500,
  })
  worker.on('error', (error) => log.warn({ err: error, queue: name }, 'a worker reported an error'))
  worker.on('lockRenewalFailed', (ids: string[]) => {
    for (const id of ids) running.get(id)?.controller.abort(new Stopped('lock-lost'))
  })
  return worker
}

/** Resolves when nothing runs or the time has come. */
const idle = async (running: Map<string, Running>, until: number): Promise<void> => {
  while (running.size > 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 25))
}

/** Waits for a promise no longer than `milliseconds`. Returns whether it was in time. */
const within = async (milliseconds: number, work: Promise<unknown>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.max(0, milliseconds))
  })
  try {
    return await Promise.race([work.then(() => true as const), late])
  } finally {
    clearTimeout(timer)
  }
}
