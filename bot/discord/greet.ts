import type { GatewayGuildCreateDispatchData, GatewayGuildDeleteDispatchData } from 'discord.js'
import type { ChatAdapter, ThreadRef } from '../chat/adapter.ts'
import { WELCOME, welcomeCard } from '../chat/welcome.ts'
import type { DiscordDeps } from './deps.ts'

/**
 * Returns what greets a server that the bot joined, in the channel that Discord uses for such news; where there is none
 * or nothing may be written, nobody is greeted. Discord names every server again at each start.
 */
export const createGreeter = (
  deps: Pick<DiscordDeps, 'welcomes' | 'knowsTeam' | 'log'> & {
    board: Required<Pick<ChatAdapter, 'post' | 'find'>>
    name: () => string
  },
) => {
  const { board, log } = deps
  const at = (team: string, channel: string): ThreadRef => ({ team, thread: channel })
  const welcomes = deps.welcomes({
    send: (team, channel) =>
      board.post(at(team, channel), {
        key: WELCOME,
        card: welcomeCard({ name: deps.name(), help: '/builds help has more examples.', first: 'write in a channel' }),
      }),
    shown: async (team, channel) => (await board.find(at(team, channel), WELCOME)) !== undefined,
  })
  /** The servers that it was in when the session began. */
  let before = new Set<string>()
  /** One after the other: a server may be left and joined again in the same moment. */
  let last = Promise.resolve()
  const run = (work: () => Promise<void>): void => {
    last = last
      .then(work)
      .catch((err: unknown) => log.warn({ err }, 'what is known of greetings cannot be read or written'))
  }

  return {
    began: (guilds: readonly string[]): void => {
      before = new Set(guilds)
    },
    joined: (guild: GatewayGuildCreateDispatchData): void =>
      run(async () => {
        // One that was invited while the bot was away is new too, unless somebody has spoken to it there.
        const known = before.has(guild.id) && (await deps.knowsTeam(guild.id))
        await welcomes.note(guild.id, known ? undefined : (guild.system_channel_id ?? undefined))
        await welcomes.greet(guild.id)
      }),
    left: (guild: GatewayGuildDeleteDispatchData): void => {
      // A server that Discord cannot reach for a while is still there.
      if (guild.unavailable) return
      before.delete(guild.id)
      run(() => welcomes.forget(guild.id))
    },
    stop: (): Promise<void> => last,
  }
}
