import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestBot } from './support/bot.ts'
import { buttonsOf, openChat, says } from './support/chat.ts'

describe('a system that was rolled back', () => {
  let bot: Awaited<ReturnType<typeof startTestBot>>
  beforeAll(async () => {
    bot = await startTestBot()
  })
  afterAll(() => bot.stop())

  it('goes back and forward one build at a time, and shows what runs', async () => {
    const chat = await openChat(bot.data, { yes: true })
    const tell = (text: string) => says(chat, text)
    await tell('Build me a todo API')
    for (const field of ['deadline', 'colour', 'weight']) await tell(`add a ${field}`)

    expect(await tell('roll back')).toContain('runs build 3 again')
    expect(await tell('roll back')).toContain('runs build 2 again')
    expect(await tell('systems')).toMatch(/rolled back to build 2[\s\S]*Adds deadline/)
    expect(await tell('systems')).not.toContain('Adds weight')
    const opened = await tell('open todo')
    expect(opened).toContain('Rolled back to build 2')
    expect(opened).toContain('Adds deadline')
    expect(opened).not.toContain('Adds weight')
    expect(await tell('what changed?')).toMatch(/blueprint 1 to 2[\s\S]*deadline/)
    expect(await tell('what does it store?')).not.toMatch(/colour|weight/)

    expect(await tell('roll forward')).toContain('runs build 3 again')
    expect(await tell('roll forward')).toContain('runs build 4 again')
    expect(await tell('systems')).not.toContain('rolled back')
    expect(await tell('roll forward')).toContain('runs build 4, and there is no later one to go forward to')
    await tell('go back to build 1')
    expect(await tell('roll back')).toContain('runs build 1, and there is no earlier one to go back to')
    expect(await tell('what changed?')).toContain('is its first blueprint')
    expect(await tell('roll forward to the newest build')).toContain('runs build 4 again')
    chat.close()
  })

  it('is changed from what runs', async () => {
    const chat = await openChat(bot.data, { yes: true })
    await says(chat, 'go back to build 2')
    const { events } = await chat.tell('add a place')
    const blueprint = events.find(({ type }) => type === 'blueprint')
    expect(JSON.stringify(blueprint)).toContain('deadline')
    expect(JSON.stringify(blueprint)).not.toMatch(/colour|weight/)
    expect(await says(chat, 'roll back')).toContain('runs build 2 again')
    expect(await says(chat, 'roll forward')).toContain('runs build 5 again')
    chat.close()
  })

  it('offers the builds beside it on the card, and only on the card of what runs', async () => {
    const chat = await openChat(bot.data)
    await says(chat, 'go back to build 3')
    const { events } = await chat.tell('roll back')
    expect(events.find(({ type }) => type === 'message')?.text).toContain('runs build 2 again')
    const offered = () => chat.cards('action').map(buttonsOf)
    expect(offered()).toEqual([[], ['open', 'rollback', 'forward']])
    expect(await says(chat, 'Run build 5')).toContain('runs build 5 again')
    expect(offered()).toEqual([[], [], ['open', 'rollback']])
    expect(await says(chat, 'Roll back')).toContain('runs build 2 again')
    expect(offered().slice(2)).toEqual([[], ['open', 'rollback', 'forward']])
    chat.close()
  })
})
