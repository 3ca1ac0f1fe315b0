import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { startBot } from '../../../bot/bot.ts'
import type { Planner } from '../../../queue/compile.ts'
import { readConfig } from '../../../schemas/config.ts'
import { createScriptedPipeline, scriptedReader } from './pipeline.ts'

/** Starts a bot on an embedded store with the scripted pipeline; `restart` stops it and starts it on the same data. */
export const startTestBot = async (
  options: {
    web?: boolean
    accounts?: boolean
    pace?: number
    planner?: Planner
    reader?: typeof scriptedReader
    env?: Record<string, string>
    /** An existing data directory; a new one where absent. */
    data?: string
  } = {},
) => {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'autocoder-bot-')))
  const config = readConfig({ AUTOCODER_DATA: data, WEB_PORT: '0', ...options.env })
  const pipeline = createScriptedPipeline(data, options)
  pipeline.pace = options.pace ?? 5
  const log = pino({ level: process.env.TEST_LOG ?? 'silent' }, pino.destination(2))
  const start = () =>
    startBot({ config, pipeline, reader: options.reader ?? scriptedReader, web: options.web ?? false, log })
  let bot = await start()
  return {
    data,
    config,
    pipeline,
    invite: () => bot.invite() ?? '',
    platforms: () => bot.platforms(),
    restart: async (port = 0) => {
      await bot.stop(3_000)
      config.web.port = port
      bot = await start()
    },
    /** Stops the bot; its data stay. */
    halt: async () => {
      await bot.stop(3_000)
      await pipeline.close()
    },
    stop: async () => {
      await bot.stop(3_000)
      await pipeline.close()
      await rm(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
