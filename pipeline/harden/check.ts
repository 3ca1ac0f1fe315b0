import type { Evidence } from '../../schemas/generated/evidence.ts'
import type { ToolResult } from '../run-tool.ts'

/** Where and on what a check runs. */
export type CheckContext = {
  /** The checked-out tree. Checks read it and write only into `scratch`. */
  folder: string
  /** A folder of the check's own for databases, caches and reports. */
  scratch: string
  /** Shared by all builds on this machine: caches that tools can share safely. */
  cache: string
  pythonBin: string
  engine: 'sqlite'
  signal: AbortSignal
}

export type Finding = Pick<Evidence, 'tool' | 'version' | 'result' | 'summary' | 'passed' | 'failed' | 'detail'>

/** A rung of the ladder: one tool, one question. */
export type Check = {
  name: 'format' | 'lint' | 'types' | 'tests' | 'boot' | 'contract'
  /** What the thread shows while it runs. */
  step: string
  run: (context: CheckContext) => Promise<Finding>
}

/** More than this no tool prints of a system that any of its checks can be read of. */
const MAX_DETAIL = 400_000

/** Returns a tool's output as evidence holds it: all of it, or where there is far too much the beginning and the end. */
export const cutDetail = (output: string): string =>
  output.length <= MAX_DETAIL
    ? output
    : `${output.slice(0, MAX_DETAIL / 2)}\n[...]\n${output.slice(-(MAX_DETAIL / 2 - 7))}`

/** Returns the words for a tool that did not end by itself, undefined where it did. */
export const troubleOf = (result: ToolResult, what: string): string | undefined => {
  if (result.timedOut) return `${what} took too long and was stopped`
  if (result.code < 0) return `${what} was killed`
  return undefined
}
