import { Redis } from 'ioredis'
import { Client } from 'pg'

/** What a server answered: its version, or the kind of failure. Never its address: that may hold a password. */
export type Probe = { ok: true; version: string; detail?: string } | { ok: false; reason: string }

/** Milliseconds that a server has to answer. */
const PATIENCE = 3_000

/** Returns the kind of a failure, without the address or the password that its message may hold. */
export const codeOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.name : 'no reason given')

/** Returns host and port of a URL that may hold a password. */
export const placeOf = (url: string): string => {
  try {
    return new URL(url).host
  } catch {
    return 'the address given'
  }
}

/** Asks a PostgreSQL server for its version. */
export const probeDatabase = async (databaseUrl: string): Promise<Probe> => {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: PATIENCE })
  // A connection that ends while it is made reports here too; the catch below tells it.
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    return { ok: true, version: rows[0]?.server_version ?? '' }
  } catch (error) {
    return { ok: false, reason: codeOf(error) }
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Asks a Redis server for its version; `detail` is its maxmemory-policy where it tells. */
export const probeRedis = async (redisUrl: string): Promise<Probe> => {
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    connectTimeout: PATIENCE,
  })
  let failure: unknown
  redis.on('error', (error) => {
    failure = error
  })
  try {
    await redis.connect()
    const version = /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? ''
    // A managed server may refuse to tell.
    const policy: unknown = await redis.config('GET', 'maxmemory-policy').catch(() => undefined)
    return {
      ok: true,
      version,
      ...(Array.isArray(policy) && typeof policy[1] === 'string' ? { detail: policy[1] } : {}),
    }
  } catch (error) {
    return { ok: false, reason: codeOf(failure ?? error) }
  } finally {
    redis.disconnect()
  }
}
