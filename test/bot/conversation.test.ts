import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestBot } from './support/bot.ts'
import { openChat } from './support/chat.ts'

describe('a conversation on an embedded store', () => {
  let bot: Awaited<ReturnType<typeof startTestBot>>
  beforeAll(async () => {
    bot = await startTestBot()
  })
  afterAll(() => bot.stop())

  it('goes from a wish over a blueprint and an approval to an address', async () => {
    const chat = await openChat(bot.data)
    const wish = await chat.tell('Build me a todo API with user authentication')
    expect(wish.outcome).toBe(true)
    expect(wish.events.map((event) => event.type)).toEqual(['blueprint', 'settled'])
    const approved = await chat.tell('approve')
    expect(approved.outcome).toBe(true)
    const types = approved.events.map((event) => event.type)
    expect(types.filter((type) => type === 'deployed')).toHaveLength(1)
    expect(types.at(-1)).toBe('settled')
    expect(types).toContain('progress')
    const deployed = approved.events.find((event) => event.type === 'deployed')
    expect(deployed).toMatchObject({
      system: 'todo',
      admin: { setup_token_file: expect.stringContaining('setup_token') },
    })
    chat.close()
  })

  it('says what it knows about the running system', async () => {
    const chat = await openChat(bot.data)
    const answers: Record<string, string> = {}
    for (const question of [
      'what does it store?',
      'who can delete todos?',
      'which endpoints?',
      'status',
      'logs',
      'cost so far',
      'builds',
      'show files',
      'help',
      'hello',
    ]) {
      const { outcome, events } = await chat.tell(question)
      answers[question] = events.map((event) => `${event.type}: ${event.text}`).join('\n')
      expect([question, outcome]).toEqual([question, true])
    }
    expect(answers['what does it store?']).toContain('Todos')
    expect(answers['who can delete todos?']).toContain('only their own')
    expect(answers['which endpoints?']).toContain('GET /v1/todos')
    expect(answers.status).toContain('It has been running')
    expect(answers.logs).toContain('started')
    expect(answers['cost so far']).toContain(
      'No model was paid for Todo: it was planned and written without one. It takes 96 MB of memory and has used 41 s of processor time',
    )
    expect(answers.builds).toContain('Build 1 succeeded')
    chat.close()
  })

  it('never hides data by a plain yes or --yes', async () => {
    const chat = await openChat(bot.data, { yes: true })
    const change = await chat.tell('remove description from todo')
    expect(change.outcome).toBe(false)
    expect(change.events.map((event) => event.type)).toEqual(['blueprint', 'refusal', 'settled'])
    expect(change.events[0]).toMatchObject({ warning: expect.stringContaining('hides data') })
    const plainYes = await chat.tell('approve')
    expect(plainYes.outcome).toBe(false)
    const explicit = await chat.tell("Approve and hide 'description'")
    expect(explicit.events.map((event) => event.type)).toContain('deployed')
    expect(explicit.outcome).toBe(true)
    chat.close()
  })

  it('rolls back, stops, starts and removes what is named, and asks before it removes', async () => {
    const chat = await openChat(bot.data)
    const shown = async (text: string) => JSON.stringify((await chat.tell(text)).events)
    const numberIn = (text: string) => Number(/runs build (\d+) again/.exec(text)?.[1])
    const newest = numberIn(await shown('roll back todo')) + 1
    expect(await shown('show files')).toContain(`the code of build ${newest - 1}, which runs now`)
    expect(await shown('download')).toContain(`todo-build-${newest - 1}.zip`)
    expect(await shown('roll back to build 77')).toContain('There is no build 77')
    expect(await shown(`roll back to build ${newest - 1}`)).toContain('already')
    expect(numberIn(await shown('roll forward'))).toBe(newest)
    expect(numberIn(await shown('go back to build 1'))).toBe(1)
    expect((await chat.tell('stop todo')).outcome).toBe(true)
    expect((await chat.tell('start todo')).outcome).toBe(true)
    const asked = await chat.tell('remove todo')
    expect(asked.outcome).toBe('question')
    expect(asked.events.map((event) => event.type)).toEqual(['question'])
    const kept = await chat.tell('3')
    expect(kept.outcome).toBe(true)
    await chat.tell('remove todo')
    const purge = await chat.tell('2')
    expect(purge.outcome).toBe('question')
    expect((await chat.tell('yes')).outcome).toBe('question')
    expect((await chat.tell('keep everything')).outcome).toBe(true)
    await chat.tell('remove todo')
    expect((await chat.tell('yes')).outcome).toBe(true)
    expect((await chat.tell('stop todo')).outcome).toBe(false)
    chat.close()
  })

  it('asks, takes the answer by number, and goes on', async () => {
    const chat = await openChat(bot.data, { team: 'other' })
    const asked = await chat.tell('ask me about pets')
    expect(asked.outcome).toBe('question')
    expect(asked.events.filter((event) => event.type === 'question')).toHaveLength(1)
    const answered = await chat.tell('2')
    expect(answered.outcome).toBe(true)
    expect(answered.events.map((event) => event.type)).toContain('blueprint')
    expect((await chat.tell('cancel')).outcome).toBe(true)
    expect((await chat.tell('approve')).outcome).toBe(false)
    chat.close()
  })

  it('tells risks against what runs, not against a draft in between', async () => {
    const chat = await openChat(bot.data, { team: 'between' })
    await chat.tell('Build me a todo API')
    const draft = await chat.tell('remove description')
    // Nothing runs yet, so nothing can be hidden: a plain approval is enough.
    expect(draft.events[0]).toMatchObject({ type: 'blueprint', changes: [{ risk: 'none' }] })
    expect((await chat.tell('approve')).outcome).toBe(true)
    const hides = await chat.tell('remove done')
    expect(hides.events[0]).toMatchObject({ type: 'blueprint', warning: expect.stringContaining('hides data') })
    const more = await chat.tell('add a deadline')
    expect(more.events[0]).toMatchObject({ type: 'blueprint', warning: expect.stringContaining('hides data') })
    expect((await chat.tell('approve')).outcome).toBe(false)
    expect((await chat.tell('cancel')).outcome).toBe(true)
    chat.close()
  })

  it('refuses nonsense with one line', async () => {
    const chat = await openChat(bot.data, { team: 'third' })
    const refused = await chat.tell('nonsense')
    expect(refused.outcome).toBe(false)
    expect(refused.events.map((event) => event.type)).toEqual(['refusal', 'settled'])
    chat.close()
  })
})
