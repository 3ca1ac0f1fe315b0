import * as builds from '../../../queue/store/builds.ts'
import * as drafts from '../../../queue/store/drafts.ts'
import { waitingElsewhere, waitingHere } from '../waits.ts'
import { reject } from './decide.ts'
import { answer, isUnfinished, say, type Turn, type TurnContext } from './turn.ts'

/** Asks for a build to stop; it ends within two seconds, wherever it runs. */
export const cancelBuild = (context: TurnContext, buildId: string): Turn => ({
  run: async (tx) => {
    const outcome = await builds.requestCancel(tx, { buildId, actor: context.event.actor })
    if (outcome === 'ended') return { whisper: 'This build had ended already, so there was nothing to cancel.' }
    return outcome === 'requested' ? { after: () => context.deps.queue.broadcastCancel(buildId) } : {}
  },
})

/** Cancels what is under way here: the build, else the request, else the blueprint that waits for approval. */
export const cancelTurn = async (context: TurnContext): Promise<Turn> => {
  const { state, db } = context
  const running =
    state.builds.findLast(isUnfinished) ??
    (await builds.unfinishedOfTeam(db, state.conversation.teamId)).find(
      (build) => build.systemId === state.conversation.systemId,
    )
  if (running) return cancelBuild(context, running.id)
  const draft = state.drafts.findLast((row) => row.status === 'pending' || row.status === 'question')
  if (draft)
    return {
      run: async (tx) =>
        (await drafts.cancel(tx, draft.id)) ? {} : { reply: say('This request was done in the same moment.') },
    }
  const proposal = waitingHere(state)
  if (proposal) return reject(context, proposal.id)
  const elsewhere = waitingElsewhere(state)
  return answer(say(`There is nothing under way that I could cancel.${elsewhere ? ` ${elsewhere}` : ''}`))
}
