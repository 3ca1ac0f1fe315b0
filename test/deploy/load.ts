import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

export type LoadResult = { requests: number; failures: string[]; latencies: number[]; seen: Map<string, number> }

type Shot = { method: string; path: string; headers?: { [name: string]: string } }

/** Sends one request on the client's kept connection and resolves with its status and the release that answered. */
const send = (
  url: string,
  agent: Agent,
  { method, path, headers = {} }: Shot,
): Promise<{ status: number; release: string }> =>
  new Promise((resolve, reject) => {
    const call = request(url + path, { agent, method, headers, timeout: 10_000 }, (response) => {
      response.resume()
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, release: String(response.headers['x-release'] ?? '') }),
      )
      response.on('error', reject)
    })
    call.on('timeout', () => call.destroy(new Error('timeout')))
    call.on('error', reject)
    call.end()
  })

/**
 * Keeps `clients` busy, each on a kept connection of its own and without any retry, until `stop` is called.
 * `pause` is the time a client rests between requests, in ms: 0 for one after the other.
 */
export const load = (url: string, clients: number, shots: Shot[], pause: number) => {
  const result: LoadResult = { requests: 0, failures: [], latencies: [], seen: new Map() }
  let running = true
  const client = async (number: number): Promise<void> => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    for (let turn = number; running; turn += 1) {
      const shot = shots[turn % shots.length] ?? { method: 'GET', path: '/' }
      const from = performance.now()
      try {
        const { status, release } = await send(url, agent, shot)
        if (status !== 200) result.failures.push(`${shot.method} ${shot.path} ${status}`)
        result.seen.set(release, (result.seen.get(release) ?? 0) + 1)
      } catch (error) {
        result.failures.push(`${shot.method} ${shot.path} ${String(error)}`)
      }
      result.requests += 1
      result.latencies.push(performance.now() - from)
      if (pause) await wait(Math.random() * 2 * pause)
    }
    agent.destroy()
  }
  const all = Promise.all(Array.from({ length: clients }, (_, number) => client(number)))
  return {
    result,
    stop: async (): Promise<LoadResult> => {
      running = false
      await all
      return result
    },
  }
}

/** The latency, in ms, below which this share of the requests stayed. */
export const percentile = (latencies: number[], share: number): number =>
  latencies.toSorted((a, b) => a - b)[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0
