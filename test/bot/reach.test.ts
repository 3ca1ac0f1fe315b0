import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reached, reachWords } from '../../bot/reach.ts'
import { type FakeSlack, startFakeSlack } from '../fakes/slack/slack.ts'
import { freePort } from '../support/server.ts'
import { startTestBot } from './support/bot.ts'

describe('what a bot says of the platforms that it is set up for', () => {
  let slack: FakeSlack
  beforeAll(async () => {
    slack = await startFakeSlack()
  })
  afterAll(() => slack.close())
  const started = async (env: Record<string, string>): Promise<string[]> => {
    const { token } = slack.install(slack.team('Acme'))
    const bot = await startTestBot({ env: { SLACK_BOT_TOKEN: token, SLACK_APP_TOKEN: slack.app.token, ...env } })
    await reached(bot.platforms)
    const lines = reachWords(bot.platforms(), '/data/logs/bot.log')
    await bot.stop()
    return lines
  }

  it('is that it is connected, where it is', async () => {
    expect(await started({ SLACK_API_URL: slack.apiUrl })).toEqual(['It is connected to Slack too.'])
  })

  it('is that one cannot be reached yet, and where the reason stands', async () => {
    expect(await started({ SLACK_API_URL: `http://127.0.0.1:${await freePort()}/api/` })).toEqual([
      'Slack cannot be reached yet; it is tried again by itself. Why: /data/logs/bot.log',
    ])
  })

  it('claims nothing of one that calls the bot itself', () => {
    expect(reachWords([{ name: 'slack', reach: 'called' }], 'x')).toEqual([
      'It answers Slack too, when Slack calls it.',
    ])
    expect(reachWords([], 'x')).toEqual([])
  })
})
