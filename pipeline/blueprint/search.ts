/** What values must meet together: `holds` is asked as soon as all that it reads has a value; undefined is no objection. */
export type Wish = { reads: ReadonlySet<string>; holds: (values: ReadonlyMap<string, unknown>) => boolean | undefined }

const MOST_TRIES = 20_000

/** Returns a value for each key, out of its domain, such that no wish is denied; undefined where none is found in time. */
export const searchValues = (
  keys: readonly string[],
  domain: (key: string) => readonly unknown[],
  wishes: readonly Wish[],
  known: ReadonlyMap<string, unknown> = new Map(),
): ReadonlyMap<string, unknown> | undefined => {
  const ready = keys.map((key, at) => {
    const rest = new Set(keys.slice(at + 1))
    return wishes.filter(({ reads }) => reads.has(key) && ![...reads].some((each) => rest.has(each)))
  })
  let tries = 0
  const step = (at: number, values: ReadonlyMap<string, unknown>): ReadonlyMap<string, unknown> | undefined => {
    const key = keys[at]
    if (key === undefined) return values
    for (const value of domain(key)) {
      if (++tries > MOST_TRIES) return undefined
      const next = new Map([...values, [key, value]])
      if (ready[at]!.some(({ holds }) => holds(next) === false)) continue
      const found = step(at + 1, next)
      if (found) return found
    }
    return undefined
  }
  return step(0, known)
}
