import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect } from 'vitest'
import { eventually, type Story } from './story.ts'

/** A subscriber: keeps what it is sent, and fails as often as it is told. */
const listen = async (failures = 0) => {
  const received: { body: string; headers: Record<string, unknown> }[] = []
  let tries = 0
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      tries += 1
      if (tries <= failures) {
        response.writeHead(500).end()
        return
      }
      received.push({ body, headers: request.headers })
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return { url, received, tries: () => tries, stop: () => new Promise((resolve) => server.close(resolve)) }
}

const hookOf = async (nobody: { get: (path: string) => Promise<{ paths: object }> }): Promise<string> => {
  const { paths } = await nobody.get('/openapi.json')
  return Object.keys(paths).find((path) => /hook|updates?$/.test(path))!
}

export const parcels: Story = {
  name: 'a parcel tracker',
  says: [
    'A parcel tracker, no login. Parcels have a tracking code, which is unique, and a status: registered, in transit, delivered. Carriers send status updates by webhook with the tracking code, the status and a place. Subscribers register a URL for a parcel and are told there when its status changes.',
  ],
  tests: {
    'changes the parcel that a carrier reports': async ({ nobody }) => {
      const parcel = await nobody.make('/v1/parcels', { tracking_code: 'T-1' })
      const path = await hookOf(nobody)
      const report = { tracking_code: 'T-1', status: 'in_transit', place: 'Hamburg' }
      expect([200, 202]).toContain(await nobody.status('POST', path, report))
      expect((await nobody.get(`/v1/parcels/${parcel.id}`)).status).toBe('in_transit')
      expect(await nobody.status('POST', path, { ...report, tracking_code: 'unknown' })).toBe(404)
      expect(await nobody.status('POST', path, { ...report, status: 'eaten' })).toBe(422)
    },
    'tells subscribers at their URLs, again where that fails at first': async ({ nobody }) => {
      const subscriber = await listen(1)
      try {
        const parcel = await nobody.make('/v1/parcels', { tracking_code: 'T-2' })
        await nobody.make('/v1/subscriptions', { parcel_id: parcel.id, url: subscriber.url })
        const report = { tracking_code: 'T-2', status: 'delivered', place: 'Kiel' }
        await nobody.call('POST', await hookOf(nobody), report)
        await eventually(
          async () => subscriber.received.length,
          (count) => count === 1,
        )
        expect(subscriber.tries()).toBe(2)
        expect(subscriber.received[0]!.body).toContain('delivered')
      } finally {
        await subscriber.stop()
      }
    },
  },
}
