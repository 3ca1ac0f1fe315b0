import type { Logger } from 'pino'
import * as cards from '../queue/store/cards.ts'
import * as conversations from '../queue/store/conversations.ts'
import * as installations from '../queue/store/installations.ts'
import * as revisions from '../queue/store/revisions.ts'
import type { Seal } from '../queue/store/seal.ts'
import * as systems from '../queue/store/systems.ts'
import * as teams from '../queue/store/teams.ts'
import { listenedTo } from '../queue/store/threads.ts'
import { undecidedOf } from '../queue/store/undecided.ts'
import type { Card } from '../schemas/generated/card.ts'
import type {
  Installations,
  KnownThread,
  TeamFiles,
  TeamHome,
  ThreadCard,
  ThreadRef,
  Welcomes,
} from './chat/adapter.ts'
import { matching } from './chat/systems.ts'
import { zipOf } from './conversation/archive.ts'
import { type SurveyDeps, surveyTeam } from './survey.ts'
import { createWelcomes } from './welcomes.ts'

/** Days for which a thread that went quiet is asked what was said while the bot was away. */
const RECENT = 14

/** What the adapter of a team platform reads from the store; a team sees nothing of another. */
export type Desk = {
  files: TeamFiles
  home: TeamHome
  installations: Installations
  welcomes: Welcomes
  /** Whether anybody of a team ever spoke to the bot. */
  knowsTeam: (team: string) => Promise<boolean>
  /** Whether somebody called the bot into a thread before. */
  knows: (team: string, thread: string) => Promise<boolean>
  /** The threads that may have gone on while nobody listened. */
  threads: () => Promise<KnownThread[]>
  /** Every card that a thread shows. */
  cardsOf: (thread: ThreadRef) => Promise<ThreadCard[]>
}

/** Returns the desk of a platform. */
export const createDesk = (
  deps: SurveyDeps & { data: string; seal: Seal; platform: 'slack' | 'discord'; log: Logger },
): Desk => {
  const { db, seal, platform } = deps
  const teamOf = async (team: string): Promise<string | undefined> => (await teams.find(db, platform, team))?.id
  return {
    files: {
      picture: async (team, revisionId) => {
        const revision = await revisions.get(db, revisionId)
        const system = revision && (await systems.get(db, revision.systemId))
        if (!system || system.teamId !== (await teamOf(team))) return undefined
        return (await revisions.picture(db, revisionId))?.png
      },
      download: async (team, buildId) => {
        const teamId = await teamOf(team)
        return teamId ? zipOf(db, deps.data, buildId, teamId) : undefined
      },
    },
    home: async (team, { search = '', quick = false }) => {
      const teamId = await teamOf(team)
      const asked = quick ? { ...deps, target: undefined } : deps
      return teamId ? matching(await surveyTeam(asked, teamId), search) : []
    },
    installations: {
      save: (team, installation) => installations.save(db, seal, { platform, team, ...installation }),
      find: (team) => installations.find(db, seal, platform, team),
      list: () => installations.list(db, platform),
      remove: (team) => installations.remove(db, platform, team),
    },
    welcomes: createWelcomes(deps),
    knowsTeam: async (team) => (await teamOf(team)) !== undefined,
    knows: async (team, thread) => (await conversations.ofThread(db, { platform, team, thread })) !== undefined,
    threads: async () => {
      const [threads, undecided] = [await listenedTo(db, platform, RECENT), await undecidedOf(db, platform, RECENT)]
      const key = ({ team, thread }: ThreadRef): string => `${team} ${thread}`
      const of = Map.groupBy(undecided, key)
      return threads.map((known) => ({
        ...known,
        undecided: (of.get(key(known)) ?? []).map(({ id, text, actor }) => ({ id, text, actor })),
      }))
    },
    cardsOf: async ({ team, thread }) => {
      const conversation = await conversations.ofThread(db, { platform, team, thread })
      return conversation
        ? (await cards.ofConversation(db, conversation.id)).map((row) => ({ key: row.key, card: row.card as Card }))
        : []
    },
  }
}
