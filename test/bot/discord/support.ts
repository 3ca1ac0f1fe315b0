import { pino } from 'pino'
import { createDiscordAdapter, type DiscordAdapter } from '../../../bot/discord/adapter.ts'
import type { DiscordDeps } from '../../../bot/discord/deps.ts'
import { findPress } from '../../../bot/discord/press-id.ts'
import type { Card } from '../../../schemas/generated/card.ts'
import type { ChatEvent } from '../../../schemas/generated/chat-event.ts'
import { validatorOf } from '../../../schemas/validate.ts'
import { startFakeDiscord } from '../../fakes/discord/server.ts'
import { noWelcomes } from '../support/welcomes.ts'

export type Scene = Awaited<ReturnType<typeof openScene>>

/**
 * Opens a server with a bot in it. The store is a map: it keeps events by their id, as the inbox does, and cards by
 * their thread, which is all that the adapter asks of it.
 */
export const openScene = async (
  options: Parameters<typeof startFakeDiscord>[0] = {},
  more: Partial<DiscordDeps> = {},
) => {
  const discord = await startFakeDiscord(options)
  const stored = new Map<string, ChatEvent>()
  /** Every delivery, also of what is known already. */
  const deliveries: ChatEvent[] = []
  const cards = new Map<string, Map<string, Card>>()
  const known = new Map<string, { team: string; since: Date }>()
  const lines: string[] = []
  const store = {
    refuse: undefined as Error | undefined,
    slow: 0,
    /** What happens while an event is taken. */
    meanwhile: async (_event: ChatEvent): Promise<void> => undefined,
  }
  const validate = validatorOf<ChatEvent>('chat-event')

  const deps: DiscordDeps = {
    token: discord.token,
    apiUrl: discord.api,
    log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
    knows: async (_team, thread) => known.has(thread),
    threads: async () => [...known].map(([thread, { team, since }]) => ({ team, thread, since, undecided: [] })),
    lookup: async ({ thread }, shortId) =>
      findPress(
        [...(cards.get(thread) ?? [])].map(([key, card]) => ({ key, card })),
        shortId,
      ),
    files: { picture: async () => new Uint8Array([137, 80, 78, 71]), download: async () => undefined },
    home: async () => [],
    welcomes: noWelcomes,
    knowsTeam: async () => true,
    ...more,
  }
  const onEvent = async (event: ChatEvent): Promise<void> => {
    if (store.slow > 0) await new Promise((resolve) => setTimeout(resolve, store.slow))
    if (store.refuse) throw store.refuse
    await store.meanwhile(event)
    if (!validate(event)) throw new Error(`not an event: ${JSON.stringify(validate.errors)}`)
    deliveries.push(event)
    if (!stored.has(event.id)) stored.set(event.id, event)
    known.set(event.thread, { team: event.team.id, since: new Date() })
  }
  let adapter: DiscordAdapter = createDiscordAdapter(deps)

  return {
    discord,
    store,
    stored,
    deliveries,
    known,
    lines,
    adapter: () => adapter,
    start: () => adapter.start(onEvent),
    /** A process that ended, and the next one. */
    restart: async () => {
      await adapter.stop()
      adapter = createDiscordAdapter(deps)
      await adapter.start(onEvent)
    },
    events: (): ChatEvent[] => [...stored.values()],
    texts: (): string[] => [...stored.values()].flatMap((event) => (event.type === 'message' ? [event.text] : [])),
    /** Shows a card as the relay does. */
    show: async (thread: string, key: string, card: Card): Promise<string> => {
      const of = cards.get(thread) ?? new Map<string, Card>()
      cards.set(thread, of.set(key, card))
      return adapter.post({ team: discord.guild.id, thread }, { key, card })
    },
    change: async (thread: string, message: string, key: string, card: Card): Promise<void> => {
      cards.get(thread)?.set(key, card)
      await adapter.update({ team: discord.guild.id, thread }, message, { key, card })
    },
    close: async () => {
      await adapter.stop()
      await discord.stop()
    },
  }
}
