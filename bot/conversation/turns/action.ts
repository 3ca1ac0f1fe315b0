import * as actions from '../../../queue/store/actions.ts'
import * as conversations from '../../../queue/store/conversations.ts'
import * as limits from '../../../queue/store/limits.ts'
import type { Action, System } from '../state.ts'
import { fullWords } from '../team/places.ts'
import type { Turn, TurnContext } from './turn.ts'

/** What makes a stopped system run. */
const starts: ReadonlySet<Action['kind']> = new Set(['start', 'restart', 'rollback'])

/**
 * Starts a piece of work on a system. `purge` takes its data along and cannot be undone; `buildId` is the build that a
 * roll back runs, the one before where absent. What would run is held against the team's limit in the same transaction.
 */
export const actionTurn = (
  context: TurnContext,
  kind: Action['kind'],
  system: System,
  { purge = false, buildId }: { purge?: boolean; buildId?: string } = {},
): Turn => ({
  run: async (tx) => {
    const { conversation } = context.state
    await conversations.setSystem(tx, conversation.id, system.id)
    if (starts.has(kind)) {
      const full = await limits.fullFor(tx, { teamId: conversation.teamId, systemId: system.id })
      if (full) return { whisper: fullWords(full, 'ask again') }
    }
    const action = await actions.create(tx, {
      conversationId: conversation.id,
      systemId: system.id,
      teamId: conversation.teamId,
      kind,
      purge,
      ...(buildId ? { buildId } : {}),
      requestedBy: context.event.actor,
    })
    return { after: () => context.deps.queue.enqueueAction(action.id) }
  },
})
