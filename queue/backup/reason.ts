import { AppError } from '../../schemas/errors.ts'

/**
 * Returns in a line why something failed: a file's path and the system's code, or the database's own sentence. Never the
 * statement: its parameters are rows.
 */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'no reason given'
  const { code, path } = error as NodeJS.ErrnoException
  if (code && path) return `${path}: ${code}`
  if (error.cause instanceof Error) return reasonOf(error.cause)
  return error.message.split('\n')[0] ?? error.name
}

/** Returns a failure that the code did not foresee as an AppError of this code; what is one already stays. */
export const asFailure = (code: 'backup-failed' | 'restore-failed', error: unknown): AppError =>
  error instanceof AppError
    ? error
    : new AppError(
        code,
        `${code === 'backup-failed' ? 'No backup was written' : 'Nothing was restored'}: ${reasonOf(error)}`,
        {
          help: 'Mend what this names and run it again; everything is as it was before.',
          cause: error,
        },
      )
