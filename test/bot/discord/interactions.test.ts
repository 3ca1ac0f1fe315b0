import { MessageFlags } from 'discord.js'
import { afterEach, describe, expect, it } from 'vitest'
import { matching, systemsCard } from '../../../bot/chat/systems.ts'
import { buttons } from '../../../bot/conversation/buttons.ts'
import { pressId } from '../../../bot/discord/press-id.ts'
import type { Card } from '../../../schemas/generated/card.ts'
import { everyCard } from '../../fixtures/cards.ts'
import { systemView } from '../../fixtures/systems.ts'
import { openScene, type Scene } from './support.ts'

let scene: Scene
afterEach(() => scene.close())

const soon = (read: () => unknown) => expect.poll(read, { timeout: 8_000 })
const open = async (more?: Parameters<typeof openScene>[1]) => {
  scene = await openScene({}, more)
  await scene.start()
  const { discord } = scene
  const ada = discord.person('Ada')
  const thread = discord.thread('a todo API')
  scene.known.set(thread.id, { team: discord.guild.id, since: new Date() })
  return { discord, ada, thread }
}
const asking: Card = {
  kind: 'message',
  tone: 'plain',
  text: 'It runs.',
  buttons: [{ id: 'change', label: 'Change', style: 'plain', value: 's1', ask: 'What should change?' }],
}
const systems = [
  systemView('todo'),
  systemView('books', { title: 'Book club' }),
  systemView('attic', { archived: true }),
]
const home = async (_team: string, { search = '' }: { search?: string }) => matching(systems, search)

describe('a button', () => {
  it('becomes one event a click, with card, button and value', async () => {
    const { ada, thread } = await open()
    await scene.show(thread.id, 'blueprint:1', everyCard.blueprint)
    const label = everyCard.blueprint.buttons[0]!.label
    const outcomes = await Promise.all([ada.presses(thread, label), ada.presses(thread, label)])
    expect(outcomes.map(({ type }) => type)).toEqual([6, 6])
    const events = scene.events()
    expect(new Set(events.map(({ id }) => id)).size).toBe(2)
    for (const event of events)
      expect(event).toMatchObject({
        type: 'press',
        thread: thread.id,
        card: 'blueprint:1',
        button: 'approve',
        value: everyCard.blueprint.digest,
        actor: { name: 'Ada' },
      })
  })

  it('works after a restart', async () => {
    const { ada, thread } = await open()
    await scene.show(thread.id, 'blueprint:1', everyCard.blueprint)
    await scene.restart()
    await ada.presses(thread, everyCard.blueprint.buttons[0]!.label)
    expect(scene.events()).toHaveLength(1)
  })

  it('is refused in private once a newer card took its place', async () => {
    const { ada, thread } = await open()
    await scene.show(thread.id, 'blueprint:1', everyCard.blueprint)
    await scene.show(thread.id, 'blueprint:1', { ...everyCard.blueprint, buttons: [] })
    const { data } = await ada.presses(thread, pressId('blueprint:1', everyCard.blueprint.buttons[0]!))
    expect(Number(data.flags) & MessageFlags.Ephemeral).not.toBe(0)
    expect(ada.whispers()).toContain('no longer offered')
    expect(scene.events()).toEqual([])
  })

  it('is not acknowledged where it could not be stored', async () => {
    const { ada, thread } = await open()
    await scene.show(thread.id, 'blueprint:1', everyCard.blueprint)
    scene.store.refuse = new Error('the store is away')
    const { type } = await ada.presses(thread, everyCard.blueprint.buttons[0]!.label)
    expect(type).toBe(4)
    expect(ada.whispers()).toContain('could not be written down')
  })

  it('is answered within three seconds by a store that is slow', async () => {
    const { ada, thread } = await open()
    await scene.show(thread.id, 'blueprint:1', everyCard.blueprint)
    scene.store.slow = 3_400
    expect((await ada.presses(thread, everyCard.blueprint.buttons[0]!.label)).type).toBe(6)
    await soon(() => scene.events().length).toBe(1)
  })

  it('asks for words in a field, and the event brings them', async () => {
    const { ada, thread } = await open()
    await scene.show(thread.id, 'reply:1', asking)
    const modal = await ada.presses(thread, 'Change')
    expect(modal).toMatchObject({ type: 9, data: { title: 'Change' } })
    expect(scene.events()).toEqual([])
    await ada.fills(thread, modal, 'a due date, please')
    expect(scene.events()).toMatchObject([
      { type: 'press', card: 'reply:1', button: 'change', value: 's1', text: 'a due date, please' },
    ])
  })

  it('asks for a person with Discord’s own list, and the event brings them under their name in the server', async () => {
    const { discord, ada, thread } = await open()
    const card: Card = {
      kind: 'list',
      title: 'Todo',
      items: [],
      empty: '',
      buttons: [buttons.handOver('s1', 'todo', undefined)],
    }
    await scene.show(thread.id, 'reply:2', card)
    const bob = discord.person('Bob')
    const modal = await ada.presses(thread, 'Hand over')
    expect(modal).toMatchObject({ type: 9, data: { title: 'Hand over' } })
    const refused = await ada.picks(thread, modal, discord.world.bot)
    expect(Number(refused.data.flags) & MessageFlags.Ephemeral).not.toBe(0)
    expect(ada.whispers()).toContain('a bot looks after nothing')
    expect(scene.events()).toEqual([])
    await ada.picks(thread, modal, bob.user)
    expect(scene.events()).toMatchObject([
      {
        type: 'press',
        card: 'reply:2',
        button: 'hand-over',
        value: 's1',
        person: { kind: 'person', id: bob.user.id, name: 'Bob' },
      },
    ])
  })

  it('is one choice for each system below a list of them', async () => {
    const { ada, thread } = await open()
    await scene.show(thread.id, 'reply:3', systemsCard(systems))
    await ada.chooses(thread, 'With this system…', 'Book club')
    expect(scene.events()).toMatchObject([{ type: 'press', card: 'reply:3', button: 'about', value: 'id-books' }])
  })

  it('is a choice in a list where there are many', async () => {
    const { ada, thread } = await open()
    const buttons = Array.from({ length: 30 }, (_, index) => ({
      id: `b${index}`,
      label: `Do ${index}`,
      style: 'plain' as const,
      value: `v${index}`,
    }))
    await scene.show(thread.id, 'reply:2', { kind: 'message', tone: 'plain', text: 'Many.', buttons })
    await ada.chooses(thread, 'Choose (2 of 2)', 'Do 27')
    expect(scene.events()).toMatchObject([{ type: 'press', button: 'b27', value: 'v27' }])
  })
})

describe('a whisper', () => {
  it('answers what was pressed, while the token lives', async () => {
    const { discord, ada, thread } = await open()
    await scene.show(thread.id, 'blueprint:1', everyCard.blueprint)
    await ada.presses(thread, everyCard.blueprint.buttons[0]!.label)
    const tell = (text: string) =>
      scene
        .adapter()
        .whisper(
          { team: discord.guild.id, thread: thread.id },
          { id: ada.user.id, name: 'Ada' },
          { kind: 'message', tone: 'refusal', text },
        )
    await tell('you may not approve')
    expect(thread.messages.at(-1)).toMatchObject({ ephemeralTo: ada.user.id })
    expect(discord.transcript(thread)).not.toContain('you may not approve')

    discord.world.pass(16 * 60_000)
    await tell('an hour later')
    expect(ada.direct().messages).toHaveLength(1)
    expect(ada.whispers()).toContain('an hour later')

    discord.world.closed.add(ada.user.id)
    await tell('a secret')
    expect(discord.transcript(thread)).toContain('[mention ada] there is an answer for you alone')
    expect(discord.transcript(thread)).not.toContain('a secret')
  })
})

describe('a refusal while the press is being taken', () => {
  it('waits for the first answer, and for nothing else', async () => {
    const { discord, ada, thread } = await open()
    await scene.show(thread.id, 'blueprint:1', everyCard.blueprint)
    scene.store.meanwhile = (event) =>
      scene.adapter().whisper({ team: discord.guild.id, thread: thread.id }, event.actor, {
        kind: 'message',
        tone: 'refusal',
        text: 'not you',
      })
    await ada.presses(thread, everyCard.blueprint.buttons[0]!.label)
    await soon(ada.whispers).toContain('not you')
    await soon(() => scene.events().length).toBe(1)
  })
})

describe('commands', () => {
  it('are registered once, and again only where they differ', async () => {
    const { discord } = await open()
    const puts = () => discord.requests.filter(({ route }) => route.startsWith('PUT /applications')).length
    expect(puts()).toBe(1)
    await scene.restart()
    expect(puts()).toBe(1)
    discord.world.application.commands[0]!.description = 'an older one'
    await scene.restart()
    expect(puts()).toBe(2)
  })

  it('/build says who asks for what, and the words come from the thread of it', async () => {
    const { discord, ada } = await open()
    await ada.commands(discord.general, 'build', { text: 'a todo API @everyone' })
    await soon(scene.texts).toEqual(['a todo API @everyone'])
    expect(discord.transcript(discord.general)).toBe('AutoCoder: Ada asks: a todo API @everyone')
    const starter = discord.general.messages.find((one) => !one.ephemeralTo)!
    expect(scene.events()[0]).toMatchObject({ thread: starter.id, actor: { name: 'Ada' } })
    await soon(ada.whispers).toContain('It goes on here: [channel a todo API @everyone]')
  })

  it('/builds lists, searches, helps, and takes sentences', async () => {
    const { discord, ada } = await open({ home })
    await ada.commands(discord.general, 'builds')
    await soon(ada.whispers).toContain('Book club')
    expect(ada.whispers()).toContain('[With this system…: Todo | Book club]')
    expect(ada.whispers()).toContain('running for 3 h · 96 MB · owner Ada')
    expect(ada.whispers()).not.toContain('Attic')
    await ada.commands(discord.general, 'builds', { words: 'help' })
    await soon(ada.whispers).toContain('a todo API where everybody sees only their own')
    await ada.commands(discord.general, 'builds', { words: 'nothing' })
    await soon(ada.whispers).toContain('No system is called so')
    expect(scene.events()).toEqual([])
    await ada.commands(discord.general, 'builds', { words: 'audit' })
    await soon(scene.texts).toEqual(['audit'])
    await ada.chooses(discord.general, 'With this system…', 'Book club')
    await soon(scene.texts).toEqual(['audit', 'open books'])
    expect(discord.transcript(discord.general)).toContain('Ada asks: open books')
    await ada.commands(discord.general, 'builds', { words: 'archived' })
    await soon(ada.whispers).toContain('Attic')
    expect(ada.whispers()).toContain('Archived systems')
  })

  it('/builds completes the names of systems', async () => {
    const { discord, ada } = await open({ home })
    expect(await ada.completes(discord.general, 'builds', 'words', 'open to')).toEqual([
      { name: 'open Todo (owner Ada)', value: 'open todo' },
    ])
    expect((await ada.completes(discord.general, 'builds', 'words', '')).map(({ value }) => value)).toEqual([
      'open todo',
      'open books',
      'help',
      'audit',
    ])
  })

  it('"Build this" goes on in the thread of the message', async () => {
    const { discord, ada } = await open()
    const idea = discord.person('Bob').writes(discord.general, 'somebody should keep our recipes')
    await ada.uses('Build this', idea)
    await soon(scene.texts).toEqual(['somebody should keep our recipes'])
    expect(scene.events()[0]).toMatchObject({ thread: idea.id, actor: { name: 'Ada' } })
  })

  it('say in private that nothing was written down where the store is away', async () => {
    const { discord, ada } = await open()
    scene.store.refuse = new Error('the store is away')
    await ada.commands(discord.general, 'build', { text: 'a todo API' })
    await soon(ada.whispers).toContain('could not be written down')
  })
})
