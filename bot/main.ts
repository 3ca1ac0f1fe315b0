/** `npm start`: the bot, its page, and a worker where none runs elsewhere. */
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { warmPlanner } from '../pipeline/blueprint/planner/warm.ts'
import { readConfig } from '../schemas/config.ts'
import { printed } from '../schemas/errors.ts'
import { reached, reachWords } from './reach.ts'
import { startOwnBot } from './start.ts'

/** Milliseconds that a stop may take: running stages get two thirds of them to end. */
const DEADLINE = 10_000

const main = async (): Promise<void> => {
  const config = readConfig(process.env)
  process.stdout.write('Starting ...\n')
  warmPlanner()
  const bot = await startOwnBot(config, { web: true })
  process.stdout.write(
    `\nAutoCoder is running. Open this address; it lets you in once:\n\n  ${bot.invite()}\n\nOr talk to it here: npm run -s chat\nPress Ctrl-C to stop. The systems that it built go on running.\n`,
  )
  if (process.stdin.isTTY) {
    process.stdout.write('Press Enter for another address, for another browser.\n')
    createInterface({ input: process.stdin }).on('line', () => process.stdout.write(`\n  ${bot.invite()}\n\n`))
  }
  void reached(bot.platforms).then(() => {
    for (const line of reachWords(bot.platforms(), join(config.data, 'logs', 'bot.log')))
      process.stdout.write(`${line}\n`)
  })
  let stopping = false
  const stop = (): void => {
    // A second signal means that somebody does not want to wait.
    if (stopping) process.exit(1)
    stopping = true
    void bot.stop(DEADLINE).then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

main().catch((error: unknown) => {
  process.stderr.write(printed(error))
  process.exit(1)
})
