import type { Member } from '../../queue/store/members.ts'
import type { Policy, Role } from '../../queue/store/schema.ts'
import type { EventActor } from '../../schemas/generated/chat-event.ts'

export const roles: readonly Role[] = ['viewer', 'builder', 'approver', 'admin']

/** What can be wanted of the bot. */
export type Right = 'read' | 'ask' | 'approve' | 'run' | 'remove' | 'govern'

/** The least role that has a right. */
const least: Readonly<Record<Right, Role>> = {
  read: 'viewer',
  ask: 'builder',
  approve: 'approver',
  run: 'approver',
  remove: 'admin',
  govern: 'admin',
}

const deeds: Readonly<Record<Right, string>> = {
  read: 'look at systems',
  ask: 'ask for systems and changes',
  approve: 'approve blueprints',
  run: 'stop, start and roll back systems',
  remove: 'remove systems',
  govern: 'change roles and rules of the team',
}

/**
 * The rules of a team that has made none. On a machine of one's own everybody who is let in may do everything; in a
 * workspace everybody may approve, so that a new team can begin, and only administrators remove what others built.
 */
export const defaultPolicy = (platform: string): Required<Omit<Policy, 'quiet' | 'systems'>> => ({
  everybody: platform === 'local' ? 'admin' : 'approver',
  selfApproval: true,
  approvals: 1,
})

/** Who asks, and by which rules of their team it is decided. */
export type Standing = {
  role: Role
  policy: ReturnType<typeof defaultPolicy> & Pick<Policy, 'quiet' | 'systems'>
  members: Member[]
}

const higher = (a: Role, b: Role): Role => (roles.indexOf(a) >= roles.indexOf(b) ? a : b)

/**
 * Returns the standing of a person. Whoever administers the workspace is an admin; a role of one's own counts before
 * those of one's groups, of these the highest, and without either what everybody has.
 */
export const standingOf = (
  actor: EventActor,
  team: { platform: string; policy: Policy },
  members: Member[],
): Standing => {
  const policy = { ...defaultPolicy(team.platform), ...team.policy }
  const own = members.find((row) => row.kind === 'person' && row.externalId === actor.id)
  const groups = members.filter((row) => row.kind === 'group' && actor.groups?.includes(row.externalId))
  const role = actor.owner
    ? 'admin'
    : (own?.role ?? (groups.length > 0 ? groups.map((row) => row.role).reduce(higher) : policy.everybody))
  return { role, policy, members }
}

export const may = ({ role }: Pick<Standing, 'role'>, right: Right): boolean =>
  roles.indexOf(role) >= roles.indexOf(least[right])

const article = (role: Role): string => (role === 'viewer' || role === 'builder' ? `a ${role}` : `an ${role}`)

/** Returns why a person may not do something, and who may; for their eyes only. */
export const denialWords = ({ role, members }: Standing, right: Right): string => {
  const who = members
    .filter((row) => roles.indexOf(row.role) >= roles.indexOf(least[right]))
    .map((row) => (row.kind === 'group' ? `everybody in ${row.name}` : row.name))
  const others = who.length > 0 ? ` ${who.slice(0, 5).join(', ')} may, and so may` : ' Those who may are'
  return `You are ${article(role)} in this team, and only ${least[right]}s${least[right] === 'admin' ? '' : ' and admins'} may ${deeds[right]}.${others} whoever administers the workspace. Nothing was done.`
}

/** Returns the hour and minute in a time zone as HH:MM. */
const clockIn = (zone: string, now: Date): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(now)

/** Whether a moment lies in a team's quiet hours; they may go over midnight. */
export const isQuiet = (quiet: Policy['quiet'], now: Date): boolean => {
  if (!quiet) return false
  const clock = clockIn(quiet.zone, now)
  return quiet.from <= quiet.to ? clock >= quiet.from && clock < quiet.to : clock >= quiet.from || clock < quiet.to
}
