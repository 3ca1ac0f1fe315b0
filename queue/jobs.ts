import type { JobsOptions } from 'bullmq'
import { AppError } from '../schemas/errors.ts'
import type { JobPayloads } from '../schemas/generated/job.ts'
import { sentenceOf, validatorOf } from '../schemas/validate.ts'

/** Stage -> what its job carries: ids of rows. */
export type Jobs = { [Stage in keyof Required<JobPayloads>]: NonNullable<JobPayloads[Stage]> }
export type StageName = keyof Jobs

/**
 * Which queue a stage waits in. Each queue has workers of its own: a draft is answered at once however many builds run,
 * and an action that waits for its system keeps nobody else's draft or build from running.
 */
export const QUEUE_OF = {
  compile: 'draft',
  action: 'action',
  'generate-component': 'build',
  generate: 'build',
  harden: 'build',
  package: 'build',
  deploy: 'build',
} as const satisfies Record<StageName, 'draft' | 'action' | 'build'>

export type QueueName = (typeof QUEUE_OF)[StageName]
export const QUEUES: QueueName[] = ['draft', 'action', 'build']

/** The highest number that the queue knows as a priority; 1 is the most urgent but for jobs without one. */
export const LOWEST_PRIORITY = 2 ** 21

/** The stages of a build that follow each other; components are generated side by side before the first. */
export const BUILD_STAGES = ['generate', 'harden', 'package', 'deploy'] as const

/**
 * The store is the record of what was done, so completed jobs go at once: keeping them by age and number doubles what the
 * embedded queue has to do for a job. Failed ones stay a while, so the sweep can tell a failure from a loss. Five tries
 * with doubled waits span 7.5 s, enough for a database or Redis that is being restarted.
 */
export const JOB_OPTIONS: JobsOptions = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 500 },
  removeOnComplete: true,
  removeOnFail: { age: 24 * 3600, count: 1000 },
}

/** Returns the id of a job: the same for the same work, so adding it twice adds it once. Holds no colon, as the queue wants. */
export const jobId = <Stage extends StageName>(stage: Stage, payload: Jobs[Stage]): string => {
  const id = 'buildId' in payload ? payload.buildId : 'draftId' in payload ? payload.draftId : payload.actionId
  const part = 'component' in payload ? `${stage}-${payload.component}` : stage
  return `${id}.${payload.attempt}.${part}`.replaceAll(':', '-')
}

/** Returns a job's payload, checked. Throws AppError `job-invalid`: only this program writes jobs, so it is a fault of it or another release's job. */
export const parsePayload = <Stage extends StageName>(stage: Stage, data: unknown): Jobs[Stage] => {
  const validate = validatorOf<JobPayloads>('job')
  const wrapped: unknown = { [stage]: data }
  if (!validate(wrapped))
    throw new AppError(
      'job-invalid',
      `A ${stage} job is not right: ${(validate.errors ?? []).map(sentenceOf).join('; ')}`,
      {
        help: 'Restart the workers, so that all of them are of one release.',
      },
    )
  return (wrapped as Jobs)[stage]
}

/** Whether a job's name is one of a stage's. */
export const isStage = (name: string): name is StageName => Object.hasOwn(QUEUE_OF, name)
