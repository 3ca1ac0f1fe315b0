import { createHmac, randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sockets } from './sockets.ts'

export type Kind = 'events_api' | 'interactive' | 'slash_commands'
export type Payload = Record<string, unknown>

/** Three seconds, docs.slack.dev/apis/events-api ("Responding to events") and /interactivity. */
export const DEADLINE = 3_000

/** Returns the headers of a request that Slack signed: docs.slack.dev/authentication/verifying-requests-from-slack. */
export const signed = (secret: string, body: string, at = Math.floor(Date.now() / 1000)): Record<string, string> => ({
  'x-slack-request-timestamp': String(at),
  'x-slack-signature': `v0=${createHmac('sha256', secret).update(`v0:${at}:${body}`).digest('hex')}`,
})

/** Milliseconds by which payloads overtake one another, and copies come late, where they are shuffled. */
const JUMP = 200
const LATE = 4_000

export type Delivery = ReturnType<typeof createDelivery>

/**
 * Returns what hands payloads to the app: over HTTP where it has an address, else over one of its sockets. Events that
 * are not acknowledged come again, `retryDelays` later each; interactions and commands come once.
 */
export const createDelivery = (options: {
  signingSecret: string
  sockets: Sockets
  url: () => string | undefined
  /** Milliseconds before each further attempt; at once, a minute, five minutes in reality. */
  retryDelays: () => number[]
}) => {
  const background = new Set<Promise<unknown>>()
  let closed = false
  let copies = 0
  let disorder: (() => number) | undefined

  const overHttp = async (
    url: string,
    kind: Kind,
    payload: Payload,
    retry: number,
    reason: string,
  ): Promise<Payload> => {
    const form = kind === 'slash_commands' ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) }
    const body = kind === 'events_api' ? JSON.stringify(payload) : new URLSearchParams(form).toString()
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.timeout(DEADLINE),
      headers: {
        'content-type': kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
        ...signed(options.signingSecret, body),
        ...(retry > 0 ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': reason } : {}),
      },
      body,
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`http_error: the app answered ${answer.status}`)
    return text === '' || !text.startsWith('{') ? { text } : (JSON.parse(text) as Payload)
  }

  const attempt = (kind: Kind, payload: Payload, retry: number, reason: string): Promise<Payload> => {
    const url = options.url()
    if (url !== undefined) return overHttp(url, kind, payload, retry, reason)
    return options.sockets.send(
      {
        envelope_id: randomUUID(),
        type: kind,
        payload,
        accepts_response_payload: kind !== 'events_api',
        ...(kind === 'events_api' ? { retry_attempt: retry, retry_reason: reason } : {}),
      },
      DEADLINE,
    )
  }

  const again = async (payload: Payload, first: unknown): Promise<void> => {
    let reason = String(first)
    for (const [index, delay] of options.retryDelays().entries()) {
      await sleep(delay)
      if (closed) return
      try {
        await attempt('events_api', payload, index + 1, reason)
        return
      } catch (error) {
        reason = String(error)
      }
    }
  }

  return {
    /** Resolves with what the app answered to the first attempt; rejects where it did not acknowledge it in time. */
    send: async (kind: Kind, payload: Payload): Promise<Payload> => {
      // Slack may deliver an event again although it was acknowledged.
      if (kind === 'events_api')
        for (let copy = 1; copy <= copies; copy += 1)
          void sleep(disorder ? disorder() * LATE : 0)
            .then(() => (closed ? undefined : attempt(kind, payload, copy, 'timeout')))
            .catch(() => undefined)
      if (disorder) await sleep(disorder() * JUMP)
      try {
        return await attempt(kind, payload, 0, '')
      } catch (error) {
        if (kind === 'events_api') {
          const retrying = again(payload, error)
          background.add(retrying)
          void retrying.finally(() => background.delete(retrying))
        }
        throw error
      }
    },
    /** Resolves when nothing is being redelivered any more. */
    settled: async (): Promise<void> => {
      while (background.size > 0) await Promise.all(background)
    },
    /** Lets every event come this many times more. */
    repeat: (times: number): void => void (copies = times),
    /** Lets payloads overtake one another, and copies come late; `random` gives numbers from 0 to 1. */
    shuffle: (random: (() => number) | undefined): void => void (disorder = random),
    close: (): void => {
      closed = true
    },
  }
}
