import { socketPath } from '../../../bot/terminal/adapter.ts'
import { createClient } from '../../../bot/terminal/client.ts'
import { openLink } from '../../../bot/terminal/link.ts'
import type { Card } from '../../../schemas/generated/card.ts'
import type { TerminalEvent } from '../../../schemas/generated/terminal-event.ts'

export type Chat = Awaited<ReturnType<typeof openChat>>

/** Says a line and returns the words that it brought. */
export const says = async (chat: Chat, text: string): Promise<string> =>
  (await chat.tell(text)).events.map((event) => event.text).join('\n')

/** The ids of the buttons that a card offers, in their order. */
export const buttonsOf = (card: Card | undefined): string[] =>
  card && 'buttons' in card ? (card.buttons ?? []).map(({ id }) => id) : []

/** A terminal that tells a running bot one line after the other; collects what `--json` would print. */
export const openChat = async (data: string, options: { yes?: boolean; team?: string; actor?: string } = {}) => {
  const events: TerminalEvent[] = []
  const cards = new Map<string, Card>()
  const client = createClient({
    attach: (handlers) =>
      openLink(socketPath(data), {
        ...handlers,
        onPush: (push) => {
          if (push.type === 'card' && (!push.update || cards.has(push.key))) cards.set(push.key, push.card)
          handlers.onPush(push)
        },
      }),
    output: { event: (event) => events.push(event), busy: () => undefined },
    yes: options.yes ?? false,
    team: options.team ?? 'local',
    actor: options.actor ?? 'tester',
  })
  const conversation = await client.start()
  return {
    conversation,
    events,
    /** The cards that were posted here under one kind of key ("action", "final"), oldest first, as they are shown now. */
    cards: (kind: string): Card[] => [...cards].flatMap(([key, card]) => (key.startsWith(`${kind}:`) ? [card] : [])),
    close: client.close,
    /** Sends a line; resolves with the outcome and the events that it brought. */
    tell: async (text: string) => {
      const from = events.length
      const outcome = await client.tell(text)
      return { outcome, events: events.slice(from) }
    },
  }
}
