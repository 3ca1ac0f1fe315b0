import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestBot } from './support/bot.ts'
import { buttonsOf, openChat, says } from './support/chat.ts'

const printed = [
  'Traceback (most recent call last):',
  ...Array.from({ length: 900 }, (_, n) => `  line ${n} of it`),
  'E  the end',
].join('\n')

describe('a build whose checks fail', () => {
  let bot: Awaited<ReturnType<typeof startTestBot>>
  let fails = true
  beforeAll(async () => {
    bot = await startTestBot()
    const { harden } = bot.pipeline
    bot.pipeline.harden = async (input, context) => {
      const found = await harden(input, context)
      if (!fails) return found
      const evidence = found.evidence.map((record) =>
        record.check === 'tests'
          ? {
              ...record,
              result: 'failed' as const,
              summary: '1 of 84 tests failed, the first: “update refuses a wrong value”, of todos',
              detail: printed,
            }
          : record,
      )
      return { ...found, evidence, passed: false }
    }
  })
  afterAll(() => bot.stop())

  it('says in a sentence what failed, and has the whole log behind a button and a command', async () => {
    const chat = await openChat(bot.data)
    await chat.tell('Build me a todo API')
    const { events } = await chat.tell('approve')
    const error = events.find(({ type }) => type === 'error')
    expect(error?.text).toContain(
      'I wrote it, but its own tests do not all pass: 1 of 84 tests failed, the first: “update refuses a wrong value”, of todos.',
    )
    expect(JSON.stringify(events)).not.toContain('Traceback')
    expect(buttonsOf(chat.cards('final').at(-1))).toEqual(['retry', 'revise', 'check-log'])
    expect(await says(chat, 'approve')).toContain(
      'Nothing waits for approval here: blueprint 1 of Todo is approved, and its build failed. “Try again” builds it once more.',
    )
    for (const said of ['Show log', 'logs', 'log of build 1', 'show me the log of build 1 of todo', 'show build log']) {
      const shown = (await chat.tell(said)).events.find(({ type }) => type === 'message')
      expect([said, shown]).toEqual([said, expect.objectContaining({ files: { 'tests.log': printed } })])
    }
    expect(await says(chat, 'log of build 7')).toContain('Todo has no build 7')
    chat.close()
  })

  it('is told beside the lines of what still runs', async () => {
    const chat = await openChat(bot.data)
    fails = false
    await chat.tell('try again')
    fails = true
    expect(await says(chat, 'logs')).not.toContain('log of build')
    await chat.tell('add a deadline')
    await chat.tell('approve')
    expect(await says(chat, 'logs')).toContain('The last 2 lines of Todo:')
    expect(await says(chat, 'logs')).toContain(
      'What the checks of build 3 printed is in “log of build 3”. The last 2 lines',
    )
    expect(await says(chat, 'log of build 2')).toContain('No check of build 2 of Todo failed')
    chat.close()
  })
})
