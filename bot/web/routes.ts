import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from 'pino'
import { AppError, toAppError } from '../../schemas/errors.ts'
import type { ChatEvent } from '../../schemas/generated/chat-event.ts'
import { matching } from '../chat/systems.ts'
import { type Access, COOKIE, securityHeaders, setSession } from './access.ts'
import type { Html } from './html.ts'
import { renderEntry, renderLocked, renderMissing, renderPage } from './page.ts'
import type { WebReader } from './read.ts'
import { channelOf, type PageStream, personal, SIDEBAR } from './stream.ts'
import { renderTeamPage } from './team.ts'
import { sentenceOf } from './wishes.ts'

export type RouteDeps = {
  url: string | undefined
  team: string
  reader: WebReader
  ready: () => Promise<boolean>
  log: Logger
  stream: PageStream
  gate: Access
  onEvent: (event: ChatEvent) => Promise<void>
  /** Tells every open page that the list of systems may have changed. */
  refresh: () => void
}

type Form = Record<string, string | undefined>

/** A message with a file of a million characters, spelled as a form; in bytes. */
const LARGEST_MESSAGE = 4_000_000

const threadPattern = /^[a-zA-Z0-9-]{1,80}$/

const actorOf = (name: string | undefined): ChatEvent['actor'] => {
  if (name === undefined) throw new AppError('internal', 'a request got in without a name')
  return { id: `local:${name}`, name }
}

/** Answers with a page. */
export const sendPage = (reply: FastifyReply, page: Html, status = 200): FastifyReply =>
  reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page.html)

/** Adds every address of the page to the server. Who may come in was decided before. */
export const addRoutes = (server: FastifyInstance, deps: RouteDeps): void => {
  const { reader, stream, gate, onEvent, log } = deps

  const eventOf = (request: FastifyRequest, thread: string, form: Form) => ({
    id: form.id && /^[a-zA-Z0-9-]{8,64}$/.test(form.id) ? form.id : randomUUID(),
    platform: 'web' as const,
    team: { id: deps.team, name: deps.team },
    thread,
    actor: actorOf(gate.whoIs(request.cookies[COOKIE])),
    at: new Date().toISOString(),
  })

  const accept = async (request: FastifyRequest, reply: FastifyReply, event: ChatEvent): Promise<FastifyReply> => {
    const wantsJson = request.headers.accept?.includes('application/json') ?? false
    // What is answered in private while the page loads is not kept anywhere but in the stream.
    const back = `/c/${encodeURIComponent(event.thread)}?seen=${encodeURIComponent(stream.now())}`
    try {
      await onEvent(event)
    } catch (error) {
      const known = toAppError(error)
      log.warn({ err: error }, 'a message was not taken')
      const status = known.code === 'event-invalid' ? 400 : 503
      if (wantsJson) return reply.code(status).send({ code: known.code, text: known.message, help: known.help })
      return sendPage(reply, renderMissing(), status)
    }
    const text = event.text
    if (text)
      stream.publish(channelOf(event.thread), {
        type: 'said',
        html: renderEntry(event.thread, { kind: 'said', id: event.id, name: event.actor.name, text, at: event.at }),
      })
    return wantsJson ? reply.code(202).send({ thread: event.thread }) : reply.redirect(back, 303)
  }

  const openEvents = (request: FastifyRequest<{ Querystring: Form }>, reply: FastifyReply): void => {
    const { thread, seen } = request.query
    const header = request.headers['last-event-id']
    const last = typeof header === 'string' && header !== '' ? header : seen
    reply.hijack()
    reply.raw.writeHead(200, {
      ...securityHeaders,
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    reply.raw.write('retry: 1000\n\n')
    const { id } = actorOf(gate.whoIs(request.cookies[COOKIE]))
    const channels = [SIDEBAR, personal(id), ...(thread && threadPattern.test(thread) ? [channelOf(thread)] : [])]
    const end = stream.subscribe(channels, last, (text) => void reply.raw.write(text))
    request.raw.on('close', end)
    // While nobody listened, nobody looked how the systems are.
    deps.refresh()
  }

  server.get('/livez', async () => ({ status: 'ok' }))
  server.get('/readyz', async (_request, reply) =>
    (await deps.ready().catch(() => false)) ? { status: 'ok' } : reply.code(503).send({ status: 'unavailable' }),
  )
  server.get<{ Querystring: Form }>('/', async (request, reply) => {
    const token = request.query.token
    if (token !== undefined) {
      const session = gate.redeem(token)
      if (session) setSession(reply, session, deps.url?.startsWith('https:') ?? false)
      else if (gate.whoIs(request.cookies[COOKIE]) === undefined) return sendPage(reply, renderLocked(), 401)
      return reply.redirect('/', 303)
    }
    const seen = stream.now()
    const thread = { thread: randomUUID(), title: '', system: undefined, entries: [] }
    return sendPage(reply, renderPage(await reader.sidebar(), thread, seen))
  })
  server.get<{ Params: { thread: string }; Querystring: Form }>('/c/:thread', async (request, reply) => {
    const { thread } = request.params
    if (!threadPattern.test(thread)) return sendPage(reply, renderMissing(), 404)
    const asked = request.query.seen
    const seen = asked && /^[0-9a-f]{8}-\d{1,15}$/.test(asked) ? asked : stream.now()
    return sendPage(reply, renderPage(await reader.sidebar(), await reader.thread(thread), seen))
  })
  server.get<{ Params: { slug: string } }>('/s/:slug', async (request, reply) => {
    const thread = await reader.threadOf(request.params.slug)
    return thread ? reply.redirect(`/c/${encodeURIComponent(thread)}`, 303) : sendPage(reply, renderMissing(), 404)
  })
  server.get<{ Querystring: Form }>('/team', async (request, reply) => {
    const search = (request.query.search ?? '').trim().slice(0, 60)
    const seen = stream.now()
    const [sidebar, team] = await Promise.all([reader.sidebar(), reader.team()])
    const shown = { search, matching: matching(team.systems, search), now: Date.now() }
    return sendPage(reply, renderTeamPage(sidebar, team, shown, seen))
  })
  server.post<{ Params: { slug: string }; Body: Form }>('/s/:slug/say', async (request, reply) => {
    const thread = await reader.threadOf(request.params.slug)
    const said = sentenceOf(request.params.slug, request.body ?? {}, await reader.people())
    if (!thread || !said) return sendPage(reply, renderMissing(), thread ? 400 : 404)
    return accept(request, reply, { ...eventOf(request, thread, request.body ?? {}), type: 'message', ...said })
  })
  server.post<{ Params: { thread: string }; Body: Form }>(
    '/c/:thread/messages',
    { bodyLimit: LARGEST_MESSAGE },
    async (request, reply) => {
      const { thread } = request.params
      const form = request.body ?? {}
      const file = form.file_name && form.file_text ? { name: form.file_name, text: form.file_text } : undefined
      const text = form.text?.trim() || (file ? `Build ${file.name}` : '')
      if (!threadPattern.test(thread) || !text) return sendPage(reply, renderMissing(), 400)
      return accept(request, reply, {
        ...eventOf(request, thread, form),
        type: 'message',
        text,
        ...(file ? { files: [file] } : {}),
      })
    },
  )
  server.post<{ Params: { thread: string }; Body: Form }>('/c/:thread/press', async (request, reply) => {
    const { thread } = request.params
    const form = request.body ?? {}
    if (!threadPattern.test(thread) || !form.card || !form.button) return sendPage(reply, renderMissing(), 400)
    const { card, button, value, text, person } = form
    return accept(request, reply, {
      ...eventOf(request, thread, form),
      type: 'press',
      card,
      button,
      ...(value === undefined ? {} : { value }),
      ...(text === undefined ? {} : { text }),
      // Only its id counts: whether the team knows somebody of it is decided where the press is.
      ...(person ? { person: { kind: 'person', id: person.slice(0, 200), name: person.slice(0, 200) } } : {}),
    })
  })
  server.get<{ Querystring: Form }>('/events', (request, reply) => openEvents(request, reply))
  server.get<{ Params: { file: string } }>('/pictures/:file', async (request, reply) => {
    const id = /^([a-zA-Z0-9-]{1,64})\.png$/.exec(request.params.file)?.[1]
    const png = id ? await reader.picture(id) : undefined
    if (!png) return sendPage(reply, renderMissing(), 404)
    return reply
      .header('cache-control', 'private, max-age=31536000, immutable')
      .type('image/png')
      .send(Buffer.from(png))
  })
  server.get<{ Params: { build: string } }>('/downloads/:build', async (request, reply) => {
    const zip = await reader.zip(request.params.build)
    if (!zip) return sendPage(reply, renderMissing(), 404)
    return reply
      .header('content-disposition', `attachment; filename="${zip.name.replace(/[^a-zA-Z0-9._-]/g, '_')}"`)
      .type('application/zip')
      .send(Buffer.from(zip.bytes))
  })
  server.get('/static/inter-:weight.ttf', async (request, reply) => {
    const { weight } = request.params as { weight: string }
    const name = fonts[weight]
    if (!name) return sendPage(reply, renderMissing(), 404)
    const file = fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${name}`))
    return reply
      .header('cache-control', 'private, max-age=31536000, immutable')
      .type('font/ttf')
      .send(await readFile(file))
  })
}

const fonts: Record<string, string> = {
  '400': '400Regular/Inter_400Regular.ttf',
  '500': '500Medium/Inter_500Medium.ttf',
  '600': '600SemiBold/Inter_600SemiBold.ttf',
  '700': '700Bold/Inter_700Bold.ttf',
}
