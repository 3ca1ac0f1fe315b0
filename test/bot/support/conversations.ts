import type { Logger } from 'pino'
import { createConversations } from '../../../bot/conversation/conversations.ts'
import type { Store } from '../../../queue/store/store.ts'
import { scriptedReader } from './pipeline.ts'

/** The conversations of a bot whose queue takes nothing: what workers would write, a test writes. */
export const createTestConversations = (of: {
  store: Store
  data: string
  log: Logger
  /** What every system is said to be at, and to have logged. */
  url?: string
  lines?: string[]
  whisper?: (text: string) => void
}) =>
  createConversations({
    store: of.store,
    data: of.data,
    log: of.log,
    ...scriptedReader,
    countRows: async () => [],
    queue: {
      enqueueCompile: async () => undefined,
      enqueueBuild: async () => undefined,
      enqueueAction: async () => undefined,
      broadcastCancel: async () => undefined,
    },
    target: {
      status: async () => ({
        state: 'running',
        url: of.url,
        release: undefined,
        uptime: 1,
        restarts: 0,
        ready: true,
        usage: undefined,
        detail: '',
      }),
      logs: async () => of.lines ?? [],
    },
    whisper: async (_event, text) => of.whisper?.(text),
  })
