import * as audit from '../../../queue/store/audit.ts'
import * as builds from '../../../queue/store/builds.ts'
import type { Db } from '../../../queue/store/db.ts'
import * as revisions from '../../../queue/store/revisions.ts'
import * as systemRows from '../../../queue/store/systems.ts'
import { oneLine } from '../../chat/plain.ts'
import { distinctTitle } from '../../chat/systems.ts'

/** One deed as people read it. */
export type Deed = { who: string; did: string; at: Date }

/** Where several people must approve, which of them this was: " (1 of 2)". */
const share = (outcome: string): string => {
  const counted = /, (\d+ of \d+)$/.exec(outcome)?.[1]
  return counted ? ` (${counted})` : ''
}

/** From which build to which, as far as it was written down. */
const way = (outcome: string): string => {
  const [, from, to] = /, build (\d+) to build (\d+)$/.exec(outcome) ?? []
  if (!from || !to) return 'to another build'
  return `${Number(to) < Number(from) ? 'back' : 'forward'} from build ${from} to build ${to}`
}

/** What the store keeps for each deed; `of` is what it was done to, `with` how it ended. */
const words: Readonly<Record<string, (of: string, outcome: string) => string>> = {
  approve: (of, outcome) => `approved ${of}${share(outcome)}`,
  reject: (of) => `turned down ${of}`,
  cancel: (of) => `cancelled ${of}`,
  'build again': (of) => `tried ${of} again`,
  stop: (of) => `stopped ${of}`,
  start: (of) => `started ${of}`,
  restart: (of) => `restarted ${of}`,
  rollback: (of, outcome) => `rolled ${of} ${way(outcome)}`,
  remove: (of) => `removed ${of}`,
  'remove with data': (of) => `removed ${of} and deleted its data`,
  'hand over': (of, to) => `handed ${of} over to ${to}`,
  fork: (of, as) => `forked ${of} as ${as}`,
  subscribe: (of) => `subscribed a thread to ${of}`,
  unsubscribe: (of) => `unsubscribed a thread from ${of}`,
  archive: (of) => `archived ${of}`,
  restore: (of) => `brought back ${of}`,
  'give a role': (of, role) => `gave ${of} the role ${role}`,
  'take a role': (of, role) => `took the role ${role} from ${of}`,
  'change the rules': (_of, said) => `changed the rules: ${said}`,
}

/** Returns what a deed was done to: "blueprint 2 of Todo". */
const subjectOf = async (db: Db, subject: string, team: readonly systemRows.System[]): Promise<string> => {
  const [kind = '', id = ''] = subject.split(' ')
  const titleOf = async (systemId: string | undefined): Promise<string> => {
    const system = systemId ? await systemRows.get(db, systemId) : undefined
    return system ? oneLine(distinctTitle(system, team), 80) : 'a system'
  }
  switch (kind) {
    case 'system':
      return titleOf(id)
    case 'revision': {
      const revision = await revisions.get(db, id)
      return `blueprint ${revision?.number ?? '?'} of ${await titleOf(revision?.systemId)}`
    }
    case 'build': {
      const build = await builds.get(db, id)
      return `build ${build?.number ?? '?'} of ${await titleOf(build?.systemId)}`
    }
    case 'group':
      return `everybody in ${oneLine(subject.slice('group '.length), 80)}`
    default:
      return oneLine(subject.replace(/^person /, ''), 80)
  }
}

/** Returns who did what in a team, newest first. */
export const deedsOf = async (db: Db, teamId: string, limit: number): Promise<Deed[]> => {
  const entries = await audit.ofTeam(db, teamId, limit)
  const team = await systemRows.ofTeam(db, teamId)
  const subjects = new Map<string, Promise<string>>()
  for (const { subject } of entries) if (!subjects.has(subject)) subjects.set(subject, subjectOf(db, subject, team))
  return Promise.all(
    entries.map(async ({ actor, action, subject, outcome, createdAt }) => {
      const of = await subjects.get(subject)!
      const said = words[action]?.(of, oneLine(outcome, 120)) ?? `${oneLine(action, 60)}: ${of}`
      return { who: oneLine(actor.name, 60), did: said, at: createdAt }
    }),
  )
}
