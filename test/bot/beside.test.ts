import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestBot } from './support/bot.ts'
import { openChat, says } from './support/chat.ts'
import { realPlanner, realReader } from './support/pipeline.ts'

const pets = 'Build an API for pets with a name and toys with a name. No login.'

describe('what is said beside a wish', { timeout: 60_000 }, () => {
  let bot: Awaited<ReturnType<typeof startTestBot>>
  beforeAll(async () => {
    bot = await startTestBot({ planner: realPlanner, reader: realReader })
  })
  afterAll(() => bot.stop())

  it('comes back to the system of the thread when another one that was begun is put aside', async () => {
    const chat = await openChat(bot.data, { team: 'back' })
    await says(chat, pets)
    await says(chat, 'approve')
    await says(chat, 'build me a recipe collection')
    expect(await says(chat, 'cancel')).toContain('We are at Pets and Toys again.')
    expect(await says(chat, 'status')).toContain('Pets and Toys')
    expect(await says(chat, 'add a phone to pets')).toContain('Adds phone')
    chat.close()
  })

  it('calls no system removed of which nothing but a blueprint was ever there', async () => {
    const chat = await openChat(bot.data, { team: 'never' })
    await says(chat, pets)
    await says(chat, 'cancel')
    expect(await says(chat, 'status')).toContain('There is no system yet.')
    expect(await says(chat, 'I want you to delete everything')).toContain('There is no system yet.')
    chat.close()
    const other = await openChat(bot.data, { team: 'never' })
    await says(other, 'build me a recipe collection. No login.')
    await says(other, 'approve')
    const third = await openChat(bot.data, { team: 'never' })
    await says(third, pets)
    await says(third, 'cancel')
    const words = await says(third, 'status')
    expect(words).toContain('Recipe')
    expect(words).not.toContain('removed')
    other.close()
    third.close()
  })

  it('says that something is so in the blueprint that waits, not in what runs', async () => {
    const chat = await openChat(bot.data, { team: 'already' })
    await says(chat, pets)
    await says(chat, 'approve')
    await says(chat, 'add a phone to pets')
    expect(await says(chat, 'pets have a phone')).toContain(
      'It is so already in blueprint 2, which waits here: “pets have a phone”. Approve it to have it built',
    )
    expect(await says(chat, 'add a colour to pets and remove colour from pets')).toContain(
      'It is so already in blueprint 2, which waits here: “add a colour to pets and remove colour from pets”. Approve it',
    )
    expect(await says(chat, 'answer 204 when something is deleted.')).toContain(
      'It is so already in blueprint 2, which waits here: “answer 204 when something is deleted”. Approve it',
    )
    // What was said is not said anew when the blueprint is put aside.
    expect(await says(chat, 'cancel')).not.toContain('It is so already')
    chat.close()
  })

  it('answers a question and takes up another wish while a question of its own waits', async () => {
    const chat = await openChat(bot.data, { team: 'open' })
    await says(chat, pets)
    await says(chat, 'approve')
    await says(chat, 'add a colour')
    const answered = await says(chat, 'how many pets are there?')
    expect(answered).toContain('say “count pets” and I add a report')
    expect(answered).toContain('My question still waits: What shall have a colour? Pets or Toys.')
    expect(await says(chat, 'show pets per month')).toContain('Report by month')
    expect(await says(chat, 'add a colour')).toContain('What shall have a colour?')
    expect(await says(chat, 'the toys')).toContain('Adds colour (text) to toys')
    chat.close()
  })

  it('talks where nothing is wished for', async () => {
    const chat = await openChat(bot.data, { team: 'talk' })
    await says(chat, pets)
    await says(chat, 'approve')
    expect(await says(chat, 'thanks, that looks great!')).toBe(await says(chat, 'thanks'))
    expect(await says(chat, 'hmm, not sure about this')).toContain('Take your time: nothing changes.')
    expect(await says(chat, 'we need an app for iPhones')).toContain('Nothing was begun.')
    expect(await says(chat, 'hmm, add a phone to pets')).toContain('Adds phone')
    chat.close()
  })
})
