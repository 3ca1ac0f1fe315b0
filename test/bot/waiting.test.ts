import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { socketPath } from '../../bot/terminal/adapter.ts'
import type { TerminalPush } from '../../bot/terminal/lines.ts'
import { type Link, openLink } from '../../bot/terminal/link.ts'
import type { Card } from '../../schemas/generated/card.ts'
import { startTestBot } from './support/bot.ts'
import { openChat } from './support/chat.ts'

const eventually = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 30_000, interval: 20 })

/** A person who does not wait for answers. */
const openImpatient = async (data: string, team: string) => {
  const cards = new Map<string, Card>()
  const whispers: string[] = []
  let link: Link | undefined
  await new Promise<void>((resolve, reject) => {
    openLink(socketPath(data), {
      onEnd: () => undefined,
      onPush: (push: TerminalPush) => {
        if (push.type === 'card') cards.set(push.key, push.card)
        if (push.type === 'whisper') whispers.push(push.text)
        if (push.type === 'ready') resolve()
      },
    }).then((opened) => {
      link = opened
      opened.send({ type: 'hello', team, actor: 'tester' })
    }, reject)
  })
  let number = 0
  return {
    cards,
    whispers,
    say: (text: string) => link?.send({ type: 'say', id: `${team}-${(number += 1)}`, text }),
    press: (card: string, button: string, value?: string) =>
      link?.send({
        type: 'press',
        id: `${team}-${(number += 1)}`,
        card,
        button,
        ...(value === undefined ? {} : { value }),
      }),
    of: (kind: Card['kind']) => [...cards.entries()].filter(([, card]) => card.kind === kind),
    words: () => [...cards.values()].map((card) => (card.kind === 'message' ? card.text : '')).join('\n'),
    close: () => link?.close(),
  }
}

describe('while something runs', { timeout: 90_000 }, () => {
  let bot: Awaited<ReturnType<typeof startTestBot>>
  beforeAll(async () => {
    bot = await startTestBot({ pace: 1_500 })
  })
  afterAll(() => bot.stop())

  it('lets a change wait for the build, answers what is harmless at once, and loses nothing', async () => {
    const person = await openImpatient(bot.data, 'waiting')
    person.say('Build me a todo API')
    await eventually(() => person.of('blueprint').length).toBe(1)
    person.say('approve')
    await eventually(() => person.of('progress').length).toBe(1)
    person.say('add a deadline')
    person.say('status')
    await eventually(() => person.of('list').length).toBe(1)
    expect(person.words()).toContain('as soon as the build has ended')
    expect(JSON.stringify(person.of('list'))).toContain('is under way')
    expect(person.of('deployed')).toHaveLength(0)
    await eventually(() => person.of('deployed').length).toBe(1)
    await eventually(() => JSON.stringify(person.of('blueprint').at(-1))).toContain('deadline')
    expect(person.words()).toContain('taken this up')
    person.close()
  })

  it('cancels a build within two seconds, and ends it with one card', async () => {
    const person = await openImpatient(bot.data, 'cancelling')
    bot.pipeline.pace = 20_000
    person.say('Build me a todo API')
    await eventually(() => person.of('blueprint').length).toBe(1)
    person.say('approve')
    await eventually(() => JSON.stringify(person.of('progress'))).toContain('"running"')
    const begun = Date.now()
    person.say('cancel')
    await eventually(() => person.words()).toContain('was cancelled')
    // The two seconds are for the work; the machine that tests may be busy with other things.
    expect(Date.now() - begun).toBeLessThan(8_000)
    expect([...person.cards.keys()].filter((key) => key.startsWith('final:'))).toHaveLength(1)
    bot.pipeline.pace = 5
    person.close()
  })

  it('takes one of two presses and tells the other who was first', async () => {
    const person = await openImpatient(bot.data, 'racing')
    person.say('Build me a todo API')
    await eventually(() => person.of('blueprint').length).toBe(1)
    const [key, card] = person.of('blueprint')[0]!
    const digest = card.kind === 'blueprint' ? card.digest : ''
    person.press(key, 'approve', 'sha256:0000')
    await eventually(() => person.whispers.length).toBe(1)
    person.press(key, 'approve', digest)
    person.press(key, 'approve', digest)
    await eventually(() => person.whispers.length).toBe(2)
    expect(person.whispers[1]).toMatch(/approved already by tester at \d{4}/)
    await eventually(() => person.of('deployed').length).toBe(1)
    expect(person.of('progress')).toHaveLength(1)
    person.close()
  })

  it('finishes what a bot that was stopped had begun, with one final card', async () => {
    bot.pipeline.pace = 1_000
    const chat = await openChat(bot.data, { team: 'restarted' })
    await chat.tell('Build me a todo API')
    const built = chat.tell('approve')
    await eventually(() => chat.events.filter((event) => event.type === 'progress').length).toBeGreaterThan(1)
    await bot.restart()
    const { outcome } = await built
    expect(outcome).toBe(true)
    expect(chat.events.filter((event) => event.type === 'deployed')).toHaveLength(1)
    chat.close()
  })

  it('keeps two terminals of one team apart', async () => {
    bot.pipeline.pace = 5
    const [one, two] = await Promise.all([
      openChat(bot.data, { team: 'pair', yes: true }),
      openChat(bot.data, { team: 'pair', yes: true }),
    ])
    expect(one.conversation).not.toBe(two.conversation)
    const [first, second] = await Promise.all([one.tell('Build me a todo API'), two.tell('Build me a clinic for pets')])
    expect([first.outcome, second.outcome]).toEqual([true, true])
    expect(first.events.find((event) => event.type === 'deployed')).toMatchObject({ system: 'todo' })
    expect(second.events.find((event) => event.type === 'deployed')).toMatchObject({ system: 'pet-clinic' })
    one.close()
    two.close()
  })
})
