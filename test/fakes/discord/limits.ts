import { ApiError } from './errors.ts'

export type Budget = { limit: number; window: number }

/** Requests and milliseconds a bucket; a bucket is a route with its channel, as the headers of the service say. */
const budgets: [RegExp, Budget][] = [
  [/^POST \/channels\/:id\/messages$/, { limit: 5, window: 5_000 }],
  [/^PATCH \/channels\/:id\/messages\/:id$/, { limit: 5, window: 5_000 }],
  [/^POST \/channels\/:id\/messages\/:id\/threads$/, { limit: 50, window: 5_000 }],
  [/^GET \/channels\/:id\/messages/, { limit: 5, window: 1_000 }],
  [/^PUT \/applications\//, { limit: 2, window: 5_000 }],
  [/^POST \/users\/@me\/channels$/, { limit: 10, window: 10_000 }],
]
const usual: Budget = { limit: 20, window: 1_000 }
/** Page "Rate Limits": requests a second of one bot, whatever they are. Interactions do not count. */
const GLOBAL: Budget = { limit: 50, window: 1_000 }

/** Returns the counter of requests. `pace` shortens every window: 0.01 makes a second of ten milliseconds. */
export const createLimits = (pace: number, own: Record<string, Budget> = {}) => {
  const buckets = new Map<string, { used: number; resets: number }>()
  const take = (name: string, { limit, window }: Budget) => {
    const now = Date.now()
    let bucket = buckets.get(name)
    if (!bucket || bucket.resets <= now) buckets.set(name, (bucket = { used: 0, resets: now + window * pace }))
    bucket.used += 1
    return { remaining: Math.max(0, limit - bucket.used), over: bucket.used > limit, resets: bucket.resets, limit }
  }
  return {
    /** Counts a request and returns the headers of its answer. Throws the 429. */
    take: (route: string, major: string): Record<string, string> => {
      const budget = own[route] ?? budgets.find(([pattern]) => pattern.test(route))?.[1] ?? usual
      const state = take(`${route} ${major}`, budget)
      const left = Math.max(0.001, (state.resets - Date.now()) / 1_000)
      const headers = {
        'x-ratelimit-limit': String(state.limit),
        'x-ratelimit-remaining': String(state.remaining),
        'x-ratelimit-reset': String(state.resets / 1_000),
        'x-ratelimit-reset-after': left.toFixed(3),
        'x-ratelimit-bucket': Buffer.from(route).toString('hex').slice(0, 32),
      }
      if (state.over) throw tooMany(left, headers)
      const all = take('global', GLOBAL)
      if (all.over)
        throw tooMany(Math.max(0.001, (all.resets - Date.now()) / 1_000), { 'x-ratelimit-global': 'true' }, true)
      return headers
    },
  }
}

/** Returns the 429 of the service; `seconds` stands in the body and, as whole seconds upwards, in Retry-After. */
export const tooMany = (seconds: number, headers: Record<string, string> = {}, global = false): ApiError =>
  new ApiError(
    429,
    { message: 'You are being rate limited.', retry_after: Number(seconds.toFixed(3)), global },
    { ...headers, 'retry-after': seconds.toFixed(3), 'x-ratelimit-scope': global ? 'global' : 'user' },
  )
