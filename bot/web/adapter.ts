import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import fastifyStatic from '@fastify/static'
import { type FastifyInstance, fastify } from 'fastify'
import type { Logger } from 'pino'
import { AppError } from '../../schemas/errors.ts'
import type { ChatAdapter, ThreadRef } from '../chat/adapter.ts'
import { type Access, COOKIE, createAccess, isOwnHost, isOwnOrigin, securityHeaders } from './access.ts'
import { html } from './html.ts'
import { renderEntry, renderLocked, renderMissing, renderSidebar, renderToast, renderTopState } from './page.ts'
import type { WebReader } from './read.ts'
import { addRoutes, sendPage } from './routes.ts'
import { channelOf, createStream, personal, SIDEBAR } from './stream.ts'

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
  /** What serves everything under /slack/, where Slack speaks HTTP; it checks the signatures itself. */
  slack?: (request: IncomingMessage, response: ServerResponse) => void
  /** Whether the store and the queue answer. */
  ready: () => Promise<boolean>
  log: Logger
}

export type WebAdapter = ChatAdapter & {
  /** Returns where the page is served; it lets nobody in. */
  address: () => string
  /** Returns an address that lets a person in once; `name` is what they are called, the bot's owner where absent. */
  invite: (name?: string) => string
  /** Tells every open page that the list of systems may have changed. */
  refresh: () => void
}

const REFRESH_PAUSE = 200
const BEAT = 20_000

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

  /** Every address of the machine has no name of its own; a browser on it says localhost. */
  const base = (): string => {
    const host = ['0.0.0.0', '::'].includes(deps.host) ? 'localhost' : deps.host
    return deps.url ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  }

  const pushSidebar = async (): Promise<void> => {
    if (!stream.isHeard(SIDEBAR)) return
    const sidebar = await reader.sidebar()
    const shown = renderSidebar(sidebar)
    if (shown.html === lastSidebar) return
    lastSidebar = shown.html
    const states = sidebar.systems.map(
      (system) => html`<template data-system="${system.slug}">${renderTopState(system)}</template>`,
    )
    stream.publish(SIDEBAR, { type: 'sidebar', html: html`${shown}${states}` })
  }
  const refresh = (): void => {
    refreshing ??= setTimeout(() => {
      refreshing = undefined
      void pushSidebar().catch((error: unknown) => log.warn({ err: error }, 'the list of systems cannot be read yet'))
    }, REFRESH_PAUSE)
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
        const path = request.url.split('?')[0]!
        if (deps.slack && path.startsWith('/slack/')) {
          // Before the body is parsed: its signature is over the bytes.
          reply.hijack()
          deps.slack(request.raw, reply.raw)
          return
        }
        reply.headers(securityHeaders)
        if (path === '/livez' || path === '/readyz') return
        if (!isOwnHost(request, hostsOf(deps, port))) return reply.code(421).send('This name is not mine.\n')
        if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnOrigin(request, hostsOf(deps, port)))
          return reply.code(403).send('This request came from another page.\n')
        const free = path.startsWith('/static/') || (path === '/' && request.url.includes('token='))
        if (!free && gate.whoIs(request.cookies[COOKIE]) === undefined) return sendPage(reply, renderLocked(), 401)
      })
      server.setNotFoundHandler((_request, reply) => sendPage(reply, renderMissing(), 404))
      server.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
        const status = error.statusCode ?? 500
        if (status >= 500) log.error({ err: error }, 'a page could not be made')
        return sendPage(reply, renderMissing(), status)
      })
      addRoutes(server, { ...deps, stream, gate, onEvent, refresh })
      await server.listen({ host: deps.host, port: deps.port }).catch((cause: unknown) => {
        const code = (cause as NodeJS.ErrnoException).code ?? 'no reason given'
        throw new AppError('web-port', `The web chat cannot listen on ${deps.host}, port ${deps.port}: ${code}`, {
          help: `Stop what uses port ${deps.port}, or set WEB_PORT to another one (0 for any).`,
          cause,
        })
      })
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
    whisper: async (_thread, to, card) =>
      stream.publish(personal(to.id), { type: 'whisper', html: renderToast(card.text) }),
    address: base,
    invite: (name) => `${base()}/?token=${access?.newToken(name ?? deps.actor) ?? ''}`,
    refresh,
    stop: async () => {
      clearInterval(beat)
      clearTimeout(refreshing)
      await app?.close()
    },
  }
}
