import { readFile } from 'node:fs/promises'
import { expect } from 'vitest'

/** Somebody who calls a generated system: signed in, with an API key, or nobody. */
export type Caller = ReturnType<typeof createCaller>

/** A system that was built from a conversation, and how its people come in. */
export type Running = {
  url: string
  /** What was answered along the way: every event of the terminal. */
  rules: string[]
  nobody: Caller
  /** Signs somebody up; with roles, an administrator grants them. */
  person: (name: string, ...roles: string[]) => Promise<Caller & { id: string }>
  /** Whether people sign in at all. */
  signsIn: boolean
  admin: () => Promise<Caller>
}

/** A conversation, and what must be true of the system that comes of it. */
export type Story = {
  name: string
  says: string[]
  tests: { [title: string]: (system: Running) => Promise<void> }
}

export type Answer = { status: number; body: Body; headers: Headers }
// biome-ignore lint/suspicious/noExplicitAny: answers are whatever a stranger's system sends; each test says what it expects
export type Body = any

export const createCaller = (base: string, headers: Record<string, string> = {}) => {
  const call = async (method: string, path: string, body?: unknown, extra: Record<string, string> = {}) => {
    const response = await fetch(`${base}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...headers,
        ...extra,
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const json = (response.headers.get('content-type') ?? '').includes('json') && text !== ''
    return { status: response.status, body: json ? JSON.parse(text) : text, headers: response.headers } as Answer
  }
  const sure = async (method: string, path: string, body: unknown, wanted: number[]): Promise<Body> => {
    const answer = await call(method, path, body)
    expect([answer.status, answer.body], `${method} ${path}`).toEqual([
      expect.toSatisfy((s) => wanted.includes(s)),
      answer.body,
    ])
    return answer.body
  }
  return {
    headers,
    call,
    get: (path: string) => sure('GET', path, undefined, [200]),
    items: async (path: string): Promise<Body[]> => (await sure('GET', path, undefined, [200])).items,
    make: (path: string, body: unknown) => sure('POST', path, body, [201]),
    act: (path: string, body?: unknown) => sure('POST', path, body, [200, 201, 204]),
    change: (path: string, body: unknown) => sure('PATCH', path, body, [200]),
    put: (path: string, body?: unknown) => sure('PUT', path, body, [200, 201, 204]),
    remove: (path: string) => sure('DELETE', path, undefined, [200, 204]),
    status: async (method: string, path: string, body?: unknown) => (await call(method, path, body)).status,
    with: (extra: Record<string, string>) => createCaller(base, { ...headers, ...extra }),
  }
}

const PASSWORD = 'correct horse battery'

/** Opens a system at a URL; `tokenFile` holds the first administrator's token, where people sign in. */
export const openSystem = (url: string, rules: string[], tokenFile: string | undefined): Running => {
  const nobody = createCaller(url)
  let admin: Promise<Caller> | undefined
  const signIn = async (email: string) => {
    const { access_token: token } = await nobody.act('/v1/auth/login', { email, password: PASSWORD })
    return { authorization: `Bearer ${token}` }
  }
  const makeAdmin = async () => {
    const token = (await readFile(tokenFile!, 'utf8')).trim()
    await nobody.act('/v1/auth/setup', { token, email: 'admin@example.com', password: PASSWORD })
    return createCaller(url, await signIn('admin@example.com'))
  }
  const asAdmin = () => {
    admin ??= makeAdmin()
    return admin
  }
  return {
    url,
    rules,
    nobody,
    signsIn: tokenFile !== undefined,
    admin: asAdmin,
    person: async (name, ...roles) => {
      const email = `${name}-${Math.random().toString(36).slice(2, 8)}@example.com`
      const { id } = await nobody
        .make('/v1/auth/register', { email, password: PASSWORD, name })
        .catch(() => nobody.make('/v1/auth/register', { email, password: PASSWORD }))
      if (roles.length) await (await asAdmin()).change(`/v1/users/${id}`, { roles })
      return { ...createCaller(url, await signIn(email)), id }
    },
  }
}

/** Sends the same request `count` times at once; returns how often each status came. */
export const atOnce = async (
  count: number,
  send: (index: number) => Promise<Answer>,
): Promise<{ [status: string]: number }> => {
  const answers = await Promise.all(Array.from({ length: count }, (_, index) => send(index)))
  const statuses: { [status: string]: number } = {}
  for (const { status } of answers) statuses[status] = (statuses[status] ?? 0) + 1
  return statuses
}

/** Asks until the answer fits; fails after `seconds`. */
export const eventually = async <T>(ask: () => Promise<T>, fits: (value: T) => boolean, seconds = 15): Promise<T> => {
  const until = Date.now() + seconds * 1000
  let value = await ask()
  while (!fits(value)) {
    if (Date.now() > until) throw new Error(`after ${seconds} s still ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
    value = await ask()
  }
  return value
}
