import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestBot } from './support/bot.ts'
import { openChat, says } from './support/chat.ts'
import { realPlanner } from './support/pipeline.ts'

type Chat = Awaited<ReturnType<typeof openChat>>

describe('a blueprint that waits while its thread goes elsewhere', () => {
  let bot: Awaited<ReturnType<typeof startTestBot>>
  beforeAll(async () => {
    bot = await startTestBot({ planner: realPlanner })
  })
  afterAll(() => bot.stop())
  const deploys = async (chat: Chat, text: string): Promise<string | null | undefined> =>
    (await chat.tell(text)).events.find((event) => event.type === 'deployed')?.system

  it('outlives a new wish, and is approved when the thread is about its system again', async () => {
    const chat = await openChat(bot.data, { team: 'wishes' })
    await says(chat, 'Build me an API for gardens with a name')
    const second = await says(chat, 'Build me an API for boats with a name')
    expect(second).toContain('Blueprint 1 of Gardens goes on waiting for approval: “open gardens” comes back to it.')
    expect(await deploys(chat, 'approve')).toBe('boats')
    const nothing = await says(chat, 'approve')
    expect(nothing).toContain('Nothing waits for approval here: blueprint 1 of Boats is approved and built already.')
    expect(nothing).toContain('“open gardens” comes back to it')
    const back = await says(chat, 'open gardens')
    expect(back).toContain('Blueprint 1 waits for approval')
    expect(await deploys(chat, 'approve')).toBe('gardens')
    chat.close()
  })

  it('outlives a look at another system, with its change and with a change of that system', async () => {
    const chat = await openChat(bot.data, { team: 'looks' })
    for (const wish of ['Build me an API for gardens with a name', 'Build me an API for boats with a name']) {
      await says(chat, wish)
      await says(chat, 'approve')
    }
    await says(chat, 'add a length to boats')
    const away = await says(chat, 'open gardens')
    expect(away).toContain('Blueprint 2 of Boats goes on waiting for approval')
    await says(chat, 'add a size to gardens')
    expect(await says(chat, 'open boats')).toContain('Blueprint 2 waits for approval')
    expect(await deploys(chat, 'approve')).toBe('boats')
    expect(await says(chat, 'approve')).toContain('Blueprint 2 of Gardens goes on waiting')
    expect(await deploys(chat, 'approve gardens')).toBe('gardens')
    chat.close()
  })

  it('goes on naming what it leaves out, until somebody approves it so', async () => {
    const chat = await openChat(bot.data, { team: 'left-out' })
    const fines = 'fine of 1 euro per day'
    expect(
      await says(chat, 'Build an API for loans with a title. Members pay a fine of 1 euro per day when they are late.'),
    ).toContain(fines)
    expect(await says(chat, 'add a due date to loans')).toContain(fines)
    await says(chat, 'approve')
    expect(await says(chat, 'add a note to loans')).not.toContain(fines)
    chat.close()
  })

  it('is never approved or cancelled by words for another one', async () => {
    const chat = await openChat(bot.data, { team: 'apart' })
    await says(chat, 'Build me an API for gardens with a name')
    await says(chat, 'Build me an API for boats with a name')
    expect((await chat.tell('cancel')).outcome).toBe(true)
    expect(await says(chat, 'Approve')).toContain('Blueprint 1 of Gardens goes on waiting')
    expect(await says(chat, 'cancel')).toContain(
      'There is nothing under way that I could cancel. Blueprint 1 of Gardens',
    )
    expect(await says(chat, "Approve and hide 'backs'")).toContain('Nothing waits for approval here')
    expect(await says(chat, 'approve membership')).toContain('There is no system called membership. There is: gardens.')
    expect(await says(chat, 'open membership')).toContain('There is no system called membership. There is: gardens.')
    expect(await says(chat, 'approve')).toContain('Nothing waits for approval here')
    await says(chat, 'open gardens')
    expect(await says(chat, "Approve and hide 'backs'")).toContain('That is not the button of blueprint 1 of Gardens')
    expect(await says(chat, 'approve blueprint 7')).toContain('what waits is blueprint 1 of Gardens')
    expect(await deploys(chat, 'approve blueprint 1')).toBe('gardens')
    chat.close()
  })

  it('is named alone, with the one step to it, however many wait', async () => {
    const chat = await openChat(bot.data, { team: 'many' })
    for (const what of ['gardens', 'boats', 'kites', 'lamps'])
      await says(chat, `Build me an API for ${what} with a name`)
    await says(chat, 'cancel')
    const answer = await says(chat, 'approve')
    expect(answer).toBe(
      'Nothing waits for approval here: blueprint 1 of Lamps was put aside. Blueprint 1 of Kites goes on waiting for approval: “open kites” comes back to it. So do 2 more of this thread: “systems” lists them.\nNot all of it was done.',
    )
    chat.close()
  })

  it('is missed where there never was one', async () => {
    const chat = await openChat(bot.data, { team: 'never' })
    expect(await says(chat, 'approve')).toContain(
      'Nothing waits for approval here. Tell me what to build, and I draw one.',
    )
    await says(chat, 'Build me an API for gardens with a name')
    await says(chat, 'approve')
    expect(await says(chat, 'approve')).toContain(
      'blueprint 1 of Gardens is approved and built already. Say what should change in Gardens, and I draw the next one.',
    )
    chat.close()
  })

  it('is what nonsense does not touch: the answer is short and helps', async () => {
    const chat = await openChat(bot.data, { team: 'nonsense' })
    await says(chat, 'Build me an API for gardens with a name')
    await says(chat, 'approve')
    const answer = await says(chat, 'blah fizz bop wumm')
    expect(answer).toContain('I did not understand this as a change. Nothing was changed.')
    expect(answer).not.toContain('I can change what is stored')
    chat.close()
  })

  it('gives way to a newer one of the same system, and to the same wish said better', async () => {
    const chat = await openChat(bot.data, { team: 'same' })
    await says(chat, 'Build me an API for gardens with a name')
    await says(chat, 'Build me an API for gardens with a name and a size')
    expect(await says(chat, 'systems')).not.toContain('gardens-2')
    await says(chat, 'add a colour')
    expect(await deploys(chat, 'approve')).toBe('gardens')
    expect(await says(chat, 'approve')).not.toContain('goes on waiting')
    chat.close()
  })
})
