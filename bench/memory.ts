import { readFileSync } from 'node:fs'

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return '' // ended meanwhile
  }
}

const childrenOf = (pid: number): number[] =>
  read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)

/** Returns the process and all below it. Children that were started by a thread other than the main one are not seen. */
export const treeOf = (pid: number): number[] => [pid, ...childrenOf(pid).flatMap(treeOf)]

/** Returns the memory of a process in MB: its own pages and its share of those that it has in common with others. */
export const memoryOf = (pid: number): number =>
  Number(/^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0) / 1024

/** Watches a process and all below it until `stop`, which returns the highest sum seen, in MB. */
export const watchMemory = (pid: number, everyMs = 100): { stop: () => { own: number; tree: number } } => {
  let tree = 0
  let own = 0
  const look = () => {
    const all = treeOf(pid).map(memoryOf)
    own = Math.max(own, all[0] ?? 0)
    tree = Math.max(
      tree,
      all.reduce((sum, one) => sum + one, 0),
    )
  }
  const timer = setInterval(look, everyMs)
  return {
    stop: () => {
      clearInterval(timer)
      return { own, tree }
    },
  }
}

/** Returns the processor time, in ms, of this process and of its children that have ended: what a busy machine cannot stretch. */
export const processorTime = (): number => {
  const fields = read('/proc/self/stat').split(') ')[1]?.split(' ') ?? []
  // utime, stime, cutime, cstime in ticks of 10 ms
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * 10
}
