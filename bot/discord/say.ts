import { randomUUID } from 'node:crypto'
import { MessageFlags } from 'discord.js'
import type { Logger } from 'pino'
import type { MessageCard } from '../../schemas/generated/card.ts'
import type { EventActor } from '../../schemas/generated/chat-event.ts'
import type { ThreadRef } from '../chat/adapter.ts'
import { type Api, Refused } from './api.ts'
import { nonceOf } from './press-id.ts'
import { renderCard } from './render/card.ts'
import type { Payload } from './render/face.ts'

/** An interaction that may still be answered in private. `first` resolves when its first answer is out. */
type Ticket = { token: string; expires: number; first: Promise<void> }
export type Whispers = ReturnType<typeof createWhispers>

/** Milliseconds that the token of an interaction lives: 15 minutes, less what an answer takes. */
const LIFE = 14.5 * 60_000

/** Returns a payload that only the person who asked sees. */
export const inPrivate = ({ body, files }: Payload): Payload => ({
  body: { ...body, flags: Number(body.flags) | MessageFlags.Ephemeral },
  files,
})

/** Returns words as a message. */
export const words = (text: string, tone: MessageCard['tone'] = 'plain', code?: string): Payload =>
  renderCard({ key: `say:${randomUUID()}`, card: { kind: 'message', tone, text, ...(code ? { code } : {}) } })

/**
 * Returns what tells one person something: as an answer to what they pressed, else as a direct message, else with a line
 * in the thread that holds nothing private.
 */
export const createWhispers = (deps: { api: Api; application: () => string; log: Logger }) => {
  const { api, log } = deps
  const tickets = new Map<string, Ticket>()
  const nameOf = (thread: string, person: string): string => `${thread} ${person}`

  const byAnswer = async (thread: ThreadRef, to: EventActor, payload: Payload): Promise<boolean> => {
    const ticket = tickets.get(nameOf(thread.thread, to.id))
    if (!ticket) return false
    await ticket.first
    if (ticket.expires < Date.now()) return false
    try {
      await api.followUp(deps.application(), ticket.token, inPrivate(payload))
      return true
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      tickets.delete(nameOf(thread.thread, to.id))
      return false
    }
  }

  const direct = async (to: EventActor, payload: Payload): Promise<boolean> => {
    try {
      const channel = await api.direct(to.id)
      await api.post(channel.id, payload, nonceOf(randomUUID()))
      return true
    } catch (error) {
      if (error instanceof Refused) return false
      throw error
    }
  }

  const inThread = async (thread: ThreadRef, to: EventActor): Promise<void> => {
    const mention = /^\d{17,20}$/.test(to.id)
    const { body, files } = words(
      'there is an answer for you alone, and Discord does not let me write to you. Allow direct messages from members of this server, then try again.',
    )
    if (mention) {
      const [container] = body.components as { components: { content: string }[] }[]
      const text = container!.components[0]!
      text.content = `<@${to.id}> ${text.content}`
      body.allowed_mentions = { parse: [], users: [to.id] }
    }
    await api.post(thread.thread, { body, files }, nonceOf(randomUUID()))
  }

  return {
    /** Remembers that a person pressed or commanded something in a thread. */
    remember: (thread: string, person: string, token: string, first: Promise<void>): void => {
      const now = Date.now()
      for (const [name, ticket] of tickets) if (ticket.expires < now) tickets.delete(name)
      tickets.set(nameOf(thread, person), { token, expires: now + LIFE, first })
    },
    whisper: async (thread: ThreadRef, to: EventActor, card: MessageCard): Promise<void> => {
      const payload = renderCard({ key: `whisper:${randomUUID()}`, card })
      if (await byAnswer(thread, to, payload)) return
      // Direct messages are between the two already.
      if (thread.team.startsWith('dm:')) {
        await api.post(thread.thread, payload, nonceOf(randomUUID()))
        return
      }
      if (await direct(to, payload)) return
      log.info({ thread: thread.thread }, 'a person takes no direct messages; the thread says that there is one')
      await inThread(thread, to)
    },
  }
}
