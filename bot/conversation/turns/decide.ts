import * as revisions from '../../../queue/store/revisions.ts'
import { refusalWords } from './decided.ts'
import { say, type Turn, type TurnContext } from './turn.ts'

/** Approves a digest; of racing presses one wins, and the others learn who was first. */
export const approve = (context: TurnContext, revisionId: string, digest: string): Turn => ({
  run: async (tx) => {
    const approval = await revisions.approve(tx, { revisionId, digest, actor: context.event.actor })
    if (!approval.ok) return { whisper: await refusalWords(tx, revisionId, approval) }
    return { after: () => context.deps.queue.enqueueBuild(approval.buildId) }
  },
})

/** Turns a proposal down. */
export const reject = (context: TurnContext, revisionId: string): Turn => ({
  run: async (tx) => {
    const rejection = await revisions.reject(tx, { revisionId, actor: context.event.actor })
    if (!rejection.ok) return { whisper: await refusalWords(tx, revisionId, rejection) }
    return { reply: say('All right, I have put this blueprint aside. Nothing was built or changed.') }
  },
})
