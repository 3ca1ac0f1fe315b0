import type { Logger } from 'pino'
import type { Db } from '../queue/store/db.ts'
import * as rows from '../queue/store/welcomes.ts'
import { AppError } from '../schemas/errors.ts'
import type { Welcomes } from './chat/adapter.ts'

/** Returns what greets the workspaces of a platform, each once, over redeliveries, restarts and several processes. */
export const createWelcomes =
  (deps: { db: Db; platform: string; log: Logger }): Welcomes =>
  ({ send, shown }) => {
    const { db, platform, log } = deps
    const busy = new Set<string>()

    const greet = async (team: string): Promise<void> => {
      const open = await rows.begin(db, platform, team)
      if (!open) return
      try {
        // Somebody began and did not say how it ended: it is looked up, and where that cannot be, silence is better than twice.
        if (open.first || (shown && !(await shown(team, open.place)))) await send(team, open.place)
      } catch (error) {
        if (!(error instanceof AppError) || error.retryable) throw error
        log.info({ err: error, team }, 'a workspace cannot be greeted: nothing may be written there')
      }
      await rows.done(db, platform, team)
    }

    const once = async (team: string): Promise<void> => {
      if (busy.has(team)) return
      busy.add(team)
      try {
        await greet(team)
      } catch (error) {
        log.warn({ err: error, team }, 'a workspace could not be greeted just now')
      } finally {
        busy.delete(team)
      }
    }

    return {
      note: (team, place) => rows.note(db, platform, team, place),
      greet: once,
      resume: async () => {
        for (const team of await rows.open(db, platform)) await once(team)
      },
      forget: (team) => rows.forget(db, platform, team),
    }
  }
