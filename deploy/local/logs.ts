import { open, stat } from 'node:fs/promises'

/** How much of a log file is read from its end, in bytes. */
const WINDOW = 512 * 1024

const endOf = async (path: string): Promise<string[]> => {
  const size = (await stat(path).catch(() => undefined))?.size
  if (!size) return []
  const file = await open(path, 'r')
  try {
    const from = Math.max(0, size - WINDOW)
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from)
    const lines = buffer.toString('utf8', 0, bytesRead).split('\n')
    if (from > 0) lines.shift() // the middle of a line
    return lines.filter((line) => line !== '')
  } finally {
    await file.close()
  }
}

/** Returns the last lines of a rotated log (path, path.1), oldest first. */
export const tail = async (path: string, lines: number): Promise<string[]> => {
  const newest = await endOf(path)
  const older = newest.length < lines ? await endOf(`${path}.1`) : []
  return [...older, ...newest].slice(-Math.max(lines, 0) || Number.POSITIVE_INFINITY).slice(0, lines)
}
