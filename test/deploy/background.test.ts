import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LocalOptions } from '../../deploy/local/options.ts'
import { systemPaths } from '../../deploy/local/paths.ts'
import { createLocalTarget } from '../../deploy/local/target.ts'
import { type Receiver, sign, startReceiver, until } from '../generate/receiver.ts'
import { makeRealRelease } from './real-release.ts'
import { cleanUp, makeContext, makeOptions } from './stand-in.ts'

let options: LocalOptions
let receiver: Receiver
beforeEach(async () => {
  options = await makeOptions()
  receiver = await startReceiver()
})
afterEach(async () => {
  await cleanUp(options.data)
  await receiver.stop()
})

const release = async (mark: string) => ({
  ...(await makeRealRelease(options.data, 'parcels', { blueprint: 'parcels', mark })),
  outbound: ['loopback'],
  webhookSecrets: ['carrier'],
})

test('a deployed system works in the background, also after the next release has taken over', async () => {
  const target = createLocalTarget(options)
  const paths = systemPaths(options.data, 'parcels')
  const { url, setupTokenFile } = await target.apply(await release('one'), makeContext())
  const ask = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const text = JSON.stringify(body)
    const secret = (await readFile(paths.webhookSecret('carrier'), 'utf8')).trim()
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'X-Signature': sign(secret, text), ...headers },
      body: text,
    })
    expect(response.ok, `${path} ${response.status}`).toBe(true)
    return (await response.json()) as { [name: string]: string }
  }
  const me = { email: 'admin@example.com', password: 'correct horse' }
  await ask('/v1/auth/setup', { token: (await readFile(setupTokenFile!, 'utf8')).trim(), ...me })
  const { access_token } = await ask('/v1/auth/login', me)
  const authorization = `Bearer ${access_token}`
  await ask('/v1/parcels', { number: 'P1' }, { authorization })
  await ask('/v1/subscriptions', { url: `${receiver.url}/hook` }, { authorization })
  await ask('/v1/parcels/reports', { event_id: '1', number: 'P1', place: 'Lyon' })
  await until(() => receiver.heard.length === 1)
  await target.apply(await release('two'), makeContext())
  await ask('/v1/parcels/reports', { event_id: '2', number: 'P1', place: 'Paris' })
  await until(() => receiver.heard.length === 2)
  expect(receiver.heard.map(({ text }) => JSON.parse(text).place)).toEqual(['Lyon', 'Paris'])
  expect((await target.logs('parcels', 200)).join('\n')).not.toMatch(/Traceback|background work failed/)
}, 120_000)
