import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ThreadCard } from '../../bot/chat/adapter.ts'
import { loadThread } from '../../bot/conversation/load.ts'
import { present } from '../../bot/conversation/presenter.ts'
import * as builds from '../../queue/store/builds.ts'
import * as cards from '../../queue/store/cards.ts'
import * as drafts from '../../queue/store/drafts.ts'
import * as inbox from '../../queue/store/inbox.ts'
import * as revisions from '../../queue/store/revisions.ts'
import { openStore, type Store } from '../../queue/store/store.ts'
import type { ChatEvent } from '../../schemas/generated/chat-event.ts'
import { createTestConversations } from './support/conversations.ts'

const log = pino({ level: 'silent' })
const architecture = await readFile(new URL('../fixtures/blueprints/todo.architecture.yaml', import.meta.url), 'utf8')
const deployment = await readFile(new URL('../fixtures/blueprints/todo.deployment.yaml', import.meta.url), 'utf8')

/** What people and workers may do, in any order. `pick` chooses among the cards or rows that there are. */
type Step =
  | { who: 'person'; deed: 'wish' | 'change' | 'say-approve' | 'say-cancel' }
  | {
      who: 'person'
      deed: 'press'
      button: 'approve' | 'reject' | 'cancel' | 'retry'
      pick: number
      digest: 'shown' | 'other' | 'none'
      twice: boolean
    }
  | { who: 'worker'; deed: 'propose' | 'refuse' | 'begin' | 'succeed' | 'fail' | 'cancelled'; pick: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    who: fc.constant('person' as const),
    deed: fc.constantFrom('wish', 'change', 'say-approve', 'say-cancel'),
  }),
  fc.record({
    who: fc.constant('person' as const),
    deed: fc.constant('press' as const),
    button: fc.constantFrom('approve', 'reject', 'cancel', 'retry'),
    pick: fc.nat(5),
    digest: fc.constantFrom('shown', 'shown', 'shown', 'other', 'none'),
    twice: fc.boolean(),
  }),
  fc.record({
    who: fc.constant('worker' as const),
    deed: fc.constantFrom('propose', 'propose', 'refuse', 'begin', 'succeed', 'fail', 'cancelled'),
    pick: fc.nat(3),
  }),
)

const propose: Step = { who: 'worker', deed: 'propose', pick: 0 }
const approveShown: Step = { who: 'person', deed: 'press', button: 'approve', pick: 0, digest: 'shown', twice: true }

/** Any order, most of them after a beginning that leads somewhere. */
const orders = fc
  .tuple(
    fc.constantFrom<Step[]>([], [propose], [propose, approveShown], [propose, approveShown]),
    fc.array(step, { minLength: 3, maxLength: 12 }),
  )
  .map(([beginning, rest]) => [...beginning, ...rest])

describe('any order of events', () => {
  let data: string
  let store: Store
  let conversations: ReturnType<typeof createTestConversations>
  let number = 0

  beforeAll(async () => {
    data = await mkdtemp(join(tmpdir(), 'autocoder-states-'))
    store = await openStore({ data, log })
    conversations = createTestConversations({ store, data, log })
    await conversations.start()
  })
  afterAll(async () => {
    await conversations.stop()
    await store.close()
    await rm(data, { recursive: true, force: true })
  })

  /** Writes what the relay would write, and returns what the thread then shows. */
  const show = async (conversationId: string): Promise<ThreadCard[]> => {
    const state = await loadThread(store.db, conversationId, data)
    const shown = state ? present(state) : []
    for (const { key, card } of shown) await cards.upsert(store.db, conversationId, key, card)
    return shown
  }

  const tell = async (
    thread: string,
    more: { type: 'message'; text: string } | { type: 'press'; card: string; button: string; value?: string },
  ): Promise<string> => {
    number += 1
    const event: ChatEvent = {
      id: `event-${number}`,
      platform: 'web',
      team: { id: `team-${thread}`, name: 'team' },
      thread,
      actor: { id: `person-${number % 2}`, name: `Person ${number % 2}` },
      at: new Date().toISOString(),
      ...more,
    }
    await conversations.accept(event)
    const { conversationId } = await inbox.accept(store.db, {
      id: `web:${event.id}`,
      team: { platform: 'local', externalId: event.team.id, name: 'team' },
      thread: { id: thread, platform: 'web' },
      actor: event.actor,
      event,
    })
    // Taken to its end, or told to wait.
    await expect
      .poll(
        async () => {
          const pending = await inbox.pendingOf(store.db, conversationId)
          const replies = new Set((await cards.ofConversation(store.db, conversationId)).map((row) => row.key))
          return pending.every((item) => replies.has(`reply:${item.seq}`))
        },
        { timeout: 10_000, interval: 3 },
      )
      .toBe(true)
    return conversationId
  }

  it('ends every build with one final card, and approves nothing but the digest that was shown', async () => {
    let built = 0
    await fc.assert(
      fc.asyncProperty(orders, async (steps) => {
        const thread = `thread-${(number += 1)}`
        let id = await tell(thread, { type: 'message', text: 'Build me a todo API' })
        const finals = new Map<string, string>()
        let matched = 0
        const check = async (): Promise<void> => {
          const shown = await show(id)
          const keys = shown.map((card) => card.key)
          expect(new Set(keys).size).toBe(keys.length)
          for (const build of await builds.ofConversation(store.db, id)) {
            const own = shown.filter((card) => card.key === `final:${build.id}`)
            expect(own).toHaveLength(build.finishedAt ? 1 : 0)
            if (own[0]) {
              // A final card may lose its buttons, but says the same for ever.
              expect(finals.get(build.id) ?? own[0].card.kind).toBe(own[0].card.kind)
              finals.set(build.id, own[0].card.kind)
            }
            const revision = await revisions.get(store.db, build.revisionId)
            expect(revision).toMatchObject({ status: 'approved', decidedBy: { name: expect.any(String) } })
          }
        }
        await check()
        for (const one of steps) {
          const before = (await builds.ofConversation(store.db, id)).length
          if (one.who === 'worker') await work(id, one)
          else if (one.deed === 'press') {
            const all = await cards.ofConversation(store.db, id)
            const offering = all.filter(
              (row) =>
                JSON.stringify(row.card).includes(`"id": "${one.button}"`) ||
                JSON.stringify(row.card).includes(`"id":"${one.button}"`),
            )
            const row = offering[one.pick % Math.max(1, offering.length)]
            if (!row) continue
            const value = (row.card as { buttons?: { id: string; value?: string }[] }).buttons?.find(
              (button) => button.id === one.button,
            )?.value
            const sent = one.digest === 'shown' ? value : one.digest === 'other' ? 'sha256:0000' : undefined
            const press = {
              type: 'press' as const,
              card: row.key,
              button: one.button,
              ...(sent === undefined ? {} : { value: sent }),
            }
            await tell(thread, press)
            if (one.twice) await tell(thread, press)
            const after = (await builds.ofConversation(store.db, id)).length
            if (one.digest !== 'shown') expect(after).toBe(before)
            // A double press starts one build at most.
            expect(after - before).toBeLessThanOrEqual(1)
            if (one.button === 'approve') matched += after - before
          } else {
            const text = {
              wish: 'Build me a todo API',
              change: 'add a note',
              'say-approve': 'approve',
              'say-cancel': 'cancel',
            }[one.deed]
            id = await tell(thread, { type: 'message', text })
            const after = (await builds.ofConversation(store.db, id)).length
            expect(after - before).toBeLessThanOrEqual(one.deed === 'say-approve' ? 1 : 0)
          }
          await check()
        }
        built += (await builds.ofConversation(store.db, id)).length
        expect(matched).toBeLessThanOrEqual((await builds.ofConversation(store.db, id)).length)
      }),
      { numRuns: Number(process.env.FC_RUNS ?? 15), endOnFailure: true },
    )
    // Otherwise the orders that were tried have proven nothing.
    expect(built).toBeGreaterThan(0)
  }, 120_000)

  const work = async (conversationId: string, { deed, pick }: Extract<Step, { who: 'worker' }>): Promise<void> => {
    const { db } = store
    if (deed === 'propose' || deed === 'refuse') {
      const draft = (await drafts.ofConversation(db, conversationId)).find((row) => row.status === 'pending')
      if (!draft) return
      if (deed === 'refuse') {
        await drafts.finish(db, draft.id, { status: 'refused', result: { text: 'No.', help: 'Say more.' } })
        return
      }
      await revisions.propose(db, {
        draftId: draft.id,
        slug: 'todo',
        title: 'Todo',
        architecture,
        deployment,
        digest: `sha256:${draft.id}`,
        components: ['todos'],
        card: { assumptions: [], notCarried: [] },
        picture: { svg: '<svg/>', png: new Uint8Array() },
      })
      return
    }
    const open = (await builds.ofConversation(db, conversationId)).filter((build) => !build.finishedAt)
    const build = open[pick % Math.max(1, open.length)]
    if (!build) return
    if (deed === 'begin') await builds.beginStage(db, build.id, build.attempt, 'generate')
    const end =
      deed === 'succeed'
        ? ({ status: 'succeeded', url: 'http://127.0.0.1:1', previousBuildId: null } as const)
        : deed === 'fail'
          ? ({
              status: 'failed',
              error: { code: 'check-failed', text: 'no', help: '', stage: 'harden', traceId: build.traceId },
            } as const)
          : ({ status: 'cancelled' } as const)
    if (deed === 'begin') return
    // Late workers report the end of a build more than once.
    await builds.finish(db, build.id, end)
    await builds.finish(db, build.id, { status: 'cancelled' })
  }
})
