import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyReply, FastifyRequest } from 'fastify'

export const COOKIE = 'autocoder_session'

/** Thirty days, in seconds: a person signs in once a month with the printed address. */
const SESSION_AGE = 30 * 24 * 3600

const equal = (a: string, b: string): boolean => {
  const [one, two] = [a, b].map((text) => createHash('sha256').update(text).digest())
  return timingSafeEqual(one!, two!)
}

/** A cookie is `<name>.<signature>`, the name in base64url: who comes with it was let in under that name. */
const cookieOf = (secret: string, name: string): string => {
  const said = Buffer.from(name).toString('base64url')
  return `${said}.${createHmac('sha256', secret).update(`session ${said}`).digest('base64url')}`
}

/** The secret that sessions are signed with: it outlives a restart, so that an open page stays signed in. */
const readSecret = async (data: string): Promise<string> => {
  const file = join(data, 'web-session')
  const known = await readFile(file, 'utf8').catch(() => '')
  if (known.length >= 64) return known
  await mkdir(data, { recursive: true })
  const secret = randomBytes(32).toString('hex')
  await writeFile(file, secret, { mode: 0o600 })
  await chmod(file, 0o600)
  return secret
}

export type Access = {
  /** Returns a new one-time token that lets in whoever is called so. */
  newToken: (name: string) => string
  /** Returns the value of the session's cookie for a token that was never used, else undefined. */
  redeem: (token: string) => string | undefined
  /** Returns the name of the person whose cookie it is, undefined for a cookie that is none of ours. */
  whoIs: (cookie: string | undefined) => string | undefined
}

/** Returns who gets in: one-time tokens become a session cookie. */
export const createAccess = async (data: string): Promise<Access> => {
  const secret = await readSecret(data)
  const tokens = new Map<string, string>()
  return {
    newToken: (name) => {
      const token = randomBytes(24).toString('base64url')
      tokens.set(token, name)
      return token
    },
    redeem: (token) => {
      const [known, name] = [...tokens].find(([one]) => equal(one, token)) ?? []
      if (known === undefined || name === undefined) return undefined
      tokens.delete(known)
      return cookieOf(secret, name)
    },
    whoIs: (cookie) => {
      const name = Buffer.from(cookie?.split('.')[0] ?? '', 'base64url').toString()
      return cookie !== undefined && name !== '' && equal(cookie, cookieOf(secret, name)) ? name : undefined
    },
  }
}

/** Sets the session's cookie: unreadable for scripts, never sent from another site. */
export const setSession = (reply: FastifyReply, session: string, secure: boolean): void =>
  void reply.setCookie(COOKIE, session, { path: '/', httpOnly: true, sameSite: 'strict', secure, maxAge: SESSION_AGE })

/** Which names the page may be reached under: anything else is another page's or a rebound name's doing. */
export const isOwnHost = (request: FastifyRequest, hosts: ReadonlySet<string>): boolean =>
  hosts.has((request.headers.host ?? '').toLowerCase())

/** A request that changes something must come from our own page: browsers say so in Origin, or in Sec-Fetch-Site. */
export const isOwnOrigin = (request: FastifyRequest, hosts: ReadonlySet<string>): boolean => {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  if (origin === undefined) return site === undefined || site === 'same-origin' || site === 'none'
  try {
    return hosts.has(new URL(origin).host.toLowerCase())
  } catch {
    return false
  }
}

export const securityHeaders = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Forms that post without the script must say where they come from: to our own address only.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
} as const
