import { join } from 'node:path'
import type { Logger } from 'pino'
import { createSeal, keyOf } from '../queue/store/seal.ts'
import type { Store } from '../queue/store/store.ts'
import type { Config } from '../schemas/config.ts'
import type { ChatAdapter } from './chat/adapter.ts'
import { createDesk } from './desk.ts'
import { createDiscordAdapter, type DiscordAdapter } from './discord/adapter.ts'
import { findPress } from './discord/press-id.ts'
import { createSlackAdapter, type SlackAdapter } from './slack/adapter.ts'
import type { SurveyDeps } from './survey.ts'

export type Platforms = {
  slack: SlackAdapter | undefined
  discord: DiscordAdapter | undefined
  all: ChatAdapter[]
}

/** Returns the adapters of the team platforms that are set up. */
export const createPlatforms = async (deps: {
  config: Config
  store: Store
  target: SurveyDeps['target']
  log: Logger
}): Promise<Platforms> => {
  const { config, store, target, log } = deps
  if (!config.slack && !config.discord) return { slack: undefined, discord: undefined, all: [] }
  const keys = config.keys.length > 0 ? config.keys : [await keyOf(join(config.data, 'keys', 'seal'))]
  const seal = createSeal(keys)
  const deskOf = (platform: 'slack' | 'discord') =>
    createDesk({ db: store.db, target, log: log.child({ platform }), data: config.data, seal, platform })

  const slackOf = (settings: NonNullable<Config['slack']>): SlackAdapter =>
    createSlackAdapter({
      ...settings,
      ...deskOf('slack'),
      url: config.web.url,
      // Any secret that all processes share and that stays: states live for minutes.
      stateSecret: keys[0]!,
      log: log.child({ platform: 'slack' }),
    })

  const discordOf = (settings: NonNullable<Config['discord']>): DiscordAdapter => {
    const { cardsOf, ...desk } = deskOf('discord')
    return createDiscordAdapter({
      ...settings,
      ...desk,
      lookup: async (thread, shortId) => findPress(await cardsOf(thread), shortId),
      log: log.child({ platform: 'discord' }),
    })
  }

  const slack = config.slack && slackOf(config.slack)
  const discord = config.discord && discordOf(config.discord)
  return { slack, discord, all: [slack, discord].filter((one) => one !== undefined) }
}
