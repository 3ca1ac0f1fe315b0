import { chmod, mkdir, rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import type { Logger } from 'pino'
import { socketFolder } from '../../deploy/local/paths.ts'
import type { BackupReport } from '../../queue/backup/backup.ts'
import { AppError, toAppError } from '../../schemas/errors.ts'
import type { ChatEvent } from '../../schemas/generated/chat-event.ts'
import type { TerminalRequest } from '../../schemas/generated/terminal-request.ts'
import { validatorOf } from '../../schemas/validate.ts'
import type { ChatAdapter, ThreadRef } from '../chat/adapter.ts'
import { createLineReader, type TerminalPush } from './lines.ts'

type Session = { socket: Socket; team: string; thread: string; actor: string; push: (line: TerminalPush) => void }

export type TerminalAdapter = ChatAdapter & {
  /** Tells the terminal of a thread that everything it began has ended and is shown. */
  settled: (thread: ThreadRef, settled: Omit<Extract<TerminalPush, { type: 'settled' }>, 'type'>) => void
}

/** Where the bot of a data directory listens for terminals. */
export const socketPath = (data: string): string => {
  const path = join(data, 'bot.sock')
  // A unix socket's path has 107 bytes at most.
  return Buffer.byteLength(path) <= 107 ? path : join(socketFolder(data), 'bot.sock')
}

/** Returns the first thread name that no attached terminal uses: one terminal at a time goes on with the last conversation. */
const freeThread = (team: string, sessions: Iterable<Session>): string => {
  const taken = new Set([...sessions].filter((session) => session.team === team).map((session) => session.thread))
  for (let number = 1; ; number += 1) {
    const thread = number === 1 ? 'terminal' : `terminal-${number}`
    if (!taken.has(thread)) return thread
  }
}

const parseRequest = (line: string): TerminalRequest => {
  const validate = validatorOf<TerminalRequest>('terminal-request')
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (cause) {
    throw new AppError('terminal-request-invalid', 'A line from the terminal is not JSON', { cause })
  }
  if (!validate(value)) throw new AppError('terminal-request-invalid', 'A line from the terminal is not a request')
  return value
}

/** Returns the adapter for terminals: JSON lines over a socket in the data directory that only its owner can open. */
export const createTerminalAdapter = (deps: {
  data: string
  log: Logger
  /** Returns the conversation of a thread, made on first sight. */
  conversationOf: (thread: ThreadRef) => Promise<string>
  /** Shows what a thread has not seen; called when its terminal attaches. */
  catchUp: (conversationId: string) => Promise<void>
  /** Returns an address that lets a person into the web chat once; undefined where there is none. */
  invite: (name: string) => string | undefined
  /** Returns where the page is served; undefined where there is none. */
  address: () => string | undefined
  /** Writes what a file card offers into the data directory; resolves with the path, or undefined where it is gone. */
  save: (buildId: string, team: string) => Promise<string | undefined>
  /** Writes a backup of everything into a file. */
  backup: (file: string) => Promise<BackupReport>
}): TerminalAdapter => {
  const { log } = deps
  const path = socketPath(deps.data)
  const sessions = new Set<Session>()
  let server: Server | undefined

  const sessionOf = (thread: ThreadRef): Session | undefined =>
    [...sessions].find((session) => session.team === thread.team && session.thread === thread.thread)

  /** A card that nobody sees stays to be shown: the relay tries again, and attaching asks for it. */
  const present = (thread: ThreadRef): Session => {
    const session = sessionOf(thread)
    if (!session) throw new AppError('thread-away', 'No terminal is attached to this conversation', { retryable: true })
    return session
  }

  const greet = async (socket: Socket, request: Extract<TerminalRequest, { type: 'hello' }>): Promise<Session> => {
    const session: Session = {
      socket,
      team: request.team,
      thread: freeThread(request.team, sessions),
      actor: request.actor,
      push: (line) => void socket.write(`${JSON.stringify(line)}\n`),
    }
    sessions.add(session)
    const conversation = await deps.conversationOf(session)
    await deps.catchUp(conversation)
    session.push({ type: 'ready', conversation })
    return session
  }

  const backUp = async (file: string): Promise<TerminalPush> => {
    try {
      return { type: 'backup', report: await deps.backup(file) }
    } catch (error) {
      log.error({ err: error }, 'a backup was not written')
      const known = toAppError(error)
      return { type: 'backup-failed', code: known.code, text: known.message, help: known.help }
    }
  }

  const toChatEvent = (session: Session, request: Extract<TerminalRequest, { type: 'say' | 'press' }>): ChatEvent => {
    const base = {
      id: request.id,
      platform: 'terminal' as const,
      team: { id: session.team, name: session.team },
      thread: session.thread,
      actor: { id: `local:${session.actor}`, name: session.actor },
      at: new Date().toISOString(),
    }
    return request.type === 'say'
      ? { ...base, type: 'message', text: request.text, ...(request.files ? { files: request.files } : {}) }
      : {
          ...base,
          type: 'press',
          card: request.card,
          button: request.button,
          ...(request.value === undefined ? {} : { value: request.value }),
        }
  }

  const serve = (socket: Socket, onEvent: (event: ChatEvent) => Promise<void>): void => {
    let session: Session | undefined
    // One line after the other, so that events are stored in the order in which they were written.
    let queue = Promise.resolve()
    const handle = async (line: string): Promise<void> => {
      const request = parseRequest(line)
      if (request.type === 'hello') {
        session ??= await greet(socket, request)
        return
      }
      if (request.type === 'invite') {
        const answer: TerminalPush = { type: 'invite', url: deps.invite(request.name) }
        socket.write(`${JSON.stringify(answer)}\n`)
        return
      }
      if (request.type === 'address') {
        const answer: TerminalPush = { type: 'address', url: deps.address() }
        socket.write(`${JSON.stringify(answer)}\n`)
        return
      }
      if (request.type === 'backup') {
        socket.write(`${JSON.stringify(await backUp(request.file))}\n`)
        return
      }
      if (!session) throw new AppError('terminal-request-invalid', 'A terminal must say hello first')
      try {
        await onEvent(toChatEvent(session, request))
        session.push({ type: 'accepted', id: request.id })
      } catch (error) {
        const known = toAppError(error)
        session.push({ type: 'refused', id: request.id, code: known.code, text: known.message, help: known.help })
      }
    }
    const read = createLineReader((line) => {
      queue = queue
        .then(() => handle(line))
        .catch((error: unknown) => {
          log.warn({ err: error }, 'a terminal was let go')
          socket.destroy()
        })
    })
    socket.setEncoding('utf8')
    socket.on('data', (piece: string) => {
      try {
        read(piece)
      } catch {
        socket.destroy()
      }
    })
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      if (session) sessions.delete(session)
    })
  }

  return {
    name: 'terminal',
    start: async (onEvent) => {
      // What listens in this directory is ours: whoever got here holds the directory, so an old socket is a dead one.
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await rm(path, { force: true })
      server = createServer((socket) => serve(socket, onEvent))
      await new Promise<void>((resolve, reject) => {
        server!.once('error', reject)
        server!.listen(path, resolve)
      })
      await chmod(path, 0o600)
    },
    post: async (thread, { key, card }) => {
      const session = present(thread)
      const path = card.kind === 'file' && card.download ? await deps.save(card.download.id, thread.team) : undefined
      session.push({ type: 'card', key, card, update: false, ...(path === undefined ? {} : { path }) })
      return key
    },
    update: async (thread, _message, { key, card }) => present(thread).push({ type: 'card', key, card, update: true }),
    whisper: async (thread, _to, card) => sessionOf(thread)?.push({ type: 'whisper', text: card.text }),
    settled: (thread, settled) => sessionOf(thread)?.push({ type: 'settled', ...settled }),
    stop: async () => {
      for (const session of sessions) {
        session.push({ type: 'bye' })
        session.socket.end()
      }
      const closing = server
      if (closing) await new Promise<void>((resolve) => closing.close(() => resolve()))
      await rm(path, { force: true })
    },
  }
}
