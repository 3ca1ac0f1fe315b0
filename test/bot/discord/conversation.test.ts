import { PermissionFlagsBits } from 'discord.js'
import { afterEach, describe, expect, it } from 'vitest'
import { everyCard } from '../../fixtures/cards.ts'
import { openScene, type Scene } from './support.ts'

let scene: Scene
afterEach(() => scene.close())

const soon = (read: () => unknown) => expect.poll(read, { timeout: 8_000 })

describe('a mention in a channel', () => {
  it('makes a thread named by the words, and its event comes from there', async () => {
    scene = await openScene()
    await scene.start()
    const { discord } = scene
    const ada = discord.person('Ada', { nick: 'Ada L.', roles: [discord.makeRole('builders', 0n)] })
    const asked = ada.mentions(discord.general, 'Build me a todo API')
    await soon(scene.texts).toEqual(['Build me a todo API'])
    const [event] = scene.events()
    expect(event).toMatchObject({
      id: `${discord.general.id}:${asked.id}`,
      team: { id: discord.guild.id, name: 'Analytical Engines' },
      thread: asked.id,
      actor: { id: ada.user.id, name: 'Ada L.', groups: [expect.any(String)], owner: false },
    })
    expect(discord.world.channels.get(asked.id)).toMatchObject({
      name: 'Build me a todo API',
      parentId: discord.general.id,
    })
  })

  it('names a thread with at most 100 characters', async () => {
    scene = await openScene()
    await scene.start()
    const asked = scene.discord.person('Ada').mentions(scene.discord.general, 'a long wish '.repeat(50))
    await soon(() => scene.texts().length).toBe(1)
    const name = scene.discord.world.channels.get(asked.id)?.name ?? ''
    expect([...name].length).toBeLessThanOrEqual(100)
    expect(name).toMatch(/…$/)
  })

  it('is taken by the role of the same name too, and without words it asks for help', async () => {
    scene = await openScene()
    scene.discord.role.tags = { bot_id: scene.discord.world.bot.id }
    await scene.start()
    const ada = scene.discord.person('Ada')
    ada.writes(scene.discord.general, `<@&${scene.discord.role.id}> a todo API`)
    await soon(scene.texts).toEqual(['a todo API'])
    ada.writes(scene.discord.general, `<@${scene.discord.world.bot.id}>`)
    await soon(scene.texts).toEqual(['a todo API', 'help'])
  })

  it('is answered in the channel where no threads may be made, and the reason is said once', async () => {
    scene = await openScene()
    await scene.start()
    const { discord } = scene
    discord.general.denied = PermissionFlagsBits.CreatePublicThreads
    const ada = discord.person('Ada')
    ada.mentions(discord.general, 'a todo API')
    await soon(scene.texts).toEqual(['a todo API'])
    expect(scene.events()[0]!.thread).toBe(discord.general.id)
    ada.mentions(discord.general, 'with tags')
    await soon(scene.texts).toEqual(['a todo API', 'with tags'])
    expect(discord.transcript(discord.general).split('I may not make threads here')).toHaveLength(2)
    // In a channel only what is to the bot is for the bot.
    ada.writes(discord.general, 'lunch?')
    ada.mentions(discord.general, 'and a due date')
    await soon(scene.texts).toEqual(['a todo API', 'with tags', 'and a due date'])
  })
})

describe('a thread', () => {
  it('goes on without a mention once the bot is in it, and is let alone before', async () => {
    scene = await openScene()
    await scene.start()
    const { discord } = scene
    const thread = discord.thread('old talk')
    const ada = discord.person('Ada')
    const bob = discord.person('Bob')
    ada.writes(thread, 'we need to keep books')
    bob.writes(thread, 'and lend them')
    ada.mentions(thread, 'build that')
    await soon(scene.texts).toEqual(['build that'])
    expect(scene.events()[0]).toMatchObject({
      thread: thread.id,
      before: [
        { name: 'Ada', text: 'we need to keep books' },
        { name: 'Bob', text: 'and lend them' },
      ],
    })
    bob.writes(thread, 'with reviews')
    await soon(scene.texts).toEqual(['build that', 'with reviews'])
    expect(scene.events()[1]).not.toHaveProperty('before')
  })

  it('hears what was changed and taken back', async () => {
    scene = await openScene()
    await scene.start()
    const { discord } = scene
    const ada = discord.person('Ada')
    const asked = ada.mentions(discord.general, 'a todo API')
    await soon(() => scene.events().length).toBe(1)
    const thread = discord.world.channels.get(asked.id)!
    const more = ada.writes(thread, 'with tags')
    await soon(() => scene.events().length).toBe(2)
    ada.edits(asked, `<@${discord.world.bot.id}> a task API`)
    await soon(() => scene.events().at(-1)).toMatchObject({
      type: 'edit',
      thread: thread.id,
      message: `${discord.general.id}:${asked.id}`,
      text: 'a task API',
    })
    ada.deletes(more)
    await soon(() => scene.events().at(-1)).toMatchObject({
      type: 'edit',
      message: `${thread.id}:${more.id}`,
      actor: { name: 'Ada' },
    })
    expect(scene.events().at(-1)).not.toHaveProperty('text')
  })

  it('reads text files and says in private that it cannot read others', async () => {
    scene = await openScene()
    await scene.start()
    const { discord } = scene
    const ada = discord.person('Ada')
    ada.mentions(discord.general, 'import this', {
      files: [
        { name: 'openapi.yaml', text: 'openapi: 3.1.0\n' },
        { name: 'photo.png', text: new Uint8Array([137, 80, 78, 71, 0, 1]), type: 'image/png' },
      ],
    })
    await soon(scene.texts).toEqual(['import this'])
    expect(scene.events()[0]).toMatchObject({ files: [{ name: 'openapi.yaml', text: 'openapi: 3.1.0\n' }] })
    await soon(ada.whispers).toContain('not photo.png')
  })
})

describe('direct messages', () => {
  it('need no mention, and their team is the person', async () => {
    scene = await openScene()
    await scene.start()
    const ada = scene.discord.person('Ada')
    ada.writes(ada.direct(), 'a todo API')
    await soon(scene.texts).toEqual(['a todo API'])
    expect(scene.events()[0]).toMatchObject({
      team: { id: `dm:${ada.user.id}`, name: 'Ada' },
      thread: ada.direct().id,
      actor: { owner: true },
    })
  })
})

describe('who administers a server', () => {
  it('is its owner and who has the permission', async () => {
    scene = await openScene()
    await scene.start()
    const { discord } = scene
    const manager = discord.person('Grace', { roles: [discord.makeRole('managers', PermissionFlagsBits.ManageGuild)] })
    discord.owner().mentions(discord.general, 'one')
    manager.mentions(discord.general, 'two')
    discord.person('Ada').mentions(discord.general, 'three')
    await soon(() => scene.events().length).toBe(3)
    expect(scene.events().map((event) => event.actor.owner)).toEqual([true, true, false])
  })
})

describe('without the intent for content', () => {
  it('connects all the same, says so, and takes mentions and replies', async () => {
    scene = await openScene({ privileged: 0 })
    await scene.start()
    const { discord } = scene
    expect(scene.adapter().capabilities()).toMatchObject({ messageContent: false, connected: true })
    expect(scene.lines.join('')).toContain('Message Content intent is off')
    const ada = discord.person('Ada')
    const asked = ada.mentions(discord.general, 'a todo API')
    await soon(scene.texts).toEqual(['a todo API'])
    const thread = discord.world.channels.get(asked.id)!
    await scene.show(thread.id, 'blueprint:1', everyCard.blueprint)
    ada.writes(thread, 'nobody hears this')
    ada.writes(thread, 'with tags', { replyTo: thread.messages[0]! })
    await soon(scene.texts).toEqual(['a todo API', 'with tags'])
  })
})
