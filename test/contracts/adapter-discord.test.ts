import { pino } from 'pino'
import { createDiscordAdapter } from '../../bot/discord/adapter.ts'
import { findPress, pressId } from '../../bot/discord/press-id.ts'
import type { Card } from '../../schemas/generated/card.ts'
import { noWelcomes } from '../bot/support/welcomes.ts'
import { startFakeDiscord } from '../fakes/discord/server.ts'
import { describeAdapter } from './adapter.ts'

describeAdapter('discord', async (onEvent) => {
  const discord = await startFakeDiscord()
  const ada = discord.person('Ada')
  const channel = discord.thread('a todo API')
  const thread = { team: discord.guild.id, thread: channel.id }
  const cards = new Map<string, Card>()
  // What became of each event, so that a message can be acknowledged to the one who wrote it.
  const outcomes: { id: string; text: string | undefined; error: unknown }[] = []
  const adapter = createDiscordAdapter({
    token: discord.token,
    apiUrl: discord.api,
    log: pino({ level: 'silent' }),
    knows: async (_team, known) => known === channel.id,
    threads: async () => [],
    lookup: async (_thread, shortId) =>
      findPress(
        [...cards].map(([key, card]) => ({ key, card })),
        shortId,
      ),
    files: { picture: async () => new Uint8Array([137, 80, 78, 71]), download: async () => undefined },
    home: async () => [],
    welcomes: noWelcomes,
    knowsTeam: async () => true,
  })
  await adapter.start(async (event) => {
    const told = { id: event.id, text: event.type === 'message' ? event.text : undefined }
    try {
      await onEvent(event)
      outcomes.push({ ...told, error: undefined })
    } catch (error) {
      outcomes.push({ ...told, error })
      throw error
    }
  })

  // Discord's ids are numbers: each of the suite's names stands for one.
  const numbers = new Map<string, string>()
  const numberOf = (name: string): string => {
    const number = numbers.get(name) ?? discord.world.newId()
    numbers.set(name, number)
    return number
  }
  return {
    adapter,
    thread,
    idOf: (name) => (name.startsWith('press') ? numberOf(name) : `${channel.id}:${numberOf(name)}`),
    someone: { id: ada.user.id, name: 'Ada' },
    write: async (text, name) => {
      const begin = outcomes.length
      const id = numberOf(name)
      ada.writes(channel, text, { id })
      for (;;) {
        const outcome = outcomes
          .slice(begin)
          .find((one) => one.id === `${channel.id}:${id}` && one.text === text.trim())
        if (outcome?.error) throw outcome.error
        if (outcome) return
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
    press: async (key, id, value, name) => {
      const button = { id, label: 'Press me', style: 'primary' as const, value }
      const card: Card = { kind: 'message', tone: 'plain', text: 'to be pressed', buttons: [button] }
      cards.set(key, card)
      await adapter.post(thread, { key, card })
      await ada.presses(channel, pressId(key, button), numberOf(name))
    },
    seen: async () => discord.transcript(channel, 'bot'),
    whispers: async () => ada.whispers(),
    close: async () => {
      await adapter.stop()
      await discord.stop()
    },
  }
})
