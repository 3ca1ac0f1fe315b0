import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { checkedBlocks } from './chat.ts'
import { shownFile } from './files.ts'
import { type Context, methods } from './methods.ts'
import type { Oauth } from './oauth.ts'
import type { Rates } from './rates.ts'
import { Refusal } from './refusal.ts'
import type { Sockets } from './sockets.ts'
import type { Install, State } from './state.ts'

type Response = { channel: string; user: string; team: string; thread?: string; left: number; until: number }

const bodyOf = async (request: IncomingMessage): Promise<Buffer> => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

const argsOf = (request: IncomingMessage, body: Buffer): Record<string, string> => {
  if (!request.headers['content-type']?.startsWith('application/json'))
    return Object.fromEntries(new URLSearchParams(body.toString()))
  const json = JSON.parse(body.toString()) as Record<string, unknown>
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
}

/** Returns the HTTP side: /api/METHOD, uploads, downloads, response_urls. */
export const createRoutes = (options: {
  state: State
  app: { id: string; token: string; scopes: Set<string>; clientId: string; clientSecret: string }
  rates: Rates
  sockets: Sockets
  oauth: Oauth
  processing: number
  deliverMessage: Context['deliverMessage']
  deliverTitle: Context['deliverTitle']
  spendTrigger: Context['spendTrigger']
}) => {
  const { state, app, rates, sockets } = options
  const responses = new Map<string, Response>()
  const breaks = new Map<string, ('before' | 'after' | '503')[]>()
  let base = ''
  let away = false

  const contextOf = (install: Install): Context => ({
    state,
    install,
    appId: app.id,
    base,
    processing: options.processing,
    deliverMessage: options.deliverMessage,
    deliverTitle: options.deliverTitle,
    spendTrigger: options.spendTrigger,
    needs: (scope) => {
      if (!install.scopes.has(scope))
        throw new Refusal('missing_scope', { needed: scope, provided: [...install.scopes].join(',') })
    },
  })

  const answer = (method: string, token: string, args: Record<string, string>, basic: string | undefined) => {
    if (method === 'apps.connections.open') {
      if (token === '') throw new Refusal('not_authed')
      if (!token.startsWith('xapp-')) throw new Refusal('not_allowed_token_type')
      if (token !== app.token) throw new Refusal('invalid_auth')
      if (!app.scopes.has('connections:write'))
        throw new Refusal('missing_scope', { needed: 'connections:write', provided: [...app.scopes].join(',') })
      return { url: `${base.replace('http', 'ws')}/link?ticket=${sockets.ticket()}&app_id=${app.id}` }
    }
    if (method === 'oauth.v2.access') return options.oauth.access(args, basic)
    const call = methods[method]
    if (!call) throw new Refusal('unknown_method', { req_method: method })
    if (token === '') throw new Refusal('not_authed')
    const install = state.installs.get(token)
    if (!install) throw new Refusal(token.startsWith('xapp-') ? 'not_allowed_token_type' : 'invalid_auth')
    if (install.revoked) throw new Refusal('token_revoked')
    return call(contextOf(install), args)
  }

  const api = async (request: IncomingMessage, response: ServerResponse, method: string): Promise<void> => {
    const args = argsOf(request, await bodyOf(request))
    const [scheme, credential] = (request.headers.authorization ?? '').split(' ')
    const token = scheme === 'Bearer' ? (credential ?? '') : (args.token ?? '')
    const team = state.installs.get(token)?.team ?? ''
    const log = (result: string): void => void state.calls.push({ method, team, args, answer: result, at: Date.now() })
    const send = (status: number, body: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
      response.end(JSON.stringify(body))
    }
    const broken = breaks.get(method)?.shift()
    if (broken === '503' || broken === 'before') {
      log('broken')
      if (broken === '503') return send(503, { ok: false, error: 'service_unavailable' })
      response.destroy()
      return
    }
    const wait = rates.take(method, team, args.channel ?? '')
    if (wait !== undefined) {
      log('ratelimited')
      return send(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(wait) })
    }
    const scopes = [...(state.installs.get(token)?.scopes ?? [])].join(',')
    try {
      const result = answer(method, token, args, scheme === 'Basic' ? credential : undefined)
      log('ok')
      if (broken === 'after') response.destroy()
      else send(200, { ok: true, ...result }, { 'x-oauth-scopes': scopes })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const messages = (error.more.response_metadata as { messages?: string[] } | undefined)?.messages ?? []
      log([error.message, error.more.needed, ...messages].filter(Boolean).join(' '))
      send(200, { ok: false, error: error.message, ...error.more }, { 'x-oauth-scopes': scopes })
    }
  }

  const upload = async (request: IncomingMessage, response: ServerResponse, url: URL, id: string): Promise<void> => {
    const file = state.files.get(id)
    const body = await bodyOf(request)
    if (!file || file.bytes.length > 0 || body.length !== Number(url.searchParams.get('length'))) {
      response.writeHead(400).end('the upload does not match what was announced')
      return
    }
    file.bytes = body
    response.writeHead(200).end(`OK - ${body.length}`)
  }

  const download = (request: IncomingMessage, response: ServerResponse, id: string): void => {
    const file = state.files.get(id)
    const install = state.installs.get((request.headers.authorization ?? '').replace('Bearer ', ''))
    // Without the right, Slack answers with its sign-in page and 200.
    if (!file || install?.team !== file.team || install.revoked || !install.scopes.has('files:read')) {
      response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end('<!DOCTYPE html><title>Sign in</title>')
      return
    }
    response.writeHead(200, { 'content-type': file.mimetype }).end(file.bytes)
  }

  /** Five uses in thirty minutes: docs.slack.dev/interactivity/handling-user-interaction. */
  const respond = async (request: IncomingMessage, response: ServerResponse, id: string): Promise<void> => {
    const known = responses.get(id)
    const body = JSON.parse((await bodyOf(request)).toString()) as Record<string, unknown>
    if (!known || known.until < Date.now() || known.left <= 0) {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"ok":false,"error":"used_url"}')
      return
    }
    known.left -= 1
    const install = [...state.installs.values()].find((entry) => entry.team === known.team)!
    try {
      const blocks = checkedBlocks(contextOf(install), body.blocks ? JSON.stringify(body.blocks) : undefined)
      const text = String(body.text ?? '')
      state.ephemerals.push({
        ts: state.ts(),
        channel: known.channel,
        thread: known.thread,
        to: known.user,
        text,
        blocks,
      })
      response.writeHead(200).end('ok')
    } catch (error) {
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ ok: false, error: String(error) }))
    }
  }

  return {
    setBase: (value: string): void => void (base = value),
    isDown: (): boolean => away,
    down: (value: boolean): void => void (away = value),
    breakNext: (method: string, how: 'before' | 'after' | '503', times = 1): void =>
      void breaks.set(method, Array<typeof how>(times).fill(how)),
    shownFile: (id: string): Record<string, unknown> => shownFile({ base }, state.files.get(id)!),
    responseUrl: (response: Omit<Response, 'left' | 'until'>): string => {
      const id = randomBytes(12).toString('hex')
      responses.set(id, { ...response, left: 5, until: Date.now() + 1_800_000 })
      return `${base}/actions/${response.team}/${id}`
    },
    handle: (request: IncomingMessage, response: ServerResponse): void => {
      if (away) {
        request.destroy()
        return
      }
      const url = new URL(request.url ?? '/', base)
      const [, room, name, third] = url.pathname.split('/')
      const done =
        room === 'api'
          ? api(request, response, name ?? '')
          : room === 'upload'
            ? upload(request, response, url, third ?? '')
            : room === 'actions'
              ? respond(request, response, third ?? '')
              : room === 'files-pri'
                ? Promise.resolve(download(request, response, (name ?? '').split('-')[1] ?? ''))
                : Promise.resolve(response.writeHead(404).end())
      Promise.resolve(done).catch((error: unknown) => {
        response.writeHead(500).end(String(error))
      })
    },
  }
}
