import type { ChatEvent } from '../../schemas/generated/chat-event.ts'
import { oneLine } from '../chat/plain.ts'
import { saidBy } from './call.ts'
import { messageId, threadId } from './ids.ts'
import { baseOf, type Said } from './intake.ts'
import type { People } from './people.ts'
import type { Team } from './teams.ts'
import { escaped } from './text.ts'

/** What keeps the bot from beginning a thread, in words for the person; others are thrown. */
const excuses: Record<string, string> = {
  not_in_channel: 'I am not in this channel: invite me with /invite @AutoCoder and try again.',
  channel_not_found: 'I cannot see this channel: invite me with /invite @AutoCoder and try again.',
  is_archived: 'This channel is archived.',
  restricted_action: 'This workspace does not let me write here.',
}

export type Starts = {
  /**
   * Begins a thread in a channel with a short message that says who asks for what, and takes the sentence as written
   * there by that person. Returns words for the person where the bot may not write there.
   */
  begin: (team: Team, user: string, channel: string, said: Said) => Promise<string | undefined>
}

/** Returns what turns commands and buttons without a thread into sentences in one. */
export const createStarts = (deps: { people: People; onEvent: (event: ChatEvent) => Promise<void> }): Starts => ({
  begin: async (team, user, channel, said) => {
    const { name } = await deps.people.actor(team, user)
    try {
      const { ts, channel: at } = await team.call('chat.postMessage', { limited: 'wait', again: 0 }, (client) =>
        client.chat.postMessage({
          channel,
          text: escaped(`${name} asks: ${oneLine(said.text, 300)}`),
          mrkdwn: false,
          parse: 'none',
          link_names: false,
          unfurl_links: false,
          unfurl_media: false,
        }),
      )
      const thread = threadId(at ?? channel, ts!)
      await deps.onEvent({
        ...(await baseOf(deps.people, { team, user, thread, at: new Date().toISOString() })),
        type: 'message',
        id: messageId(team.key, at ?? channel, ts!),
        ...said,
      })
      return undefined
    } catch (error) {
      const excuse = excuses[saidBy(error) ?? '']
      if (excuse) return excuse
      throw error
    }
  },
})
