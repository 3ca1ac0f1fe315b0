import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { knock } from '../../deploy/health.ts'
import type { LocalOptions } from '../../deploy/local/options.ts'
import { createLocalTarget } from '../../deploy/local/target.ts'
import { load, percentile } from './load.ts'
import { cleanUp, makeContext, makeOptions, makeRelease } from './stand-in.ts'

let options: LocalOptions
beforeEach(async () => {
  options = await makeOptions()
})
afterEach(() => cleanUp(options.data))

const paths = [
  { method: 'GET', path: '/' },
  { method: 'POST', path: '/notes' },
  { method: 'GET', path: '/slow' },
]

test.each([
  { clients: 16, pause: 0 },
  { clients: 16, pause: 150 },
])(
  'fails no request when releases are switched under $clients kept connections with pauses of $pause ms',
  async ({ clients, pause }) => {
    const target = createLocalTarget(options)
    const first = await makeRelease(options.data, 'todo')
    const { url } = await target.apply(first, makeContext())
    const run = load(url, clients, paths, pause)
    await wait(500)
    const releases = [first]
    for (let round = 0; round < 3; round += 1) {
      const release = await makeRelease(options.data, 'todo', { level: round + 2 })
      releases.push(release)
      await target.apply(release, makeContext())
      await wait(700)
    }
    await target.start('todo', makeContext())
    await wait(500)
    const { failures, latencies, requests, seen } = await run.stop()
    const show = (share: number) => `${percentile(latencies, share).toFixed(1)} ms`
    console.log(
      `${requests} requests, ${failures.length} failed; P50 ${show(0.5)}, P99 ${show(0.99)}, max ${show(1)}; one path takes 300 ms by itself`,
    )
    expect(failures).toEqual([])
    expect([...seen.keys()].sort()).toEqual(releases.map((release) => release.digest).sort())
  },
)

test('a release that is slow to let go answers nobody once the switch is done', async () => {
  const target = createLocalTarget(options)
  const { url } = await target.apply(await makeRelease(options.data, 'todo', { drain_after: 0.5 }), makeContext())
  const second = await makeRelease(options.data, 'todo')
  await target.apply(second, makeContext())
  const asked = Array.from({ length: 40 }, () => knock({ url }, '/readyz', 5))
  const releases = (await Promise.all(asked)).map((answer) => JSON.parse(answer?.body ?? '{}').release)
  expect(new Set(releases)).toEqual(new Set([second.digest]))
})
