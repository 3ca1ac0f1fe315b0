import { UnrecoverableError, WaitingError } from 'bullmq'
import { AppError, toAppError } from '../schemas/errors.ts'

/** Why running work is told to stop. */
export type StopReason = 'cancelled' | 'shutdown' | 'lock-lost'

/** The reason that a signal carries when the worker stops work on purpose. */
export class Stopped extends Error {
  readonly reason: StopReason

  constructor(reason: StopReason) {
    super(`the work was stopped: ${reason}`)
    this.name = 'Stopped'
    this.reason = reason
  }
}

/** Returns why a signal was aborted; undefined where it was not. */
export const stopReasonOf = (signal: AbortSignal): StopReason | undefined =>
  signal.aborted ? (signal.reason instanceof Stopped ? signal.reason.reason : 'lock-lost') : undefined

const CONNECTION_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  // PostgreSQL: shutting down, crashed, starting up, connection failures.
  '57P01',
  '57P02',
  '57P03',
  '08000',
  '08003',
  '08006',
])

/** Whether an error, or what caused it, is that the database could not be reached: work that failed so is not to blame. */
export const isConnectionLoss = (error: unknown): boolean => {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth += 1) {
    if (cause instanceof AppError && cause.code !== 'store-unreachable') return false
    const { code } = cause as NodeJS.ErrnoException
    if (code !== undefined && CONNECTION_CODES.has(code)) return true
    if (/connection terminated|client has encountered a connection error/i.test(cause.message)) return true
  }
  return false
}

/** Returns any error as an AppError; a lost database becomes `store-unreachable`, worth another try. */
export const toStageError = (error: unknown): AppError =>
  isConnectionLoss(error)
    ? new AppError('store-unreachable', 'The database did not answer', {
        help: 'It is tried again by itself; check the database where this stays.',
        retryable: true,
        cause: error,
      })
    : toAppError(error)

/** Whether a failed job will be tried again by the queue. */
export const isWorthAnotherTry = (
  error: AppError,
  job: { attemptsMade: number; opts: { attempts?: number } },
): boolean => error.retryable && job.attemptsMade + 1 < (job.opts.attempts ?? 1)

/** The one place where our errors become the queue's: what no other try can mend is not tried again. */
export const toJobError = (error: AppError): Error =>
  error.retryable ? error : new UnrecoverableError(`${error.code}: ${error.message}`)

/** What a processor throws after it put its job back in the line. */
export const handedBack = (): Error => new WaitingError()
