import { Agent, request } from 'node:http'

export type Shot = { method: string; path: string; headers: Record<string, string>; body?: string }
export type Figures = { requests: number; perSecond: number; p50: number; p99: number; wrong: number }

/** Sends one request over a kept connection; resolves with its status. */
const send = (agent: Agent, base: URL, { method, path, headers, body }: Shot): Promise<number> =>
  new Promise((resolve, reject) => {
    const outgoing = request({ agent, host: base.hostname, port: base.port, method, path, headers }, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode ?? 0))
    })
    outgoing.once('error', reject)
    outgoing.end(body)
  })

/**
 * Loads a server with `connections` callers, each sending its next request when the last was answered. Returns requests
 * per second and latencies in ms. `wrong` counts answers that are not below 300.
 */
export const load = async (
  url: string,
  options: { seconds: number; connections: number; shot: (number: number) => Shot },
): Promise<Figures> => {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections })
  const base = new URL(url)
  const latencies: number[] = []
  let number = 0
  let wrong = 0
  const begun = performance.now()
  const until = begun + options.seconds * 1000
  const caller = async () => {
    while (performance.now() < until) {
      const from = performance.now()
      const status = await send(agent, base, options.shot(number++))
      latencies.push(performance.now() - from)
      if (status >= 300) wrong += 1
    }
  }
  await Promise.all(Array.from({ length: options.connections }, caller))
  const seconds = (performance.now() - begun) / 1000
  agent.destroy()
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
  return { requests: latencies.length, perSecond: latencies.length / seconds, p50: at(0.5), p99: at(0.99), wrong }
}
