import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Conversations } from '../../bot/conversation/conversations.ts'
import { loadThread } from '../../bot/conversation/load.ts'
import { present } from '../../bot/conversation/presenter.ts'
import { createDesk } from '../../bot/desk.ts'
import * as builds from '../../queue/store/builds.ts'
import * as cards from '../../queue/store/cards.ts'
import * as conversationRows from '../../queue/store/conversations.ts'
import * as drafts from '../../queue/store/drafts.ts'
import * as inbox from '../../queue/store/inbox.ts'
import * as revisions from '../../queue/store/revisions.ts'
import { createSeal } from '../../queue/store/seal.ts'
import { openStore, type Store } from '../../queue/store/store.ts'
import * as systems from '../../queue/store/systems.ts'
import type { Card } from '../../schemas/generated/card.ts'
import type { ChatEvent } from '../../schemas/generated/chat-event.ts'
import { createTestConversations } from './support/conversations.ts'

const log = pino({ level: 'silent' })
const blueprint = (name: string) =>
  readFile(new URL(`../fixtures/blueprints/todo.${name}.yaml`, import.meta.url), 'utf8')

/** What a person of another team can write about a system whose name they guessed. */
const sentences = [
  'status of todo',
  'logs of todo',
  'builds of todo',
  'show files of todo',
  'download todo',
  'what does todo store?',
  'open todo',
  'stop todo',
  'start todo',
  'restart todo',
  'roll back todo',
  'remove todo',
  'purge todo',
  'fork todo as mine',
  'hand over todo to me',
  'subscribe to todo',
  'archive todo',
  'systems',
  'audit',
  'roles',
]

describe('two workspaces', () => {
  let data: string
  let store: Store
  let conversations: Conversations
  const whispers: string[] = []
  let number = 0

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'autocoder-apart-'))
    store = await openStore({ databaseUrl: undefined, data, log })
    conversations = createTestConversations({
      store,
      data,
      log,
      url: 'http://secret.example',
      lines: ['a secret line'],
      whisper: (text) => void whispers.push(text),
    })
    await conversations.start()
  })
  afterAll(async () => {
    await conversations.stop()
    await store.close()
    await rm(data, { recursive: true, force: true })
  })

  const send = async (
    team: string,
    more: { type: 'message'; text: string } | { type: 'press'; card: string; button: string; value?: string },
  ): Promise<string> => {
    number += 1
    const event: ChatEvent = {
      id: `${team}:event-${number}`,
      platform: 'slack',
      team: { id: team, name: team },
      thread: `C-${team}:1`,
      actor: { id: `U-${team}`, name: `Admin of ${team}`, owner: true },
      at: new Date().toISOString(),
      ...more,
    }
    await conversations.accept(event)
    const conversation = await conversationRows.ofThread(store.db, { platform: 'slack', team, thread: event.thread })
    await expect.poll(() => inbox.nextPending(store.db, conversation!.id), { timeout: 10_000 }).toBeUndefined()
    // Nobody draws here: what sounded like a wish of their own must not hold up what comes after it.
    if (team === 'T2')
      for (const draft of await drafts.ofConversation(store.db, conversation!.id))
        await drafts.cancel(store.db, draft.id)
    return conversation!.id
  }

  /** A system of T1 that was built, with everything that ids can name. */
  const owned = async () => {
    const id = await send('T1', { type: 'message', text: 'Build me a todo API' })
    const draft = (await drafts.latest(store.db, id))!
    const revision = (await revisions.propose(store.db, {
      draftId: draft.id,
      slug: 'todo',
      title: 'Todo of T1',
      architecture: await blueprint('architecture'),
      deployment: await blueprint('deployment'),
      digest: `sha256:${'1'.repeat(64)}`,
      components: ['todos'],
      card: { understood: [], assumptions: [], notCarried: [], changes: [], description: {}, alt: '' },
      picture: { svg: '<svg/>', png: new Uint8Array([1]) },
    }))!
    const approval = await revisions.approve(store.db, {
      revisionId: revision.id,
      digest: revision.digest,
      actor: { id: 'U-T1', name: 'Admin of T1' },
    })
    if (!approval.ok) throw new Error('not approved')
    await builds.finish(store.db, approval.buildId, {
      status: 'succeeded',
      url: 'http://secret.example',
      previousBuildId: null,
    })
    await systems.update(store.db, revision.systemId, {
      status: 'running',
      revisionId: revision.id,
      buildId: approval.buildId,
      url: 'http://secret.example',
    })
    const state = (await loadThread(store.db, id, data))!
    for (const { key, card } of present(state)) await cards.upsert(store.db, id, key, card)
    return { conversation: id, revision, build: approval.buildId, system: revision.systemId }
  }

  it('see nothing of each other, whatever they write or press, and change nothing', async () => {
    const mine = await owned()
    const before = await systems.get(store.db, mine.system)
    const foreign = await send('T2', { type: 'message', text: 'hello' })
    for (const text of sentences) await send('T2', { type: 'message', text })
    const shownCards = await cards.ofConversation(store.db, mine.conversation)
    const presses = shownCards.flatMap((row) =>
      [...((row.card as { buttons?: { id: string; value?: string }[] }).buttons ?? [])].map(({ id, value }) => ({
        card: row.key,
        button: id,
        value,
      })),
    )
    expect(presses.length).toBeGreaterThan(3)
    const ids = [mine.system, mine.build, mine.revision.id, mine.revision.digest]
    const buttons = ['approve', 'reject', 'revise', 'rebase', 'change', 'cancel', 'retry', 'files', 'download', 'logs']
    const more = ['stop', 'start', 'rollback', 'forward']
    for (const press of [
      ...presses,
      ...[...buttons, ...more].flatMap((button) =>
        ids.map((value) => ({ card: `final:${mine.build}`, button, value: value as string | undefined })),
      ),
    ]) {
      const { value, ...rest } = press
      await send('T2', { type: 'press', ...rest, ...(value === undefined ? {} : { value }) })
    }
    const said = JSON.stringify([
      (await cards.ofConversation(store.db, foreign)).map((row) => row.card as Card),
      whispers,
    ])
    for (const secret of [
      'Todo of T1',
      'secret.example',
      'a secret line',
      mine.system,
      mine.build,
      mine.revision.id,
      'U-T1',
    ])
      expect(said.includes(secret), secret).toBe(false)
    expect(await systems.get(store.db, mine.system)).toEqual(before)
    expect(await builds.ofSystem(store.db, mine.system)).toHaveLength(1)
  })

  it('have a desk each: no picture, no code, no list, no thread of the other', async () => {
    const [row] = await systems.ofTeam(
      store.db,
      (await conversationRows.ofThread(store.db, { platform: 'slack', team: 'T1', thread: 'C-T1:1' }))!.teamId,
    )
    const desk = createDesk({
      db: store.db,
      target: undefined,
      log: pino({ level: 'silent' }),
      data,
      seal: createSeal([Buffer.alloc(32).toString('base64')]),
      platform: 'slack',
    })
    const actor = { id: 'U-T2', name: 'Admin of T2', owner: true }
    expect(await desk.home('T1', { actor })).toHaveLength(1)
    expect(await desk.files.picture('T1', row!.revisionId!)).toBeDefined()
    expect(await desk.home('T2', { actor })).toEqual([])
    expect(await desk.home('T2', { actor, search: 'todo' })).toEqual([])
    expect(await desk.files.picture('T2', row!.revisionId!)).toBeUndefined()
    expect(await desk.files.download('T2', row!.buildId!)).toBeUndefined()
    expect(await desk.knows('T2', 'C-T1:1')).toBe(false)
    expect(await desk.cardsOf({ team: 'T2', thread: 'C-T1:1' })).toEqual([])
  })
})
