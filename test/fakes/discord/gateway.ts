import { randomUUID } from 'node:crypto'
import type { Server } from 'node:http'
import { GatewayIntentBits, GatewayOpcodes } from 'discord.js'
import { type WebSocket, WebSocketServer } from 'ws'
import { toGuildCreate } from './shapes.ts'
import type { Message, World } from './world.ts'

type Session = {
  id: string
  intents: number
  sequence: number
  log: { s: number; text: string }[]
  socket: WebSocket | undefined
}
export type Gateway = ReturnType<typeof createGateway>

/** Bits that exist (page "Gateway", list of intents); any other closes with 4013. */
const KNOWN = Object.values(GatewayIntentBits).reduce<number>(
  (sum, bit) => (typeof bit === 'number' ? sum | bit : sum),
  0,
)
const PRIVILEGED = GatewayIntentBits.GuildMembers | GatewayIntentBits.GuildPresences | GatewayIntentBits.MessageContent

/** What is told again where it is repeated, and by how many milliseconds later at most. */
const REPEATED = ['MESSAGE_CREATE', 'INTERACTION_CREATE']
const LATE = 4_000

/** The gateway, version 10, JSON, without compression. */
export const createGateway = (
  http: Server,
  world: World,
  options: { privileged: number; beat: number; url: () => string },
) => {
  const server = new WebSocketServer({ noServer: true })
  const sessions = new Map<string, Session>()
  const sockets = new Set<WebSocket>()
  const state = {
    privileged: options.privileged,
    down: false,
    deaf: false,
    beats: 0,
    identifies: [] as number[],
    resumes: 0,
  }

  http.on('upgrade', (request, socket, head) => {
    const url = new URL(request.url ?? '/', 'http://gateway')
    if (state.down) return void socket.destroy()
    server.handleUpgrade(request, socket, head, (ws) => {
      if (url.searchParams.get('v') !== '10') return ws.close(4012, 'Invalid API version.')
      if (url.searchParams.get('encoding') !== 'json') return ws.close(4002, 'Decode error.')
      accept(ws)
    })
  })

  const send = (socket: WebSocket, payload: unknown): void => socket.send(JSON.stringify(payload))

  const accept = (socket: WebSocket): void => {
    sockets.add(socket)
    let session: Session | undefined
    // Twice the interval without a heartbeat, and the service hangs up.
    let alive = Date.now()
    const watch = setInterval(() => {
      if (Date.now() - alive > options.beat * 2.5) socket.close(4009, 'Session timed out.')
    }, options.beat)
    send(socket, { op: GatewayOpcodes.Hello, s: null, t: null, d: { heartbeat_interval: options.beat } })
    socket.on('close', () => {
      clearInterval(watch)
      sockets.delete(socket)
      if (session?.socket === socket) session.socket = undefined
    })
    socket.on('message', (data) => {
      let payload: { op: number; d: Record<string, unknown> }
      try {
        payload = JSON.parse(String(data))
      } catch {
        return socket.close(4002, 'Decode error.')
      }
      const { op, d } = payload
      if (op === GatewayOpcodes.Heartbeat) {
        alive = Date.now()
        state.beats += 1
        if (!state.deaf) send(socket, { op: GatewayOpcodes.HeartbeatAck, d: null })
        return
      }
      if (op === GatewayOpcodes.Identify) {
        if (session) return socket.close(4005, 'Already authenticated.')
        session = identify(socket, d)
        return
      }
      if (op === GatewayOpcodes.Resume) {
        session = resume(socket, d)
        return
      }
      if (!session) return socket.close(4003, 'Not authenticated.')
      if (op !== GatewayOpcodes.PresenceUpdate) socket.close(4001, 'Unknown opcode.')
    })
  }

  const identify = (socket: WebSocket, d: Record<string, unknown>): Session | undefined => {
    const intents = Number(d.intents)
    state.identifies.push(intents)
    const refuse = (code: number, reason: string): undefined => void socket.close(code, reason)
    if (d.token !== world.application.token) return refuse(4004, 'Authentication failed.')
    if ((intents & ~KNOWN) !== 0) return refuse(4013, 'Invalid intent(s).')
    if ((intents & PRIVILEGED & ~state.privileged) !== 0) return refuse(4014, 'Disallowed intent(s).')
    const session: Session = { id: randomUUID().replaceAll('-', ''), intents, sequence: 0, log: [], socket }
    sessions.set(session.id, session)
    push(session, 'READY', {
      v: 10,
      user: world.bot,
      session_id: session.id,
      resume_gateway_url: options.url(),
      shard: [0, 1],
      guilds: [...world.guilds.keys()].map((id) => ({ id, unavailable: true })),
      application: {
        id: world.application.id,
        flags: state.privileged & GatewayIntentBits.MessageContent ? 1 << 19 : 0,
      },
    })
    for (const guild of world.guilds.values()) push(session, 'GUILD_CREATE', toGuildCreate(world, guild))
    return session
  }

  const resume = (socket: WebSocket, d: Record<string, unknown>): Session | undefined => {
    const session = sessions.get(String(d.session_id))
    if (d.token !== world.application.token) return void socket.close(4004, 'Authentication failed.')
    if (!session) {
      send(socket, { op: GatewayOpcodes.InvalidSession, d: false })
      return undefined
    }
    if (Number(d.seq) > session.sequence) return void socket.close(4007, 'Invalid seq.')
    state.resumes += 1
    session.socket = socket
    for (const { s, text } of session.log) if (s > Number(d.seq)) socket.send(text)
    push(session, 'RESUMED', {})
    return session
  }

  let disorder: (() => number) | undefined
  const push = (session: Session, t: string, d: unknown): void => {
    tell(session, t, d)
    if (!disorder || !REPEATED.includes(t)) return
    for (let copy = 1; copy <= 2; copy += 1) setTimeout(() => tell(session, t, d), disorder() * LATE).unref()
  }
  const tell = (session: Session, t: string, d: unknown): void => {
    session.sequence += 1
    const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, s: session.sequence, t, d })
    session.log.push({ s: session.sequence, text })
    session.socket?.send(text)
  }

  /** Without the intent for content a message of a guild has none, unless the bot wrote it or is named in it. */
  const readable = (session: Session, message: Message): boolean =>
    (session.intents & GatewayIntentBits.MessageContent) !== 0 ||
    !world.channels.get(message.channel_id)?.guildId ||
    message.author.id === world.bot.id ||
    message.mentions.some((user) => user.id === world.bot.id)

  return {
    state,
    /** Sends an event to every session that asked for its kind. */
    dispatch: (t: string, d: unknown, intent = 0): void => {
      for (const session of sessions.values()) if (intent === 0 || (session.intents & intent) !== 0) push(session, t, d)
    },
    /** The same for messages, whose content not everybody may read. */
    dispatchMessage: (t: string, message: Message, d: Record<string, unknown>): void => {
      const guild = world.channels.get(message.channel_id)?.guildId
      const intent = guild ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages
      for (const session of sessions.values())
        if ((session.intents & intent) !== 0)
          push(
            session,
            t,
            readable(session, message) ? d : { ...d, content: '', attachments: [], components: [], embeds: [] },
          )
    },
    readable: (message: Message): boolean => {
      const last = [...sessions.values()].at(-1)
      return last ? readable(last, message) : true
    },
    /** From now on messages and presses are told three times, the copies late and in any order; `random` from 0 to 1. */
    repeat: (random: (() => number) | undefined): void => void (disorder = random),
    /** Cuts every connection as a network would. */
    cut: (): void => {
      for (const socket of sockets) socket.terminate()
    },
    /** Asks for a reconnect (op 7). */
    askToReconnect: (): void => {
      for (const socket of sockets) send(socket, { op: GatewayOpcodes.Reconnect, d: null })
    },
    /** Says that the session is over (op 9). */
    invalidate: (resumable: boolean): void => {
      if (!resumable) sessions.clear()
      for (const socket of sockets) send(socket, { op: GatewayOpcodes.InvalidSession, d: resumable })
    },
    /** What was missed can no longer be resumed. */
    forget: (): void => sessions.clear(),
    close: (code: number): void => {
      for (const socket of sockets) socket.close(code)
    },
    connected: (): boolean => [...sessions.values()].some((session) => session.socket),
    stop: (): void => {
      for (const socket of sockets) socket.terminate()
      server.close()
    },
  }
}
