import { socketPath } from '../../../bot/terminal/adapter.ts'
import { createClient } from '../../../bot/terminal/client.ts'
import { openLink } from '../../../bot/terminal/link.ts'
import type { TerminalEvent } from '../../../schemas/generated/terminal-event.ts'

export type Chat = Awaited<ReturnType<typeof openChat>>

/** Says a line and returns the words that it brought. */
export const says = async (chat: Chat, text: string): Promise<string> =>
  (await chat.tell(text)).events.map((event) => event.text).join('\n')

/** A terminal that tells a running bot one line after the other; collects what `--json` would print. */
export const openChat = async (data: string, options: { yes?: boolean; team?: string; actor?: string } = {}) => {
  const events: TerminalEvent[] = []
  const client = createClient({
    attach: (handlers) => openLink(socketPath(data), handlers),
    output: { event: (event) => events.push(event), busy: () => undefined },
    yes: options.yes ?? false,
    team: options.team ?? 'local',
    actor: options.actor ?? 'tester',
  })
  const conversation = await client.start()
  return {
    conversation,
    events,
    close: client.close,
    /** Sends a line; resolves with the outcome and the events that it brought. */
    tell: async (text: string) => {
      const from = events.length
      const outcome = await client.tell(text)
      return { outcome, events: events.slice(from) }
    },
  }
}
