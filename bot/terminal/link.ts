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
