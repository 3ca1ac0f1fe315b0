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
  embeddedWorker: boolean
  concurrency: number
  /** Absolute path of the Python environment's bin folder. */
  pythonBin: string
  logLevel: string
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
  return {
    data: resolve(known.AUTOCODER_DATA ?? join(homedir(), '.autocoder')),
    databaseUrl: known.DATABASE_URL,
    redisUrl: known.REDIS_URL,
    systemsDatabaseUrl: known.SYSTEMS_DATABASE_URL,
    systemsRedisUrl: known.SYSTEMS_REDIS_URL,
    systemsHost: known.SYSTEMS_HOST ?? '127.0.0.1',
    systemsPublicHost: known.SYSTEMS_PUBLIC_HOST ?? known.SYSTEMS_HOST ?? '127.0.0.1',
    web: { host: known.WEB_HOST ?? '127.0.0.1', port: known.WEB_PORT ?? 4747, url: known.WEB_URL },
    embeddedWorker: known.EMBEDDED_WORKER ?? !known.REDIS_URL,
    concurrency: known.WORKER_CONCURRENCY ?? 4,
    pythonBin: join(resolve(known.AUTOCODER_PYTHON ?? join(projectRoot, '.venv')), 'bin'),
    logLevel: known.LOG_LEVEL ?? 'info',
  }
}
