import { AppError } from '../../schemas/errors.ts'
import { readRecords } from './record.ts'
import { type Line, Refusal } from './supervisor.ts'

/** Below the kernel's range for outgoing connections, so that a stopped system's port is not lent out meanwhile. */
const RANGE = { from: 8100, to: 8999 }

type Wish = {
  data: string
  system: string
  host: string
  /** The port the system already has. */
  port: number | undefined
  /** Whether it takes another where that one is taken. */
  mayMove: boolean
  range: { from: number; to: number } | undefined
  log: string
}

/**
 * Opens the system's listening socket and returns its port: the one it has, or for a new system, and for one that
 * may move where its own is taken, the first that is free and not another system's. Throws AppError `deploy-port`.
 */
export const openPort = async (
  line: Line,
  { data, system, host, port, mayMove, range = RANGE, log }: Wish,
): Promise<number> => {
  const listen = (candidate: number) =>
    line
      .ask('listen', { system, host, port: candidate, log: { path: log, size: 5_000_000, keep: 4 } })
      .then((answer) => answer.port)
      .catch((error: unknown) => {
        if (error instanceof Refusal && error.code === 'port-taken') return undefined
        throw error
      })
  if (port !== undefined) {
    const opened = await listen(port)
    if (opened !== undefined) return opened
    if (!mayMove)
      throw new AppError('deploy-port', `Port ${port}, which belongs to this system, is used by another program`, {
        help: `End the program that listens on port ${port}, then start the system again.`,
      })
  }
  const taken = new Set([...(await readRecords(data)).values()].map((record) => record.port))
  for (let candidate = range.from; candidate <= range.to; candidate += 1) {
    if (taken.has(candidate)) continue
    const opened = await listen(candidate)
    if (opened !== undefined) return opened
  }
  throw new AppError('deploy-port', `No port from ${range.from} to ${range.to} is free for the system`, {
    help: 'Remove a system that is not needed any more, or check SYSTEMS_HOST: systems listen on that address.',
  })
}
