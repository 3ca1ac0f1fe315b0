import type { Logger } from 'pino'

/** What package hands to deploy. A release folder never changes after it was written. */
export type Release = {
  /** The system's stable id, lower-case letters, digits and hyphens: names folders, programs and databases. */
  system: string
  /** Short name for people, such as `todo`. */
  name: string
  /** `sha256:<64 hex>` of the release's content. */
  digest: string
  /** Absolute path of the immutable release folder. */
  folder: string
  engine: 'sqlite' | 'postgres'
  /** Whether the system has accounts, and so a setup token. */
  accounts: boolean
  /** Whom it may call besides public addresses: hosts, networks, `loopback`. Nobody where absent. */
  outbound?: string[]
  /** Names of the secrets with which senders of webhooks sign. */
  webhookSecrets?: string[]
  /** Whether its events travel over Redis. */
  redis?: boolean
}

/** A step of a plan: data that can be shown before it runs. `run.ts` executes it. */
export type Step = { action: string; title: string; [detail: string]: unknown }

export type DeployContext = { signal: AbortSignal; report: (step: string) => Promise<void>; log: Logger }

export type DeploymentStatus = {
  state: 'running' | 'starting' | 'stopped' | 'crashing' | 'absent'
  url: string | undefined
  /** Digest of the release that serves. */
  release: string | undefined
  /** Seconds since the serving process started. */
  uptime: number | undefined
  restarts: number
  /** Whether it answered its health check just now. */
  ready: boolean
  /** What it takes of the machine; undefined where nothing runs or the target cannot measure it. */
  usage: Usage | undefined
  detail: string
}

/** One measurement of a running system, over all of its processes. */
export type Usage = {
  /** Bytes of memory that are resident now; pages that its processes share are counted in each. */
  memory: number
  /** Seconds of processor time, user and system, since the serving process started. */
  processor: number
}

/**
 * The contract of every target. Operations are idempotent: a repeated apply of the release that already serves
 * changes nothing and returns the same URL. A failed apply leaves what ran before serving.
 */
export type DeployTarget = {
  name: 'local'
  plan: (release: Release) => Promise<Step[]>
  /** Runs the plan; resolves with the URL, which answered /readyz with 200 a moment before. Throws AppError `deploy-*`. */
  apply: (release: Release, context: DeployContext) => Promise<{ url: string; setupTokenFile: string | undefined }>
  /** Whether the URL answers /readyz with 200 now. */
  probe: (system: string) => Promise<boolean>
  status: (system: string) => Promise<DeploymentStatus>
  /** The last lines of the system's log, oldest first. */
  logs: (system: string, lines: number) => Promise<string[]>
  /** Serves an earlier release again, on the same URL and data. */
  rollback: (release: Release, context: DeployContext) => Promise<{ url: string }>
  stop: (system: string) => Promise<void>
  /** Starts what was stopped or restarts what runs. */
  start: (system: string, context: DeployContext) => Promise<{ url: string }>
  /**
   * Brings back every system that is meant to run and does not, such as after the machine was switched off; returns
   * their addresses by their ids. Called at start and by the sweep. What cannot be brought back is logged and does not stop the others.
   */
  ensure: () => Promise<Map<string, string>>
  /** Stops the system; `purge` also deletes its data, secrets and releases, and cannot be undone. */
  remove: (system: string, options: { purge: boolean }) => Promise<void>
}
