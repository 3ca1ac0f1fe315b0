import * as builds from '../../queue/store/builds.ts'
import * as cards from '../../queue/store/cards.ts'
import * as conversations from '../../queue/store/conversations.ts'
import type { Db } from '../../queue/store/db.ts'
import * as inbox from '../../queue/store/inbox.ts'
import * as revisions from '../../queue/store/revisions.ts'
import type { System } from '../../queue/store/systems.ts'
import * as systems from '../../queue/store/systems.ts'
import * as teams from '../../queue/store/teams.ts'
import type { Card } from '../../schemas/generated/card.ts'
import type { ChatEvent } from '../../schemas/generated/chat-event.ts'
import { zipOf } from '../conversation/archive.ts'
import type { Entry, Sidebar, SidebarSystem, Thread } from './page.ts'

/** What the page reads from the store; it writes nothing. */
export type WebReader = {
  sidebar: () => Promise<Sidebar>
  thread: (thread: string) => Promise<Thread>
  /** The newest web conversation about a system, made where there is none; undefined where there is no such system. */
  threadOf: (slug: string) => Promise<string | undefined>
  picture: (revisionId: string) => Promise<Uint8Array | undefined>
  zip: (buildId: string) => Promise<{ name: string; bytes: Uint8Array } | undefined>
}

const toSidebar = (system: System, building: boolean): SidebarSystem => ({
  slug: system.slug,
  title: system.title,
  state: building ? 'busy' : system.status === 'running' ? 'good' : 'idle',
  words: building ? 'building' : system.status === 'draft' ? 'blueprint' : system.status,
  url: system.status === 'running' && system.url ? system.url : undefined,
})

/** Returns what the page of the local team shows. */
export const createWebReader = (deps: { db: Db; data: string; team: string; newThread: () => string }): WebReader => {
  const { db } = deps
  const teamId = () => teams.ensure(db, { platform: 'local', externalId: deps.team, name: deps.team })

  const systemsOf = async (): Promise<{ row: System; shown: SidebarSystem }[]> => {
    const id = await teamId()
    const building = new Set((await builds.unfinishedOfTeam(db, id)).map((build) => build.systemId))
    return (await systems.ofTeam(db, id))
      .filter((row) => !row.archivedAt)
      .map((row) => ({ row, shown: toSidebar(row, building.has(row.id)) }))
  }

  const findThread = async (thread: string) =>
    (await conversations.ofTeam(db, await teamId())).find((row) => row.platform === 'web' && row.thread === thread)

  return {
    sidebar: async () => {
      const known = await systemsOf()
      const alive = new Set(known.map(({ row }) => row.id))
      const threads = (await conversations.ofTeam(db, await teamId(), 40))
        .filter((row) => row.platform === 'web' && row.title !== '' && !(row.systemId && alive.has(row.systemId)))
        .slice(0, 10)
        .map((row) => ({ thread: row.thread, title: row.title }))
      return { systems: known.map(({ shown }) => shown), threads }
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
      const system = (await systemsOf()).find(({ row }) => row.id === conversation.systemId)?.shown
      return { thread, title: conversation.title, system, entries }
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
    picture: async (revisionId) => {
      const revision = await revisions.get(db, revisionId)
      const system = revision && (await systems.get(db, revision.systemId))
      if (system?.teamId !== (await teamId())) return undefined
      return (await revisions.picture(db, revisionId))?.png
    },
    zip: async (buildId) => zipOf(db, deps.data, buildId, await teamId()),
  }
}
