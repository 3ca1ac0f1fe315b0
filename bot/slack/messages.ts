import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { AppError } from '../../schemas/errors.ts'
import type { MessageCard } from '../../schemas/generated/card.ts'
import type { EventActor } from '../../schemas/generated/chat-event.ts'
import type { TeamFiles, ThreadCard, ThreadRef } from '../chat/adapter.ts'
import { isMoving } from '../chat/render-text.ts'
import { isUnsure, type Patience, saidBy } from './call.ts'
import { parseThread } from './ids.ts'
import { createPrepare } from './prepare.ts'
import { type Rendered, renderCard, renderPlainly } from './render/card.ts'
import { CARD_EVENT, type Marks, ownCards, readMarks } from './replies.ts'
import type { Team, Teams } from './teams.ts'

/** Milliseconds after which a picture is asked for again: Slack looks at an upload before it can be shown. */
const PROCESSING = [300, 700, 1_500, 3_000]

/** Nothing is unfurled: the bot's links are buttons, and a system's address is nobody else's business. */
const quiet = { unfurl_links: false, unfurl_media: false, mrkdwn: false, parse: 'none', link_names: false } as const

export type Messages = {
  post: (thread: ThreadRef, card: ThreadCard) => Promise<string>
  find: (thread: ThreadRef, key: string) => Promise<string | undefined>
  update: (thread: ThreadRef, message: string, card: ThreadCard) => Promise<void>
  whisper: (thread: ThreadRef, to: EventActor, card: MessageCard) => Promise<void>
  /** Writes to one person directly. */
  direct: (team: string, user: string, card: MessageCard) => Promise<void>
}

/** Returns the way of cards into threads. */
export const createMessages = (deps: { teams: Teams; files: TeamFiles; log: Logger }): Messages => {
  const { teams, log } = deps
  const prepare = createPrepare(deps)

  const teamOf = async (key: string): Promise<Team> => {
    const team = await teams.get(key)
    if (!team) throw new AppError('platform-refused', 'The app is not installed in this Slack workspace any more')
    return team
  }

  /** Sends; waits for a picture that Slack still looks at, and shows its words instead where it never becomes one. */
  const withPicture = async <T>(card: ThreadCard, made: Rendered, send: (made: Rendered) => Promise<T>): Promise<T> => {
    const pictured = made.blocks.some((block) => block.type === 'image')
    for (const pause of pictured ? PROCESSING : []) {
      try {
        return await send(made)
      } catch (error) {
        if (saidBy(error) !== 'invalid_blocks') throw error
        await sleep(pause)
      }
    }
    const bare = pictured ? renderCard(card.card, card.key, { files: true }) : made
    try {
      return await send(bare)
    } catch (error) {
      if (saidBy(error) !== 'invalid_blocks') throw error
      // A workspace may not know a kind of block yet: its people still read and decide.
      log.error({ err: error, card: card.card.kind }, 'Slack refused the blocks of a card; it is shown as plain text')
      return send({ ...bare, blocks: renderPlainly(card.card, card.key) })
    }
  }

  const metadata = (marks: Marks) => ({ event_type: CARD_EVENT, event_payload: marks })

  const find: Messages['find'] = async (thread, key) => {
    const team = await teamOf(thread.team)
    for await (const { ts, marks } of ownCards(team, thread.thread)) if (marks.key === key) return ts
    return undefined
  }

  const post: Messages['post'] = async (thread, card) => {
    const team = await teamOf(thread.team)
    const { channel, root } = parseThread(thread.thread)
    const { rendered, marks } = await prepare(team, thread.thread, card, undefined)
    const send = (made: Rendered): Promise<string> =>
      team
        .call('chat.postMessage', { limited: 'wait', again: 0 }, (client) =>
          client.chat.postMessage({
            channel,
            ...(root ? { thread_ts: root } : {}),
            text: made.text,
            blocks: made.blocks,
            metadata: metadata(marks),
            ...quiet,
          }),
        )
        .then(({ ts }) => ts!)
    try {
      return await withPicture(card, rendered, send)
    } catch (error) {
      if (!isUnsure(error)) throw error
      // The answer was lost, perhaps after the message was shown: a second one would double it.
      const shown = await find(thread, card.key)
      if (shown) return shown
      throw error
    }
  }

  const direct: Messages['direct'] = async (key, user, card) => {
    const team = await teamOf(key)
    const { text, blocks } = renderCard(card, 'direct', { files: false })
    await team.call('chat.postMessage', { limited: 'wait', again: 0 }, (client) =>
      client.chat.postMessage({ channel: user, text, blocks, ...quiet }),
    )
  }

  return {
    post,
    find,
    direct,
    update: async (thread, message, card) => {
      const team = await teamOf(thread.team)
      const { channel } = parseThread(thread.thread)
      const { needs } = renderCard(card.card, card.key, { files: true })
      const rich = needs.picture !== undefined || needs.files.length > 0 || needs.download !== undefined
      const has = rich ? await readMarks(team, thread.thread, message) : undefined
      const { rendered, marks } = await prepare(team, thread.thread, card, has)
      // Progress is shown again a moment later; what ends a story gets through.
      const patience: Patience = { limited: isMoving(card.card) ? 'drop' : 'wait', again: 3 }
      await withPicture(card, rendered, (made) =>
        team.call('chat.update', patience, (client) =>
          client.chat.update({
            channel,
            ts: message,
            text: made.text,
            blocks: made.blocks,
            metadata: metadata(marks),
            parse: 'none',
            link_names: false,
          }),
        ),
      )
    },
    whisper: async (thread, to, card) => {
      const team = await teamOf(thread.team)
      const { channel, root } = parseThread(thread.thread)
      const { text, blocks } = renderCard(card, 'whisper', { files: false, hint: 'this was too long to be shown' })
      const patience: Patience = { limited: 'wait', again: 1 }
      try {
        await team.call('chat.postEphemeral', patience, (client) =>
          client.chat.postEphemeral({
            channel,
            user: to.id,
            ...(root ? { thread_ts: root } : {}),
            text,
            blocks,
            parse: 'none',
            link_names: false,
          }),
        )
      } catch (error) {
        if (saidBy(error) !== 'user_not_in_channel') throw error
        // Whoever left the channel hears it from the bot directly.
        await team.call('chat.postMessage', patience, (client) =>
          client.chat.postMessage({ channel: to.id, text, blocks, ...quiet }),
        )
      }
    },
  }
}
