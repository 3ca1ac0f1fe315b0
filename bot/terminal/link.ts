import { connect, type Socket } from 'node:net'
import type { TerminalRequest } from '../../schemas/generated/terminal-request.ts'
import { createLineReader, type TerminalPush } from './lines.ts'

/** A terminal's line to the bot of a data directory. */
export type Link = { send: (request: TerminalRequest) => void; close: () => void }

/** Connects to a bot's socket. Rejects with the system's error where nobody listens there. */
export const openLink = (
  path: string,
  handlers: { onPush: (push: TerminalPush) => void; onEnd: () => void },
): Promise<Link> =>
  new Promise((resolve, reject) => {
    const socket: Socket = connect(path)
    let open = false
    const read = createLineReader((line) => handlers.onPush(JSON.parse(line) as TerminalPush))
    socket.setEncoding('utf8')
    socket.on('data', read)
    socket.on('connect', () => {
      open = true
      resolve({
        send: (request) => void socket.write(`${JSON.stringify(request)}\n`),
        close: () => socket.end(),
      })
    })
    // An error is followed by close, which says what there is to say.
    socket.on('error', (error) => {
      if (!open) reject(error)
    })
    socket.on('close', () => {
      if (open) handlers.onEnd()
    })
  })

/** Milliseconds that a bot may take to say where its page is. */
const PATIENCE = 3_000

/**
 * Asks the bot behind a socket where it serves its page. Resolves with the address, with `none` where it serves none, and
 * with undefined where it does not say.
 */
export const askAddress = (path: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    let link: Link | undefined
    const end = (answer: string | undefined): void => {
      clearTimeout(timer)
      link?.close()
      resolve(answer)
    }
    const timer = setTimeout(() => end(undefined), PATIENCE)
    const onPush = (push: TerminalPush): void => {
      if (push.type === 'address') end(push.url ?? 'none')
    }
    openLink(path, { onPush, onEnd: () => end(undefined) }).then(
      (opened) => {
        link = opened
        opened.send({ type: 'address' })
      },
      () => end(undefined),
    )
  })

/** Returns whether somebody listens on a unix socket. */
export const isListening = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
