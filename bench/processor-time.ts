import { readFileSync } from 'node:fs'

/** Clock ticks in a second: what Linux tells programs on every common machine. */
const TICKS = 100

/** Returns the processor time in seconds that a process has taken so far, all its threads together. Linux only. */
export const processorTime = (pid: number): number => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS
}
