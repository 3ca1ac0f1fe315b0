import { afterEach, describe, expect, it } from 'vitest'
import type { Card, ProgressCard } from '../../../schemas/generated/card.ts'
import { EVERY_SCOPE, startFakeSlack } from '../../fakes/slack/slack.ts'
import { everyCard } from '../../fixtures/cards.ts'
import { largeBlueprint } from '../../fixtures/large-cards.ts'
import { startSlackBot } from './support/slack.ts'

const without = (...scopes: string[]): string[] => EVERY_SCOPE.filter((scope) => !scopes.includes(scope))

describe('the App Home of a team without systems', () => {
  it('names one example to copy, and where help is', async () => {
    const bot = await startSlackBot({ mode: 'http' })
    const ada = bot.slack.person('Ada', bot.team)
    await ada.opensHome()
    await expect.poll(() => bot.slack.home(ada.id)).not.toBe('')
    expect(bot.slack.home(ada.id)).toBe(`AutoCoder
Say what you need, in a channel or here under Messages; you get a running system.
Examples: "build me a todo API with user authentication" · "add due dates" · "roll back todo"
Help: write "help" under Messages, or "@AutoCoder help" in a channel.
Systems of this team
None yet. Copy this into a channel that I am in: @AutoCoder build me a todo API with user authentication`)
    expect(bot.slack.refused()).toEqual([])
    await bot.stop()
  })
})

describe('cards in a thread of Slack', { timeout: 60_000 }, () => {
  const open: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of open.splice(0)) await close()
  })

  const start = async (options: Partial<Parameters<typeof startSlackBot>[0]> & { processing?: number } = {}) => {
    const slack = await startFakeSlack({ processing: options.processing ?? 0 })
    const bot = await startSlackBot({ mode: 'http', slack, ...options })
    open.push(async () => {
      await bot.stop()
      await slack.close()
    })
    const ada = slack.person('Ada', bot.team)
    const thread = await ada.mentions('Build me a todo API')
    const ref = { team: bot.team.id, thread }
    const pictures = () => [...slack.state.files.values()].filter((file) => file.name === 'components.png')
    return {
      bot,
      slack,
      ada,
      thread,
      ref,
      pictures,
      post: (key: string, card: Card) => bot.adapter.post(ref, { key, card }),
    }
  }

  it('shows a picture with its words, waits until Slack has looked at it, and uploads it once', async () => {
    const { bot, slack, thread, ref, pictures, post } = await start({ processing: 800 })
    const message = await post('blueprint:r1', everyCard.blueprint)
    expect(slack.transcript(thread)).toContain('(picture: People use Todos, which keeps its rows in a store.)')
    await bot.adapter.update(ref, message, {
      key: 'blueprint:r1',
      card: { ...everyCard.blueprint, status: 'approved', decided: { by: 'Ada', at: '2026-01-01' }, buttons: [] },
    })
    expect(slack.transcript(thread)).toContain('approved by Ada')
    expect(slack.transcript(thread)).toContain('(picture: People use Todos')
    expect(slack.transcript(thread)).not.toContain('[Approve')
    expect(pictures()).toHaveLength(1)
    expect(pictures()[0]?.altText).toContain('People use Todos')
  })

  it('shows the words of a picture that Slack never takes', async () => {
    const { slack, thread, post } = await start({ processing: 60_000 })
    await post('blueprint:r1', everyCard.blueprint)
    expect(slack.transcript(thread)).toContain('Picture: People use Todos')
  })

  it('shows words instead of pictures and files where the app may not attach any', async () => {
    const { slack, thread, post } = await start({ scopes: without('files:write') })
    await post('blueprint:r1', largeBlueprint)
    const seen = slack.transcript(thread)
    expect(seen).toContain('Picture: People use Todos')
    expect(seen).toContain('scope files:write')
    expect(seen).not.toContain('{file')
  })

  it('attaches what does not fit, once, also when the card changes and the process is another', async () => {
    const { bot, slack, thread, ref, post } = await start()
    const message = await post('blueprint:r1', largeBlueprint)
    const files = () => slack.transcript(thread).split('{file blueprint.md}').length - 1
    expect(files()).toBe(1)
    const other = await startSlackBot({ mode: 'http', slack })
    open.unshift(other.stop)
    await other.adapter.update(ref, message, { key: 'blueprint:r1', card: largeBlueprint })
    await bot.adapter.update(ref, message, { key: 'blueprint:r1', card: largeBlueprint })
    expect(files()).toBe(1)
  })

  it('attaches the code of a build', async () => {
    const { slack, thread, post } = await start()
    await post('files:b1', everyCard.file)
    expect(slack.transcript(thread)).toContain('{file b1.zip}')
  })

  it('drops progress that is limited, as to be shown later, and waits with what ends a story', async () => {
    const { bot, slack, thread, ref, post } = await start()
    const progress: ProgressCard = everyCard.progress
    const message = await post('build:1', progress)
    slack.rates.limit('chat.update', 1, 1)
    await expect(bot.adapter.update(ref, message, { key: 'build:1', card: progress })).rejects.toMatchObject({
      code: 'rate-limited',
      retryable: true,
    })
    slack.rates.limit('chat.update', 1, 1)
    const began = Date.now()
    const done: ProgressCard = { ...progress, status: 'succeeded', seconds: 7.5, buttons: [] }
    await bot.adapter.update(ref, message, { key: 'build:1', card: done })
    expect(Date.now() - began).toBeGreaterThan(950)
    expect(slack.transcript(thread)).toContain('Was built in 7.5 s')
  })

  it('keeps the budget of a channel: a score of answers is shown, in their order', async () => {
    const { slack, thread, post } = await start()
    for (let number = 1; number <= 8; number += 1)
      await post(`reply:${number}`, { kind: 'message', tone: 'plain', text: `answer ${number}.` })
    expect([...slack.transcript(thread).matchAll(/answer (\d)/g)].map((match) => match[1])).toEqual([...'12345678'])
    expect(slack.state.calls.some(({ answer }) => answer === 'ratelimited')).toBe(true)
  })

  it('shows words and buttons where the workspace does not know a kind of block', async () => {
    const { bot, slack, ada, thread, post } = await start()
    slack.state.unknownBlocks.add('plan')
    await post('build:1', everyCard.progress)
    expect(slack.transcript(thread)).toContain('◐ Check it: mark-progress: checking types')
    await ada.presses('Cancel', { thread })
    expect(bot.events.at(-1)).toMatchObject({ type: 'press', card: 'build:1', button: 'cancel', value: 'b1' })
  })

  it('unfurls nothing and links no name', async () => {
    const { slack, post } = await start()
    await post('deployed:1', everyCard.deployed)
    const call = slack.state.calls.filter(({ method }) => method === 'chat.postMessage').at(-1)
    expect(call?.args).toMatchObject({
      unfurl_links: 'false',
      unfurl_media: 'false',
      parse: 'none',
      link_names: 'false',
    })
  })

  it('hears people without knowing groups and names where it may not read them', async () => {
    const { bot, ada, thread } = await start({ scopes: without('usergroups:read', 'users:read') })
    expect(bot.events.at(-1)?.actor).toEqual({ id: ada.id, name: ada.id, owner: false })
    expect(bot.events.at(-1)?.thread).toBe(thread)
  })

  it('says what Slack refused, without a retry that cannot help', async () => {
    const { bot, ref } = await start()
    await expect(bot.adapter.update(ref, '1.000001', { key: 'a', card: everyCard.message })).rejects.toMatchObject({
      code: 'platform-refused',
      retryable: false,
      message: 'Slack refused chat.update: message_not_found',
    })
  })
})
