/** Returns the number of single-letter edits and swaps of neighbours between two words, or Infinity beyond `limit`. */
const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return Number.POSITIVE_INFINITY
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const edits = [previous[j]! + 1, current[j - 1]! + 1, previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)]
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits.push(before[j - 2]! + 1)
      current[j] = Math.min(...edits)
    }
    before = previous
    previous = current
  }
  return previous[b.length]!
}

/** Returns the candidate that a misspelled word most likely meant, or undefined where none is near. */
export const closest = (word: string, candidates: Iterable<string>): string | undefined => {
  const limit = word.length <= 4 ? 1 : word.length <= 8 ? 2 : 3
  let best: string | undefined
  let bestDistance = limit + 1
  for (const candidate of candidates) {
    const d = distance(word.slice(0, 60).toLowerCase(), candidate.toLowerCase(), limit)
    if (d < bestDistance) [best, bestDistance] = [candidate, d]
  }
  return best
}
