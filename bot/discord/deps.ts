import type { Logger } from 'pino'
import type { KnownThread, TeamFiles, TeamHome, ThreadRef, Welcomes } from '../chat/adapter.ts'
import type { Pressed } from './press-id.ts'

/** What the Discord adapter is handed. */
export type DiscordDeps = {
  /** The bot's token; it is in no log and no error. */
  token: string
  /** Where the REST API is, such as http://127.0.0.1:1234/api; Discord's own where absent. */
  apiUrl: string | undefined
  log: Logger
  /** Whether the bot takes part in a thread. */
  knows: (team: string, thread: string) => Promise<boolean>
  /** The threads in which something may have been missed, and up to when they are known. */
  threads: () => Promise<KnownThread[]>
  /** Finds the button of a custom_id among the stored cards of a thread; `findPress` is the comparison. */
  lookup: (thread: ThreadRef, shortId: string) => Promise<Pressed | undefined>
  welcomes: Welcomes
  /** Whether anybody of a server ever spoke to the bot. */
  knowsTeam: (team: string) => Promise<boolean>
  files: TeamFiles
  home: TeamHome
}
