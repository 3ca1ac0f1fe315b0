import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { webApi } from '@slack/bolt'
import type { Logger } from 'pino'
import type { Installations, Welcomes } from '../chat/adapter.ts'
import { callSlack, saidBy } from './call.ts'
import { teamKey } from './ids.ts'
import { toBoltLogger } from './log.ts'
import { SCOPES } from './scopes.ts'
import type { Secrets } from './teams.ts'

export type Install = {
  serves: (path: string) => boolean
  handle: (request: IncomingMessage, response: ServerResponse) => void
}

/** Milliseconds from the button to the consent: Slack's code lives as long. */
const LIFE = 10 * 60_000
const COOKIE = 'autocoder_slack_install'

/** Returns the state of an installation: signed, with an end, bound to a browser's cookie. */
export const createStates = (secret: string, now: () => number = Date.now) => {
  const used = new Map<string, number>()
  const sign = (body: string): string =>
    createHmac('sha256', secret).update(`slack-install:${body}`).digest('base64url')
  const equal = (a: string, b: string): boolean =>
    a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
  return {
    /** The verifier of PKCE comes from the state, so that nothing must be kept meanwhile. */
    verifierOf: (state: string): string =>
      createHmac('sha256', secret).update(`slack-pkce:${state}`).digest('base64url'),
    make: (): { state: string; cookie: string } => {
      const cookie = randomBytes(24).toString('base64url')
      const body = `${now() + LIFE}.${randomBytes(12).toString('base64url')}`
      return { state: `${body}.${sign(`${body}.${cookie}`)}`, cookie }
    },
    /** Returns whether the state is ours, of this browser, young enough and used for the first time. */
    spend: (state: string, cookie: string): boolean => {
      const [until = '', nonce = '', signature = ''] = state.split('.')
      if (cookie === '' || !equal(signature, sign(`${until}.${nonce}.${cookie}`))) return false
      for (const [old, end] of used) if (end < now()) used.delete(old)
      if (Number(until) < now() || used.has(nonce)) return false
      used.set(nonce, Number(until))
      return true
    },
  }
}

const cookieOf = (request: IncomingMessage): string =>
  (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim().split('='))
    .find(([name]) => name === COOKIE)?.[1] ?? ''

const page = (response: ServerResponse, status: number, title: string, text: string, cookie?: string): void => {
  const safe = (words: string): string => words.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    ...(cookie ? { 'set-cookie': cookie } : {}),
  })
  response.end(
    `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>${safe(title)}</title><h1>${safe(title)}</h1><p>${safe(text)}</p></html>`,
  )
}

/**
 * Returns the installation by workspaces: /slack/install leads to Slack's consent page, /slack/oauth_redirect takes the
 * code back. PKCE is for apps that have it on: that makes an app a public client for good, so it is a choice.
 */
export const createInstall = (deps: {
  clientId: string
  clientSecret: string
  /** The public address, with which the redirect address begins. */
  url: string
  apiUrl: string | undefined
  stateSecret: string
  pkce: boolean
  installations: Installations
  welcomes: ReturnType<Welcomes>
  onInstalled: (key: string) => void
  signal: AbortSignal
  log: Logger
}): Install => {
  const { log } = deps
  const states = createStates(deps.stateSecret)
  const redirect = new URL('/slack/oauth_redirect', deps.url).href
  const secure = redirect.startsWith('https:') ? '; Secure' : ''
  const cookie = (value: string, seconds: number): string =>
    `${COOKIE}=${value}; Path=/slack; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`
  const client = new webApi.WebClient(undefined, {
    ...(deps.apiUrl ? { slackApiUrl: deps.apiUrl } : {}),
    rejectRateLimitedCalls: true,
    retryConfig: { retries: 0 },
    timeout: 10_000,
    logger: toBoltLogger(log),
  })

  const begin = (response: ServerResponse): void => {
    const { state, cookie: value } = states.make()
    const target = new URL('/oauth/v2/authorize', deps.apiUrl ?? 'https://slack.com')
    const challenge = createHash('sha256').update(states.verifierOf(state)).digest('base64url')
    for (const [name, text] of Object.entries({
      client_id: deps.clientId,
      scope: SCOPES.join(','),
      redirect_uri: redirect,
      state,
      ...(deps.pkce ? { code_challenge: challenge, code_challenge_method: 'S256' } : {}),
    }))
      target.searchParams.set(name, text)
    response
      .writeHead(302, { location: target.href, 'set-cookie': cookie(value, LIFE / 1000), 'cache-control': 'no-store' })
      .end()
  }

  const finish = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const query = new URL(request.url ?? '/', deps.url).searchParams
    const state = query.get('state') ?? ''
    const again = 'Open /slack/install and try again.'
    if (!states.spend(state, cookieOf(request)))
      return page(response, 400, 'This installation did not begin here', again, cookie('', 0))
    const code = query.get('code')
    if (!code) return page(response, 400, 'Not installed', `Slack says: ${query.get('error') ?? 'no code'}. ${again}`)
    try {
      const answer = await callSlack('oauth.v2.access', { limited: 'wait', again: 0, signal: deps.signal }, () =>
        client.oauth.v2.access({
          client_id: deps.clientId,
          client_secret: deps.clientSecret,
          code,
          redirect_uri: redirect,
          ...(deps.pkce ? { code_verifier: states.verifierOf(state) } : {}),
        }),
      )
      if (answer.refresh_token)
        return page(response, 400, 'Not installed', 'Turn token rotation off in the settings of the Slack app.')
      const whole = answer.is_enterprise_install && !answer.team
      const key = whole
        ? `${answer.enterprise?.id}|`
        : teamKey({ team: answer.team?.id ?? '', enterprise: answer.enterprise?.id })
      const name = (whole ? answer.enterprise?.name : answer.team?.name) ?? key
      const secrets: Secrets = {
        token: answer.access_token ?? '',
        bot: answer.bot_user_id ?? '',
        scopes: answer.scope?.split(',') ?? [],
      }
      // Whoever only gives it more rights knows it already.
      const known = (await deps.installations.find(key)) !== undefined
      await deps.welcomes.note(key, known ? undefined : answer.authed_user?.id)
      await deps.installations.save(key, { name, secrets })
      deps.onInstalled(key)
      log.info({ team: key }, 'a workspace installed the app')
      void deps.welcomes.greet(key)
      page(response, 200, 'AutoCoder is installed', `Go back to ${name} and invite it to a channel.`, cookie('', 0))
    } catch (error) {
      log.warn({ err: error }, 'an installation failed')
      page(response, 502, 'Not installed', `Slack did not confirm it (${saidBy(error) ?? 'no answer'}). ${again}`)
    }
  }

  return {
    serves: (path) => path === '/slack/install' || path === '/slack/oauth_redirect',
    handle: (request, response) => {
      if (request.url?.startsWith('/slack/install')) return begin(response)
      void finish(request, response)
    },
  }
}
