import { mkdir } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '../../schemas/errors.ts'
import { accepts, knock } from '../health.ts'
import type { Handler } from '../run.ts'
import type { DeployContext, Release } from '../target.ts'
import { type LocalOptions, urlOf } from './options.ts'
import { probeSocket, type SystemPaths } from './paths.ts'
import { openPort } from './ports.ts'
import { createDatabase } from './postgres.ts'
import { migrateCommand, serveCommand } from './process.ts'
import { writeRecord } from './record.ts'
import { keepSecrets, redactor } from './secrets.ts'
import { backupCommand, prepareBackups, pruneBackups, sqliteUrl } from './sqlite.ts'
import type { Command, Line } from './supervisor.ts'

/** What the steps of one deploy hand on. */
export type DeployState = {
  options: LocalOptions
  paths: SystemPaths
  release: Release
  line: Line
  port: number | undefined
  /** Whether it has not served here yet, so that its address is no promise. */
  mayMove: boolean
  instance: number | undefined
  socket: string | undefined
}

const safe = 'What ran before still serves, and no data was changed.'
const url = ({ options, port }: DeployState): string => urlOf(options.systemsHost, port ?? 0)
const launchOf = (state: DeployState) => ({
  release: state.release,
  paths: state.paths,
  pythonBin: state.options.pythonBin,
  url: url(state),
})

/** Returns the last lines of a text as an ending for a sentence, without secrets and without this machine's paths. */
const lastWords = async (state: DeployState, lines: string[]): Promise<string> => {
  const clean = (await redactor(state.paths))(lines.join('\n'))
    .replaceAll(state.release.folder, '.')
    .replaceAll(state.options.data, '')
    .replaceAll(state.options.pythonBin.replace(/\/bin$/, ''), '')
  const last = clean
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-8)
  return last.length ? `. Its last lines:\n${last.join('\n').slice(-1500)}` : ''
}

const runCommand = async (state: DeployState, command: Command, title: string, seconds: number) => {
  const { code: exit, output } = await state.line.ask('run', { ...command, seconds })
  if (exit === 0) return
  const how = exit === null ? `took longer than ${seconds} seconds` : `failed with exit code ${exit}`
  throw new AppError('deploy-failed', `${title} ${how}${await lastWords(state, output.split('\n'))}`, { help: safe })
}

const prepare: Handler<DeployState> = {
  run: async (_, { options, paths, release }) => {
    const redisUrl = options.systemsRedisUrl
    if (release.redis && !redisUrl)
      throw new AppError('deploy-failed', 'There is no Redis server for the events of this system', {
        help: 'Set SYSTEMS_REDIS_URL to a Redis server, or build the system again without one.',
      })
    for (const folder of [paths.root, paths.data, paths.logs, paths.secrets])
      await mkdir(folder, { recursive: true, mode: 0o700 })
    await keepSecrets(paths, {
      accounts: release.accounts,
      databaseUrl: release.engine === 'sqlite' ? () => sqliteUrl(paths) : undefined,
      ...(release.webhookSecrets ? { webhooks: release.webhookSecrets } : {}),
      ...(release.redis && redisUrl ? { redisUrl: () => redisUrl } : {}),
    })
  },
}

const database: Handler<DeployState> = {
  run: async (_, { options, paths, release }) =>
    createDatabase({ serverUrl: options.systemsDatabaseUrl, system: release.system, file: paths.databaseUrl }),
}

const listen: Handler<DeployState> = {
  run: async (_, state) => {
    const { options, paths, release, port, mayMove } = state
    state.port = await openPort(state.line, {
      data: options.data,
      system: release.system,
      host: options.systemsHost,
      port,
      mayMove,
      range: options.ports,
      log: paths.log,
    })
  },
}

const backup: Handler<DeployState> = {
  run: async (_, state) => {
    await prepareBackups(state.paths)
    const command = backupCommand(state.paths, state.options.pythonBin, new Date())
    await runCommand(state, command, 'Copying the data before the migration', 300)
    await pruneBackups(state.paths)
  },
}

const migrate: Handler<DeployState> = {
  run: (_, state) => runCommand(state, migrateCommand(launchOf(state)), 'The migration', 600),
}

const start: Handler<DeployState> = {
  run: async (_, state) => {
    const { options, release, line } = state
    state.socket = probeSocket(options.data, release.system, Math.random().toString(36).slice(2, 10))
    const answer = await line.ask('start', {
      system: release.system,
      release: release.digest,
      ...serveCommand(launchOf(state), state.socket),
      hold: ['--hold'],
      socket: state.socket,
    })
    state.instance = answer.instance
  },
  undo: async (_, { line, release: { system }, instance }) => {
    if (instance !== undefined) await line.ask('discard', { system, instance })
  },
}

const stateOf = async ({ line, release, instance }: DeployState) =>
  (await line.ask('list', {})).systems[release.system]?.instances.find((one) => one.instance === instance)

const unhealthy = async (state: DeployState, what: string): Promise<AppError> => {
  const lines =
    state.instance === undefined
      ? []
      : (await state.line.ask('last', { system: state.release.system, instance: state.instance })).lines
  return new AppError('deploy-unhealthy', `The release ${what}${await lastWords(state, lines)}`, { help: safe })
}

const probe: Handler<DeployState> = {
  run: async (_, state, { signal }) => {
    const patience = state.options.patience ?? 60
    let heard: string | undefined
    for (const begun = performance.now(); performance.now() - begun < patience * 1000; await wait(heard ? 250 : 20)) {
      signal.throwIfAborted()
      const answer = await knock({ socket: state.socket ?? '' }, '/readyz', 5, signal)
      if (answer?.status === 200) return
      heard = answer && `its health check answers ${answer.status}`
      const instance = await stateOf(state)
      if (!instance || instance.role === 'gone')
        throw await unhealthy(state, `ended while it started, with exit code ${instance?.exit ?? 'unknown'}`)
    }
    throw await unhealthy(state, `was not healthy within ${patience} seconds${heard ? `: ${heard}` : ''}`)
  },
}

const switchOver: Handler<DeployState> = {
  run: async (_, { line, release, instance }) => {
    await line.ask('serve', { system: release.system, instance: instance ?? 0 })
  },
}

/**
 * Asks the public address, on fresh connections, until the new release has answered once. While two processes accept
 * from one socket, a connection goes to whichever is first.
 */
const askAddress = async (state: DeployState, signal: AbortSignal): Promise<boolean> => {
  let failed = 0
  for (let turn = 0; turn < 400 && failed < 5; turn += 1) {
    signal.throwIfAborted()
    const answer = await knock({ url: url(state) }, '/readyz', 5, signal)
    if (answer?.status === 200 && answer.body.includes(state.release.digest)) return true
    if (answer?.status !== 200) failed += 1
    await wait(answer?.status === 200 ? 5 : 100)
  }
  return false
}

const verify: Handler<DeployState> = {
  run: async (_, state, { signal }) => {
    if (await askAddress(state, signal)) return
    throw await unhealthy(state, 'was healthy beside the old one, but its address does not answer from it')
  },
}

const note = (state: DeployState) =>
  writeRecord(state.options.data, state.release.system, {
    port: state.port ?? 0,
    wanted: 'running',
    release: state.release,
  })

/** A little more than the supervisor's own grace, after which it kills what does not let go. */
const LET_GO_MS = 15_000

/**
 * Waits until no process of an older release accepts connections: it closes its private socket with the public one, so
 * whoever asks from now on is answered by the new release. Returns whether it came to that.
 */
const oldOnesClosed = async ({ line, release: { system } }: DeployState): Promise<boolean> => {
  for (const begun = performance.now(); performance.now() - begun < LET_GO_MS; await wait(10)) {
    const instances = (await line.ask('list', {})).systems[system]?.instances ?? []
    const old = instances.filter(({ role }) => role === 'draining')
    // Of one whose socket is not known it is seen when it has ended.
    const open = await Promise.all(old.map(({ socket }) => socket === undefined || accepts(socket)))
    if (!open.includes(true)) return true
  }
  return false
}

const finish: Handler<DeployState> = {
  run: async (_, state, { log }) => {
    await state.line.ask('commit', { system: state.release.system, instance: state.instance ?? 0 })
    state.instance = undefined // committed: nothing to undo any more
    await note(state)
    if (!(await oldOnesClosed(state)))
      log.warn({ system: state.release.system }, 'the old release still accepts connections')
  },
}

export const handlers: { [action: string]: Handler<DeployState> } = {
  prepare,
  database,
  listen,
  backup,
  migrate,
  start,
  probe,
  switch: switchOver,
  verify,
  finish,
  note: { run: (_, state) => note(state) },
}

export type { DeployContext }
