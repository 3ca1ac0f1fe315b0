import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ErrorObject } from 'ajv'
import { AppError } from './errors.ts'
import type { Environment } from './generated/config.ts'
import { validatorOf } from './validate.ts'

/** What the processes need to know. Only the main files and scripts call readConfig; everything else is handed its part. */
export type Config = {
  /** Absolute path of the data directory. */
  data: string
  databaseUrl: string | undefined
  redisUrl: string | undefined
  systemsDatabaseUrl: string | undefined
  systemsRedisUrl: string | undefined
  systemsHost: string
  systemsPublicHost: string
  web: { host: string; port: number; url: string | undefined }
  /** Slack, where at least its secrets for one way in are set. */
  slack: SlackConfig | undefined
  discord: { token: string; apiUrl: string | undefined } | undefined
  /** Keys of 32 bytes in base64; the first seals, each opens. Empty: the data directory's own key. */
  keys: string[]
  embeddedWorker: boolean
  concurrency: number
  /** Absolute path of the Python environment's bin folder. */
  pythonBin: string
  logLevel: string
}

/** Socket Mode needs `appToken` and `botToken`; HTTP `signingSecret` with `botToken` or `oauth`. */
export type SlackConfig = {
  botToken: string | undefined
  appToken: string | undefined
  signingSecret: string | undefined
  oauth: { clientId: string; clientSecret: string } | undefined
  apiUrl: string | undefined
}

const projectRoot = fileURLToPath(new URL('..', import.meta.url))

/** `/WEB_PORT must be integer` in words; a value may be a password, so none is ever shown. */
const problemOf = ({ instancePath, keyword, message, params }: ErrorObject): string => {
  const name = instancePath.slice(1)
  if (keyword === 'type') return `${name} must be ${params.type === 'boolean' ? 'true or false' : 'a whole number'}`
  if (keyword === 'enum') return `${name} must be one of ${(params.allowedValues as string[]).join(', ')}`
  // The patterns say how a URL begins, with what may be left out of its scheme.
  if (keyword === 'pattern')
    return `${name} must begin with ${String(params.pattern)
      .slice(1)
      .replace(/\(\w+\)\?|\w\?/, '')}`
  return `${name} ${message}`
}

/** Returns the configuration that an environment asks for. Throws AppError `config-invalid` that names each wrong variable, never its value. */
export const readConfig = (env: Record<string, string | undefined>): Config => {
  const validate = validatorOf<Environment>('config', true)
  const known: unknown = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  if (!validate(known)) {
    const problems = (validate.errors ?? []).map(problemOf).join('; ')
    throw new AppError('config-invalid', `The configuration is not right: ${problems}`, {
      help: 'Mend the named variables; .env.example explains each of them.',
    })
  }
  if (known.REDIS_URL && !known.DATABASE_URL)
    throw new AppError('config-invalid', 'REDIS_URL is set and DATABASE_URL is not', {
      help: 'Workers of their own need a shared database: set DATABASE_URL, or leave REDIS_URL out.',
    })
  const slack = slackOf(known)
  return {
    data: resolve(known.AUTOCODER_DATA ?? join(homedir(), '.autocoder')),
    databaseUrl: known.DATABASE_URL,
    redisUrl: known.REDIS_URL,
    systemsDatabaseUrl: known.SYSTEMS_DATABASE_URL,
    systemsRedisUrl: known.SYSTEMS_REDIS_URL,
    systemsHost: known.SYSTEMS_HOST ?? '127.0.0.1',
    systemsPublicHost: known.SYSTEMS_PUBLIC_HOST ?? known.SYSTEMS_HOST ?? '127.0.0.1',
    web: { host: known.WEB_HOST ?? '127.0.0.1', port: known.WEB_PORT ?? 4747, url: known.WEB_URL },
    slack,
    discord: known.DISCORD_TOKEN ? { token: known.DISCORD_TOKEN, apiUrl: known.DISCORD_API_URL } : undefined,
    keys: known.AUTOCODER_KEYS?.split(',') ?? [],
    embeddedWorker: known.EMBEDDED_WORKER ?? !known.REDIS_URL,
    concurrency: known.WORKER_CONCURRENCY ?? 4,
    pythonBin: join(resolve(known.AUTOCODER_PYTHON ?? join(projectRoot, '.venv')), 'bin'),
    logLevel: known.LOG_LEVEL ?? 'info',
  }
}

const slackOf = (known: Environment): SlackConfig | undefined => {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET } = known
  if (!(SLACK_BOT_TOKEN ?? SLACK_APP_TOKEN ?? SLACK_SIGNING_SECRET ?? SLACK_CLIENT_ID ?? SLACK_CLIENT_SECRET))
    return undefined
  const lacking = (missing: string, help: string) =>
    new AppError('config-invalid', `Slack is set up in part: ${missing} is not set`, { help })
  if (!SLACK_APP_TOKEN && !SLACK_SIGNING_SECRET)
    throw lacking(
      'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET',
      'Set SLACK_APP_TOKEN for Socket Mode; docs/slack.md leads there.',
    )
  if (Boolean(SLACK_CLIENT_ID) !== Boolean(SLACK_CLIENT_SECRET))
    throw lacking(SLACK_CLIENT_ID ? 'SLACK_CLIENT_SECRET' : 'SLACK_CLIENT_ID', 'Set both of them, or none.')
  if (SLACK_CLIENT_ID && (!SLACK_SIGNING_SECRET || !known.WEB_URL))
    throw lacking(
      SLACK_SIGNING_SECRET ? 'WEB_URL' : 'SLACK_SIGNING_SECRET',
      'Workspaces install the app over HTTP: set SLACK_SIGNING_SECRET and WEB_URL.',
    )
  if (!SLACK_BOT_TOKEN && !SLACK_CLIENT_ID)
    throw lacking('SLACK_BOT_TOKEN', 'Set the token that installing the app in your workspace gave you.')
  return {
    botToken: SLACK_BOT_TOKEN,
    appToken: SLACK_APP_TOKEN,
    signingSecret: SLACK_SIGNING_SECRET,
    oauth: SLACK_CLIENT_ID ? { clientId: SLACK_CLIENT_ID, clientSecret: SLACK_CLIENT_SECRET! } : undefined,
    apiUrl: known.SLACK_API_URL,
  }
}
