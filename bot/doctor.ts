import { execFile } from 'node:child_process'
import { readFile, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { makeDataFolder } from '../queue/ground.ts'
import { placeOf, probeDatabase, probeRedis } from '../queue/probe.ts'
import type { Config } from '../schemas/config.ts'
import { toAppError } from '../schemas/errors.ts'
import { bad, type Finding, good, marksOf, note } from './doctor/finding.ts'
import { examineSlack } from './doctor/slack.ts'
import { socketPath } from './terminal/adapter.ts'
import { askAddress, isListening } from './terminal/link.ts'

const run = promisify(execFile)
/** Bytes: a data directory, its environments and a few systems need about this much. */
const DISK_NEED = 1_000_000_000

const nodeVersion = (): Finding => {
  const major = Number(process.versions.node.split('.')[0])
  return major >= 24
    ? good('Node', `${process.versions.node}`)
    : bad('Node', `${process.versions.node} is too old: 24 is needed`, 'Run npm start: it brings its own Node 24.')
}

const python = async (config: Config): Promise<Finding> => {
  const name = 'Python environment'
  try {
    const script = 'import sys, fastapi, sqlalchemy; print(f"{sys.version.split()[0]}, FastAPI {fastapi.__version__}")'
    const { stdout } = await run(join(config.pythonBin, 'python'), ['-c', script], { timeout: 20_000 })
    return good(name, `Python ${stdout.trim()}`)
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    return bad(
      name,
      missing ? `There is none in ${dirname(config.pythonBin)}` : 'It does not hold what generated systems need',
      process.env.AUTOCODER_PYTHON
        ? 'Point AUTOCODER_PYTHON to one, or leave it out: npm start makes its own.'
        : 'Run npm start once: its set-up makes the environment.',
    )
  }
}

const dataDirectory = async (config: Config): Promise<Finding[]> => {
  const name = 'Data directory'
  try {
    await makeDataFolder(config.data)
  } catch (error) {
    const { message, help } = toAppError(error)
    return [bad(name, message, help ?? '')]
  }
  const running = await isListening(socketPath(config.data))
  const holder = await readFile(join(config.data, 'lock'), 'utf8').catch(() => '')
  const pid = /"pid":\s*(\d+)/.exec(holder)?.[1]
  const who = running
    ? good('Bot', `It is running${pid ? ` as process ${pid}` : ''}`)
    : note(
        'Bot',
        pid
          ? `It is not running; process ${pid} left its lock behind, which the next start takes over`
          : 'It is not running',
      )
  return [good(name, config.data), who]
}

const database = async (config: Config): Promise<Finding> => {
  if (!config.databaseUrl) return good('Database', 'Embedded, in the data directory')
  const probe = await probeDatabase(config.databaseUrl)
  if (!probe.ok)
    return bad('Database', `It does not answer: ${probe.reason}`, 'Check DATABASE_URL and that the server runs.')
  return Number.parseInt(probe.version, 10) >= 15
    ? good('Database', `PostgreSQL ${probe.version}`)
    : bad(
        'Database',
        `PostgreSQL ${probe.version} is too old: 15 is needed`,
        'Point DATABASE_URL to PostgreSQL 15 or newer.',
      )
}

const systems = async (config: Config): Promise<Finding> => {
  if (!config.systemsDatabaseUrl) return good('Systems', 'SQLite, a file each')
  const probe = await probeDatabase(config.systemsDatabaseUrl)
  return probe.ok
    ? good('Systems', `PostgreSQL ${probe.version}, a database each`)
    : bad(
        'Systems',
        `Their PostgreSQL at ${placeOf(config.systemsDatabaseUrl)} does not answer: ${probe.reason}`,
        'Check SYSTEMS_DATABASE_URL and that the server runs.',
      )
}

const queue = async (config: Config): Promise<Finding> => {
  if (!config.redisUrl) return good('Work queue', 'Embedded, in the data directory')
  const probe = await probeRedis(config.redisUrl)
  if (!probe.ok)
    return bad('Work queue', `Redis does not answer: ${probe.reason}`, 'Check REDIS_URL and that the server runs.')
  return probe.detail === undefined || probe.detail === 'noeviction'
    ? good('Work queue', `Redis ${probe.version}`)
    : bad(
        'Work queue',
        `Redis ${probe.version} may throw work away (maxmemory-policy ${probe.detail})`,
        'Run: redis-cli config set maxmemory-policy noeviction',
      )
}

const reasonOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'no reason given'

const webPort = async (config: Config, running: boolean): Promise<Finding> => {
  const { host, port } = config.web
  const name = 'Web page'
  if (running) {
    // Its port may come from the environment that it was started in: it is asked, not guessed.
    const address = await askAddress(socketPath(config.data))
    if (address === 'none') return note(name, 'The running bot serves none')
    return address
      ? good(name, `${address}, served by the running bot`)
      : note(name, 'The running bot did not say where it is')
  }
  if (port === 0) return good(name, 'Any free port')
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) =>
      resolve(
        bad(
          name,
          `Port ${port} cannot be had: ${reasonOf(error)}`,
          `Stop what uses port ${port}, or set WEB_PORT to another one (0 for any).`,
        ),
      ),
    )
    server.listen(port, host, () => server.close(() => resolve(good(name, `Port ${port} on ${host} is free`))))
  })
}

const disk = async (config: Config): Promise<Finding> => {
  const { bavail, bsize } = await statfs(config.data).catch(() => statfs(dirname(config.data)))
  const free = bavail * bsize
  const text = `${(free / 1e9).toFixed(1)} GB free`
  return free > DISK_NEED ? good('Disk', text) : bad('Disk', text, 'Free some space: about 1 GB is needed.')
}

/** Only whoever has set Discord up waits for its library. */
const discord = async (config: Config): Promise<Finding[]> => {
  if (!config.discord) return [note('Discord', 'Not set up')]
  const { examineDiscord } = await import('./doctor/discord.ts')
  return examineDiscord(config.discord)
}

/** Looks at everything that the bot needs. Changes nothing but making the data directory. */
export const examine = async (config: Config): Promise<Finding[]> => {
  const data = await dataDirectory(config)
  const running = data.some((finding) => finding.name === 'Bot' && finding.state === 'good')
  return [
    nodeVersion(),
    await python(config),
    ...data,
    await database(config),
    await queue(config),
    note('Worker', config.embeddedWorker ? 'In the process of the bot' : 'A process of its own: npm run worker'),
    await systems(config),
    await webPort(config, running),
    ...(await examineSlack(config)),
    ...(await discord(config)),
    await disk(config),
  ]
}

/** Returns findings as text, and the one next step. */
export const renderFindings = (findings: Finding[]): string => {
  const width = Math.max(...findings.map((finding) => finding.name.length))
  const lines = findings.map(
    (finding) =>
      `${marksOf[finding.state]} ${finding.name.padEnd(width)}  ${finding.text}${finding.fix ? `\n  ${' '.repeat(width)}  ${finding.fix}` : ''}`,
  )
  const first = findings.find((finding) => finding.state === 'bad')
  const bot = findings.find((finding) => finding.name === 'Bot')
  const next =
    first?.fix ??
    (bot?.state === 'good' ? 'Everything is there, and it is running.' : 'Everything is there. Run: npm start')
  return `${lines.join('\n')}\n\nNext: ${next}\n`
}
