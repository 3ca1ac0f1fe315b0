import { request } from 'node:http'
import { createConnection } from 'node:net'

/** Where a health check knocks: a public address, or the private socket of a process that does not serve yet. */
export type Knock = { url: string } | { socket: string }
export type Answer = { status: number; body: string }

/**
 * Asks once, on a connection of its own, and returns the answer, or undefined when there was none within the time.
 * `seconds` covers connecting and the whole body.
 */
export const knock = (target: Knock, path: string, seconds = 2, signal?: AbortSignal): Promise<Answer | undefined> =>
  new Promise((resolve) => {
    const limit = AbortSignal.timeout(seconds * 1000)
    const call = request(
      'url' in target ? new URL(path, target.url) : 'http://localhost',
      {
        ...('url' in target ? {} : { socketPath: target.socket, path }),
        agent: false,
        headers: { connection: 'close' },
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
      },
      (response) => {
        let body = ''
        response.setEncoding('utf8')
        response.on('data', (part: string) => {
          if (body.length < 10_000) body += part
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }))
        response.on('error', () => resolve(undefined))
      },
    )
    call.on('error', () => resolve(undefined))
    call.end()
  })

/** Whether /readyz answers 200 now. */
export const isReady = async (target: Knock, seconds = 2): Promise<boolean> =>
  (await knock(target, '/readyz', seconds))?.status === 200

/** Whether somebody accepts connections at a unix socket; `path` is its file. */
export const accepts = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection({ path })
    const answer = (accepted: boolean) => {
      socket.destroy()
      resolve(accepted)
    }
    socket.once('connect', () => answer(true))
    socket.once('error', () => answer(false))
  })
