import type { Question } from '../../../pipeline/blueprint/planner/result.ts'
import * as drafts from '../../../queue/store/drafts.ts'
import { oneLine } from '../../chat/plain.ts'
import type { Intent } from '../intents.ts'
import type { Draft, System } from '../state.ts'
import { refuse, type Turn, type TurnContext } from './turn.ts'
import { baseOf, builtWords, busyWords, openDrafts, waitingReply } from './wish.ts'

/** The question that stands before all others: what a text is about. No question of the planner is called so. */
const ABOUT = 'about-which'

/** Whether a draft waits to be told whether it changes its system or begins another. */
export const waitsForWhich = ({ status, result }: Draft): boolean =>
  status === 'question' && (result as { questions?: Question[] } | null)?.questions?.[0]?.id === ABOUT

/** Asks whether a text changes the system of its thread or begins another one, and keeps it until that is said. */
export const eitherTurn = (
  context: TurnContext,
  system: System,
  { text, likelier }: Extract<Intent, { kind: 'either' }>,
): Turn => {
  const busy = busyWords(context)
  if (busy) return { wait: busy }
  const title = oneLine(system.title, 60)
  const choices = [
    { label: `Change ${title}`, value: 'change' },
    { label: 'Build a new system', value: 'new' },
  ]
  const question: Question = {
    id: ABOUT,
    text: `Is this a change of ${title}, or a new system beside it? “${oneLine(text, 120)}”`,
    choices: likelier === 'new' ? choices.toReversed() : choices,
  }
  return {
    run: async (tx) => {
      for (const id of openDrafts(context)) await drafts.cancel(tx, id)
      const draft = await drafts.create(tx, {
        conversationId: context.state.conversation.id,
        text,
        actor: context.event.actor,
        systemId: system.id,
      })
      await drafts.finish(tx, draft.id, { status: 'question', result: { questions: [question] } })
      return {}
    },
  }
}

/** Goes on with a text once it is said what it is about. */
export const whichTurn = async (context: TurnContext, draft: Draft, choice: string): Promise<Turn> => {
  const system = context.systems.find((row) => row.id === draft.systemId)
  const changes = choice === 'change'
  if (changes && !system) return refuse('This system was removed. Nothing was done.')
  const busy = changes ? await builtWords(context, system!) : undefined
  if (busy) return { wait: busy }
  const base = changes ? await baseOf(context, system!) : undefined
  return {
    run: async (tx) => {
      const about = changes ? { systemId: system!.id, baseRevisionId: base!.id } : { systemId: null }
      const changed = await drafts.answer(tx, draft.id, { [ABOUT]: choice }, about)
      if (!changed) return {}
      return {
        ...(changes ? {} : waitingReply(context, null)),
        after: () => context.deps.queue.enqueueCompile(draft.id),
      }
    },
  }
}
