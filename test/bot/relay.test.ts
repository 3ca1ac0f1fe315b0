import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChatAdapter, ThreadCard } from '../../bot/chat/adapter.ts'
import { createRelay, type Relay } from '../../bot/relay.ts'
import * as cards from '../../queue/store/cards.ts'
import * as conversationRows from '../../queue/store/conversations.ts'
import { openStore, type Store } from '../../queue/store/store.ts'
import * as teams from '../../queue/store/teams.ts'
import { AppError } from '../../schemas/errors.ts'
import { everyCard } from '../fixtures/cards.ts'

const log = pino({ level: 'silent' })
const limited = () => new AppError('rate-limited', 'Slack asks for patience', { retryable: true })
const away = () => new AppError('platform-away', 'Slack did not answer', { retryable: true })

describe('a thread on a platform in trouble', () => {
  let data: string
  let store: Store
  let relay: Relay
  let conversation: string
  let shown: ThreadCard[]
  /** What becomes of the next calls: an error each, or nothing. */
  let refusals: { update: Error[]; post: Error[] }
  const adapter: ChatAdapter = {
    name: 'slack',
    start: async () => undefined,
    post: async (_thread, card) => {
      const refusal = refusals.post.shift()
      if (refusal) throw refusal
      shown.push(card)
      return `message-${shown.length}`
    },
    update: async () => {
      const refusal = refusals.update.shift()
      if (refusal) throw refusal
    },
    whisper: async () => undefined,
    stop: async () => undefined,
  }

  beforeEach(async () => {
    data = await mkdtemp(join(tmpdir(), 'autocoder-relay-'))
    store = await openStore({ databaseUrl: undefined, data, log })
    const teamId = await teams.ensure(store.db, { platform: 'slack', externalId: 'T1', name: 'Acme' })
    conversation = await conversationRows.ensure(store.db, { teamId, platform: 'slack', thread: 'C1:1.0', title: '' })
    shown = []
    refusals = { update: [], post: [] }
    relay = createRelay({ store, adapters: [adapter], data, log, onSettled: () => undefined })
    await relay.start()
  })
  afterEach(async () => {
    await relay.stop()
    await store.close()
    await rm(data, { recursive: true, force: true })
  })

  const progress = async (done: number): Promise<void> => {
    await cards.upsert(store.db, conversation, 'progress', { ...everyCard.progress, done })
    await relay.sync(conversation)
  }

  it('shows what ends the story soon, however often progress before it was left out', async () => {
    await progress(0)
    refusals.update = Array.from({ length: 12 }, limited)
    for (let done = 1; done <= 12; done += 1) await progress(done)
    refusals.post = [away()]
    await cards.upsert(store.db, conversation, 'final', everyCard.deployed)
    await relay.sync(conversation)
    await expect.poll(() => shown.map(({ key }) => key), { timeout: 8_000 }).toEqual(['progress', 'final'])
  })

  it('counts a failure anew where something was shown before it', async () => {
    await progress(0)
    for (let number = 1; number <= 8; number += 1) {
      refusals.post = [away()]
      await cards.upsert(store.db, conversation, `reply:${number}`, everyCard.message)
      await progress(number)
    }
    await expect.poll(() => shown.length, { timeout: 8_000 }).toBe(9)
  })
})
