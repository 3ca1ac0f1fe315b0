import * as actions from '../../../queue/store/actions.ts'
import * as conversations from '../../../queue/store/conversations.ts'
import type { Action, System } from '../state.ts'
import type { Turn, TurnContext } from './turn.ts'

/**
 * Starts a piece of work on a system. `purge` takes its data along and cannot be undone; `buildId` is the build that a
 * roll back runs, the one before where absent.
 */
export const actionTurn = (
  context: TurnContext,
  kind: Action['kind'],
  system: System,
  { purge = false, buildId }: { purge?: boolean; buildId?: string } = {},
): Turn => ({
  run: async (tx) => {
    const { conversation } = context.state
    const action = await actions.create(tx, {
      conversationId: conversation.id,
      systemId: system.id,
      teamId: conversation.teamId,
      kind,
      purge,
      ...(buildId ? { buildId } : {}),
      requestedBy: context.event.actor,
    })
    await conversations.setSystem(tx, conversation.id, system.id)
    return { after: () => context.deps.queue.enqueueAction(action.id) }
  },
})
