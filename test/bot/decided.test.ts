import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as cards from '../../queue/store/cards.ts'
import * as drafts from '../../queue/store/drafts.ts'
import * as inbox from '../../queue/store/inbox.ts'
import * as revisions from '../../queue/store/revisions.ts'
import { openStore, type Store } from '../../queue/store/store.ts'
import type { Card } from '../../schemas/generated/card.ts'
import type { ChatEvent } from '../../schemas/generated/chat-event.ts'
import { createTestConversations } from './support/conversations.ts'

const log = pino({ level: 'silent' })
const blueprint = (name: string) =>
  readFile(new URL(`../fixtures/blueprints/todo.${name}.yaml`, import.meta.url), 'utf8')

describe('an approval where nothing waits', () => {
  let data: string
  let store: Store
  let conversations: ReturnType<typeof createTestConversations>
  let number = 0

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'autocoder-decided-'))
    store = await openStore({ data, log })
    conversations = createTestConversations({ store, data, log })
    await conversations.start()
  })
  afterAll(async () => {
    await conversations.stop()
    await store.close()
    await rm(data, { recursive: true, force: true })
  })

  /** Takes what a person does to its end. */
  const tell = async (more: { type: 'message'; text: string } | { type: 'edit'; message: string; text: string }) => {
    number += 1
    const event: ChatEvent = {
      id: `event-${number}`,
      platform: 'web',
      team: { id: 'local', name: 'local' },
      thread: 'thread',
      actor: { id: 'ada', name: 'Ada' },
      at: new Date().toISOString(),
      ...more,
    }
    const { conversationId } = await inbox.accept(store.db, {
      id: `web:${event.id}`,
      team: { platform: 'local', externalId: 'local', name: 'local' },
      thread: { id: event.thread, platform: 'web' },
      actor: event.actor,
      event,
    })
    await expect.poll(() => inbox.pendingOf(store.db, conversationId), { timeout: 10_000, interval: 3 }).toEqual([])
    return { id: event.id, conversationId }
  }

  it('calls no blueprint built that only gave way to other words', async () => {
    const { id, conversationId } = await tell({ type: 'message', text: 'Build me a todo API' })
    const pending = async () =>
      (await drafts.ofConversation(store.db, conversationId)).find(({ status }) => status === 'pending')!.id
    const draftId = await pending()
    await revisions.propose(store.db, {
      draftId,
      slug: 'todo',
      title: 'Todo',
      architecture: await blueprint('architecture'),
      deployment: await blueprint('deployment'),
      digest: `sha256:${draftId}`,
      components: ['todos'],
      card: { assumptions: [], notCarried: [] },
      picture: { svg: '<svg/>', png: new Uint8Array() },
    })
    await tell({ type: 'edit', message: id, text: 'Build me nonsense' })
    await drafts.finish(store.db, await pending(), { status: 'refused', result: { text: 'No.', help: 'Say more.' } })
    await tell({ type: 'message', text: 'approve' })
    const reply = (await cards.ofConversation(store.db, conversationId)).at(-1)?.card as Card
    expect(reply).toMatchObject({
      tone: 'refusal',
      text: 'Nothing waits for approval here. Tell me what to build, and I draw one.',
    })
  })
})
