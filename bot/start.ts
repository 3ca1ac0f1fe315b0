import { likeness, planSystem } from '../pipeline/blueprint/planner/plan.ts'
import { expectPython, makeDataFolder } from '../queue/ground.ts'
import { createPipeline } from '../queue/pipeline.ts'
import type { Config } from '../schemas/config.ts'
import { type Bot, startBot } from './bot.ts'
import { openLog } from './log.ts'

/** Starts a whole bot in this process, with the real stages; its log is <data>/logs/bot.log. */
export const startOwnBot = async (config: Config, options: { web: boolean }): Promise<Bot> => {
  await makeDataFolder(config.data)
  if (config.embeddedWorker) await expectPython(config.pythonBin)
  const log = openLog({ data: config.data, level: config.logLevel, name: 'bot' })
  const makesSystem = (text: string): boolean => planSystem(text).kind !== 'refusal'
  return startBot({
    config,
    pipeline: createPipeline({ config, log }),
    reader: { likeness, makesSystem },
    web: options.web,
    log,
  })
}
