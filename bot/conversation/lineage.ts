/** A build that was online, and the one that it took the place of. */
export type Ran = { buildId: string; number: number; previousBuildId: string | null }

/** Returns what of a system's builds was online, in their order. */
export const ranOf = (
  builds: readonly { id: string; number: number; status: string; previousBuildId: string | null }[],
): Ran[] =>
  builds
    .filter(({ status }) => status === 'succeeded')
    .map(({ id: buildId, number, previousBuildId }) => ({ buildId, number, previousBuildId }))

/** Returns the build that ran before this one was put online: where a roll back goes to. */
export const buildBefore = (ran: readonly Ran[], current: string | null): Ran | undefined => {
  const previous = ran.find(({ buildId }) => buildId === current)?.previousBuildId
  return ran.find(({ buildId }) => buildId === previous)
}

/**
 * Returns the build that was put online after this one: where a roll forward goes to, one build at a time, so that a roll back
 * undoes it. Where several took its place, after a roll back and a change, it is the one on the way to the newest build.
 */
export const buildAfter = (ran: readonly Ran[], current: string | null): Ran | undefined => {
  for (const newest of [...ran].sort((a, b) => b.number - a.number)) {
    // A build takes the place of an earlier one: the way back has an end.
    for (let step: Ran | undefined = newest; step; step = buildBefore(ran, step.buildId))
      if (current !== null && step.previousBuildId === current) return step
  }
  return undefined
}
