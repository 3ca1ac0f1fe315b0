import type { ErrorCode } from './error-codes.ts'

/**
 * The one error class. `code` is a key of the catalogue in schemas/error-codes.ts; `message` says what happened
 * in plain words and may be shown in a thread, so it holds no secret and no path of the machine.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly help: string
  readonly retryable: boolean

  constructor(code: ErrorCode, message: string, options: { help?: string; retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.help = options.help ?? ''
    this.retryable = options.retryable ?? false
  }
}

/** Returns any thrown value as an AppError; what is not one becomes `internal`, not retryable, with the value as cause. */
export const toAppError = (error: unknown): AppError =>
  error instanceof AppError
    ? error
    : new AppError('internal', error instanceof Error ? error.message : String(error), { cause: error })

/** Returns what a command prints of an error: what happened, and on a line of its own what to do about it. */
export const printed = (error: unknown): string => {
  const { message, help } = toAppError(error)
  return `${message}\n${help ? `${help}\n` : ''}`
}
