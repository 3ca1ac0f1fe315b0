import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { DeploymentStatus, DeployTarget } from '../deploy/target.ts'
import * as builds from '../queue/store/builds.ts'
import type { Db } from '../queue/store/db.ts'
import * as systems from '../queue/store/systems.ts'
import { oneLine } from './chat/plain.ts'
import type { SystemView } from './chat/systems.ts'

export type SurveyDeps = {
  db: Db
  /** Who says how systems are; undefined where only the store is asked. */
  target: Pick<DeployTarget, 'status'> | undefined
  log: Logger
}

/** Milliseconds that a target may take to say how a system is: Slack waits 2.4 s for a whole list. */
const PATIENCE = 1_500

/** Asks how a system is; undefined where the target does not say in time, or cannot. */
const ask = async ({ target, log }: SurveyDeps, id: string): Promise<DeploymentStatus | undefined> => {
  if (!target) return undefined
  const asked = target.status(id).catch((err: unknown) => {
    log.warn({ err, system: id }, 'a system cannot be asked how it is')
    return undefined
  })
  return Promise.race([asked, sleep(PATIENCE, undefined, { ref: false })])
}

const healthOf = (
  system: systems.System,
  building: boolean,
  status: DeploymentStatus | undefined,
): SystemView['health'] => {
  if (!system.buildId) return building ? 'building' : 'draft'
  if (system.status === 'stopped') return 'stopped'
  if (!status) return 'unknown'
  if (status.state === 'running') return status.ready ? 'running' : 'silent'
  return status.state === 'crashing' || status.state === 'starting' ? status.state : 'down'
}

/** Returns what a build changed against the revision that it was drawn on, in one line. */
const whatOf = ({ number, card }: { number: number; card: unknown }): string => {
  if (number === 1) return 'Built for the first time'
  const changes = (card as { changes?: { text: string }[] } | null)?.changes ?? []
  const first = oneLine(changes[0]?.text ?? 'built again', 90)
  const more = changes.length > 1 ? ` and ${changes.length - 1} more` : ''
  return `${first.charAt(0).toUpperCase()}${first.slice(1)}${more}`
}

/**
 * Returns all systems of a team that are not removed, by slug, archived ones too: how each of them is, asked where it
 * runs and all at once, who looks after it, what changed last and what it takes. `only`: the one of this id.
 */
export const surveyTeam = async (deps: SurveyDeps, teamId: string, only?: string): Promise<SystemView[]> => {
  const { db } = deps
  const rows = (await systems.ofTeam(db, teamId)).filter(({ id }) => only === undefined || id === only)
  const [underWay, online] = await Promise.all([builds.unfinishedOfTeam(db, teamId), builds.onlineOfTeam(db, teamId)])
  const building = new Set(underWay.map(({ systemId }) => systemId))
  const changes = new Map(online.map((row) => [row.systemId, row]))
  return Promise.all(
    rows.map(async (row): Promise<SystemView> => {
      const status = row.status === 'running' ? await ask(deps, row.id) : undefined
      const change = changes.get(row.id)
      const health = healthOf(row, building.has(row.id), status)
      return {
        id: row.id,
        slug: row.slug,
        title: row.title,
        health,
        building: building.has(row.id),
        uptime: status?.uptime,
        restarts: status?.restarts ?? 0,
        usage: status?.usage,
        url: row.status === 'running' && health !== 'down' ? (row.url ?? undefined) : undefined,
        owner: (row.owner ?? row.createdBy).name,
        change: change && { what: whatOf(change), by: change.requestedBy.name, at: change.finishedAt ?? row.updatedAt },
        rolledBack: change && change.number < change.newest ? change.number : undefined,
        archived: row.archivedAt !== null,
      }
    }),
  )
}
