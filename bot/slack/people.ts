import type { Logger } from 'pino'
import type { EventActor } from '../../schemas/generated/chat-event.ts'
import { oneLine } from '../chat/plain.ts'
import { saidBy } from './call.ts'
import type { Team } from './teams.ts'

/**
 * Milliseconds. Names change rarely. Who is in a group decides about rights: Slack tells of changes, to one process where
 * there are several, and the method allows twenty calls a minute.
 */
const NAMES = 30 * 60_000
const GROUPS = 60_000
const MOST = 5_000

type Groups = { members: Map<string, string[]>; handles: Map<string, string> }
type Known = { name: string; owner: boolean; until: number }

export type People = {
  /** Returns who a user id is; the id stands for the name where Slack does not tell. */
  actor: (team: Team, user: string) => Promise<EventActor>
  /** Returns the names of several people. */
  names: (team: Team, users: readonly string[]) => Promise<Map<string, string>>
  /** Returns the handles of user groups by id, these among them; none where the app may not read them. */
  groups: (team: Team, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>
  /** Slack said that a user group is another one now. */
  regrouped: (team: Team) => void
}

/** Returns who people are: asked of Slack once in a while. */
export const createPeople = (log: Logger): People => {
  const people = new Map<string, Known>()
  const groups = new Map<string, { of: Groups | undefined; until: number }>()
  const asking = new Map<string, Promise<Groups | undefined>>()
  /** What was asked before a change may be answered after it, as it was. */
  const changes = new Map<string, number>()

  const person = async (team: Team, user: string): Promise<Known> => {
    const key = `${team.key} ${user}`
    const known = people.get(key)
    if (known && known.until > Date.now()) return known
    try {
      const { user: found } = await team.call('users.info', { limited: 'drop', again: 1 }, (client) =>
        client.users.info({ user }),
      )
      const name = found?.profile?.display_name || found?.profile?.real_name || found?.real_name || found?.name || user
      const made = {
        name: oneLine(name, 200) || user,
        owner: Boolean(found?.is_admin || found?.is_owner || found?.is_primary_owner),
        until: Date.now() + NAMES,
      }
      if (people.size >= MOST) people.clear()
      people.set(key, made)
      return made
    } catch (error) {
      // Without users:read, or with Slack in trouble, people are still heard; nobody is taken for an owner then.
      log.warn({ err: error, team: team.key }, 'a name cannot be read')
      return known ?? { name: user, owner: false, until: 0 }
    }
  }

  /** Undefined where the app may not read groups (scope usergroups:read). */
  const groupsOf = (team: Team): Promise<Groups | undefined> => {
    const known = groups.get(team.key)
    if (known && known.until > Date.now()) return Promise.resolve(known.of)
    // The method allows twenty calls a minute: many people at once are one question.
    const under = asking.get(team.key)
    if (under) return under
    const asked = askGroups(team, known?.of).finally(() => {
      if (asking.get(team.key) === asked) asking.delete(team.key)
    })
    asking.set(team.key, asked)
    return asked
  }

  const askGroups = async (team: Team, last: Groups | undefined): Promise<Groups | undefined> => {
    const before = changes.get(team.key)
    try {
      const { usergroups } = await team.call('usergroups.list', { limited: 'drop', again: 1 }, (client) =>
        client.usergroups.list({ include_users: true }),
      )
      const of: Groups = { members: new Map(), handles: new Map() }
      for (const { id, handle, users } of usergroups ?? []) {
        of.handles.set(id!, handle ?? id!)
        for (const user of users ?? []) of.members.set(user, [...(of.members.get(user) ?? []), id!])
      }
      if (changes.get(team.key) === before) groups.set(team.key, { of, until: Date.now() + GROUPS })
      return of
    } catch (error) {
      const missing = saidBy(error) !== undefined
      if (!missing) log.warn({ err: error, team: team.key }, 'the user groups cannot be read')
      groups.set(team.key, { of: last, until: Date.now() + (missing ? GROUPS : 10_000) })
      return last
    }
  }

  return {
    actor: async (team, user) => {
      const [known, groups] = await Promise.all([person(team, user), groupsOf(team)])
      return {
        id: user,
        name: known.name,
        owner: known.owner,
        ...(groups ? { groups: groups.members.get(user) ?? [] } : {}),
      }
    },
    groups: async (team, ids) => {
      const known = (await groupsOf(team))?.handles
      if (!known || ids.every((id) => known.has(id))) return known ?? new Map()
      // One that was made since.
      groups.delete(team.key)
      return (await groupsOf(team))?.handles ?? known
    },
    regrouped: (team) => {
      changes.set(team.key, (changes.get(team.key) ?? 0) + 1)
      groups.delete(team.key)
      asking.delete(team.key)
    },
    names: async (team, users) =>
      new Map(await Promise.all([...new Set(users)].map(async (id) => [id, (await person(team, id)).name] as const))),
  }
}
