import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChatAdapter, ThreadRef } from '../../bot/chat/adapter.ts'
import { parseEvent } from '../../bot/conversation/conversations.ts'
import type { Card } from '../../schemas/generated/card.ts'
import type { ChatEvent, EventActor } from '../../schemas/generated/chat-event.ts'
import { validatorOf } from '../../schemas/validate.ts'
import { everyCard, hostile } from '../fixtures/cards.ts'

/** A platform as a test sees it: its adapter, and a person at the other end. */
export type AdapterUnderTest = {
  adapter: ChatAdapter
  thread: ThreadRef
  /** The platform's form of an id, where it takes no ids of others. */
  idOf?: (id: string) => string
  /** Somebody whom the adapter can reach, where it must be somebody real. */
  someone?: EventActor
  /** Writes a message as a person would; resolves when the platform has acknowledged it, rejects where it was refused. */
  write: (text: string, id: string) => Promise<void>
  /** Presses a button of a shown card. */
  press: (card: string, button: string, value: string | undefined, id: string) => Promise<void>
  /** Everything that the person sees in the thread now, as one text; what was replaced is gone. */
  seen: () => Promise<string>
  /** What only this person was told. */
  whispers: () => Promise<string>
  close: () => Promise<void>
}

/** The suite that every platform's adapter passes: the same behaviour everywhere. */
export const describeAdapter = (
  name: string,
  open: (onEvent: (event: ChatEvent) => Promise<void>) => Promise<AdapterUnderTest>,
): void => {
  describe(`the adapter contract: ${name}`, () => {
    const events: ChatEvent[] = []
    let refuse: Error | undefined
    let under: AdapterUnderTest
    beforeAll(async () => {
      under = await open(async (event) => {
        if (refuse) throw refuse
        events.push(event)
      })
    })
    afterAll(() => under.close())
    const idOf = (id: string): string => under.idOf?.(id) ?? id

    const has = async (text: string): Promise<void> => {
      await expect.poll(under.seen, { timeout: 10_000 }).toContain(text)
    }

    it('is called what its events say', () => {
      expect(under.adapter.name).toBe(name)
    })

    it('turns a message into an event of the schema, with the platform’s id, thread and author', async () => {
      await under.write('Build me a todo API', 'message-0001')
      const event = events.at(-1)
      expect(parseEvent(event)).toBe(event)
      expect(event).toMatchObject({
        type: 'message',
        platform: name,
        id: idOf('message-0001'),
        thread: under.thread.thread,
        text: 'Build me a todo API',
      })
      expect(event?.actor.name).not.toBe('')
    })

    it('gives a redelivered message the same id', async () => {
      await under.write('once', 'message-0002')
      await under.write('once', 'message-0002')
      expect(events.slice(-2).map((event) => event.id)).toEqual([idOf('message-0002'), idOf('message-0002')])
    })

    it('turns a press into an event with card, button and value', async () => {
      await under.press('blueprint:1', 'approve', 'sha256:abc', 'press-00001')
      const event = events.at(-1)
      expect(parseEvent(event)).toBe(event)
      expect(event).toMatchObject({
        type: 'press',
        id: idOf('press-00001'),
        card: 'blueprint:1',
        button: 'approve',
        value: 'sha256:abc',
      })
    })

    it('does not acknowledge what could not be stored', async () => {
      refuse = new Error('the store is away')
      await expect(under.write('lost?', 'message-0003')).rejects.toThrow()
      refuse = undefined
      await under.write('not lost', 'message-0003')
      expect(events.at(-1)).toMatchObject({ id: idOf('message-0003'), text: 'not lost' })
    })

    it('keeps the words of a message as they were written', async () => {
      for (const [index, text] of hostile.entries()) {
        await under.write(text, `hostile-000${index}`)
        expect(events.at(-1)).toMatchObject({ text })
      }
    })

    for (const [kind, card] of Object.entries(everyCard))
      it(`shows a ${kind} card`, async () => {
        expect(validatorOf<Card>('card')(card)).toBe(true)
        const message = await under.adapter.post(under.thread, { key: `shown:${kind}`, card })
        expect(message).not.toBe('')
        await has(`mark-${kind}`)
      })

    it('replaces a card in place, and repeating it changes nothing', async () => {
      const card = (text: string): Card => ({ kind: 'message', tone: 'plain', text })
      const message = await under.adapter.post(under.thread, { key: 'moving', card: card('first words') })
      await has('first words')
      await under.adapter.update(under.thread, message, { key: 'moving', card: card('second words') })
      await has('second words')
      expect(await under.seen()).not.toContain('first words')
      await under.adapter.update(under.thread, message, { key: 'moving', card: card('second words') })
      await new Promise((resolve) => setTimeout(resolve, 50))
      expect((await under.seen()).split('second words')).toHaveLength(2)
    })

    it('shows hostile texts as text: no markup, no escape sequence, no turned direction', async () => {
      for (const [index, text] of hostile.entries())
        await under.adapter.post(under.thread, {
          key: `hostile:${index}`,
          card: { kind: 'message', tone: 'plain', text: `${text} end-${index}` },
        })
      await has(`end-${hostile.length - 1}`)
      const seen = await under.seen()
      for (const sign of [0x1b, 0x9b, 0x202e, 0x2066]) expect(seen).not.toContain(String.fromCodePoint(sign))
    })

    it('tells one person in private', async () => {
      await under.adapter.whisper(under.thread, under.someone ?? { id: 'x', name: 'x' }, {
        kind: 'message',
        tone: 'refusal',
        text: 'only for you',
      })
      await expect.poll(under.whispers, { timeout: 10_000 }).toContain('only for you')
    })
  })
}
