import * as conversations from '../../../queue/store/conversations.ts'
import type { Db } from '../../../queue/store/db.ts'
import * as drafts from '../../../queue/store/drafts.ts'
import * as revisions from '../../../queue/store/revisions.ts'
import * as systemRows from '../../../queue/store/systems.ts'
import { isQuiet, may } from '../rights.ts'
import type { System } from '../state.ts'
import { fullWords } from '../team/places.ts'
import { systemBefore } from '../waits.ts'
import { refusalWords } from './decided.ts'
import { refuse, say, type Turn, type TurnContext } from './turn.ts'

/** Approves a digest; of racing presses one wins, and the others learn who was first. */
export const approve = async (context: TurnContext, revisionId: string, digest: string): Promise<Turn> => {
  const { standing, event } = context
  const no = await withheld(context, revisionId)
  if (no) return refuse(`${no} Nothing was done.`)
  return {
    run: async (tx) => {
      const approval = await revisions.approve(tx, {
        revisionId,
        digest,
        actor: { id: event.actor.id, name: event.actor.name },
        needed: standing.policy.approvals,
      })
      if (approval.ok) return { after: () => context.deps.queue.enqueueBuild(approval.buildId) }
      if (approval.reason === 'full') return { whisper: fullWords(approval.full, 'press Approve again') }
      if (!('needed' in approval)) return { whisper: await refusalWords(tx, revisionId, approval) }
      // The card says it.
      if (approval.reason === 'counted') return {}
      return {
        whisper: `You approved this already. It needs ${approval.needed} people, ${approval.given} so far; somebody else has to press Approve too.`,
      }
    },
  }
}

/** Returns which rule of the team keeps this person from approving now, or undefined. */
const withheld = async ({ standing, event, db }: TurnContext, revisionId: string): Promise<string | undefined> => {
  const { policy } = standing
  if (isQuiet(policy.quiet, new Date()) && !may(standing, 'govern'))
    return `These are quiet hours, until ${policy.quiet!.to} (${policy.quiet!.zone}): only an admin may approve now.`
  if (policy.selfApproval) return undefined
  const revision = await revisions.get(db, revisionId)
  const draft = revision?.draftId ? await drafts.get(db, revision.draftId) : undefined
  return draft?.actor.id === event.actor.id
    ? 'You asked for this yourself, and in this team somebody else has to approve it.'
    : undefined
}

/** The system that the thread goes back to where the one at hand was never more than what was just put aside; undefined elsewhere. */
const leftBehind = async (tx: Db, { state, systems }: TurnContext, aside: string): Promise<System | undefined> => {
  if (state.conversation.systemId !== aside || (await systemRows.get(tx, aside))?.status !== 'removed') return undefined
  const before = systemBefore(state, aside, systems)
  return systems.find(({ id }) => id === before)
}

/** Turns a proposal down. */
export const reject = (context: TurnContext, revisionId: string): Turn => ({
  run: async (tx) => {
    const rejection = await revisions.reject(tx, { revisionId, actor: context.event.actor })
    if (!rejection.ok) return { whisper: await refusalWords(tx, revisionId, rejection) }
    const left = await leftBehind(tx, context, rejection.systemId)
    if (left) await conversations.setSystem(tx, context.state.conversation.id, left.id)
    const back = left ? ` We are at ${left.title} again.` : ''
    return { reply: say(`All right, I have put this blueprint aside. Nothing was built or changed.${back}`) }
  },
})
