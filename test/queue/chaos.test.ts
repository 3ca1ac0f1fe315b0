import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COLUMNS, type Column } from './support/columns.ts'
import { liveThrough, ONE_OF_EACH } from './support/kill.ts'
import { deploymentsIn } from './support/pipeline.ts'

/** The longer campaign is `node scripts/chaos-queue.ts`. */
const LIVES = 2
const KILLS = 3

describe.each(COLUMNS)('kill -9 ($name)', ({ start }) => {
  let column: Column
  beforeAll(async () => {
    column = await start()
  })
  afterAll(() => column.stop())

  it(`leaves one build, one deployment and one final message when it comes at ${LIVES * KILLS} random moments`, {
    timeout: 400_000,
  }, async () => {
    for (let life = 0; life < LIVES; life += 1) {
      const place = await column.place()
      const outcome = await liveThrough(place, { kills: KILLS, pace: 120, random: Math.random })
      expect(outcome).toMatchObject(ONE_OF_EACH)
      // A kill between the switch and its record leads to a second apply of the same release, which changes nothing.
      expect(new Set(deploymentsIn(place.data)).size).toBe(1)
    }
  })
})
