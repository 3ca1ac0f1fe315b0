/** Calls in a stretch of milliseconds, by docs.slack.dev/apis/web-api/rate-limits. */
export type Budget = { calls: number; per: number; by: 'team' | 'channel' }

const tier = (calls: number): Budget => ({ calls, per: 60_000, by: 'team' })

/** The real budgets. chat.postMessage allows one a second a channel and short bursts above it. */
export const budgets: Record<string, Budget> = {
  'chat.postMessage': { calls: 5, per: 5_000, by: 'channel' },
  'chat.update': tier(50),
  'chat.postEphemeral': tier(100),
  'conversations.replies': tier(50),
  'conversations.history': tier(50),
  'conversations.info': tier(50),
  'users.info': tier(100),
  'usergroups.list': tier(20),
  'usergroups.users.list': tier(20),
  'views.open': tier(100),
  'views.update': tier(100),
  'views.publish': tier(100),
  'assistant.threads.setSuggestedPrompts': tier(100),
  'assistant.threads.setTitle': tier(100),
  'assistant.threads.setStatus': tier(100),
  'files.getUploadURLExternal': tier(100),
  'files.completeUploadExternal': tier(100),
  'files.info': tier(100),
}

export type Rates = ReturnType<typeof createRates>

/** Returns the meter of every method; `limit` makes the next calls of one be refused. */
export const createRates = (own: Record<string, Budget> = {}) => {
  const spent = new Map<string, number[]>()
  const forced = new Map<string, { times: number; seconds: number }>()
  let nagging: Map<string, number> | undefined
  return {
    limit: (method: string, times: number, seconds = 1): void => void forced.set(method, { times, seconds }),
    /** From now on every call of every method is refused once before it is taken. */
    nag: (on: boolean): void => void (nagging = on ? new Map() : undefined),
    /** Returns after how many whole seconds the call may be made, or undefined where it may now. */
    take: (method: string, team: string, channel: string): number | undefined => {
      const force = forced.get(method)
      if (force && force.times > 0) {
        force.times -= 1
        return force.seconds
      }
      if (nagging) {
        const calls = (nagging.get(method) ?? 0) + 1
        nagging.set(method, calls)
        if (calls % 2 === 1) return 1
      }
      const budget = own[method] ?? budgets[method]
      if (!budget) return undefined
      const key = `${method} ${budget.by === 'channel' ? channel : team}`
      const now = Date.now()
      const recent = (spent.get(key) ?? []).filter((at) => at > now - budget.per)
      spent.set(key, recent)
      if (recent.length < budget.calls) {
        recent.push(now)
        return undefined
      }
      return Math.max(1, Math.ceil((recent[0]! + budget.per - now) / 1000))
    },
  }
}
