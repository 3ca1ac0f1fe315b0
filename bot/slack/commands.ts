import type { Card } from '../../schemas/generated/card.ts'
import type { TeamHome } from '../chat/adapter.ts'
import { listOf, privately } from './home.ts'
import { type Said, saidIn } from './intake.ts'
import type { People } from './people.ts'
import type { RawBody } from './raw.ts'
import type { Starts } from './starts.ts'
import type { Team } from './teams.ts'

const help: Card = {
  kind: 'message',
  tone: 'plain',
  text: [
    '/build a todo API with user authentication – begins a thread with this wish',
    '/builds – the systems of this team, for you alone',
    '/builds todo – those that match in name, title or owner; /builds archived – those put away',
    '/builds open todo – goes on with one of them in a thread here',
    '/builds audit – who did what',
    '/builds roles, /builds make @name an approver, /builds team: two people must approve',
    'In a thread with me: "add due dates", "roll back", "status", "logs", "stop", "cost", "help".',
  ].join('\n'),
}

/** Words that begin a sentence for the conversation; every other text of /builds is a search. */
const sentences =
  /^(open|audit|status|logs?|stop|start|restart|roll|go|remove|cancel|cost|download|show|who|what|hand|give|fork|archive|bring|subscribe|unsubscribe|make|team|roles)\b|^@/i

export type Commands = { take: (team: Team, body: RawBody) => Promise<unknown> }

/** Returns the slash commands. What they answer is shown to the person alone. */
export const createCommands = (deps: { people: People; starts: Starts; home: TeamHome }): Commands => {
  const list = async (team: Team, user: string, search: string): Promise<unknown> => {
    const actor = await deps.people.actor(team, user)
    const systems = await deps.home(team.key, { actor })
    return { response_type: 'ephemeral', ...privately(listOf(systems, search)) }
  }

  const begin = async (team: Team, user: string, body: RawBody, said: Said): Promise<unknown> => {
    const excuse = await deps.starts.begin(team, user, body.channel_id ?? '', said)
    if (!excuse) return undefined
    return { response_type: 'ephemeral', ...privately({ kind: 'message', tone: 'warning', text: excuse }) }
  }

  return {
    take: async (team, body) => {
      const user = body.user_id ?? ''
      const said = await saidIn(deps.people, team, (body.text ?? '').trim())
      const { text } = said
      if (/^help$/i.test(text)) return { response_type: 'ephemeral', ...privately(help) }
      if (body.command === '/builds') {
        if (sentences.test(text)) return begin(team, user, body, said)
        return list(team, user, text.replace(/^(find|search|list|systems)\b\s*/i, ''))
      }
      return begin(team, user, body, said)
    },
  }
}
