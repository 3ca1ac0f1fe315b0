import type { Release } from '../target.ts'
import type { SystemPaths } from './paths.ts'
import type { Command } from './supervisor.ts'

type Launch = { release: Release; paths: SystemPaths; pythonBin: string; url: string }

/** The whole environment of a system's process. Secrets are named by their files and never stand in it. */
const environmentOf = ({ release, paths, pythonBin, url }: Launch): { [name: string]: string } => ({
  PATH: `${pythonBin}:/usr/bin:/bin`,
  LANG: 'C.UTF-8',
  TZ: 'UTC',
  PYTHONUNBUFFERED: '1',
  // A release folder never changes after it was written.
  PYTHONDONTWRITEBYTECODE: '1',
  DATABASE_URL_FILE: paths.databaseUrl,
  JWT_KEY_FILE: paths.jwtKey,
  FILES_DIR: paths.files,
  ...(release.accounts ? { SETUP_TOKEN_FILE: paths.setupToken } : {}),
  ...(release.redis ? { REDIS_URL_FILE: paths.redisUrl, REDIS_PREFIX: release.system } : {}),
  ...(release.outbound?.length ? { ALLOW_OUTBOUND: release.outbound.join(',') } : {}),
  ...Object.fromEntries(
    (release.webhookSecrets ?? []).map((name) => [`WEBHOOK_${name.toUpperCase()}_FILE`, paths.webhookSecret(name)]),
  ),
  BASE_URL: url,
  LOG_LEVEL: 'info',
  RELEASE: release.digest,
})

/** The command that serves a release on the listening socket it is given as file descriptor 0, and on a private one for probes. */
export const serveCommand = (launch: Launch, socket: string): Command => ({
  argv: [`${launch.pythonBin}/python`, '-m', 'runtime.serve', '--fd', '0', '--uds', socket, '--die-with-parent'],
  cwd: launch.release.folder,
  env: environmentOf(launch),
})

/** The command that brings the database to the release's newest migration. */
export const migrateCommand = (launch: Launch): Command => ({
  argv: [`${launch.pythonBin}/python`, '-m', 'runtime.migrate'],
  cwd: launch.release.folder,
  env: environmentOf(launch),
})
