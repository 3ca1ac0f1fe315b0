/** Waits for a promise no longer than `milliseconds`. Returns whether it was in time. */
export const within = async (milliseconds: number, work: Promise<unknown>): Promise<boolean> => {
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

/** `run` asks for the deed and resolves when it has rested; `rest` resolves when it rests, without asking for it. */
export type Coalesced = { run: () => Promise<void>; rest: () => Promise<void> }

/**
 * Returns a deed that runs at most once at a time, and once more where it was asked for meanwhile. What it throws goes to
 * `onError`: it will be asked for again.
 */
export const coalesced = (deed: () => Promise<unknown>, onError: (error: unknown) => void): Coalesced => {
  let current: Promise<void> | undefined
  let more = false
  const work = async (): Promise<void> => {
    do {
      more = false
      try {
        await deed()
      } catch (error) {
        onError(error)
      }
    } while (more)
    current = undefined
  }
  return {
    run: () => {
      if (current) more = true
      else current = work()
      return current
    },
    rest: () => current ?? Promise.resolve(),
  }
}
