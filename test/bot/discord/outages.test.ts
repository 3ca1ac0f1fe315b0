import { afterEach, describe, expect, it } from 'vitest'
import { createDiscordAdapter } from '../../../bot/discord/adapter.ts'
import type { Card } from '../../../schemas/generated/card.ts'
import { everyCard } from '../../fixtures/cards.ts'
import { noWelcomes } from '../support/welcomes.ts'
import { openScene, type Scene } from './support.ts'

let scene: Scene
afterEach(() => scene.close())

const soon = (read: () => unknown) => expect.poll(read, { timeout: 15_000 })
const open = async (options: Parameters<typeof openScene>[0] = {}) => {
  scene = await openScene(options)
  await scene.start()
  const { discord } = scene
  const ada = discord.person('Ada')
  const thread = discord.thread('a todo API')
  ada.mentions(thread, 'one')
  await soon(scene.texts).toEqual(['one'])
  return { discord, ada, thread }
}

describe('the gateway', () => {
  it('is cut in mid-conversation, and resumes with what was said meanwhile', async () => {
    const { discord, ada, thread } = await open()
    discord.gateway.state.down = true
    discord.gateway.cut()
    ada.writes(thread, 'two')
    ada.mentions(discord.general, 'another one')
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    expect(scene.adapter().capabilities().connected).toBe(false)
    ada.writes(thread, 'three')
    discord.gateway.state.down = false
    await soon(() => scene.texts().toSorted()).toEqual(['another one', 'one', 'three', 'two'])
    // A cut that the library takes for a network that is away may begin anew instead; both lose nothing.
    expect(discord.gateway.state.resumes + discord.gateway.state.identifies.length).toBeGreaterThan(1)
    expect(scene.adapter().capabilities().connected).toBe(true)
  })

  it('asks for a reconnect, and nothing is told twice', async () => {
    const { discord, ada, thread } = await open()
    discord.gateway.askToReconnect()
    ada.writes(thread, 'two')
    await soon(() => discord.gateway.state.resumes).toBe(1)
    ada.writes(thread, 'three')
    await soon(scene.texts).toEqual(['one', 'two', 'three'])
    expect(scene.deliveries).toHaveLength(3)
  })

  it('forgets the session: what was missed is read in the history, in its order', async () => {
    const { discord, ada, thread } = await open()
    discord.gateway.state.down = true
    discord.gateway.cut()
    discord.gateway.forget()
    for (let number = 2; number <= 130; number += 1) ada.writes(thread, `missed ${number}`)
    const called = ada.mentions(discord.general, 'in a channel')
    ada.writes(discord.general, 'to nobody')
    discord.gateway.state.down = false
    await soon(() => scene.texts().length).toBe(131)
    const inThread = scene.events().filter((event) => event.thread === thread.id)
    expect(inThread.map((event) => (event.type === 'message' ? event.text : ''))).toEqual([
      'one',
      ...Array.from({ length: 129 }, (_, index) => `missed ${index + 2}`),
    ])
    expect(scene.events().find((event) => event.thread === called.id)).toMatchObject({ text: 'in a channel' })
    ada.writes(thread, 'live again')
    await soon(() => scene.texts().at(-1)).toBe('live again')
  }, 40_000)

  it('says that the session is over, resumable or not', async () => {
    const { discord, ada, thread } = await open()
    discord.gateway.invalidate(true)
    ada.writes(thread, 'two')
    await soon(scene.texts).toEqual(['one', 'two'])
    discord.gateway.invalidate(false)
    ada.writes(thread, 'three')
    await soon(scene.texts).toEqual(['one', 'two', 'three'])
  }, 40_000)

  it('no longer acknowledges heartbeats: the connection counts as dead and another takes over', async () => {
    const { discord, ada, thread } = await open({ beat: 400 })
    discord.gateway.state.deaf = true
    await soon(() => discord.gateway.state.resumes).toBeGreaterThan(0)
    discord.gateway.state.deaf = false
    ada.writes(thread, 'two')
    await soon(scene.texts).toEqual(['one', 'two'])
  })

  it('withdraws the intent for content while it runs: the bot goes on with mentions', async () => {
    const { discord, ada, thread } = await open()
    discord.gateway.state.privileged = 0
    discord.gateway.close(4014)
    await soon(() => scene.adapter().capabilities()).toMatchObject({ messageContent: false, connected: true })
    ada.mentions(thread, 'two')
    await soon(scene.texts).toEqual(['one', 'two'])
  })
})

describe('a process that ends', () => {
  it('finds at its next start what was said while it was away', async () => {
    const { discord, ada, thread } = await open()
    await scene.adapter().stop()
    ada.writes(thread, 'while you were away')
    const called = ada.mentions(discord.general, 'new wish')
    await scene.restart()
    await soon(() => scene.texts().toSorted()).toEqual(['new wish', 'one', 'while you were away'])
    expect(scene.events().find((event) => event.thread === called.id)).toBeDefined()
  })

  it('posts a card only once, when it died before it noted the message', async () => {
    const { discord, thread } = await open()
    const first = await scene.show(thread.id, 'blueprint:1', everyCard.blueprint)
    await scene.restart()
    const again = await scene.show(thread.id, 'blueprint:1', { ...everyCard.blueprint, title: 'changed meanwhile' })
    expect(again).toBe(first)
    expect(discord.transcript(thread)).toContain('changed meanwhile')
    expect(discord.transcript(thread)).not.toContain('mark-blueprint')
    // Days later the nonce is forgotten, and the history still knows the card.
    discord.world.pass(86_400_000)
    const place = { team: discord.guild.id, thread: thread.id }
    for (let number = 0; number < 120; number += 1) discord.person('Bob').writes(thread, `chatter ${number}`)
    expect(await scene.adapter().find?.(place, 'blueprint:1')).toBe(first)
    expect(await scene.adapter().find?.(place, 'blueprint:2')).toBeUndefined()
  })

  it('is refused with a wrong token, without saying which', async () => {
    scene = await openScene()
    const adapter = createDiscordAdapter({
      token: 'NOT.THE.TOKEN',
      apiUrl: scene.discord.api,
      log: (await import('pino')).pino({ level: 'silent' }),
      knows: async () => false,
      threads: async () => [],
      lookup: async () => undefined,
      welcomes: noWelcomes,
      knowsTeam: async () => true,
      files: { picture: async () => undefined, download: async () => undefined },
      home: async () => [],
    })
    await expect(adapter.start(async () => undefined)).rejects.toMatchObject({
      code: 'config-invalid',
      message: expect.not.stringContaining('NOT.THE.TOKEN'),
    })
    await adapter.stop()
  })
})

describe('Discord is away at the start', () => {
  it('and the bot starts all the same, and is there when Discord is', async () => {
    scene = await openScene()
    const { discord } = scene
    discord.faults(() => 'down')
    await scene.start()
    expect(scene.adapter().capabilities().connected).toBe(false)
    discord.faults(() => undefined)
    await soon(() => scene.adapter().capabilities().connected).toBe(true)
    discord.person('Ada').mentions(discord.general, 'one')
    await soon(scene.texts).toEqual(['one'])
  })
})

describe('a store that is away for a while', () => {
  it('gets every message in its order once it is back', async () => {
    const { ada, thread } = await open()
    scene.store.refuse = new Error('the store is away')
    for (const text of ['two', 'three', 'four']) ada.writes(thread, text)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(scene.texts()).toEqual(['one'])
    scene.store.refuse = undefined
    await soon(scene.texts).toEqual(['one', 'two', 'three', 'four'])
  })

  it('is asked for the known threads until it says which', async () => {
    let away = 2
    scene = await openScene(
      {},
      {
        threads: async () => {
          if (away-- > 0) throw new Error('the store is away')
          return [...scene.known].map(([thread, { team, since }]) => ({ team, thread, since, undecided: [] }))
        },
      },
    )
    const { discord } = scene
    const thread = discord.thread('a todo API')
    scene.known.set(thread.id, { team: discord.guild.id, since: new Date() })
    discord.person('Ada').writes(thread, 'before the start')
    await scene.start()
    await soon(scene.texts).toEqual(['before the start'])
    expect(away).toBe(-1)
  })
})

describe('what was changed or deleted while the bot was away', () => {
  it('is noticed of messages that nobody has decided on, under the ids that the gateway would have told', async () => {
    scene = await openScene(
      {},
      {
        threads: async () =>
          [...scene.known].map(([thread, { team, since }]) => ({
            team,
            thread,
            since,
            undecided: scene
              .events()
              .flatMap((event) =>
                event.type === 'message' && event.thread === thread && event.text !== 'decided'
                  ? [{ id: event.id, text: event.text, actor: event.actor.id }]
                  : [],
              ),
          })),
      },
    )
    await scene.start()
    const { discord } = scene
    const ada = discord.person('Ada')
    // A minute ago: nobody takes them for messages that are about to appear.
    discord.world.pass(-60_000)
    const asked = ada.mentions(discord.general, 'a tudo API')
    const gone = ada.mentions(discord.general, 'a shop')
    await soon(() => scene.events().length).toBe(2)
    const thread = discord.world.channels.get(asked.id)!
    const answers = ['with tags', 'decided', 'with colors'].map((text) => ada.writes(thread, text))
    await soon(() => scene.events().length).toBe(5)
    discord.world.pass(60_000)
    discord.gateway.state.down = true
    discord.gateway.cut()
    discord.gateway.forget()
    ada.edits(asked, `<@${discord.world.bot.id}> a todo API`)
    ada.edits(answers[0]!, 'with labels')
    ada.edits(answers[1]!, 'decided otherwise')
    ada.deletes(answers[2]!)
    ada.deletes(gone)
    discord.gateway.state.down = false
    await soon(() => scene.events().length).toBe(9)
    const edits = scene.events().slice(5)
    const { general } = discord
    const at = (message: { edited_timestamp: string | null }) => Date.parse(message.edited_timestamp!)
    expect(edits.map((event) => [event.id, 'text' in event ? event.text : '(gone)']).toSorted()).toEqual(
      [
        [`${general.id}:${asked.id}:edit:${at(asked)}`, 'a todo API'],
        [`${thread.id}:${answers[0]!.id}:edit:${at(answers[0]!)}`, 'with labels'],
        [`${thread.id}:${answers[2]!.id}:deleted`, '(gone)'],
        [`${general.id}:${gone.id}:deleted`, '(gone)'],
      ].toSorted(),
    )
    expect(edits.every((event) => event.actor.name === 'Ada')).toBe(true)
  })
})

describe('rate limits', () => {
  it('at every call: nothing is lost and nothing doubled', async () => {
    const { discord, ada, thread } = await open()
    // Each request is refused the first time, whatever it is.
    const tried = new Set<string>()
    discord.faults((route, body) => {
      const name = `${route} ${JSON.stringify(body)}`
      if (tried.has(name)) return undefined
      tried.add(name)
      return 'limited'
    })
    const wishes = Array.from({ length: 8 }, (_, index) => `wish ${index}`)
    for (const wish of wishes) ada.mentions(discord.general, wish)
    await soon(() => scene.texts().length).toBe(9)
    for (const [index, card] of Object.values(everyCard).entries()) await scene.show(thread.id, `card:${index}`, card)
    const shown = discord.transcript(thread)
    for (const kind of Object.keys(everyCard)) expect(shown).toContain(`mark-${kind}`)
    expect(thread.messages.filter((one) => one.author.bot)).toHaveLength(Object.keys(everyCard).length)
    expect(scene.deliveries.map((event) => event.type === 'message' && event.text).toSorted()).toEqual(
      ['one', ...wishes].toSorted(),
    )
    expect(discord.requests.filter(({ status }) => status === 429).length).toBeGreaterThan(10)
  }, 40_000)

  it('drop a state of progress, which says so, and let its last one through', async () => {
    const { thread } = await open({ limits: { 'PATCH /channels/:id/messages/:id': { limit: 2, window: 25_000 } } })
    const progress = everyCard.progress
    const message = await scene.show(thread.id, 'progress:1', progress)
    const step = (done: number): Card => ({ ...progress, done })
    await scene.change(thread.id, message, 'progress:1', step(2))
    await scene.change(thread.id, message, 'progress:1', step(3))
    await expect(scene.change(thread.id, message, 'progress:1', step(3.5))).rejects.toMatchObject({
      code: 'rate-limited',
      retryable: true,
    })
    await scene.change(thread.id, message, 'progress:1', { ...progress, status: 'succeeded', done: 4, seconds: 7.5 })
    expect(scene.discord.transcript(thread)).toContain('was built')
  })

  it('and answers that are lost on the way: a card stands there once', async () => {
    const { discord, thread } = await open()
    let lost = 0
    discord.faults((route) => (route.startsWith('POST /channels/:id/messages') && lost++ === 0 ? 'lost' : undefined))
    await expect(scene.show(thread.id, 'blueprint:1', everyCard.blueprint)).rejects.toMatchObject({
      code: 'platform-away',
      retryable: true,
    })
    await scene.show(thread.id, 'blueprint:1', everyCard.blueprint)
    expect(discord.transcript(thread).split('mark-blueprint')).toHaveLength(2)
  })
})

describe('a thread', () => {
  it('that was archived is opened again for a change', async () => {
    const { discord, thread } = await open()
    const message = await scene.show(thread.id, 'blueprint:1', everyCard.blueprint)
    thread.archived = true
    await scene.change(thread.id, message, 'blueprint:1', { ...everyCard.blueprint, title: 'after a week' })
    expect(discord.transcript(thread)).toContain('after a week')
  })

  it('that was deleted, or is closed to the bot, is said in words', async () => {
    const { discord, thread } = await open()
    discord.world.channels.delete(thread.id)
    await expect(scene.show(thread.id, 'blueprint:1', everyCard.blueprint)).rejects.toMatchObject({
      code: 'thread-away',
    })
    const closed = discord.thread('closed')
    closed.denied = ~0n
    await expect(scene.show(closed.id, 'blueprint:1', everyCard.blueprint)).rejects.toMatchObject({
      code: 'platform-refused',
    })
  })

  it('in which no files may be attached gets the card without them', async () => {
    const { discord, thread } = await open()
    thread.denied = (await import('discord.js')).PermissionFlagsBits.AttachFiles
    await scene.show(thread.id, 'blueprint:1', { ...everyCard.blueprint, readings: undefined } as Card)
    expect(discord.transcript(thread)).toContain('mark-blueprint')
    expect(discord.transcript(thread)).toContain('I may not attach a file here')
  })

  it('from which somebody deleted a card needs no change of it', async () => {
    const { thread } = await open()
    const message = await scene.show(thread.id, 'blueprint:1', everyCard.blueprint)
    thread.messages = []
    await expect(scene.change(thread.id, message, 'blueprint:1', everyCard.blueprint)).resolves.toBeUndefined()
  })
})

it('nothing secret stands in the log', async () => {
  const { discord, ada, thread } = await open()
  await scene.show(thread.id, 'blueprint:1', everyCard.blueprint)
  discord.faults((route) => (route.includes('/callback') ? 'down' : undefined))
  await expect(ada.presses(thread, everyCard.blueprint.buttons[0]!.label)).rejects.toThrow('This interaction failed')
  const log = scene.lines.join('\n')
  expect(log).toContain('an interaction could not be answered')
  expect(log).not.toContain(discord.token)
  expect(log).not.toContain('aW50ZXJhY3Rpb24')
})
