/** A server of the world outside, such as a subscriber's: it keeps what it hears and answers as it is told. */
import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Heard = { path: string; headers: IncomingHttpHeaders; text: string; at: number }

export type Receiver = {
  url: string
  heard: Heard[]
  /** The status of the answer to a request. */
  answer: (heard: Heard) => number | Promise<number>
  stop: () => Promise<void>
}

export const startReceiver = async (): Promise<Receiver> => {
  const receiver = { heard: [] as Heard[], answer: () => 200 } as unknown as Receiver
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const heard = { path: request.url ?? '', headers: request.headers, text, at: Date.now() }
    receiver.heard.push(heard)
    response.writeHead(await receiver.answer(heard)).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  receiver.stop = () =>
    new Promise((resolve) => {
      server.closeAllConnections()
      server.close(() => resolve())
    })
  return receiver
}

/** Returns the signature of a body, as `X-Signature` has it. */
export const sign = (secret: string, text: string, seconds = Math.floor(Date.now() / 1000)): string =>
  `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${text}`).digest('hex')}`

/** Waits until something holds; fails after ten seconds. */
export const until = async <T>(ask: () => Promise<T | undefined | false> | T | undefined | false): Promise<T> => {
  for (const end = Date.now() + 10_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 10))) {
    const found = await ask()
    if (found) return found
  }
  throw new Error('it did not happen within ten seconds')
}
