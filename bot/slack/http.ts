import type { IncomingMessage, ServerResponse } from 'node:http'
import { HTTPReceiver } from '@slack/bolt'
import type { Logger } from 'pino'
import type { Install } from './install.ts'
import { toBoltLogger } from './log.ts'
import type { Process } from './receive.ts'

export type Listener = (request: IncomingMessage, response: ServerResponse) => void

const end = (response: ServerResponse, status: number): void => {
  if (!response.headersSent) response.writeHead(status).end()
}

/** Slack gives up after three seconds. */
const DEADLINE = 2_900
/** Bytes of a payload; Slack's are far smaller. */
const LARGEST = 1_048_576

/**
 * Returns what serves /slack/: events, interactions and commands at /slack/events, whose signature and age (five
 * minutes) Bolt checks, and the installation. It reads the raw body, so it comes before any parser.
 */
export const createListener = (deps: {
  signingSecret: string | undefined
  process: Process
  install: Install | undefined
  log: Logger
}): Listener => {
  const { log } = deps
  const receiver =
    deps.signingSecret === undefined
      ? undefined
      : new HTTPReceiver({
          signingSecret: deps.signingSecret,
          endpoints: ['/slack/events'],
          bodyLimit: LARGEST,
          unhandledRequestTimeoutMillis: DEADLINE,
          logger: toBoltLogger(log) as never,
          processEventErrorHandler: async ({ error, response }) => {
            log.warn({ err: error }, 'something from Slack was not taken; it comes again')
            end(response, 500)
            return false
          },
          unhandledRequestHandler: ({ response }) => {
            log.warn('something from Slack was not taken in time; it comes again')
            end(response, 503)
          },
        })
  receiver?.init({ processEvent: deps.process } as never)

  return (request, response) => {
    const path = (request.url ?? '/').split('?')[0]
    if (deps.install && request.method === 'GET' && deps.install.serves(path ?? ''))
      return deps.install.handle(request, response)
    if (receiver && request.method === 'POST' && path === '/slack/events')
      return receiver.requestListener(request, response)
    end(response, 404)
  }
}
