/** An answer of a platform's API, or why there is none: never an address or a header, since these may hold secrets. */
export type Answer =
  | { ok: true; status: number; headers: Headers; body: Record<string, unknown> }
  | { ok: false; reason: string }

/** Milliseconds that a platform has to answer. */
const PATIENCE = 5_000

const reasonOf = (error: unknown): string => {
  if (error instanceof Error && error.name === 'TimeoutError') return `nothing within ${PATIENCE / 1000} s`
  const { code } = ((error as Error).cause ?? error) as NodeJS.ErrnoException
  return typeof code === 'string' ? code : 'no connection'
}

/** Asks an address for a JSON object. */
export const ask = async (url: string, request: { method: 'GET' | 'POST'; authorization: string }): Promise<Answer> => {
  try {
    const response = await fetch(url, {
      method: request.method,
      headers: { authorization: request.authorization },
      signal: AbortSignal.timeout(PATIENCE),
    })
    const body: unknown = await response.json().catch(() => undefined)
    if (typeof body !== 'object' || body === null) return { ok: false, reason: `HTTP ${response.status}` }
    return { ok: true, status: response.status, headers: response.headers, body: body as Record<string, unknown> }
  } catch (error) {
    return { ok: false, reason: reasonOf(error) }
  }
}
