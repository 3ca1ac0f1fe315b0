import * as cards from '../../queue/store/cards.ts'
import * as conversations from '../../queue/store/conversations.ts'
import * as inbox from '../../queue/store/inbox.ts'
import * as memberRows from '../../queue/store/members.ts'
import * as revisions from '../../queue/store/revisions.ts'
import * as systems from '../../queue/store/systems.ts'
import * as teams from '../../queue/store/teams.ts'
import type { Card } from '../../schemas/generated/card.ts'
import type { ChatEvent } from '../../schemas/generated/chat-event.ts'
import { distinctTitle, type SystemView } from '../chat/systems.ts'
import { zipOf } from '../conversation/archive.ts'
import { standingOf } from '../conversation/rights.ts'
import { deedsOf } from '../conversation/team/audit.ts'
import { policyWords } from '../conversation/team/lists.ts'
import { knownPeople } from '../conversation/team/people.ts'
import { type SurveyDeps, surveyTeam } from '../survey.ts'
import type { Entry, Sidebar, Thread } from './page.ts'
import { toSidebar } from './sidebar.ts'
import type { TeamPage } from './team.ts'

/** What the page reads from the store; it writes nothing. */
export type WebReader = {
  sidebar: () => Promise<Sidebar>
  thread: (thread: string) => Promise<Thread>
  /** The newest web conversation about a system, made where there is none; undefined where there is no such system. */
  threadOf: (slug: string) => Promise<string | undefined>
  team: () => Promise<TeamPage>
  /** Everybody whom a system can be handed to. */
  people: () => Promise<TeamPage['people']>
  picture: (revisionId: string) => Promise<Uint8Array | undefined>
  zip: (buildId: string) => Promise<{ name: string; bytes: Uint8Array } | undefined>
}

/** Milliseconds for which an answer of the target is taken as true: the list is drawn anew with every step of a build. */
const FRESH = 3_000

/** Returns a target that is asked at most once in a while about each system. */
const remembering = (target: NonNullable<SurveyDeps['target']>): NonNullable<SurveyDeps['target']> => {
  const known = new Map<string, { answer: ReturnType<typeof target.status>; until: number }>()
  return {
    status: (system) => {
      const last = known.get(system)
      if (last && last.until > Date.now()) return last.answer
      const answer = target.status(system)
      answer.catch(() => known.delete(system))
      known.set(system, { answer, until: Date.now() + FRESH })
      return answer
    },
  }
}

/** Deeds that the page of the team shows; the store keeps all of them. */
const DEEDS = 60

/** Returns what the page of the local team shows. */
export const createWebReader = (
  deps: Omit<SurveyDeps, 'target'> & {
    target: NonNullable<SurveyDeps['target']>
    data: string
    team: string
    newThread: () => string
  },
): WebReader => {
  const { db } = deps
  const teamId = () => teams.ensure(db, { platform: 'local', externalId: deps.team, name: deps.team })
  const target = remembering(deps.target)

  const systemsOf = async (only?: string): Promise<SystemView[]> =>
    surveyTeam({ ...deps, target }, await teamId(), only)
  const people = async (): Promise<TeamPage['people']> => knownPeople(db, await teamId())

  const findThread = async (thread: string) =>
    (await conversations.ofTeam(db, await teamId())).find((row) => row.platform === 'web' && row.thread === thread)

  return {
    sidebar: async () => {
      const known = (await systemsOf()).filter((system) => !system.archived)
      const alive = new Set(known.map(({ id }) => id))
      const threads = (await conversations.ofTeam(db, await teamId(), 40))
        .filter((row) => row.platform === 'web' && row.title !== '' && !(row.systemId && alive.has(row.systemId)))
        .slice(0, 10)
        .map((row) => ({ thread: row.thread, title: row.title }))
      return {
        systems: known.map((system) => toSidebar({ ...system, title: distinctTitle(system, known) })),
        threads,
      }
    },
    thread: async (thread) => {
      const conversation = await findThread(thread)
      if (!conversation) return { thread, title: '', system: undefined, entries: [] }
      const said = (await inbox.ofConversation(db, conversation.id)).flatMap((row): { at: Date; entry: Entry }[] => {
        const event = row.event as ChatEvent
        const text = event.type === 'message' ? event.text : event.text
        if (!text) return []
        return [
          {
            at: row.createdAt,
            entry: { kind: 'said', id: event.id, name: row.actor.name, text, at: row.createdAt.toISOString() },
          },
        ]
      })
      const shown = (await cards.ofConversation(db, conversation.id)).map((row) => ({
        at: row.createdAt,
        entry: { kind: 'card', key: row.key, card: row.card as Card } satisfies Entry,
      }))
      const entries = [...said, ...shown].sort((a, b) => a.at.getTime() - b.at.getTime()).map(({ entry }) => entry)
      const [system] = conversation.systemId ? await systemsOf(conversation.systemId) : []
      return { thread, title: conversation.title, system: system && toSidebar(system), entries }
    },
    threadOf: async (slug) => {
      const id = await teamId()
      const system = await systems.bySlug(db, id, slug)
      if (!system) return undefined
      const known = (await conversations.ofTeam(db, id)).find(
        (row) => row.platform === 'web' && row.systemId === system.id,
      )
      if (known) return known.thread
      const thread = deps.newThread()
      const made = await conversations.ensure(db, { teamId: id, platform: 'web', thread, title: system.title })
      await conversations.setSystem(db, made, system.id)
      return thread
    },
    team: async () => {
      const id = await teamId()
      const team = (await teams.get(db, id))!
      const members = await memberRows.ofTeam(db, id)
      const { policy } = standingOf({ id: '', name: '' }, team, members)
      return {
        systems: await systemsOf(),
        limit: policy.systems,
        members: members.map(({ name, role, kind }) => ({ name, role, everybody: kind === 'group' })),
        people: await people(),
        rules: policyWords({ policy }),
        deeds: await deedsOf(db, id, DEEDS),
      }
    },
    people,
    picture: async (revisionId) => {
      const revision = await revisions.get(db, revisionId)
      const system = revision && (await systems.get(db, revision.systemId))
      if (system?.teamId !== (await teamId())) return undefined
      return (await revisions.picture(db, revisionId))?.png
    },
    zip: async (buildId) => zipOf(db, deps.data, buildId, await teamId()),
  }
}
