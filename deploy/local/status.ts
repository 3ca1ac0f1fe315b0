import { knock } from '../health.ts'
import type { DeploymentStatus } from '../target.ts'
import { tail } from './logs.ts'
import { type LocalOptions, publicUrlOf } from './options.ts'
import { systemPaths } from './paths.ts'
import { readRecord } from './record.ts'
import { redactor } from './secrets.ts'
import { type Instance, reachSupervisor, type Supervised } from './supervisor.ts'
import { usageOf } from './usage.ts'

/** Seconds of life after which a restarted process no longer counts as crashing. */
const SETTLED = 10

/** Returns what the supervisor holds of the system; 'away' when no supervisor runs. Starts nothing. */
export const supervised = async (data: string, system: string): Promise<Supervised | 'away' | undefined> => {
  const line = await reachSupervisor(data)
  if (!line) return 'away'
  try {
    return (await line.ask('list', {})).systems[system]
  } finally {
    line.close()
  }
}

/** The process that counts: the committed one that is not draining. */
export const mainInstance = (found: Supervised | 'away' | undefined): Instance | undefined =>
  typeof found === 'object' ? found.instances.find((one) => one.committed && one.role !== 'draining') : undefined

const isCrashing = (one: Instance): boolean =>
  one.role === 'failed' || one.role === 'waiting' || (one.restarts > 0 && (one.uptime ?? 0) < SETTLED)

export const statusOf = async (options: LocalOptions, system: string): Promise<DeploymentStatus> => {
  const record = await readRecord(options.data, system)
  const found = await supervised(options.data, system)
  const one = mainInstance(found)
  const url = record && publicUrlOf(options, record.port)
  const base = { url, release: record?.release.digest, uptime: undefined, restarts: 0, ready: false, usage: undefined }
  if (!one) {
    const starting = typeof found === 'object' && found.instances.some((other) => other.role === 'standby')
    if (starting) return { ...base, state: 'starting', detail: 'It is being started for the first time.' }
    if (!record) return { ...base, state: 'absent', detail: 'It was never deployed here, or it was removed.' }
    if (record.wanted === 'stopped')
      return { ...base, state: 'stopped', detail: 'It was stopped; its data and its address are kept.' }
    const why = found === 'away' ? 'The supervisor of the systems has ended' : 'The process is gone'
    return { ...base, state: 'stopped', detail: `${why}; start brings it back with its data.` }
  }
  const usage = one.pid === null ? undefined : await usageOf(one.pid)
  const running = { ...base, release: one.release, uptime: one.uptime ?? undefined, restarts: one.restarts, usage }
  if (isCrashing(one)) {
    const redact = await redactor(systemPaths(options.data, system))
    const lines = (await tail(systemPaths(options.data, system).log, 8)).map(redact).join('\n')
    const what =
      one.role === 'failed'
        ? `It crashed ${one.restarts + 1} times and was given up`
        : `It crashed with exit code ${one.exit} and was restarted ${one.restarts} times`
    return { ...running, state: 'crashing', detail: `${what}. Its last lines:\n${lines}` }
  }
  const ready = url !== undefined && (await knock({ url }, '/readyz', 2))?.status === 200
  if (ready) return { ...running, state: 'running', ready, detail: 'It answers its health check.' }
  if ((one.uptime ?? 0) < 30) return { ...running, state: 'starting', detail: 'It does not answer yet.' }
  return { ...running, state: 'running', detail: 'The process runs but does not answer its health check.' }
}
