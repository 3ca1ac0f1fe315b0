import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import fastifyStatic from '@fastify/static'
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify'
import type { Logger } from 'pino'
import { toAppError } from '../../schemas/errors.ts'
import type { ChatEvent } from '../../schemas/generated/chat-event.ts'
import type { ChatAdapter, ThreadRef } from '../chat/adapter.ts'
import { type Access, COOKIE, createAccess, isOwnHost, isOwnOrigin, securityHeaders, setSession } from './access.ts'
import type { Html } from './html.ts'
import { html } from './html.ts'
import {
  renderEntry,
  renderLocked,
  renderMissing,
  renderPage,
  renderSidebar,
  renderToast,
  renderTopState,
} from './page.ts'
import type { WebReader } from './read.ts'
import { createStream } from './stream.ts'

export type WebDeps = {
  host: string
  /** 0 for any free one. */
  port: number
  /** The public address behind a proxy. */
  url: string | undefined
  data: string
  team: string
  actor: string
  reader: WebReader
  /** Whether the store and the queue answer. */
  ready: () => Promise<boolean>
  log: Logger
}

export type WebAdapter = ChatAdapter & {
  /** Returns the page's address with a new one-time token. */
  invite: () => string
  /** Tells every open page that the list of systems may have changed. */
  refresh: () => void
}

type Form = Record<string, string | undefined>

const SIDEBAR = 'sidebar'
const REFRESH_PAUSE = 200
const BEAT = 20_000
const threadPattern = /^[a-zA-Z0-9-]{1,80}$/

const send = (reply: FastifyReply, page: Html, status = 200): FastifyReply =>
  reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(page.html)

const hostsOf = (deps: WebDeps, port: number): Set<string> => {
  const names = ['127.0.0.1', 'localhost', '[::1]', deps.host.includes(':') ? `[${deps.host}]` : deps.host]
  return new Set([
    ...names.map((name) => `${name}:${port}`.toLowerCase()),
    ...(deps.url ? [new URL(deps.url).host.toLowerCase()] : []),
  ])
}

/** Returns the adapter for the page: cards go out over one stream of events, events come in by POST. */
export const createWebAdapter = (deps: WebDeps): WebAdapter => {
  const { log, reader } = deps
  const stream = createStream()
  let app: FastifyInstance | undefined
  let access: Access | undefined
  let port = deps.port
  let beat: NodeJS.Timeout | undefined
  let refreshing: NodeJS.Timeout | undefined
  let lastSidebar = ''

  const base = (): string => deps.url ?? `http://${deps.host.includes(':') ? `[${deps.host}]` : deps.host}:${port}`
  const channelOf = (thread: string): string => `thread ${thread}`

  const eventOf = (thread: string, form: Form) => ({
    id: form.id && /^[a-zA-Z0-9-]{8,64}$/.test(form.id) ? form.id : randomUUID(),
    platform: 'web' as const,
    team: { id: deps.team, name: deps.team },
    thread,
    actor: { id: `web:${deps.actor}`, name: deps.actor },
    at: new Date().toISOString(),
  })

  const accept = async (
    request: FastifyRequest,
    reply: FastifyReply,
    onEvent: (event: ChatEvent) => Promise<void>,
    event: ChatEvent,
  ) => {
    const wantsJson = request.headers.accept?.includes('application/json') ?? false
    const back = `/c/${encodeURIComponent(event.thread)}`
    try {
      await onEvent(event)
    } catch (error) {
      const known = toAppError(error)
      log.warn({ err: error }, 'a message was not taken')
      const status = known.code === 'event-invalid' ? 400 : 503
      if (wantsJson) return reply.code(status).send({ code: known.code, text: known.message, help: known.help })
      return send(reply, renderMissing(), status)
    }
    const text = event.text
    if (text)
      stream.publish(channelOf(event.thread), {
        type: 'said',
        html: renderEntry(event.thread, { kind: 'said', id: event.id, name: event.actor.name, text, at: event.at }),
      })
    return wantsJson ? reply.code(202).send({ thread: event.thread }) : reply.redirect(back, 303)
  }

  const pushSidebar = async (): Promise<void> => {
    const sidebar = await reader.sidebar()
    const shown = renderSidebar(sidebar)
    if (shown.html === lastSidebar) return
    lastSidebar = shown.html
    const states = sidebar.systems.map(
      (system) => html`<template data-system="${system.slug}">${renderTopState(system)}</template>`,
    )
    stream.publish(SIDEBAR, { type: 'sidebar', html: html`${shown}${states}` })
  }

  const routes = (server: FastifyInstance, onEvent: (event: ChatEvent) => Promise<void>, gate: Access): void => {
    server.get('/livez', async () => ({ status: 'ok' }))
    server.get('/readyz', async (_request, reply) =>
      (await deps.ready().catch(() => false)) ? { status: 'ok' } : reply.code(503).send({ status: 'unavailable' }),
    )
    server.get<{ Querystring: Form }>('/', async (request, reply) => {
      const token = request.query.token
      if (token !== undefined) {
        const session = gate.redeem(token)
        if (session) setSession(reply, session, deps.url?.startsWith('https:') ?? false)
        else if (!gate.isSignedIn(request.cookies[COOKIE])) return send(reply, renderLocked(), 401)
        return reply.redirect('/', 303)
      }
      const seen = stream.now()
      const thread = { thread: randomUUID(), title: '', system: undefined, entries: [] }
      return send(reply, renderPage(await reader.sidebar(), thread, seen))
    })
    server.get<{ Params: { thread: string } }>('/c/:thread', async (request, reply) => {
      const { thread } = request.params
      if (!threadPattern.test(thread)) return send(reply, renderMissing(), 404)
      const seen = stream.now()
      return send(reply, renderPage(await reader.sidebar(), await reader.thread(thread), seen))
    })
    server.get<{ Params: { slug: string } }>('/s/:slug', async (request, reply) => {
      const thread = await reader.threadOf(request.params.slug)
      return thread ? reply.redirect(`/c/${encodeURIComponent(thread)}`, 303) : send(reply, renderMissing(), 404)
    })
    server.post<{ Params: { thread: string }; Body: Form }>('/c/:thread/messages', async (request, reply) => {
      const { thread } = request.params
      const form = request.body ?? {}
      if (!threadPattern.test(thread) || !form.text?.trim()) return send(reply, renderMissing(), 400)
      return accept(request, reply, onEvent, { ...eventOf(thread, form), type: 'message', text: form.text.trim() })
    })
    server.post<{ Params: { thread: string }; Body: Form }>('/c/:thread/press', async (request, reply) => {
      const { thread } = request.params
      const form = request.body ?? {}
      if (!threadPattern.test(thread) || !form.card || !form.button) return send(reply, renderMissing(), 400)
      const { card, button, value, text } = form
      return accept(request, reply, onEvent, {
        ...eventOf(thread, form),
        type: 'press',
        card,
        button,
        ...(value === undefined ? {} : { value }),
        ...(text === undefined ? {} : { text }),
      })
    })
    server.get<{ Querystring: Form }>('/events', (request, reply) => openEvents(request, reply))
    server.get<{ Params: { file: string } }>('/pictures/:file', async (request, reply) => {
      const id = /^([a-zA-Z0-9-]{1,64})\.svg$/.exec(request.params.file)?.[1]
      const svg = id ? await reader.picture(id) : undefined
      if (!svg) return send(reply, renderMissing(), 404)
      // A picture may carry its own style; it runs nothing and reaches nothing.
      return reply
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; font-src data:; sandbox")
        .header('cache-control', 'private, max-age=31536000, immutable')
        .type('image/svg+xml')
        .send(svg)
    })
    server.get<{ Params: { build: string } }>('/downloads/:build', async (request, reply) => {
      const zip = await reader.zip(request.params.build)
      if (!zip) return send(reply, renderMissing(), 404)
      return reply
        .header('content-disposition', `attachment; filename="${zip.name.replace(/[^a-zA-Z0-9._-]/g, '_')}"`)
        .type('application/zip')
        .send(Buffer.from(zip.bytes))
    })
    server.get('/static/inter-:weight.ttf', async (request, reply) => {
      const { weight } = request.params as { weight: string }
      const name = fonts[weight]
      if (!name) return send(reply, renderMissing(), 404)
      const file = fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${name}`))
      return reply
        .header('cache-control', 'private, max-age=31536000, immutable')
        .type('font/ttf')
        .send(await readFile(file))
    })
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
    const channels = [SIDEBAR, ...(thread && threadPattern.test(thread) ? [channelOf(thread)] : [])]
    const end = stream.subscribe(channels, last, (text) => void reply.raw.write(text))
    request.raw.on('close', end)
  }

  return {
    name: 'web',
    start: async (onEvent) => {
      access = await createAccess(deps.data)
      const gate = access
      const server = fastify({ bodyLimit: 262_144, forceCloseConnections: true, logger: false })
      await server.register(cookie)
      await server.register(formbody)
      await server.register(fastifyStatic, {
        root: fileURLToPath(new URL('static/', import.meta.url)),
        prefix: '/static/',
        maxAge: '1h',
      })
      server.addHook('onRequest', async (request, reply) => {
        reply.headers(securityHeaders)
        const path = request.url.split('?')[0]!
        if (path === '/livez' || path === '/readyz') return
        if (!isOwnHost(request, hostsOf(deps, port))) return reply.code(421).send('This name is not mine.\n')
        if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnOrigin(request, hostsOf(deps, port)))
          return reply.code(403).send('This request came from another page.\n')
        const free = path.startsWith('/static/') || (path === '/' && request.url.includes('token='))
        if (!free && !gate.isSignedIn(request.cookies[COOKIE])) return send(reply, renderLocked(), 401)
      })
      server.setNotFoundHandler((_request, reply) => send(reply, renderMissing(), 404))
      server.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
        const status = error.statusCode ?? 500
        if (status >= 500) log.error({ err: error }, 'a page could not be made')
        return send(reply, renderMissing(), status)
      })
      routes(server, onEvent, gate)
      await server.listen({ host: deps.host, port: deps.port })
      const address = server.server.address()
      if (address && typeof address === 'object') port = address.port
      app = server
      beat = setInterval(stream.beat, BEAT)
      beat.unref()
    },
    post: async ({ thread }: ThreadRef, { key, card }) => {
      stream.publish(channelOf(thread), { type: 'card', html: renderEntry(thread, { kind: 'card', key, card }) })
      return key
    },
    update: async ({ thread }, _message, { key, card }) =>
      stream.publish(channelOf(thread), { type: 'card', html: renderEntry(thread, { kind: 'card', key, card }) }),
    whisper: async ({ thread }, _to, card) =>
      stream.publish(channelOf(thread), { type: 'whisper', html: renderToast(card.text) }),
    invite: () => `${base()}/?token=${access?.newToken() ?? ''}`,
    refresh: () => {
      refreshing ??= setTimeout(() => {
        refreshing = undefined
        void pushSidebar().catch((error: unknown) => log.warn({ err: error }, 'the list of systems cannot be read yet'))
      }, REFRESH_PAUSE)
    },
    stop: async () => {
      clearInterval(beat)
      clearTimeout(refreshing)
      await app?.close()
    },
  }
}

const fonts: Record<string, string> = {
  '400': '400Regular/Inter_400Regular.ttf',
  '500': '500Medium/Inter_500Medium.ttf',
  '600': '600SemiBold/Inter_600SemiBold.ttf',
  '700': '700Bold/Inter_700Bold.ttf',
}
