import { setTimeout as sleep } from 'node:timers/promises'
import { SocketModeReceiver, webApi } from '@slack/bolt'
import type { Logger } from 'pino'
import { AppError } from '../../schemas/errors.ts'
import { toBoltLogger } from './log.ts'
import type { Process } from './receive.ts'

export type Socket = {
  /** Resolves once connected. Throws where the token is wrong; where Slack is away, it goes on trying by itself. */
  start: () => Promise<void>
  isConnected: () => boolean
  stop: () => Promise<void>
}

type Connection = { receiver: SocketModeReceiver; ended: Promise<void> }

/** Milliseconds: a connection that does not say hello by then is given up. */
const HELLO = 20_000
/** Longest pause between two attempts. */
const LONGEST = 30_000
const FIRST = 200
/** A connection that lives for less is followed by a pause. */
const BRIEF = 500

/** What no waiting mends, of apps.connections.open. */
const hopeless = new Set([
  'invalid_auth',
  'not_authed',
  'not_allowed_token_type',
  'account_inactive',
  'token_revoked',
  'missing_scope',
  'forbidden_team',
  'team_access_not_granted',
])

/** Whether Slack says that it is about to close the line; such a message is short, payloads are not looked into. */
const isFarewell = (data: unknown): boolean =>
  typeof data === 'string' && data.length < 1_000 && /^\{[^{]*"type": ?"disconnect"/.test(data)

const refusalOf = (error: unknown): AppError | undefined => {
  if (!(error instanceof webApi.WebAPIPlatformError) || !hopeless.has(error.data.error)) return undefined
  return new AppError('config-invalid', `Slack does not take SLACK_APP_TOKEN: ${error.data.error}`, {
    help: 'Make an app-level token with the scope connections:write; docs/slack.md leads there.',
  })
}

/**
 * Returns the Socket Mode side. Reconnecting is done here: the client's own waits five seconds each time, and ends the
 * process where Slack answers with an error. Pings both ways are the client's; a line that falls silent is closed.
 */
export const createSocket = (deps: {
  appToken: string
  apiUrl: string | undefined
  process: Process
  /** Called with every connection; what was said while there was none is to be read. */
  onConnected: () => void
  log: Logger
}): Socket => {
  const { log } = deps
  const stopping = new AbortController()
  const open = new Set<Connection>()
  let loop: Promise<void> = Promise.resolve()

  const connect = async (): Promise<Connection & { warned: Promise<void> }> => {
    const receiver = new SocketModeReceiver({
      appToken: deps.appToken,
      autoReconnectEnabled: false,
      logger: toBoltLogger(log) as never,
      installerOptions: {
        clientOptions: {
          ...(deps.apiUrl ? { slackApiUrl: deps.apiUrl } : {}),
          retryConfig: { retries: 0 },
          timeout: HELLO,
        },
      },
      processEventErrorHandler: async ({ error }) => {
        log.warn({ err: error }, 'something from Slack was not taken; it comes again')
        return false
      },
    })
    // The receiver hands everything to its app; Bolt's own would acknowledge an event before it is stored.
    receiver.init({ processEvent: deps.process } as never)
    const { client } = receiver as unknown as { client: import('node:events').EventEmitter }
    const ended = new Promise<void>((resolve) => void client.once('disconnected', () => resolve()))
    const warned = new Promise<void>((resolve) => {
      client.on('ws_message', (data: unknown) => {
        if (isFarewell(data)) resolve()
      })
    })
    const hello = receiver.start().then(() => true)
    // It may yet fail after it was given up.
    hello.catch(() => undefined)
    const timely = sleep(HELLO, false, { ref: false })
    if (!(await Promise.race([hello, timely, ended.then(() => false)]))) {
      void receiver.stop().catch(() => undefined)
      throw new AppError('platform-away', 'Slack did not greet the connection', { retryable: true })
    }
    const connection = { receiver, ended, warned }
    open.add(connection)
    void ended.then(() => open.delete(connection))
    return connection
  }

  /** Returns a connection, however long it takes; undefined once it is to stop. */
  const persist = async (): Promise<Awaited<ReturnType<typeof connect>> | undefined> => {
    for (let pause = FIRST; !stopping.signal.aborted; pause = Math.min(LONGEST, pause * 2)) {
      try {
        return await connect()
      } catch (error) {
        if (stopping.signal.aborted) return undefined
        log.warn({ err: refusalOf(error) ?? error, pause }, 'no connection to Slack yet')
        await sleep(pause * (0.5 + Math.random()), undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
    return undefined
  }

  const keep = async (first: Awaited<ReturnType<typeof connect>> | undefined): Promise<void> => {
    let current = first ?? (await persist())
    while (current && !stopping.signal.aborted) {
      deps.onConnected()
      const since = Date.now()
      await Promise.race([current.ended, current.warned])
      // A line that is closed as soon as it is open must not be opened a thousand times a minute.
      if (Date.now() - since < BRIEF) await sleep(BRIEF, undefined, { signal: stopping.signal }).catch(() => undefined)
      // Where Slack says beforehand that it will close the line, the next is open by then.
      current = stopping.signal.aborted ? undefined : await persist()
    }
  }

  return {
    isConnected: () => open.size > 0,
    start: async () => {
      let first: Awaited<ReturnType<typeof connect>> | undefined
      try {
        first = await connect()
      } catch (error) {
        const refusal = refusalOf(error)
        if (refusal) throw refusal
        log.warn({ err: error }, 'Slack is away; the bot goes on trying')
      }
      loop = keep(first).catch((error: unknown) => log.error({ err: error }, 'the connection to Slack was given up'))
    },
    stop: async () => {
      stopping.abort()
      const ends = [...open].map((connection) => {
        void connection.receiver.stop().catch(() => undefined)
        return connection.ended
      })
      // Slack may leave the closing handshake unanswered.
      await Promise.race([Promise.all([...ends, loop]), sleep(2_000, undefined, { ref: false })])
    },
  }
}
