/**
 * Kills a worker's process with SIGKILL at random moments of a build, on the embedded queue and on PostgreSQL and Redis,
 * and counts what came of it: every wish must lead to one build, one deployment and one final message.
 *
 *   npm run chaos:queue -- [--kills 30] [--column embedded|servers]
 */
import { parseArgs } from 'node:util'
import { COLUMNS } from '../test/queue/support/columns.ts'
import { liveThrough, ONE_OF_EACH } from '../test/queue/support/kill.ts'

const { values } = parseArgs({ options: { kills: { type: 'string', default: '30' }, column: { type: 'string' } } })
const wanted = Number(values.kills)
const KILLS_A_LIFE = 3
let wrong = 0

for (const { name, start } of COLUMNS) {
  if (values.column && values.column !== name) continue
  const column = await start()
  const begun = Date.now()
  try {
    for (let kills = 0; kills < wanted; kills += KILLS_A_LIFE) {
      const outcome = await liveThrough(await column.place(), { kills: KILLS_A_LIFE, pace: 150, random: Math.random })
      const right = Object.entries(ONE_OF_EACH).every(
        ([key, value]) => JSON.stringify(outcome[key as keyof typeof outcome]) === JSON.stringify(value),
      )
      if (!right) {
        wrong += 1
        console.log(`${name}: after ${kills + KILLS_A_LIFE} kills: ${JSON.stringify(outcome)}`)
      }
    }
    console.log(`${name}: ${wanted} kills in ${Math.round((Date.now() - begun) / 1000)} s, ${wrong} wrong ends`)
  } finally {
    await column.stop()
  }
}
process.exitCode = wrong > 0 ? 1 : 0
