import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { knock } from '../../deploy/health.ts'
import type { DeployContext, DeployTarget, Release } from '../../deploy/target.ts'

/** What a target brings to the suite: itself, and releases of a system that answers GET / with {release, marker} and keeps notes. */
export type TargetHarness = {
  target: DeployTarget
  /** A release of the system; `good` serves, `sick` never gets ready, `broken` fails to migrate. */
  release: (system: string, kind: 'good' | 'sick' | 'broken') => Promise<Release>
  context: (signal?: AbortSignal) => DeployContext & { steps: string[] }
  /** Ends what the test has left, and throws where processes, containers or files of it are still there. */
  close: () => Promise<void>
}

/** On a connection of its own: a kept one still belongs to the release that it was opened to. */
const get = async (url: string): Promise<{ [key: string]: unknown }> =>
  JSON.parse((await knock({ url }, new URL(url).pathname))?.body ?? 'null') as { [key: string]: unknown }

/** The suite that every target passes. */
export const targetContract = (name: string, create: () => Promise<TargetHarness>): void => {
  describe(`the contract of a target: ${name}`, () => {
    let harness: TargetHarness
    beforeEach(async () => {
      harness = await create()
    })
    afterEach(() => harness.close())

    const serves = async (url: string): Promise<unknown> => (await get(url)).release

    test('serves the release when it is applied, and reports each step of the plan', async () => {
      const { target, context } = harness
      const release = await harness.release('todo', 'good')
      const plan = await target.plan(release)
      const told = context()
      const { url, setupTokenFile } = await target.apply(release, told)
      expect(told.steps).toEqual(plan.map((step) => step.title))
      expect(await serves(url)).toBe(release.digest)
      expect(setupTokenFile).toBeDefined()
      expect(await target.probe('todo')).toBe(true)
      expect(await target.status('todo')).toMatchObject({ state: 'running', url, release: release.digest, restarts: 0 })
    })

    test('changes nothing when the release that serves is applied again', async () => {
      const { target, context } = harness
      const release = await harness.release('todo', 'good')
      const first = await target.apply(release, context())
      const process = await get(first.url)
      const second = await target.apply(release, context())
      expect(second).toEqual(first)
      expect(await get(second.url)).toEqual(process)
    })

    test('keeps URL and rows when another release is applied, and when it is rolled back', async () => {
      const { target, context } = harness
      const old = await harness.release('todo', 'good')
      const { url } = await target.apply(old, context())
      await fetch(`${url}/notes`, { method: 'POST' })
      const next = await harness.release('todo', 'good')
      expect((await target.apply(next, context())).url).toBe(url)
      expect(await serves(url)).toBe(next.digest)
      expect((await target.rollback(old, context())).url).toBe(url)
      expect(await serves(url)).toBe(old.digest)
      expect(await get(`${url}/notes`)).toEqual({ notes: 1 })
    })

    test.each(['sick', 'broken'] as const)('leaves the old release serving when a %s one is applied', async (kind) => {
      const { target, context } = harness
      const old = await harness.release('todo', 'good')
      const { url } = await target.apply(old, context())
      const bad = await harness.release('todo', kind)
      await expect(target.apply(bad, context())).rejects.toMatchObject({ name: 'AppError', code: /^deploy-/ })
      expect(await serves(url)).toBe(old.digest)
      expect(await target.status('todo')).toMatchObject({ state: 'running', release: old.digest })
    })

    test('is absent when the first release fails', async () => {
      const { target, context } = harness
      await expect(target.apply(await harness.release('todo', 'sick'), context())).rejects.toThrow()
      expect((await target.status('todo')).state).toBe('absent')
      expect(await target.probe('todo')).toBe(false)
    })

    test('leaves the old release serving when an apply is aborted', async () => {
      const { target, context } = harness
      const old = await harness.release('todo', 'good')
      const { url } = await target.apply(old, context())
      const controller = new AbortController()
      const told = context(controller.signal)
      const applying = target.apply(await harness.release('todo', 'sick'), {
        ...told,
        report: async (step) => {
          if (step.startsWith('Waiting')) setTimeout(() => controller.abort(new Error('cancelled')), 50)
        },
      })
      await expect(applying).rejects.toThrow('cancelled')
      expect(await serves(url)).toBe(old.digest)
    })

    test('keeps rows and URL when it is stopped, started and restarted', async () => {
      const { target, context } = harness
      const release = await harness.release('todo', 'good')
      const { url } = await target.apply(release, context())
      await fetch(`${url}/notes`, { method: 'POST' })
      await target.stop('todo')
      await target.stop('todo')
      expect(await target.status('todo')).toMatchObject({ state: 'stopped', url, uptime: undefined })
      await expect(fetch(url)).rejects.toThrow()
      expect((await target.start('todo', context())).url).toBe(url)
      const before = await get(url)
      expect((await target.start('todo', context())).url).toBe(url)
      expect((await get(url)).pid).not.toBe(before.pid)
      expect(await get(`${url}/notes`)).toEqual({ notes: 1 })
    })

    test('keeps systems apart when there are several', async () => {
      const { target, context } = harness
      const releases = await Promise.all(['todo', 'notes'].map((system) => harness.release(system, 'good')))
      const urls = await Promise.all(releases.map(async (release) => (await target.apply(release, context())).url))
      expect(new Set(urls).size).toBe(2)
      await fetch(`${urls[0]}/notes`, { method: 'POST' })
      await target.stop('todo')
      expect(await serves(urls[1] ?? '')).toBe(releases[1]?.digest)
      expect(await get(`${urls[1]}/notes`)).toEqual({ notes: 0 })
    })

    test('forgets the system but not its rows when it is removed, and everything when it is purged', async () => {
      const { target, context } = harness
      const release = await harness.release('todo', 'good')
      const { url } = await target.apply(release, context())
      await fetch(`${url}/notes`, { method: 'POST' })
      await target.remove('todo', { purge: false })
      await target.remove('todo', { purge: false })
      expect((await target.status('todo')).state).toBe('absent')
      await expect(target.start('todo', context())).rejects.toMatchObject({ code: 'deploy-absent' })
      const again = await target.apply(release, context())
      expect(await get(`${again.url}/notes`)).toEqual({ notes: 1 })
      await target.remove('todo', { purge: true })
      const fresh = await target.apply(await harness.release('todo', 'good'), context())
      expect(await get(`${fresh.url}/notes`)).toEqual({ notes: 0 })
    })

    test('returns the last lines of the log, oldest first', async () => {
      const { target, context } = harness
      const { url } = await target.apply(await harness.release('todo', 'good'), context())
      await fetch(`${url}/say-one`)
      await fetch(`${url}/say-two`)
      await expect.poll(() => target.logs('todo', 2)).toEqual(['GET /say-one', 'GET /say-two'])
      expect(await target.logs('todo', 1)).toEqual(['GET /say-two'])
      expect(await target.logs('nobody', 5)).toEqual([])
    })

    test('is absent when nothing was ever applied', async () => {
      expect(await harness.target.status('nobody')).toMatchObject({ state: 'absent', url: undefined })
      await harness.target.stop('nobody')
      await harness.target.remove('nobody', { purge: true })
    })
  })
}
