import type { Intent } from '../intents.ts'
import { noSystemWords, stripName } from '../names.ts'
import { blueprintKey } from '../presenter.ts'
import { approveLabel, riskOf } from '../risk.ts'
import { decidedHere, nameOf, waitingElsewhere, waitingHere } from '../waits.ts'
import { cancelTurn } from './cancel.ts'
import { approve, reject } from './decide.ts'
import { answer, say, spokenOf, type Turn, type TurnContext } from './turn.ts'

type Proposal = TurnContext['state']['revisions'][number]

const refusal = (text: string): Turn => answer(say(text, { tone: 'refusal' }))

/** Says that nothing waits for approval here, why, and the one step that leads on. */
const nothingWaits = async ({ state, systems, revisionsOf }: TurnContext): Promise<Turn> => {
  const { systemId, id } = state.conversation
  if (state.drafts.some(({ status }) => status === 'pending'))
    return refusal('The blueprint is just being drawn. Look at it first, then approve it.')
  const others = systemId ? await revisionsOf(systemId) : []
  const away = others.find((row) => row.status === 'proposed' && row.conversationId !== id)
  const current = systems.find((row) => row.id === systemId)
  const here = decidedHere(state)
  const step = away
    ? `Blueprint ${away.number} of this system waits in another thread: decide on it there.`
    : (here?.step ??
      waitingElsewhere(state) ??
      (current
        ? `Say what should change in ${current.title}, and I draw the next one.`
        : 'Tell me what to build, and I draw one.'))
  return refusal(`Nothing waits for approval here${here ? `: ${here.text}` : ''}. ${step}`)
}

const approveShown = async (context: TurnContext, proposal: Proposal): Promise<Turn> => {
  const { state } = context
  const { changes } = proposal.described
  if (riskOf(changes) === 'hides-data')
    return refusal(
      `This change hides data, so a plain yes is not enough. To go on, press or write: ${approveLabel(changes)}`,
    )
  // What is approved is what the thread shows: the stored card, not a newer row that nobody has seen.
  const card = state.stored.get(blueprintKey(state, proposal.id))
  if (card?.kind !== 'blueprint' || card.digest !== proposal.digest)
    return refusal('The blueprint is just being drawn. Look at it first, then approve it.')
  return approve(context, proposal.id, proposal.digest)
}

/** Approval in words. What hides data has a button that says so, and only that approves it. */
export const approveTurn = async (context: TurnContext): Promise<Turn> => {
  const proposal = waitingHere(context.state)
  return proposal ? approveShown(context, proposal) : nothingWaits(context)
}

/** Words about the card rather than the name of a system. */
const bare = (said: string): string =>
  said
    .replace(/^(?:i )?(?:approve|reject|decline|confirm|accept|discard|cancel) /, '')
    .replace(
      /^(?:(?:the|this|that|my|its) )?(?:blueprint|draft|proposal|change|changes|request)(?: #?\d+)?(?: (?:of|for) )?/,
      '',
    )
    .replace(/^the /, '')
    .replace(/ (?:blueprint|draft|proposal)$/, '')

/** Decides on the card that a sentence names; where it does not wait, says so, and what does. */
export const decisionTurn = async (
  context: TurnContext,
  { verb, said }: Extract<Intent, { kind: 'decision' }>,
): Promise<Turn> => {
  const { state, systems } = context
  const here = waitingHere(state)
  if (/^(?:i )?(?:approve|accept|confirm) and (?:hide|show)\b/.test(said))
    return here
      ? refusal(
          `That is not the button of ${nameOf(state, here)}. Press or write: ${approveLabel(here.described.changes)}`,
        )
      : nothingWaits(context)
  if (/\b(?:removal|deletion)$/.test(said)) return refusal('No removal waits to be confirmed. Nothing was done.')
  if (/\b(?:build|card)\b/.test(said)) return verb === 'cancel' ? cancelTurn(context) : approveTurn(context)
  const named = stripName(bare(said), { systems })
  if (named.kind === 'unknown') return refusal(`${noSystemWords(named.text, systems)} Nothing was done.`)
  const system = named.kind === 'system' ? systems.find(({ slug }) => slug === named.slug) : undefined
  const proposal = system
    ? state.revisions.findLast((row) => row.status === 'proposed' && row.systemId === system.id)
    : here
  if (!proposal)
    return system
      ? refusal(`No blueprint of ${system.title} waits for approval in this thread.`)
      : nothingWaits(context)
  const number = /#?(\d+)/.exec(said.replace(system?.slug ?? '', ''))?.[1]
  if (number && Number(number) !== proposal.number)
    return refusal(`Blueprint ${number} does not wait for approval: what waits is ${nameOf(state, proposal)}.`)
  const turn = verb === 'cancel' ? reject(context, proposal.id) : await approveShown(context, proposal)
  return spokenOf(turn, context, proposal.systemId)
}
