import type { Logger } from 'pino'
import type { SupervisorTiming } from './supervisor.ts'

export type LocalOptions = {
  /** Absolute path of the data directory. */
  data: string
  /** The address that systems listen on. */
  systemsHost: string
  /** The host name in their URLs; systemsHost where absent. */
  publicHost?: string
  /** A PostgreSQL server for systems with engine postgres; they cannot be deployed without it. */
  systemsDatabaseUrl: string | undefined
  /** A Redis server for systems whose events travel over it; they cannot be deployed without it. */
  systemsRedisUrl?: string | undefined
  /** Absolute path of the bin folder of the shared Python environment. */
  pythonBin: string
  log: Logger
  /** Where a new system's port is picked from: below the range that the kernel uses for outgoing connections. */
  ports?: { from: number; to: number }
  /** Seconds until a new release must be healthy; 60 where absent. */
  patience?: number
  timing?: SupervisorTiming
}

/** Where the system answers, without a slash at the end. */
export const urlOf = (host: string, port: number): string => `http://${host.includes(':') ? `[${host}]` : host}:${port}`

/** The address that people are told. */
export const publicUrlOf = ({ publicHost, systemsHost }: LocalOptions, port: number): string =>
  urlOf(publicHost ?? systemsHost, port)
