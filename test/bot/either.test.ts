import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestBot } from './support/bot.ts'
import { openChat, says } from './support/chat.ts'
import { realPlanner, realReader } from './support/pipeline.ts'

describe('a sentence in the thread of a system', () => {
  let bot: Awaited<ReturnType<typeof startTestBot>>
  beforeAll(async () => {
    bot = await startTestBot({ planner: realPlanner, reader: realReader })
  })
  afterAll(() => bot.stop())

  const libraryIn = async (team: string, yes = false) => {
    const chat = await openChat(bot.data, { team, yes })
    await chat.tell('Build me a library: books have a title and an author. No login.')
    if (!yes) await chat.tell('approve')
    return chat
  }
  const blueprintIn = (events: Awaited<ReturnType<Awaited<ReturnType<typeof libraryIn>>['tell']>>['events']) =>
    events.find(({ type }) => type === 'blueprint')

  it('changes that system where it goes on from it', async () => {
    const chat = await libraryIn('goes-on')
    const { events } = await chat.tell('We also track suppliers with a phone')
    expect(blueprintIn(events)).toMatchObject({ system: 'library', revision: 2 })
    chat.close()
  })

  it('is asked about where it may be both, and changes the system when that is pressed', async () => {
    const chat = await libraryIn('asked')
    const asked = await chat.tell('Suppliers have a name and a phone')
    expect(asked.outcome).toBe('question')
    expect(asked.events.find(({ type }) => type === 'question')).toMatchObject({
      system: 'library',
      text: expect.stringContaining('Is this a change of Library, or a new system beside it?'),
      choices: [{ label: 'Change Library' }, { label: 'Build a new system' }],
    })
    const { outcome, events } = await chat.tell('change library')
    expect(outcome).toBe(true)
    expect(blueprintIn(events)).toMatchObject({ system: 'library', revision: 2 })
    expect(JSON.stringify(events)).toContain('Adds suppliers')
    chat.close()
  })

  it('begins a new system when that is chosen, and leaves the other one as it is', async () => {
    const chat = await libraryIn('chosen')
    await chat.tell('Suppliers have a name and a phone. No login.')
    const { events } = await chat.tell('2')
    expect(blueprintIn(events)).toMatchObject({ system: 'suppliers', revision: 1 })
    await chat.tell('cancel')
    expect(await says(chat, 'what does library store?')).not.toContain('Suppliers')
    chat.close()
  })

  it('is given up for the next clear wish, with its question', async () => {
    const chat = await libraryIn('given-up')
    await chat.tell('Suppliers have a name and a phone')
    const { outcome, events } = await chat.tell('add a language to books')
    expect(outcome).toBe(true)
    expect(blueprintIn(events)).toMatchObject({ system: 'library', revision: 2 })
    expect(JSON.stringify(blueprintIn(events))).not.toContain('uppliers')
    expect((await chat.tell('1')).outcome).not.toBe('question')
    chat.close()
  })

  it('is taken as the likelier of the two under --yes, which says so', async () => {
    const chat = await libraryIn('yes', true)
    const { outcome, events } = await chat.tell('Suppliers have a name and a phone')
    expect(outcome).toBe(true)
    expect(JSON.stringify(events)).toContain('--yes takes the first choice: Change Library')
    expect(blueprintIn(events)).toMatchObject({ system: 'library' })
    chat.close()
  })
})
