import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as drafts from '../../../queue/store/drafts.ts'
import * as inbox from '../../../queue/store/inbox.ts'
import * as revisions from '../../../queue/store/revisions.ts'
import { openStore, type Store } from '../../../queue/store/store.ts'
import { undecidedOf } from '../../../queue/store/undecided.ts'
import { COLUMNS, type Column, log } from '../support/columns.ts'
import { ACTOR } from '../support/story.ts'

describe.each(COLUMNS)('messages that nobody has decided on ($name)', ({ start }) => {
  let column: Column
  let store: Store
  let events = 0
  beforeAll(async () => {
    column = await start()
    store = await openStore({ ...(await column.place()), log })
  })
  afterAll(async () => {
    await store.close()
    await column.stop()
  })

  const accept = async (event: { id: string; type: string; text?: string; message?: string }, platform = 'slack') => {
    events += 1
    const team = { platform, externalId: 'T1', name: 'Acme' }
    const incoming = { id: `${event.id}-${events}`, team, thread: { id: 'C1:1' }, actor: ACTOR, event }
    return (await inbox.accept(store.db, incoming)).conversationId
  }
  const done = async (conversationId: string): Promise<void> => {
    for (const item of await inbox.pendingOf(store.db, conversationId)) await inbox.done(store.db, item.seq)
  }
  const drawn = async (conversationId: string, text: string): Promise<revisions.Revision> => {
    const draft = await drafts.create(store.db, { conversationId, text, actor: ACTOR })
    const revision = await revisions.propose(store.db, {
      draftId: draft.id,
      slug: `s${events}`,
      title: 'x',
      architecture: 'a',
      deployment: 'd',
      digest: `digest-${events}`,
      components: ['one'],
      card: {},
      picture: { svg: '<svg/>', png: new Uint8Array([137]) },
    })
    return revision!
  }
  const open = async () => (await undecidedOf(store.db, 'slack', 14)).map(({ id, text }) => `${id} ${text}`)

  it('are those that wait for a turn or a decision, in their newest words', async () => {
    const conversation = await accept({ id: 'm1', type: 'message', text: 'a todo API' })
    await accept({ id: 'm1', type: 'message', text: 'elsewhere' }, 'discord')
    expect(await undecidedOf(store.db, 'slack', 14)).toEqual([
      { id: 'm1', text: 'a todo API', actor: ACTOR.id, team: 'T1', thread: 'C1:1' },
    ])
    await done(conversation)
    expect(await open()).toEqual([])
    await drawn(conversation, 'a todo API')
    expect(await open()).toEqual(['m1 a todo API'])
    await accept({ id: 'e1', type: 'edit', message: 'm1', text: 'a todo API with tags' })
    await done(conversation)
    expect(await open()).toEqual(['m1 a todo API with tags'])
    const revision = await drawn(conversation, 'a todo API with tags')
    expect(await open()).toEqual(['m1 a todo API with tags'])
    await revisions.approve(store.db, { revisionId: revision.id, digest: revision.digest, actor: ACTOR })
    expect(await open()).toEqual([])
  })

  it('are none whose blueprint was given up before it was drawn', async () => {
    const conversation = await accept({ id: 'm3', type: 'message', text: 'a library' })
    await done(conversation)
    const draft = await drafts.create(store.db, { conversationId: conversation, text: 'a library', actor: ACTOR })
    expect(await open()).toEqual(['m3 a library'])
    await drafts.cancel(store.db, draft.id)
    expect(await open()).toEqual([])
  })

  it('are none that their authors took back', async () => {
    const conversation = await accept({ id: 'm2', type: 'message', text: 'a shop' })
    expect(await open()).toEqual(['m2 a shop'])
    await accept({ id: 'e2', type: 'edit', message: 'm2' })
    expect(await open()).toEqual([])
    await done(conversation)
  })
})
