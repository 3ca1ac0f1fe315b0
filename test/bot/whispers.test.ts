import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Conversations } from '../../bot/conversation/conversations.ts'
import * as cards from '../../queue/store/cards.ts'
import * as conversationRows from '../../queue/store/conversations.ts'
import * as inbox from '../../queue/store/inbox.ts'
import { openStore, type Store } from '../../queue/store/store.ts'
import { AppError } from '../../schemas/errors.ts'
import { createTestConversations } from './support/conversations.ts'

const log = pino({ level: 'silent' })

describe('a private answer that a platform does not take', () => {
  let data: string
  let store: Store
  let conversations: Conversations
  let tried: string[] = []
  let failures: Error[] = []

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'autocoder-whispers-'))
    store = await openStore({ databaseUrl: undefined, data, log })
    conversations = createTestConversations({
      store,
      data,
      log,
      whisper: (text) => {
        tried.push(text)
        const failure = failures.shift()
        if (failure) throw failure
      },
    })
    await conversations.start()
  })
  afterAll(async () => {
    await conversations.stop()
    await store.close()
    await rm(data, { recursive: true, force: true })
  })

  /** Presses what no card offers: the answer is for one person alone. Returns the cards of the thread. */
  const presses = async (thread: string, ...answers: Error[]) => {
    tried = []
    failures = answers
    await conversations.accept({
      id: `press-${thread}`,
      platform: 'discord',
      team: { id: 'G1', name: 'Engines' },
      thread,
      actor: { id: 'U1', name: 'Ada' },
      at: new Date().toISOString(),
      type: 'press',
      card: 'nothing',
      button: 'approve',
    })
    const of = { platform: 'discord', team: 'G1', thread }
    const { id } = (await conversationRows.ofThread(store.db, of))!
    await expect.poll(() => inbox.nextPending(store.db, id), { timeout: 10_000 }).toBeUndefined()
    return { kinds: async () => (await cards.ofConversation(store.db, id)).map(({ card }) => card) }
  }

  it('is tried again where the platform was away, and the thread hears nothing of it', async () => {
    const { kinds } = await presses('one', new AppError('platform-away', 'no answer', { retryable: true }))
    await expect.poll(() => tried.length, { timeout: 10_000 }).toBe(2)
    expect(new Set(tried).size).toBe(1)
    expect(await kinds()).toEqual([])
  })

  it('is let go where the platform refuses it, and the thread hears nothing of it', async () => {
    const { kinds } = await presses('two', new AppError('platform-refused', 'closed'))
    await conversations.stop()
    expect(tried).toHaveLength(1)
    expect(await kinds()).toEqual([])
  })
})
