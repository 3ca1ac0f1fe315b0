import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'

type Envelope = { envelope_id: string } & Record<string, unknown>
type Waiting = { resolve: (answer: Record<string, unknown>) => void; reject: (error: Error) => void; socket: WebSocket }

/** Connections of one app, docs.slack.dev/apis/events-api/using-socket-mode. */
const MOST = 10

export type Sockets = ReturnType<typeof createSockets>

/** Returns the WebSocket side of Socket Mode: tickets, hello, envelopes, acknowledgements, warnings, cuts. */
export const createSockets = (options: { appId: string; pingEvery: number }) => {
  const server = new WebSocketServer({ noServer: true })
  const tickets = new Set<string>()
  const open = new Set<WebSocket>()
  const waiting = new Map<string, Waiting>()
  let turn = 0

  const fail = (socket: WebSocket): void => {
    for (const [id, entry] of waiting)
      if (entry.socket === socket) {
        waiting.delete(id)
        entry.reject(new Error('the socket closed before the acknowledgement'))
      }
  }

  const greet = (socket: WebSocket): void => {
    if (open.size >= MOST) {
      socket.send(JSON.stringify({ type: 'disconnect', reason: 'too_many_websockets', debug_info: {} }))
      socket.close()
      return
    }
    open.add(socket)
    const ping = setInterval(() => socket.ping(), options.pingEvery)
    socket.on('close', () => {
      clearInterval(ping)
      open.delete(socket)
      fail(socket)
    })
    socket.on('message', (data) => {
      const answer = JSON.parse(String(data)) as { envelope_id?: string; payload?: Record<string, unknown> }
      const entry = waiting.get(answer.envelope_id ?? '')
      if (!entry || entry.socket !== socket) return
      waiting.delete(answer.envelope_id!)
      entry.resolve(answer.payload ?? {})
    })
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open.size,
        debug_info: { host: 'applink-fake', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: options.appId },
      }),
    )
  }

  return {
    count: (): number => open.size,
    /** A ticket lets one connection in, once. */
    ticket: (): string => {
      const ticket = crypto.randomUUID()
      tickets.add(ticket)
      return ticket
    },
    upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
      const ticket = new URL(request.url ?? '/', 'ws://x').searchParams.get('ticket') ?? ''
      if (!tickets.delete(ticket)) {
        socket.end('HTTP/1.1 408 Request Timeout\r\n\r\n')
        return
      }
      server.handleUpgrade(request, socket, head, greet)
    },
    send: (envelope: Envelope, deadline: number): Promise<Record<string, unknown>> =>
      new Promise((resolve, reject) => {
        const sockets = [...open]
        turn += 1
        const socket = sockets[turn % Math.max(1, sockets.length)]
        if (!socket) return reject(new Error('no socket is open'))
        const timer = setTimeout(() => {
          waiting.delete(envelope.envelope_id)
          reject(new Error('timeout'))
        }, deadline)
        const end =
          <T>(then: (value: T) => void) =>
          (value: T): void => {
            clearTimeout(timer)
            then(value)
          }
        waiting.set(envelope.envelope_id, { resolve: end(resolve), reject: end(reject), socket })
        socket.send(JSON.stringify(envelope))
      }),
    /** Ends every connection without a word, as a broken line does. */
    cut: (): void => {
      for (const socket of open) socket.terminate()
    },
    /** Says that the connections are about to be refreshed, and closes them after a moment. */
    refresh: (grace: number): void => {
      for (const socket of open) {
        socket.send(
          JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'applink-fake' } }),
        )
        setTimeout(() => socket.close(), grace).unref()
      }
    },
    close: (): void => {
      for (const socket of open) socket.terminate()
      server.close()
    },
  }
}
