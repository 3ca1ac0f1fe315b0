import type { Card, MessageCard } from '../../schemas/generated/card.ts'
import type { ChatEvent, EventActor } from '../../schemas/generated/chat-event.ts'
import type { SystemView } from './systems.ts'

export type Platform = ChatEvent['platform']

/** Whether a platform belongs to the machine that the bot runs on: web and terminal share one team. */
export const isLocal = (platform: Platform): boolean => platform === 'web' || platform === 'terminal'

/** A thread on a platform, named by the platform's own ids. */
export type ThreadRef = { team: string; thread: string }

/** A card as the relay hands it over; `key` names it in its conversation and comes back with a press. */
export type ThreadCard = { key: string; card: Card }

/** `called`: the platform calls the bot, so nothing tells whether it could; `away`: it is tried again. */
export type Reach = 'connected' | 'called' | 'away'

/**
 * The contract of every platform. An adapter translates and transports; it decides nothing and keeps nothing that a
 * restart would lose. test/contracts/adapter.ts is the suite that each of them passes.
 */
export type ChatAdapter = {
  name: Platform
  /** Whether the platform is reached now; left out where there is nothing to reach. */
  reach?: () => Reach
  /** Milliseconds between two changes of one thread that the platform's rate limits want; the relay's own where absent. */
  pace?: number
  /**
   * Begins to listen. `onEvent` resolves once the event is stored: only then does the adapter acknowledge it, and a
   * rejection means that the platform should send it again.
   */
  start: (onEvent: (event: ChatEvent) => Promise<void>) => Promise<void>
  /** Shows a new card at the end of the thread; resolves with the platform's reference of the message. */
  post: (thread: ThreadRef, card: ThreadCard) => Promise<string>
  /**
   * Returns the message in the thread that shows the card `key`, or undefined: a process may have died between posting
   * it and saying so. Platforms that keep nothing leave it out.
   */
  find?: (thread: ThreadRef, key: string) => Promise<string | undefined>
  /** Replaces what the message shows. Repeating it changes nothing. */
  update: (thread: ThreadRef, message: string, card: ThreadCard) => Promise<void>
  /** Shows words to one person only; they are not kept. */
  whisper: (thread: ThreadRef, to: EventActor, card: MessageCard) => Promise<void>
  stop: () => Promise<void>
}

/**
 * A thread that a bot which was away reads: `since` is when it last heard something there, `undecided` what was said
 * there and may still be put otherwise or taken back.
 */
export type KnownThread = ThreadRef & { since: Date; undecided: Undecided[] }
/** A message by its event's id, in the words that are known, and who wrote it. */
export type Undecided = { id: string; text: string; actor: string }

/** What an adapter of a team platform reads to show cards whole; `team` is the platform's own id of the team. */
export type TeamFiles = {
  /** Returns a blueprint's picture (PNG), or undefined where the team has no such revision. */
  picture: (team: string, revisionId: string) => Promise<Uint8Array | undefined>
  /** Returns a build's code as a zip, or undefined where the team has no such build. */
  download: (team: string, buildId: string) => Promise<{ name: string; bytes: Uint8Array } | undefined>
}

/**
 * What App Home, `/builds` and autocompletion show to a person: every role may look at all systems of its team, archived
 * ones too. `search` keeps those that match; `quick` leaves out how they are, for where only names are wanted.
 */
export type TeamHome = (
  team: string,
  query: { actor: EventActor; search?: string; quick?: boolean },
) => Promise<SystemView[]>

/** How a platform greets a workspace at a place; `shown` says whether the words stand there already. */
export type Greeting = {
  send: (team: string, place: string) => Promise<unknown>
  shown?: (team: string, place: string) => Promise<boolean>
}

/** Who was greeted, kept over restarts: each workspace once an installation. `team` is the platform's own id. */
export type Welcomes = (greeting: Greeting) => {
  /** Notes that a workspace is to be greeted at a place, or never where there is none; what was noted before stays. */
  note: (team: string, place: string | undefined) => Promise<void>
  /** Greets a workspace that was noted and not greeted yet. What keeps it from that is logged, never thrown. */
  greet: (team: string) => Promise<void>
  /** Greets whoever an earlier process noted and did not come to. */
  resume: () => Promise<void>
  /** A workspace took the bot out: where it comes back, it is greeted anew. */
  forget: (team: string) => Promise<void>
}

/** Where an adapter keeps what a workspace entrusted to it; sealed at rest. `team` is the platform's own id. */
export type Installations = {
  save: (team: string, installation: { name: string; secrets: unknown }) => Promise<void>
  find: (team: string) => Promise<{ name: string; secrets: unknown } | undefined>
  /** Every team that has one. */
  list: () => Promise<string[]>
  /** Forgets the secrets; resolves also where there are none. */
  remove: (team: string) => Promise<void>
}
