import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { coalesced, within } from '../../queue/patience.ts'

describe('coalesced', () => {
  it('runs once at a time, and once more when it was asked for meanwhile', async () => {
    let running = 0
    let runs = 0
    const deed = coalesced(
      async () => {
        running += 1
        expect(running).toBe(1)
        runs += 1
        await sleep(10)
        running -= 1
      },
      () => undefined,
    )
    await Promise.all(Array.from({ length: 20 }, () => deed.run()))
    expect(runs).toBe(2)
    await deed.rest()
    expect(runs).toBe(2)
    await deed.run()
    expect(runs).toBe(3)
  })

  it('goes on after an error, which it passes on', async () => {
    const errors: unknown[] = []
    let runs = 0
    const deed = coalesced(
      async () => {
        runs += 1
        throw new Error('no')
      },
      (error) => errors.push(error),
    )
    await deed.run()
    await deed.run()
    expect([runs, errors.length]).toEqual([2, 2])
  })
})

describe('within', () => {
  it('says whether the work was in time', async () => {
    expect(await within(1_000, sleep(1))).toBe(true)
    expect(await within(5, sleep(1_000))).toBe(false)
    expect(await within(-5, new Promise(() => undefined))).toBe(false)
  })

  it('throws what the work throws in time', async () => {
    await expect(within(1_000, Promise.reject(new Error('no')))).rejects.toThrow('no')
  })
})
