import { readFile, rm, rmdir } from 'node:fs/promises'
import { AppError } from '../../schemas/errors.ts'
import type { LocalDeployment } from '../../schemas/generated/local-deployment.ts'
import { isReady } from '../health.ts'
import { runSteps } from '../run.ts'
import type { DeployContext, DeployTarget, Release, Step } from '../target.ts'
import { tail } from './logs.ts'
import { type LocalOptions, publicUrlOf, urlOf } from './options.ts'
import { systemPaths } from './paths.ts'
import { type Present, planApply, planStart } from './plan.ts'
import { dropDatabase } from './postgres.ts'
import { readRecord, readRecords, removeRecord, writeRecord } from './record.ts'
import { redactor } from './secrets.ts'
import { hasDatabase } from './sqlite.ts'
import { mainInstance, statusOf, supervised } from './status.ts'
import { type DeployState, handlers } from './steps.ts'
import { type Line, openSupervisor, Refusal, reachSupervisor } from './supervisor.ts'

const absent = (system: string) =>
  new AppError('deploy-absent', `${system} is not deployed`, { help: 'Build it, or ask for the list of builds.' })

/** What the supervisor refuses in the middle of a deploy, it refuses because the new process has just ended. */
const explain = (error: unknown): never => {
  if (!(error instanceof Refusal)) throw error
  throw new AppError('deploy-unhealthy', 'The release ended while it was switched to', {
    help: 'What ran before still serves. The log says why the new one ended.',
    cause: error,
  })
}

type Choose = (record: LocalDeployment | undefined) => { release: Release; plan: (present: Present) => Step[] }

/** Systems as processes of this machine, under a supervisor that outlives the bot. */
export const createLocalTarget = (options: LocalOptions): DeployTarget => {
  const { data, systemsHost: host, pythonBin } = options

  const presentOf = async (release: Release): Promise<Present> => {
    const one = mainInstance(await supervised(data, release.system))
    const record = await readRecord(data, release.system)
    const hasData = await hasDatabase(systemPaths(data, release.system))
    // One that serves this release and is not well is replaced like any other.
    const same =
      one?.role === 'serving' &&
      one.release === release.digest &&
      record !== undefined &&
      (await isReady({ url: urlOf(host, record.port) }))
    return { serves: !one ? 'nothing' : same ? 'this' : 'another', hasData, port: record?.port, host }
  }

  /** Runs work with the system's lock held; an abort or the end of this process undoes what it began. */
  const locked = async <T>(system: string, signal: AbortSignal | undefined, work: (line: Line) => Promise<T>) => {
    const { line, fresh } = await openSupervisor(data, pythonBin, options.timing)
    signal?.addEventListener('abort', line.close, { once: true })
    try {
      signal?.throwIfAborted()
      await line.ask('lock', { system })
      return await work(line)
    } catch (error) {
      signal?.throwIfAborted()
      throw error
    } finally {
      signal?.removeEventListener('abort', line.close)
      line.close()
      if (fresh) void ensure().catch((err: unknown) => options.log.error({ err }, 'systems could not be brought back'))
    }
  }

  /** Carries out a plan; what it depends on is read with the lock held. */
  const carryOut = (system: string, context: DeployContext, choose: Choose): Promise<string> =>
    locked(system, context.signal, async (line) => {
      const record = await readRecord(data, system)
      const { release, plan } = choose(record)
      const present = await presentOf(release)
      const paths = systemPaths(data, system)
      const mayMove = record?.moved === true
      const { port } = present
      const state = { options, paths, release, line, port, mayMove, instance: undefined, socket: undefined }
      await runSteps<DeployState>(plan(present), handlers, state, context).catch(explain)
      return publicUrlOf(options, state.port ?? 0)
    })

  const applyRelease = (release: Release, context: DeployContext): Promise<string> =>
    carryOut(release.system, context, () => ({ release, plan: (present) => planApply(release, present) }))

  const startAgain = (system: string, context: DeployContext, onlyIfGone: boolean): Promise<string> =>
    carryOut(system, context, (record) => {
      if (!record) throw absent(system)
      const spared = (present: Present) => onlyIfGone && (record.wanted === 'stopped' || present.serves !== 'nothing')
      return { release: record.release, plan: (now) => (spared(now) ? [] : planStart(record.release, now)) }
    })

  /** Brings back every system that is meant to run and does not. Returns the addresses of those that could be. */
  const ensure = async (): Promise<Map<string, string>> => {
    const back = new Map<string, string>()
    for (const [system, record] of await readRecords(data)) {
      if (record.wanted !== 'running' || mainInstance(await supervised(data, system))) continue
      const log = options.log.child({ system })
      const context = { signal: new AbortController().signal, report: async () => undefined, log }
      await startAgain(system, context, true)
        .then((url) => back.set(system, url))
        .catch((err: unknown) => log.error({ err }, 'the system could not be brought back'))
    }
    return back
  }

  /** Ends the system's processes; `first` runs with the lock held, before that. */
  const halt = async (system: string, first: () => Promise<void>): Promise<void> => {
    const line = await reachSupervisor(data)
    if (!line) return first()
    try {
      await line.ask('lock', { system })
      await first()
      await line.ask('stop', { system })
    } finally {
      line.close()
    }
  }

  return {
    name: 'local',
    ensure,
    plan: async (release) => planApply(release, await presentOf(release)),
    apply: async (release, context) => {
      const url = await applyRelease(release, context)
      const token = systemPaths(data, release.system).setupToken
      return { url, setupTokenFile: release.accounts ? token : undefined }
    },
    rollback: async (release, context) => ({ url: await applyRelease(release, context) }),
    start: async (system, context) => ({ url: await startAgain(system, context, false) }),
    probe: async (system) => {
      const record = await readRecord(data, system)
      return record !== undefined && isReady({ url: urlOf(host, record.port) })
    },
    status: (system) => statusOf(options, system),
    logs: async (system, lines) => {
      const paths = systemPaths(data, system)
      return (await tail(paths.log, lines)).map(await redactor(paths))
    },
    stop: (system) =>
      halt(system, async () => {
        const record = await readRecord(data, system)
        if (record) await writeRecord(data, system, { ...record, wanted: 'stopped' })
      }),
    remove: async (system, { purge }) => {
      const paths = systemPaths(data, system)
      await halt(system, () => removeRecord(data, system))
      if (purge) {
        if ((await readFile(paths.databaseUrl, 'utf8').catch(() => '')).startsWith('postgresql'))
          await dropDatabase({ serverUrl: options.systemsDatabaseUrl, system })
        for (const path of [paths.releases, paths.data, paths.secrets, paths.logs])
          await rm(path, { recursive: true, force: true })
      }
      if (purge) await rmdir(paths.root).catch(() => undefined) // stays while the repository is there
    },
  }
}
