/** A lock by name, held by one owner of all processes of the store. */
export type Lock = {
  /** Aborts when the lock was lost without being released: its holder must stop at once. */
  signal: AbortSignal
  release: () => Promise<void>
}

export type Locks = {
  /** Takes a lock where it is free. Returns undefined where somebody holds it, this process included. */
  tryLock: (name: string) => Promise<Lock | undefined>
}

/** Returns locks among the owners of one process. */
export const createLocalLocks = (): Locks => {
  const held = new Set<string>()
  return {
    tryLock: async (name) => {
      if (held.has(name)) return undefined
      held.add(name)
      return {
        signal: new AbortController().signal,
        release: async () => void held.delete(name),
      }
    },
  }
}
