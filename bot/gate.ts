/** Returns a gate that lets at most `most` pieces of work through at a time; the others wait in their order. */
export const createGate = (most: number) => {
  const waiting: (() => void)[] = []
  let inside = 0
  return async <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    if (inside >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else inside += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      // The place is handed on; it is free only where nobody waits.
      if (next) next()
      else inside -= 1
    }
  }
}
