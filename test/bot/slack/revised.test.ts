import { afterEach, describe, expect, it } from 'vitest'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { ChatEvent } from '../../../schemas/generated/chat-event.ts'
import { EVERY_SCOPE, type FakeSlack, startFakeSlack } from '../../fakes/slack/slack.ts'
import { startTestBot } from '../support/bot.ts'
import { knowing, startSlackBot } from './support/slack.ts'

const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 20_000, interval: 50 })
const place = (thread: string) => thread.split(':') as [string, string]
/** The ts of a message that was written a minute ago, so that nobody takes it for one that is about to appear. */
const earlier = (seconds = 60): string => (Date.now() / 1000 - seconds).toFixed(6)

describe('what was changed or deleted while Slack was away', { timeout: 60_000 }, () => {
  let slack: FakeSlack
  let readings = 0
  let bot: Awaited<ReturnType<typeof startSlackBot>>
  afterEach(async () => {
    await bot.stop()
    await slack.close()
  })
  /** The store of this bot says that everything is undecided, in the words that came first. */
  const start = async (scopes = EVERY_SCOPE, isOpen: (event: ChatEvent) => boolean = () => true) => {
    slack = await startFakeSlack({ retryDelays: [10] })
    const since = new Date()
    const known: typeof bot.known = new Set()
    const events: ChatEvent[] = []
    bot = await startSlackBot({
      mode: 'socket',
      slack,
      scopes,
      onEvent: async (event) => {
        known.add(event.thread)
        events.push(event)
      },
      deps: {
        threads: async () => {
          readings += 1
          return [...known].map((thread) => ({
            team: slack.state.teams.keys().next().value!,
            thread,
            since,
            undecided: events.flatMap((event) =>
              event.type === 'message' && event.thread === thread && isOpen(event)
                ? [{ id: event.id, text: event.text, actor: event.actor.id }]
                : [],
            ),
          }))
        },
      },
    })
    return slack.person('Ada', bot.team)
  }
  const away = async (meanwhile: () => Promise<unknown>): Promise<void> => {
    slack.down()
    await eventually(() => slack.sockets.count()).toBe(0)
    const before = readings
    await meanwhile().catch(() => undefined)
    await slack.delivery.settled()
    slack.up()
    await eventually(() => readings).toBeGreaterThan(before)
    await bot.adapter.caughtUp()
  }
  const told = () =>
    bot.events.map((event) => `${event.type} ${event.actor.name}: ${'text' in event ? event.text : '(gone)'}`)

  it('hears of new words once, under the id that Slack would have told them by', async () => {
    const ada = await start()
    const thread = await ada.mentions('Build me a tudo API', { ts: earlier(7_200) })
    await ada.says('with tags', { thread })
    const [channel, ts] = place(thread)
    await away(() => ada.edits(channel, ts, 'Build me a todo API & more'))
    await eventually(told).toEqual([
      'message Ada: Build me a tudo API',
      'message Ada: with tags',
      'edit Ada: Build me a todo API & more',
    ])
    const { edited } = slack.state.message(channel, ts)!
    expect(bot.events.at(-1)).toMatchObject({
      id: `${bot.events[0]!.id}:${edited}`,
      message: bot.events[0]!.id,
      thread,
    })
    await away(async () => undefined)
    const words = { type: 'message', user: ada.id, ts }
    expect(told()).toHaveLength(3)
    await slack.event(bot.team, {
      type: 'message',
      subtype: 'message_changed',
      channel,
      channel_type: 'channel',
      ts: edited,
      message: { ...words, text: 'Build me a todo API &amp; more', edited: { user: ada.id, ts: edited } },
      previous_message: { ...words, text: 'Build me a tudo API' },
    })
    expect(told()).toHaveLength(3)
  })

  it('hears that an answer is gone from the thread, and that a request left only its stone', async () => {
    const ada = await start()
    const thread = await ada.mentions('Build me a todo API', { ts: earlier(120) })
    const [channel, ts] = place(thread)
    const answer = earlier(60)
    await ada.says('with tags', { thread, ts: answer })
    await ada.says('and colors', { thread, ts: earlier(50) })
    await away(() => ada.deletes(channel, answer))
    await eventually(told).toHaveLength(4)
    expect(bot.events.at(-1)).toMatchObject({
      type: 'edit',
      id: `${bot.team.id}:${channel}:${answer}:gone`,
      message: bot.events[1]!.id,
      actor: { name: 'Ada' },
    })
    expect(bot.events.at(-1)).not.toHaveProperty('text')
    await away(() => ada.deletes(channel, ts))
    await eventually(told).toHaveLength(5)
    expect(bot.events.at(-1)).toMatchObject({ id: `${bot.events[0]!.id}:gone`, actor: { name: 'Ada' } })
    await away(async () => undefined)
    expect(told()).toHaveLength(5)
  })

  it('hears that a request is gone which nobody had answered', async () => {
    const ada = await start()
    const thread = await ada.mentions('Build me a todo API', { ts: earlier() })
    await away(() => ada.deletes(...place(thread)))
    await eventually(told).toEqual(['message Ada: Build me a todo API', 'edit Ada: (gone)'])
  })

  it('takes nothing for gone that it may not read, or that is about to appear', async () => {
    const ada = await start(EVERY_SCOPE.filter((scope) => scope !== 'channels:history'))
    const thread = await ada.mentions('Build me a todo API', { ts: earlier() })
    await away(() => ada.deletes(...place(thread)))
    expect(told()).toEqual(['message Ada: Build me a todo API'])
    slack.state.installs.values().next().value!.scopes.add('channels:history')
    const fresh = await ada.mentions('Build me a shop')
    await ada.says('with prices', { thread: fresh })
    // The history does not have it yet.
    slack.state.messages.pop()
    await away(async () => undefined)
    expect(told().filter((line) => line.includes('gone'))).toHaveLength(1)
    expect(bot.events.at(-1)).toMatchObject({ type: 'edit', message: bot.events[0]!.id })
  })

  it('asks for no other thread, and no other message, than those that are undecided', async () => {
    const ada = await start(EVERY_SCOPE, (event) => event.type === 'message' && event.text !== 'decided')
    const thread = await ada.mentions('decided', { ts: earlier(120) })
    const answer = await ada.says('open', { thread, ts: earlier(100) })
    expect(answer).toBe(thread)
    await away(() => ada.edits(...place(thread), 'decided otherwise'))
    expect(told()).toEqual(['message Ada: decided', 'message Ada: open'])
  })
})

describe('a conversation with the assistant that began while nobody listened', () => {
  it('is taken up', async () => {
    const slack = await startFakeSlack({ retryDelays: [10] })
    slack.state.app.view = 'assistant'
    slack.install(slack.team('Acme'), [...EVERY_SCOPE, 'assistant:write'])
    const since = new Date()
    const known: string[] = []
    const bot = await startSlackBot({
      mode: 'socket',
      slack,
      deps: { threads: knowing(slack, known, since) },
    })
    const ada = slack.person('Ada', bot.team)
    known.push(await ada.tells('hello'))
    slack.down()
    await ada.opensAssistant().catch(() => undefined)
    const { channel, ts } = slack.state.messages.at(-1)!
    const thread = `${channel}:${ts}`
    await ada.says('Build me a todo API', { thread }).catch(() => undefined)
    await slack.delivery.settled()
    slack.up()
    await eventually(() => bot.events).toHaveLength(2)
    expect(bot.events[1]).toMatchObject({ type: 'message', text: 'Build me a todo API', thread })
    expect(bot.events[1]).not.toHaveProperty('before')
    await eventually(() => slack.assistant(thread)).toBe('# Build me a todo API')
    await bot.stop()
    await slack.close()
  })
})

describe('a request that was put otherwise while the bot was away', { timeout: 60_000 }, () => {
  it('is drawn again where nobody has decided on it, and put aside where it was deleted', async () => {
    const slack = await startFakeSlack({ retryDelays: [] })
    const team = slack.team('Acme')
    const install = slack.install(team)
    const bot = await startTestBot({
      planner: { planSystem, planChange },
      env: { SLACK_BOT_TOKEN: install.token, SLACK_API_URL: slack.apiUrl, SLACK_APP_TOKEN: slack.app.token },
    })
    const ada = slack.person('Ada', team)
    const shows = (thread: string) => expect.poll(() => slack.transcript(thread, 'bot'), { timeout: 20_000 })
    const todo = await ada.mentions('Build me a todo API', { ts: earlier(90) })
    await shows(todo).toContain('[Approve]')
    const shop = await ada.mentions('Build me an API for books with a title', { ts: earlier(80) })
    await shows(shop).toContain('[Approve]')
    const built = await ada.mentions('Build me an API for pets with a name', { ts: earlier(70) })
    await shows(built).toContain('[Approve]')
    await ada.presses('Approve', { thread: built })
    await shows(built).toContain('is running')
    slack.down()
    await expect.poll(() => slack.sockets.count()).toBe(0)
    await ada.edits(...place(todo), 'Build me a todo API with a priority').catch(() => undefined)
    await ada.deletes(...place(shop)).catch(() => undefined)
    await ada.edits(...place(built), 'Build me an API for cats with a name').catch(() => undefined)
    slack.up()
    await shows(todo).toMatch(/priority/i)
    await shows(shop).not.toContain('[Approve]')
    expect(slack.transcript(built, 'bot')).not.toContain('decided on already')
    expect(slack.transcript(built, 'bot')).not.toMatch(/cats/i)
    expect(slack.refused()).toEqual([])
    await bot.stop()
    await slack.close()
  })
})
