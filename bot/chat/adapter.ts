import type { Card, MessageCard } from '../../schemas/generated/card.ts'
import type { ChatEvent, EventActor } from '../../schemas/generated/chat-event.ts'

export type Platform = ChatEvent['platform']

/** A thread on a platform, named by the platform's own ids. */
export type ThreadRef = { team: string; thread: string }

/** A card as the relay hands it over; `key` names it in its conversation and comes back with a press. */
export type ThreadCard = { key: string; card: Card }

/**
 * The contract of every platform. An adapter translates and transports; it decides nothing and keeps nothing that a
 * restart would lose. test/contracts/adapter.ts is the suite that each of them passes.
 */
export type ChatAdapter = {
  name: Platform
  /**
   * Begins to listen. `onEvent` resolves once the event is stored: only then does the adapter acknowledge it, and a
   * rejection means that the platform should send it again.
   */
  start: (onEvent: (event: ChatEvent) => Promise<void>) => Promise<void>
  /** Shows a new card at the end of the thread; resolves with the platform's reference of the message. */
  post: (thread: ThreadRef, card: ThreadCard) => Promise<string>
  /** Replaces what the message shows. Repeating it changes nothing. */
  update: (thread: ThreadRef, message: string, card: ThreadCard) => Promise<void>
  /** Shows words to one person only; they are not kept. */
  whisper: (thread: ThreadRef, to: EventActor, card: MessageCard) => Promise<void>
  stop: () => Promise<void>
}
