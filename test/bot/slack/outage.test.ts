import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { signed } from '../../fakes/slack/delivery.ts'
import { startFakeSlack } from '../../fakes/slack/slack.ts'
import { everyCard } from '../../fixtures/cards.ts'
import { knowing, startSlackBot } from './support/slack.ts'

const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 20_000, interval: 50 })
const texts = (bot: Awaited<ReturnType<typeof startSlackBot>>) =>
  bot.events.map((event) => ('text' in event ? event.text : ''))

describe('outages', { timeout: 60_000 }, () => {
  it('loses nothing and doubles nothing where sockets are cut and the store is away for a while', async () => {
    let away = false
    const bot = await startSlackBot({
      mode: 'socket',
      onEvent: async () => {
        if (away) throw new Error('the store is away')
      },
    })
    const ada = bot.slack.person('Ada', bot.team)
    const thread = await ada.mentions('one')
    away = true
    const refused = ada.says('two', { thread })
    await sleep(50)
    bot.slack.sockets.cut()
    await expect(refused).rejects.toThrow('the socket closed')
    away = false
    await eventually(() => bot.slack.sockets.count()).toBeGreaterThan(0)
    await ada.says('three', { thread })
    await bot.slack.delivery.settled()
    await eventually(() => texts(bot).sort()).toEqual(['one', 'three', 'two'])
    expect(new Set(bot.events.map((event) => event.id)).size).toBe(3)
    await bot.stop()
  })

  it('has the next connection before the old one closes, where Slack says so beforehand', async () => {
    const bot = await startSlackBot({ mode: 'socket' })
    const ada = bot.slack.person('Ada', bot.team)
    const thread = await ada.mentions('one')
    bot.slack.sockets.refresh(2_000)
    await sleep(700)
    expect(bot.slack.sockets.count()).toBeGreaterThan(0)
    await ada.says('two', { thread })
    expect(texts(bot)).toEqual(['one', 'two'])
    await bot.stop()
  })

  it('finds what was said while Slack was away for longer than it redelivers', async () => {
    const slack = await startFakeSlack({ retryDelays: [10, 20] })
    const since = new Date()
    const known: string[] = []
    const bot = await startSlackBot({
      mode: 'socket',
      slack,
      deps: { threads: knowing(slack, known, since) },
    })
    const ada = slack.person('Ada', bot.team)
    const thread = await ada.mentions('one')
    known.push(thread)
    slack.down()
    await ada.says('two', { thread }).catch(() => undefined)
    const missed = ada.mentions('a new call')
    await missed.catch(() => undefined)
    await ada.says('not for the bot').catch(() => undefined)
    await slack.delivery.settled()
    expect(texts(bot)).toEqual(['one'])
    slack.up()
    await eventually(() => texts(bot)).toEqual(['one', 'two', 'a new call'])
    await bot.adapter.caughtUp()
    expect(texts(bot)).toEqual(['one', 'two', 'a new call'])
    await bot.stop()
    await slack.close()
  })

  it('shows a card once where the answer to posting it was lost', async () => {
    const bot = await startSlackBot({ mode: 'http' })
    const ada = bot.slack.person('Ada', bot.team)
    const thread = await ada.mentions('one')
    const ref = { team: bot.team.id, thread }
    bot.slack.breakNext('chat.postMessage', 'after')
    const message = await bot.adapter.post(ref, { key: 'reply:1', card: everyCard.question })
    expect(bot.slack.transcript(thread).split('mark-question')).toHaveLength(2)
    expect(await bot.adapter.find?.(ref, 'reply:1')).toBe(message)
    expect(await bot.adapter.find?.(ref, 'reply:2')).toBeUndefined()
    await bot.stop()
  })

  it('says that Slack is away, to be tried again, where a card was not taken', async () => {
    const bot = await startSlackBot({ mode: 'http' })
    const ada = bot.slack.person('Ada', bot.team)
    const thread = await ada.mentions('one')
    const ref = { team: bot.team.id, thread }
    bot.slack.breakNext('chat.postMessage', '503')
    await expect(bot.adapter.post(ref, { key: 'reply:1', card: everyCard.question })).rejects.toMatchObject({
      code: 'platform-away',
      retryable: true,
    })
    expect(bot.slack.transcript(thread)).not.toContain('mark-question')
    await bot.adapter.post(ref, { key: 'reply:1', card: everyCard.question })
    bot.slack.breakNext('chat.update', '503', 2)
    const message = (await bot.adapter.find?.(ref, 'reply:1'))!
    await bot.adapter.update(ref, message, { key: 'reply:1', card: { ...everyCard.question, text: 'changed' } })
    expect(bot.slack.transcript(thread)).toContain('changed')
    await bot.stop()
  })

  it('starts while Slack is away, and hears once it is back', async () => {
    const slack = await startFakeSlack({ retryDelays: [] })
    slack.install(slack.team('Acme'))
    slack.down()
    const bot = await startSlackBot({ mode: 'socket', slack })
    slack.up()
    await eventually(() => slack.sockets.count()).toBe(1)
    await slack.person('Ada', bot.team).mentions('one')
    expect(texts(bot)).toEqual(['one'])
    await bot.stop()
    await slack.close()
  })

  it('refuses to start with a wrong token, and never says it', async () => {
    const slack = await startFakeSlack()
    slack.install(slack.team('Acme'))
    await expect(startSlackBot({ mode: 'socket', slack, deps: { appToken: 'xapp-1-wrong' } })).rejects.toMatchObject({
      code: 'config-invalid',
      message: 'Slack does not take SLACK_APP_TOKEN: invalid_auth',
    })
    const refusal = await startSlackBot({ mode: 'socket', slack, deps: { botToken: 'xoxb-wrong' } }).catch(
      (error) => error,
    )
    expect(refusal).toMatchObject({ code: 'platform-refused' })
    expect(`${refusal.message}${refusal.stack}${JSON.stringify(refusal)}`).not.toContain('xoxb-wrong')
    await slack.close()
  })

  it('writes no token, signature or response address into its log', async () => {
    const bot = await startSlackBot({ mode: 'socket' })
    const ada = bot.slack.person('Ada', bot.team)
    const thread = await ada.mentions('one')
    bot.slack.breakNext('chat.postMessage', '503')
    await bot.adapter.post({ team: bot.team.id, thread }, { key: 'a', card: everyCard.message }).catch(() => undefined)
    bot.slack.sockets.cut()
    await eventually(() => bot.slack.sockets.count()).toBe(1)
    await bot.stop()
    const log = bot.logged.join('\n')
    for (const secret of [bot.install.token, bot.slack.app.token, bot.slack.app.signingSecret, 'ticket=', '/actions/'])
      expect(log).not.toContain(secret)
  })
})

describe('requests over HTTP', () => {
  it('takes only what Slack signed within five minutes', async () => {
    const bot = await startSlackBot({ mode: 'http' })
    const body = JSON.stringify({ type: 'url_verification', challenge: 'c', token: 't' })
    const send = (headers: Record<string, string>, path = '/slack/events') =>
      fetch(`${bot.url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
    const secret = bot.slack.app.signingSecret
    const now = Math.floor(Date.now() / 1000)
    const good = await send(signed(secret, body))
    expect([good.status, await good.json()]).toEqual([200, { challenge: 'c' }])
    expect((await send(signed('another secret of an app', body))).status).toBe(401)
    expect((await send(signed(secret, `${body} `))).status).toBe(401)
    expect((await send(signed(secret, body, now - 301))).status).toBe(401)
    expect((await send({})).status).toBe(401)
    expect((await send(signed(secret, body), '/slack/else')).status).toBe(404)
    expect((await fetch(`${bot.url}/slack/install`)).status).toBe(404)
    await bot.stop()
  })

  it('hears a redelivery of what it could not store, under the same id', async () => {
    let away = true
    const seen: string[] = []
    const bot = await startSlackBot({
      mode: 'http',
      onEvent: async (event) => {
        seen.push(event.id)
        if (away) throw new Error('the store is away')
      },
    })
    const ada = bot.slack.person('Ada', bot.team)
    await expect(ada.mentions('one')).rejects.toThrow('answered 500')
    away = false
    await bot.slack.delivery.settled()
    expect(texts(bot)).toEqual(['one'])
    expect(new Set(seen).size).toBe(1)
    await bot.stop()
  })
})
