import { type Job, type Processor, UnrecoverableError } from 'bullmq'
import type { Logger } from 'pino'
import type { Handler } from './handlers/handler.ts'
import { isStage, type Jobs, parsePayload, type StageName } from './jobs.ts'
import {
  handedBack,
  isWorthAnotherTry,
  Stopped,
  type StopReason,
  stopReasonOf,
  toJobError,
  toStageError,
} from './stage-run.ts'

export type Handlers = { [Stage in StageName]: Handler<Stage> }

/** What one job is, as far as whoever stops jobs must know. */
export type RunningJob = { jobId: string; buildId: string | undefined }

export type JobRunner = {
  /** Runs one job with its stage's handler, and records its end where it fails or was cancelled. */
  processor: Processor
  /** Jobs that run now. */
  size: () => number
  /** Tells jobs to stop, and why. Returns how many. */
  stop: (reason: StopReason, which?: (job: RunningJob) => boolean) => number
  /** From now on every job is handed back as soon as it is taken. */
  refuse: () => void
}

/** Returns what runs the jobs of a process. */
export const createJobRunner = (handlers: Handlers, log: Logger): JobRunner => {
  const running = new Set<RunningJob & { controller: AbortController }>()
  let refusing = false

  const processor: Processor = async (job: Job, token?: string, lost?: AbortSignal) => {
    if (!isStage(job.name)) throw new UnrecoverableError(`no stage is called ${job.name}`)
    const controller = new AbortController()
    lost?.addEventListener('abort', () => controller.abort(new Stopped('lock-lost')), { once: true })
    if (refusing) controller.abort(new Stopped('shutdown'))
    const self = { jobId: job.id ?? '', buildId: (job.data as { buildId?: string }).buildId, controller }
    running.add(self)
    try {
      await run(job, job.name, token, controller.signal)
    } finally {
      running.delete(self)
    }
  }

  const run = async <Stage extends StageName>(
    job: Job,
    stage: Stage,
    token: string | undefined,
    signal: AbortSignal,
  ): Promise<void> => {
    const handler: Handler<Stage> = handlers[stage]
    const payload = checked(stage, job.data)
    const jobLog = log.child({ stage, job: job.id })
    try {
      signal.throwIfAborted()
      await handler.run(payload, { signal, log: jobLog })
    } catch (error) {
      switch (stopReasonOf(signal)) {
        case 'shutdown':
          await job.moveToWait(token)
          throw handedBack()
        case 'cancelled':
          await handler.cancel(payload)
          throw new UnrecoverableError('cancelled')
        case 'lock-lost':
          // Whoever has the lock now does the work; the queue refuses this job's end by itself.
          throw error
        case undefined:
          return settle(error, handler, payload, job, jobLog)
      }
    }
  }

  const settle = async <Stage extends StageName>(
    error: unknown,
    handler: Handler<Stage>,
    payload: Jobs[Stage],
    job: Job,
    jobLog: Logger,
  ): Promise<never> => {
    const problem = toStageError(error)
    jobLog.warn({ err: error, code: problem.code, try: job.attemptsMade + 1 }, 'a stage failed')
    if (isWorthAnotherTry(problem, job)) throw problem
    // The store cannot be told now; the sweep finds the work when it can.
    if (problem.code === 'store-unreachable') throw problem
    await handler.fail(payload, problem)
    throw toJobError(problem)
  }

  return {
    processor,
    size: () => running.size,
    stop: (reason, which = () => true) => {
      const chosen = [...running].filter(which)
      for (const { controller } of chosen) controller.abort(new Stopped(reason))
      return chosen.length
    },
    refuse: () => {
      refusing = true
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
