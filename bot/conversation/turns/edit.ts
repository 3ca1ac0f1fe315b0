import * as drafts from '../../../queue/store/drafts.ts'
import * as inbox from '../../../queue/store/inbox.ts'
import * as revisions from '../../../queue/store/revisions.ts'
import type { EditEvent, MessageEvent } from '../../../schemas/generated/chat-event.ts'
import type { Draft } from '../state.ts'
import { reject } from './decide.ts'
import { refuse, say, type Turn, type TurnContext, wrapped } from './turn.ts'
import { changeTurn, newTurn } from './wish.ts'

const nothing: Turn = { run: async () => ({}) }

/**
 * Decides what a changed or deleted message means. One that still waits takes the new words; a request whose blueprint
 * nobody has decided on is drawn again or put aside; what was built stays, and its author is told so.
 */
export const decideEdit = async (context: TurnContext<EditEvent>): Promise<Turn> => {
  const { event, state, db } = context
  const item = await inbox.byPlatformId(db, state.conversation.id, event.message)
  if (!item) return nothing
  const before = item.event as MessageEvent
  if (event.text === before.text) return nothing
  if (item.status === 'pending') return waiting(item, before, event.text)
  // Only what was asked for is drawn again: an answer or a command has done its work.
  const draft = state.drafts.findLast((row) => row.text === before.text)
  if (!draft || draft.status === 'cancelled') return nothing
  const revision = state.revisions.findLast((row) => row.draftId === draft.id)
  if (revision && revision.status !== 'proposed')
    return refuse(
      'What you wrote was decided on already, so it stays. Write what should be different as a new message.',
    )
  if (event.text !== undefined) {
    const turn = await again(context, draft, event.text)
    // What was drawn for a new system is of the old words: it would wait beside the new one.
    return revision && !draft.systemId ? instead(turn, revision.id) : turn
  }
  return revision ? reject(context, revision.id) : putAside(draft)
}

const instead = (turn: Turn, revisionId: string): Turn =>
  wrapped(turn, async (run, tx) => {
    const { reply: _reply, ...outcome } = await run(tx)
    await revisions.withdraw(tx, revisionId)
    return outcome
  })

const waiting = (item: inbox.InboxItem, before: MessageEvent, text: string | undefined): Turn => ({
  run: async (tx) => {
    if (text === undefined) {
      await inbox.done(tx, item.seq)
      return { cards: [{ key: `reply:${item.seq}`, card: say('You took this back, so I leave it.') }] }
    }
    await inbox.rewrite(tx, item.seq, { ...before, text })
    return {
      cards: [{ key: `reply:${item.seq}`, card: say('Noted, with your new words.', { busy: true }) }],
    }
  },
})

const again = async (context: TurnContext, draft: Draft, text: string): Promise<Turn> => {
  const system = context.systems.find((row) => row.id === draft.systemId)
  const turn = system
    ? await changeTurn(context, system, text, draft.baseRevisionId ?? undefined)
    : newTurn(context, text)
  if (!('wait' in turn) || draft.status !== 'pending') return turn
  // It is being drawn from the old words: that is given up first.
  return {
    run: async (tx) => {
      await drafts.cancel(tx, draft.id)
      const made = await drafts.create(tx, {
        conversationId: draft.conversationId,
        text,
        actor: context.event.actor,
        systemId: draft.systemId,
        baseRevisionId: draft.baseRevisionId,
      })
      return { after: () => context.deps.queue.enqueueCompile(made.id) }
    },
  }
}

const putAside = (draft: Draft): Turn => ({
  run: async (tx) => {
    await drafts.cancel(tx, draft.id)
    return {}
  },
})
